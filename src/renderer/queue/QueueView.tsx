import { useTranslation } from 'react-i18next'
import { runInGallery } from '../app/shellEvents'
import { useLine } from '../state/jobs'
import { Button, EmptyState } from '../ui'
import { FinishedRow } from './FinishedRow'
import { Header } from './Header'
import { Held } from './Held'
import styles from './Queue.module.css'
import { RunningRow } from './RunningRow'
import { finishedLimit, useFinished } from './useFinished'
import { useNow } from './useNow'
import { Waiting } from './Waiting'

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

/** Everything that is being made, the queue in its order, and what ended today. */
export function QueueView() {
  const { t } = useTranslation()
  const jobs = useLine((line) => line.jobs)
  const finished = useFinished()
  const atWork = jobs.filter((job) => job.state !== 'queued')
  const now = useNow(atWork.length > 0)
  const empty = jobs.length === 0 && finished?.length === 0
  return (
    <section className={styles.view} aria-labelledby="queue-title" data-scroller="">
      <Header />
      <Held />
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
      {atWork.length === 0 ? null : (
        <>
          <h2 className={styles.heading}>{t('queue.atWork')}</h2>
          <ol className={styles.list} aria-label={t('queue.atWork')}>
            {atWork.map((job) => (
              <RunningRow key={job.id} job={job} now={now} />
            ))}
          </ol>
        </>
      )}
      <Waiting />
      {finished === null || finished.length === 0 ? null : (
        <>
          <h2 className={styles.heading}>{t('queue.today')}</h2>
          <ul className={styles.list} aria-label={t('queue.today')}>
            {finished.map((row) => (
              <FinishedRow key={row.id} row={row} />
            ))}
          </ul>
          {finished.length < finishedLimit ? null : (
            <p className={styles.more}>
              <Button variant="quiet" onClick={() => runInGallery('gallery.all')}>
                {t('queue.moreFinished')}
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  )
}
