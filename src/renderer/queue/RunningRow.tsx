import { IconX } from '@tabler/icons-react'
import type { JobRow } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { jobActions } from '../actions'
import { useRow } from '../state/jobs'
import { useStudio } from '../state/studio'
import { IconButton, Ring } from '../ui'
import { openInGallery } from './open'
import { Picture } from './Picture'
import styles from './Queue.module.css'
import { doing, taking } from './words'

/** One job at work. */
export function RunningRow({ job, now }: { job: JobRow; now: number }) {
  const { t } = useTranslation()
  const row = useRow(job.seq) ?? job
  const model = useStudio((studio) => studio.models[row.model])
  const atWork = row.waiting === null || row.waiting === 'held'
  const said = doing(row, null)
  const prompt = row.prompt === '' ? t('queue.noPrompt') : row.prompt
  return (
    <li className={styles.row}>
      <Ring value={atWork ? row.progress : null} size={28} tone={atWork ? 'running' : 'waiting'} />
      <Picture row={row} />
      <button type="button" className={styles.words} onClick={() => openInGallery(row.id)}>
        <span className={styles.prompt} dir="auto">
          {prompt}
        </span>
        <span className={styles.state}>
          {said} · {model?.label ?? row.model}
        </span>
      </button>
      <span className={styles.time} data-delayed={row.delayed ? '' : undefined}>
        {taking(row, model?.typicalSeconds ?? null, now)}
      </span>
      <IconButton
        label={t('queue.cancelNamed', { prompt: prompt.slice(0, 60) })}
        icon={<IconX size={16} />}
        disabled={row.state === 'cancelling'}
        onClick={() => void jobActions.cancel([row.id])}
      />
    </li>
  )
}
