import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showJob } from '../actions'
import { api, problemOf } from '../api'
import { sentences } from '../messages'
import { useComposer } from '../state/composer'
import { needsAccount, useConnections } from '../state/connections'
import { isNarrowed, list, noFilter, useJobs } from '../state/jobs'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { Button, EmptyState, toast } from '../ui'
import styles from './Empty.module.css'

/** The shape of what will be there: a few cards without pictures. */
function Ghosts({ lit = false }: { lit?: boolean }) {
  return (
    <div className={styles.ghosts}>
      {['left', 'middle', 'right'].map((place) => (
        <div key={place} className={styles.ghost} data-lit={lit && place === 'middle' ? '' : undefined}>
          <span>{lit && place === 'middle' ? <IconPlayerPlayFilled size={22} /> : null}</span>
          <i />
          <i />
        </div>
      ))}
    </div>
  )
}

/** The way to the first connection, while there is none and a provider that needs one. */
function Connect() {
  const { t } = useTranslation()
  const wanted = useStudio((state) => state.providers.some(needsAccount))
  const none = useConnections((state) => state.loaded && state.connections.length === 0)
  if (!wanted || !none) return null
  return (
    <Button onClick={() => useView.getState().setView('connections')}>{t('gallery.first.connect')}</Button>
  )
}

function FirstRun() {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      const { jobs } = await api.jobs.create({ model: 'animatic', prompt: t('gallery.first.prompt') })
      const [first] = jobs
      if (first) showJob(first.id)
    } catch (error) {
      const said = problemOf(error)
      toast({ title: said.title, tone: 'error', ...(said.hint === null ? {} : { body: said.hint }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <EmptyState
      art={<Ghosts lit />}
      title={t('gallery.first.title')}
      body={
        <>
          <p>{t('gallery.first.body')}</p>
          <p className={styles.also}>{t('gallery.first.drop')}</p>
        </>
      }
      actions={
        <>
          <Button variant="primary" disabled={busy} onClick={() => void make()}>
            {t('gallery.first.make')}
          </Button>
          <Connect />
          <Button variant="quiet" onClick={() => useComposer.getState().focus()}>
            {t('gallery.first.write')}
          </Button>
        </>
      }
    />
  )
}

function NothingMatches() {
  const { t } = useTranslation()
  const filter = useJobs((state) => state.filter)
  const text = filter.text.trim()
  const quiet = filter.group !== 'all' && !isNarrowed({ ...filter, group: 'all' })
  if (quiet && filter.group !== 'all') {
    return (
      <EmptyState
        art={<Ghosts />}
        title={t(`gallery.quiet.${filter.group}.title`)}
        body={t(`gallery.quiet.${filter.group}.body`)}
        actions={
          <Button onClick={() => list.setFilter({ group: 'all' })}>{t('gallery.quiet.showAll')}</Button>
        }
      />
    )
  }
  return (
    <EmptyState
      art={<Ghosts />}
      title={t('gallery.nothing.title')}
      body={text === '' ? t('gallery.nothing.filter') : t('gallery.nothing.text', { text })}
      actions={<Button onClick={() => list.setFilter(noFilter)}>{t('gallery.nothing.clear')}</Button>}
    />
  )
}

function Failed() {
  const { t } = useTranslation()
  const said = problemOf(useJobs((state) => state.error))
  return (
    <EmptyState
      art={<Ghosts />}
      title={t('gallery.failed.title')}
      body={sentences(said.title, said.hint)}
      actions={
        <Button variant="primary" onClick={() => void list.read()}>
          {t('gallery.failed.again')}
        </Button>
      }
    />
  )
}

/** What stands where no card is: the first step, a way back from a filter, or what went wrong. */
export function Empty() {
  const status = useJobs((state) => state.status)
  const narrowed = useJobs((state) => isNarrowed(state.filter))
  return (
    <div className={styles.empty}>
      {status === 'error' ? <Failed /> : narrowed ? <NothingMatches /> : <FirstRun />}
    </div>
  )
}
