import type { JobRow } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { jobActions } from '../actions'
import { useCommand } from '../app/commands'
import { runInGallery } from '../app/shellEvents'
import { lineLimit, useLine } from '../state/jobs'
import { Button, confirm, EmptyState } from '../ui'
import { FinishedRow } from './FinishedRow'
import styles from './Queue.module.css'
import { RunningRow } from './RunningRow'
import { finishedLimit, useFinished } from './useFinished'
import { useNow } from './useNow'

function Shape() {
  return (
    <div className={styles.shape}>
      {[0, 1, 2].map((line) => (
        <div key={line} className={styles.shapeRow}>
          <i />
          <b />
        </div>
      ))}
    </div>
  )
}

function useCancelAll(jobs: readonly JobRow[]): () => void {
  const { t } = useTranslation()
  const cancelAll = async () => {
    const { ok } = await confirm({
      title: t('queue.cancelAll.title', { count: jobs.length }),
      body: t('queue.cancelAll.body'),
      action: t('queue.cancelAll.action', { count: jobs.length }),
      stay: t('queue.cancelAll.stay'),
      danger: true,
    })
    if (ok) await jobActions.cancel(jobs.map((job) => job.id))
  }
  useCommand({
    id: 'queue.cancelAll',
    title: t('queue.cancelAll.command'),
    group: 'app',
    enabled: () => jobs.length > 0,
    run: () => void cancelAll(),
  })
  return () => void cancelAll()
}

/** Said where the list ends before the jobs do. */
function More({ text, group }: { text: string; group: 'running' | 'all' }) {
  return (
    <p className={styles.more}>
      <Button variant="quiet" onClick={() => runInGallery(`gallery.${group}`)}>
        {text}
      </Button>
    </p>
  )
}

/** Everything that is being made, in its order, and what ended today. */
export function QueueView() {
  const { t } = useTranslation()
  const running = useLine((line) => line.jobs)
  const finished = useFinished()
  const now = useNow(running.length > 0)
  const cancelAll = useCancelAll(running)
  const atWork = running.filter((job) => job.state !== 'queued').length
  const empty = running.length === 0 && finished?.length === 0
  return (
    <section className={styles.view} aria-labelledby="queue-title">
      <header className={styles.header}>
        <h1 id="queue-title" className={styles.title}>
          {t('nav.queue')}
        </h1>
        <p className={styles.summary} role="status">
          {running.length === 0
            ? t('queue.idle')
            : t('queue.summary', { working: atWork, waiting: running.length - atWork })}
        </p>
        {running.length < 2 ? null : <Button onClick={cancelAll}>{t('queue.cancelAll.command')}</Button>}
      </header>
      {empty ? (
        <EmptyState
          art={<Shape />}
          title={t('queue.empty.title')}
          body={t('queue.empty.body')}
          actions={
            <Button variant="primary" onClick={() => runInGallery('composer.focus')}>
              {t('queue.empty.action')}
            </Button>
          }
        />
      ) : null}
      {running.length === 0 ? null : (
        <ol className={styles.list} aria-label={t('queue.running')}>
          {running.map((job) => (
            <RunningRow key={job.id} job={job} now={now} />
          ))}
        </ol>
      )}
      {running.length < lineLimit ? null : <More group="running" text={t('queue.moreRunning')} />}
      {finished === null || finished.length === 0 ? null : (
        <>
          <h2 className={styles.heading}>{t('queue.today')}</h2>
          <ul className={styles.list}>
            {finished.map((row) => (
              <FinishedRow key={row.id} row={row} />
            ))}
          </ul>
          {finished.length < finishedLimit ? null : <More group="all" text={t('queue.moreFinished')} />}
        </>
      )}
    </section>
  )
}
