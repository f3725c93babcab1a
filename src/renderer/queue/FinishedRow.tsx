import { IconAlertCircle, IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { JobRow } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { duration, timeOfDay } from '../format'
import { problemText } from '../messages'
import { useStudio } from '../state/studio'
import { openInGallery } from './open'
import { Picture } from './Picture'
import styles from './Queue.module.css'

function Sign({ row }: { row: JobRow }) {
  if (row.state === 'completed') return <IconCircleCheck size={20} stroke={1.6} className={styles.done} />
  if (row.state === 'failed') return <IconAlertCircle size={20} stroke={1.6} className={styles.failed} />
  if (row.state === 'needs_attention')
    return <IconAlertTriangle size={20} stroke={1.6} className={styles.attention} />
  return <IconCircleX size={20} stroke={1.6} className={styles.quiet} />
}

function tookOf(row: JobRow): string {
  const end = row.finishedAt
  return row.state === 'completed' && end !== null && row.startedAt !== null
    ? duration(Math.max(0, end - row.startedAt))
    : ''
}

/** One job that ended today. */
export function FinishedRow({ row }: { row: JobRow }) {
  const { t } = useTranslation()
  const model = useStudio((studio) => studio.models[row.model])
  const { error } = row
  const reason = error === null ? null : (problemText(error.key, error.values)?.message ?? error.message)
  return (
    <li className={styles.row}>
      <span className={styles.sign}>
        <Sign row={row} />
      </span>
      <Picture row={row} />
      <button type="button" className={styles.words} onClick={() => openInGallery(row.id)}>
        <span className={styles.prompt} dir="auto">
          {row.prompt === '' ? t('queue.noPrompt') : row.prompt}
        </span>
        <span className={styles.state}>
          {t(`state.${row.state}`)} · {reason ?? model?.label ?? row.model}
        </span>
      </button>
      <span className={styles.time}>{tookOf(row)}</span>
      <span className={styles.time}>{timeOfDay(row.finishedAt ?? row.updatedAt)}</span>
    </li>
  )
}
