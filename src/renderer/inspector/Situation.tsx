import type { Charged, JobDetail, JobRow } from '@shared/contract'
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconFileOff,
  IconPlayerPause,
  IconPlugConnected,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { jobActions, mayPayTwice, queueActions, settlingOf } from '../actions'
import { attentionKey } from '../gallery/status'
import { problemText, textOf } from '../messages'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { Button } from '../ui'
import styles from './Inspector.module.css'
import { JsonText } from './JsonText'

interface SituationProps {
  row: JobRow
  detail: JobDetail | null
}

/** What is the matter with a job, what it means, and the ways out; nothing for one that is well. */
export function Situation({ row, detail }: SituationProps) {
  const { t } = useTranslation()
  const held = useSettings((state) => state.settings.queuePaused)
  const free = useStudio((state) => state.models[row.model]?.price.unit === 'free')
  if (row.state === 'completed' && row.video?.missing) {
    return (
      <Panel
        tone="attention"
        icon={<IconFileOff size={18} />}
        title={t('inspector.missing.title')}
        lines={[t('inspector.missing.body')]}
      >
        {row.fetchable ? <FetchAgain row={row} /> : null}
        <Button size="s" onClick={() => void jobActions.locate(row.id)}>
          {t('actions.locate')}
        </Button>
        <Button size="s" onClick={() => void jobActions.remove([row.id])}>
          {t('inspector.missing.remove')}
        </Button>
      </Panel>
    )
  }
  // All is well: what to know of a job whose video comes in the answer to the very call that asked for it.
  if (row.state === 'processing' && row.waiting === 'held') {
    const lines = [t('inspector.held.body'), t('inspector.held.cancel')]
    return (
      <Panel
        tone="plain"
        icon={<IconPlugConnected size={18} />}
        title={t('inspector.waits.held')}
        lines={lines}
      />
    )
  }
  if (row.state === 'cancelled' && mayPayTwice(row)) {
    return (
      <Panel
        tone="attention"
        icon={<IconAlertTriangle size={18} />}
        title={t('card.cancelled')}
        lines={[
          t('inspector.stoppedLate'),
          t('inspector.charged.unknown'),
          ...(row.fetchable ? [t('inspector.fetchable.watch')] : []),
        ]}
      >
        <RetryPaid row={row} />
      </Panel>
    )
  }
  if (row.error === null || (row.state !== 'failed' && row.state !== 'needs_attention')) {
    const reason = reasonOf(row, held)
    if (reason === null) return null
    const why = row.error && (problemText(row.error.key, row.error.values) ?? row.error)
    const lines = why ? [why.message, ...(why.hint ? [why.hint] : [])] : []
    const stands = reason === 'paused' || reason === 'queuePaused'
    const icon = stands ? <IconPlayerPause size={18} /> : <IconAlertTriangle size={18} />
    return (
      <Panel tone="attention" icon={icon} title={t(`inspector.waits.${reason}`)} lines={lines}>
        {reason === 'paused' ? (
          <Button size="s" onClick={() => void queueActions.resume([row.id])}>
            {t('actions.resume')}
          </Button>
        ) : null}
        {reason === 'queuePaused' ? (
          <Button size="s" onClick={() => void queueActions.resumeAll()}>
            {t('queue.resume')}
          </Button>
        ) : null}
        {reason === 'connection' ? (
          <Button size="s" onClick={() => useView.getState().setView('connections')}>
            {t('inspector.act.connections')}
          </Button>
        ) : null}
      </Panel>
    )
  }
  const said = problemText(row.error.key, row.error.values) ?? row.error
  const charged: Record<Charged, string> = {
    yes: t('inspector.charged.yes'),
    no: t('inspector.charged.no'),
    unknown: t('inspector.charged.unknown'),
  }
  const attention = row.state === 'needs_attention'
  // The last answer may be a refusal, and says nothing of what was sent before it.
  const unsure = attention && row.charged === 'unknown'
  const words = [said.message, ...(said.hint ? [said.hint] : [])]
  return (
    <Panel
      tone={attention ? 'attention' : 'failed'}
      icon={attention ? <IconAlertTriangle size={18} /> : <IconAlertCircle size={18} />}
      title={attention ? t(`card.${attentionKey(row)}`) : textOf(`card.failed.${row.error.code}`)}
      lines={unsure ? [t('inspector.unsure'), ...words] : [...words, ...(free ? [] : [charged[row.charged]])]}
      raw={detail?.errorRaw ?? null}
    >
      {attention && settlingOf(row) !== 'dismiss' ? (
        <Button size="s" onClick={() => void jobActions.dismiss(row.id)}>
          {t('inspector.act.dismiss')}
        </Button>
      ) : null}
      {mayPayTwice(row) ? <RetryPaid row={row} /> : null}
    </Panel>
  )
}

/** Why a job stands still, where that is worth a word; its turn is not. */
function reasonOf({ state, waiting }: JobRow, held: boolean) {
  if (waiting === 'paused') return waiting
  if (state === 'queued' && held) return 'queuePaused'
  return waiting === 'turn' ? null : waiting
}

/** The way to a video that the provider still has. */
function FetchAgain({ row }: { row: JobRow }) {
  const { t } = useTranslation()
  return (
    <Button size="s" title={t('inspector.fetchable.body')} onClick={() => void jobActions.fetchAgain(row.id)}>
      {t('inspector.act.fetch')}
    </Button>
  )
}

/** A new job for one that may have been paid for already; asks before. */
function RetryPaid({ row }: { row: JobRow }) {
  const { t } = useTranslation()
  return (
    <Button size="s" onClick={() => void jobActions.retry(row.id)}>
      {t('actions.retryPaid.action')}
    </Button>
  )
}

interface PanelProps {
  tone: 'failed' | 'attention' | 'plain'
  icon: ReactNode
  title: string
  lines: string[]
  /** The provider's own words. */
  raw?: string | null
  /** Ways out. */
  children?: ReactNode
}

function Panel({ tone, icon, title, lines, raw = null, children }: PanelProps) {
  const { t } = useTranslation()
  return (
    <section className={styles.situation} data-tone={tone}>
      <div className={styles.matter}>
        {icon}
        <div className={`${styles.matterWords} selectable`}>
          <h2 className={styles.matterTitle}>{title}</h2>
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </div>
      {children ? <div className={styles.ways}>{children}</div> : null}
      {raw === null ? null : (
        <details className={styles.details}>
          <summary>{t('inspector.raw')}</summary>
          <JsonText value={pretty(raw)} label={t('inspector.raw')} />
        </details>
      )}
    </section>
  )
}

/** An answer in JSON is indented; anything else stays as it came. */
function pretty(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown
  } catch {
    return raw
  }
}
