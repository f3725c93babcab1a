import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { priceText } from '../composer/EstimateLine'
import { about, count as figure } from '../format'
import { maxRequests, useComposer } from '../state/composer'
import { useConnections } from '../state/connections'
import { useStudio } from '../state/studio'
import { Button, Dialog } from '../ui'
import { BatchRows } from './BatchRows'
import styles from './BatchDialog.module.css'
import { videosOf, type Row } from './plan'
import { useBatchQuotes } from './quotes'
import { batchEstimate, quoteKey, type Quote } from './sum'
import { batchRows, clearBatch, closeBatch, sendBatch, useBatch } from './store'
import { Source } from './Source'

/** Videos of one batch, at most, as the studio has it. */
const mostVideos = 1000

/** Many videos from one press: prompts, images and seeds multiplied by the chosen models, seen before they cost. */
export default function BatchDialog() {
  const { t } = useTranslation()
  const open = useBatch((state) => state.open)
  return (
    <Dialog
      open={open}
      onOpenChange={(now) => {
        if (!now) closeBatch()
      }}
      title={t('batch.title')}
      description={t('batch.description')}
      width={920}
    >
      {open ? <Batch /> : null}
    </Dialog>
  )
}

function Batch() {
  const { t } = useTranslation()
  const batch = useBatch()
  const composition = useComposer()
  const models = useStudio((state) => state.models)
  const accounts = useConnections((state) => state.connections)
  const { rows, left } = useMemo(
    () => batchRows(batch, { composition, models, accounts }),
    [batch, composition, models, accounts],
  )
  const { quotes, asking } = useBatchQuotes(rows)
  const concurrency = (id: string) => models[id]?.concurrency ?? 1
  const estimate = batchEstimate(rows, quotes, concurrency)
  const videos = rows.reduce((sum, row) => sum + videosOf(row), 0)
  const reading = batch.images.filter((image) => !image.asset && image.said === null).length
  const refused = refusedRows(rows, quotes)
  const said =
    rows.length > maxRequests
      ? t('batch.tooManyRows', { count: figure(rows.length), max: maxRequests })
      : videos > mostVideos
        ? t('batch.tooManyVideos', { count: figure(videos), max: figure(mostVideos) })
        : batch.refusal !== null && batch.refusal.issues.length === 0
          ? batch.refusal.title
          : refused > 0
            ? t('batch.wrong', { count: refused })
            : null
  const ready = rows.length > 0 && said === null && reading === 0 && !asking && !batch.sending

  return (
    <div className={styles.batch}>
      <div className={styles.parts}>
        <Source />
        <BatchRows rows={rows} left={left} quotes={quotes} />
      </div>
      {said === null ? null : (
        <p className={styles.said} role="alert">
          {said}
        </p>
      )}
      <div className={styles.foot}>
        <p className={styles.sum} role="status">
          {reading > 0
            ? t('batch.reading', { done: batch.images.length - reading, total: batch.images.length })
            : rows.length === 0
              ? t(composition.models.length === 0 ? 'batch.noModels' : 'batch.nothing')
              : asking
                ? t('composer.estimate.asking')
                : [
                    priceText(t, estimate),
                    ...(estimate.seconds === null ? [] : [about(estimate.seconds).toLocaleLowerCase()]),
                  ].join(' · ')}
        </p>
        <Button variant="quiet" onClick={clearBatch}>
          {t('batch.clear')}
        </Button>
        <Button onClick={closeBatch}>{t('ui.cancel')}</Button>
        <Button variant="primary" disabled={!ready} onClick={() => void sendBatch(rows)}>
          {t('batch.generate', { count: videos })}
        </Button>
      </div>
    </div>
  )
}

/** Rows that the studio would not take as they stand. */
function refusedRows(rows: readonly Row[], quotes: ReadonlyMap<string, Quote>): number {
  return rows.filter((row) => {
    const quote = quotes.get(quoteKey(row.request))
    return row.trouble !== null || (quote !== undefined && 'said' in quote)
  }).length
}
