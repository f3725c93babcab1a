import type { Connection, Stray } from '@shared/contract'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt, showJob } from '../actions'
import { api, problemOf, type Problem } from '../api'
import { dayAndTime } from '../format'
import { nameOf, useStudio } from '../state/studio'
import { Button, Dialog, Ring, Select, Tick, toast } from '../ui'
import styles from './ImportDialog.module.css'

const spans = ['1', '3', '7', '14', '30'] as const
type Span = (typeof spans)[number]

/** What the provider knows and the history does not, for the days asked for. */
function useStrays(
  id: string,
  days: Span,
): { strays: Stray[] | null; problem: Problem | null; again: () => void } {
  const [answer, setAnswer] = useState<{ of: string; strays: Stray[] | null; problem: Problem | null }>({
    of: '',
    strays: null,
    problem: null,
  })
  const [times, setTimes] = useState(0)
  const asked = `${days} ${times}`
  useEffect(() => {
    const stop = new AbortController()
    api.connections.strays({ id, days: Number(days) }, { signal: stop.signal }).then(
      ({ strays }) => setAnswer({ of: asked, strays, problem: null }),
      (error: unknown) => {
        if (!stop.signal.aborted) setAnswer({ of: asked, strays: null, problem: problemOf(error) })
      },
    )
    return () => stop.abort()
  }, [id, days, asked])
  const fresh = answer.of === asked
  return {
    strays: fresh ? answer.strays : null,
    problem: fresh ? answer.problem : null,
    again: () => setTimes((before) => before + 1),
  }
}

function Line({ stray, on, onChange }: { stray: Stray; on: boolean; onChange: (on: boolean) => void }) {
  const { t } = useTranslation()
  const model = useStudio(() => nameOf(stray.model))
  return (
    <label className={styles.line}>
      <Tick checked={on} onChange={onChange} />
      <span className={styles.words}>
        <span>{dayAndTime(stray.submittedAt)}</span>
        <span className={styles.fact}>{`${model} · ${t(`connections.import.state.${stray.state}`)}`}</span>
        <span className={styles.place} title={stray.place ?? stray.providerJobId}>
          <bdi>{stray.place ?? stray.providerJobId}</bdi>
        </span>
      </span>
    </label>
  )
}

interface ImportDialogProps {
  connection: Connection
  /** What is asked. */
  service: string
  onClose: () => void
}

/** Jobs that only the provider knows, to be taken into the history, their videos included. */
export function ImportDialog({ connection, service, onClose }: ImportDialogProps) {
  const { t } = useTranslation()
  const [days, setDays] = useState<Span>('7')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const { strays, problem, again } = useStrays(connection.id, days)
  const chosen = (strays ?? []).filter((stray) => !left.has(stray.providerJobId))
  const all = strays !== null && chosen.length === strays.length

  const choose = (id: string, on: boolean) =>
    setLeft((before) => {
      const after = new Set(before)
      if (on) after.delete(id)
      else after.add(id)
      return after
    })
  const adopt = async () => {
    setBusy(true)
    const providerJobIds = chosen.map((stray) => stray.providerJobId)
    const made = await attempt(() => api.connections.adopt({ id: connection.id, providerJobIds }))
    setBusy(false)
    if (!made) return
    onClose()
    toast({ title: t('connections.import.done', { count: made.jobs.length }), tone: 'done' })
    const [first] = made.jobs
    if (first) showJob(first.id)
  }

  return (
    <Dialog
      open
      width={560}
      title={t('connections.import.title', { service })}
      description={t('connections.import.body')}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={busy || chosen.length === 0} onClick={() => void adopt()}>
            {chosen.length === 0
              ? t('connections.import.none')
              : t('connections.import.action', { count: chosen.length })}
          </Button>
        </>
      }
    >
      <div className={styles.head}>
        <Select
          label={t('connections.import.days')}
          value={days}
          options={spans.map((span) => ({
            value: span,
            label: t('connections.import.last', { count: Number(span) }),
          }))}
          onChange={setDays}
        />
        {strays === null || strays.length < 2 ? null : (
          <Button
            size="s"
            variant="quiet"
            onClick={() => setLeft(new Set(all ? strays.map((stray) => stray.providerJobId) : []))}
          >
            {t(all ? 'gallery.selectNone' : 'gallery.selectAll')}
          </Button>
        )}
      </div>
      <div className={styles.list} aria-busy={strays === null && problem === null}>
        {problem !== null ? (
          <div className={styles.note} role="alert">
            <p>{problem.title}</p>
            {problem.hint === null ? null : <p className={styles.fact}>{problem.hint}</p>}
            <Button size="s" onClick={again}>
              {t('connections.import.again')}
            </Button>
          </div>
        ) : strays === null ? (
          <div className={styles.note} role="status">
            <Ring size={20} value={null} />
            <p>{t('connections.import.asking', { service })}</p>
          </div>
        ) : strays.length === 0 ? (
          <div className={styles.note} role="status">
            <p>{t('connections.import.empty', { service })}</p>
          </div>
        ) : (
          strays.map((stray) => (
            <Line
              key={stray.providerJobId}
              stray={stray}
              on={!left.has(stray.providerJobId)}
              onChange={(on) => choose(stray.providerJobId, on)}
            />
          ))
        )}
      </div>
    </Dialog>
  )
}
