import { IconAlertTriangle } from '@tabler/icons-react'
import type { LibraryStatus } from '@shared/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf } from '../api'
import { bytes, count } from '../format'
import { sentences } from '../messages'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { Button, Segmented, TextField, toast } from '../ui'
import { NameTemplate } from './NameTemplate'
import { Row, Section } from './Section'
import styles from './Settings.module.css'

async function setFolder(path?: string): Promise<LibraryStatus | null> {
  const library = await api.library.setFolder(path === undefined ? {} : { path })
  if (library !== null) useStudio.setState({ library })
  return library
}

/** With a system dialog: one button. */
function PickFolder() {
  const { t } = useTranslation()
  const pick = async () => {
    try {
      await setFolder()
    } catch (error) {
      const { title, hint } = problemOf(error)
      toast({ title, tone: 'error', ...(hint === null ? {} : { body: hint }) })
    }
  }
  return <Button onClick={() => void pick()}>{t('settings.library.choose')}</Button>
}

/** Without one: the path is typed. */
function TypeFolder() {
  const { t } = useTranslation()
  const [path, setPath] = useState('')
  const [error, setError] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const use = async () => {
    setBusy(true)
    try {
      await setFolder(path.trim())
      setPath('')
      toast({ title: t('settings.library.changed'), tone: 'done' })
    } catch (failure) {
      const said = problemOf(failure)
      setError(sentences(said.issues[0]?.text ?? said.title, said.hint))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault()
        void use()
      }}
    >
      <TextField
        className={styles.grow ?? ''}
        label={t('settings.library.path')}
        bare
        placeholder={t('settings.library.pathHint')}
        value={path}
        error={error}
        onChange={(next) => {
          setPath(next)
          setError(undefined)
        }}
      />
      <Button type="submit" disabled={busy || path.trim() === ''}>
        {t('settings.library.use')}
      </Button>
    </form>
  )
}

function Rebuild() {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<string | null>(null)
  const rebuild = async () => {
    setBusy(true)
    setResult(null)
    try {
      const { found, added, unreadable } = await api.library.rebuild()
      const read = t('settings.library.rebuilt', { found: count(found), added: count(added) })
      setResult(
        unreadable === 0 ? read : `${read} ${t('settings.library.unreadable', { count: unreadable })}`,
      )
    } catch (error) {
      setResult(problemOf(error).title)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Row
      title={t('settings.library.rebuild')}
      hint={<span role="status">{result ?? t('settings.library.rebuildHint')}</span>}
    >
      <Button disabled={busy} onClick={() => void rebuild()}>
        {t(busy ? 'settings.library.rebuilding' : 'settings.library.rebuildAction')}
      </Button>
    </Row>
  )
}

function Status({ library }: { library: LibraryStatus }) {
  const { t } = useTranslation()
  if (library.state !== 'ready') {
    return (
      <span className={styles.attention} role="status">
        <IconAlertTriangle size={15} />
        {t(`settings.library.state.${library.state}`)}
      </span>
    )
  }
  const held = t('settings.library.holds', {
    count: library.videos,
    videos: count(library.videos),
    size: bytes(library.bytes),
  })
  return library.freeBytes === null
    ? held
    : `${held} · ${t('settings.library.free', { size: bytes(library.freeBytes) })}`
}

/** Where videos lie, how they are called, and what happens to them when a job is removed. */
export function Library() {
  const { t } = useTranslation()
  const library = useStudio((studio) => studio.library)
  const dialogs = useStudio((studio) => studio.info?.capabilities.dialogs ?? false)
  const trash = useStudio((studio) => studio.info?.capabilities.trash ?? true)
  const { settings, set } = useSettings()
  return (
    <Section title={t('settings.library.title')}>
      <Row
        title={t('settings.library.folder')}
        hint={
          library === null ? (
            <span className={styles.pending} />
          ) : (
            <>
              <span className={`${styles.path} selectable`}>{library.path}</span>
              <br />
              <Status library={library} />
            </>
          )
        }
        wide={!dialogs}
      >
        {dialogs ? <PickFolder /> : <TypeFolder />}
      </Row>
      <NameTemplate />
      <Row
        title={t('settings.library.delete')}
        hint={t(trash ? 'settings.library.deleteHint' : 'settings.library.deleteHintNoBin')}
      >
        <Segmented
          label={t('settings.library.delete')}
          value={settings.deleteFiles}
          options={[
            { value: 'ask', label: t('settings.library.ask') },
            { value: 'keep', label: t('settings.library.keep') },
            { value: 'trash', label: t(trash ? 'settings.library.bin' : 'settings.library.erase') },
          ]}
          onChange={(deleteFiles) => void set({ deleteFiles })}
        />
      </Row>
      <Rebuild />
    </Section>
  )
}
