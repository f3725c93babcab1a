import type { JobRow, QueuePlace } from '@shared/contract'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queueActions } from '../actions'
import { useLine } from '../state/jobs'
import styles from './Queue.module.css'
import { WaitingRow } from './WaitingRow'

/** The queue in its order, to be put in another. */
export function Waiting({ jobs }: { jobs: readonly JobRow[] }) {
  const { t } = useTranslation()
  const count = useLine((line) => line.waiting)
  const list = useRef<HTMLOListElement>(null)
  /** The job moved last: its handle keeps the keyboard, and its place is said. */
  const [moved, setMoved] = useState<string | null>(null)
  const place = jobs.findIndex(({ id }) => id === moved) + 1

  const move = (id: string, to: QueuePlace) => {
    setMoved(id)
    void queueActions.move([id], to)
  }

  useEffect(() => {
    // A row that the page puts elsewhere loses the focus on the way.
    if (moved === null || place === 0 || document.activeElement !== document.body) return
    list.current?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(moved)}"]`)?.focus()
  }, [moved, place])

  if (jobs.length === 0) return null
  return (
    <>
      <h2 className={styles.heading}>{t('queue.upNext')}</h2>
      <p className="sr-only" id="queue-handle-hint">
        {t('queue.handleHint')}
      </p>
      <p className="sr-only" role="status">
        {place === 0 ? '' : t('queue.moved', { place, count })}
      </p>
      <ol className={styles.list} aria-label={t('queue.upNext')} ref={list}>
        {jobs.map((job, at) => (
          <WaitingRow key={job.id} job={job} place={at + 1} count={count} move={(to) => move(job.id, to)} />
        ))}
      </ol>
      {count > jobs.length ? (
        <p className={styles.others}>{t('queue.others', { count: count - jobs.length })}</p>
      ) : null}
    </>
  )
}
