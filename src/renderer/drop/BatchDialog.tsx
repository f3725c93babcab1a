import type { JobPreview } from '@shared/contract'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl, problemOf } from '../api'
import { priceText } from '../composer/EstimateLine'
import { about } from '../format'
import { estimateOf, maxRequests, useComposer } from '../state/composer'
import { useStudio } from '../state/studio'
import { Button, Dialog, IconButton } from '../ui'
import {
  batchRequests,
  closeBatch,
  dropFromBatch,
  priceOfOne,
  sendBatch,
  tooMany,
  useBatch,
  type BatchImage,
} from './batch'
import styles from './BatchDialog.module.css'

/** Several images, one video each (for every chosen model): what was read, what it comes to, and whether to go on. */
export default function BatchDialog() {
  const { t } = useTranslation()
  const images = useBatch((state) => state.images)
  return (
    <Dialog
      open={images !== null}
      onOpenChange={(open) => {
        if (!open) closeBatch()
      }}
      title={t('drop.batch.title')}
      description={t('drop.batch.description')}
      width={620}
    >
      {images ? <Batch images={images} /> : null}
    </Dialog>
  )
}

function Batch({ images }: { images: BatchImage[] }) {
  const { t } = useTranslation()
  const sending = useBatch((state) => state.sending)
  const refusal = useBatch((state) => state.refusal)
  const models = useStudio((state) => state.models)
  const count = useComposer((state) => state.count)
  const taken = images.filter((image) => image.asset)
  const reading = images.filter((image) => !image.asset && image.said === null).length
  const videos = batchRequests(images).length * count
  const first = taken[0]?.asset ?? null
  const [price, setPrice] = useState<{ previews: JobPreview[]; said: string | null }>({
    previews: [],
    said: null,
  })

  useEffect(() => {
    if (!first) return undefined
    const controller = new AbortController()
    priceOfOne(first, controller.signal).then(
      (previews) => setPrice({ previews, said: null }),
      (error: unknown) => {
        if (controller.signal.aborted) return
        const { title, issues } = problemOf(error)
        setPrice({ previews: [], said: issues[0]?.text ?? title })
      },
    )
    return () => controller.abort()
  }, [first])

  const estimate = estimateOf(price.previews, (id) => models[id]?.concurrency ?? 1, taken.length)
  const many = tooMany(images)
  const said = many
    ? t('drop.batch.tooMany', { max: maxRequests })
    : refusal
      ? (refusal.issues[0]?.text ?? refusal.title)
      : price.said

  return (
    <div className={styles.batch}>
      <ul className={styles.images}>
        {images.map((image) => (
          <li key={image.number} className={styles.image} data-said={image.said === null ? undefined : ''}>
            {image.asset ? <img src={mediaUrl.thumb(image.asset.id)} alt={image.name} /> : null}
            {image.said === null ? null : <p>{image.said}</p>}
            <IconButton
              size="s"
              tone="over"
              className={styles.remove ?? ''}
              label={t('drop.batch.remove', { name: image.name })}
              icon={<IconX size={13} />}
              onClick={() => dropFromBatch(image.number)}
            />
          </li>
        ))}
      </ul>
      {said === null ? null : (
        <p className={styles.said} role="alert">
          {said}
        </p>
      )}
      <div className={styles.foot}>
        <p className={styles.sum} role="status">
          {reading > 0
            ? t('drop.batch.reading', { done: images.length - reading, total: images.length })
            : price.previews.length > 0
              ? [
                  priceText(t, estimate),
                  ...(estimate.seconds === null ? [] : [about(estimate.seconds).toLocaleLowerCase()]),
                ].join(' · ')
              : null}
        </p>
        <Button onClick={closeBatch}>{t('ui.cancel')}</Button>
        <Button
          variant="primary"
          disabled={reading > 0 || taken.length === 0 || many || sending || price.said !== null}
          onClick={() => void sendBatch()}
        >
          {t('drop.batch.generate', { count: videos })}
        </Button>
      </div>
    </div>
  )
}
