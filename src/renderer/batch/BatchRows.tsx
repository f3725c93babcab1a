import { IconX } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { mediaUrl, type Problem } from '../api'
import { valueName } from '../composer/words'
import { money } from '../format'
import { fieldsOf, maxRequests, plainOf, writtenOf, type Params } from '../state/composer'
import { Button, IconButton } from '../ui'
import styles from './BatchRows.module.css'
import { videosOf, type Row } from './plan'
import { quoteKey, type Quote } from './sum'
import { skipRow, unskipAll, useBatch } from './store'
import { troubleText } from './words'

interface BatchRowsProps {
  rows: readonly Row[]
  /** How many were left out. */
  left: number
  quotes: ReadonlyMap<string, Quote>
}

/** The list of what a batch will ask for, each row with its price or with what is wrong with it. */
export function BatchRows({ rows, left, quotes }: BatchRowsProps) {
  const { t } = useTranslation()
  const refusal = useBatch((state) => state.refusal)
  const shown = rows.slice(0, maxRequests)
  return (
    <section className={styles.list} aria-label={t('batch.preview')}>
      <div className={styles.head}>
        <h3>{t('batch.preview')}</h3>
        {left > 0 ? (
          <Button size="s" variant="quiet" onClick={unskipAll}>
            {t('batch.takeBack', { count: left })}
          </Button>
        ) : null}
      </div>
      {rows.length === 0 ? <p className={styles.none}>{t('batch.none')}</p> : null}
      <ol className={styles.rows}>
        {shown.map((row, place) => (
          <BatchRow
            key={row.key}
            row={row}
            number={place + 1}
            quote={quotes.get(quoteKey(row.request))}
            refused={refusedAt(refusal, place)}
          />
        ))}
      </ol>
      {rows.length > shown.length ? (
        <p className={styles.none}>{t('batch.andMore', { count: rows.length - shown.length })}</p>
      ) : null}
    </section>
  )
}

/** What the studio said of the row with this place when the batch was sent. */
function refusedAt(refusal: Problem | null, place: number): string | null {
  return refusal?.issues.find(({ path }) => path[0] === 'requests' && Number(path[1]) === place)?.text ?? null
}

interface BatchRowProps {
  row: Row
  number: number
  quote: Quote | undefined
  refused: string | null
}

function BatchRow({ row, number, quote, refused }: BatchRowProps) {
  const { t } = useTranslation()
  const { model, image, prompt, trouble } = row
  const videos = videosOf(row)
  const said =
    trouble !== null
      ? troubleText(t, row, trouble)
      : (refused ?? (quote && 'said' in quote ? quote.said : null))
  const price = quote && 'preview' in quote ? quote.preview.estimate : undefined
  return (
    <li className={styles.row} data-wrong={said === null ? undefined : ''}>
      <span className={styles.number}>{number}</span>
      {image ? <img className={styles.thumb} src={mediaUrl.thumb(image.id)} alt={image.name} /> : null}
      <div className={styles.words}>
        <p className={styles.prompt} dir="auto" title={prompt}>
          {prompt === '' ? t('batch.noPrompt') : prompt}
        </p>
        <p className={styles.facts}>
          {[model?.label ?? row.request.model, ...settingsText(t, row)].join(' · ')}
        </p>
        {said === null ? null : <p className={styles.said}>{said}</p>}
      </div>
      <div className={styles.price}>
        {videos > 1 ? <span>{`×\u202f${videos}`}</span> : null}
        <span>
          {price === undefined
            ? ''
            : price === null
              ? t('composer.estimate.unknown')
              : price.micros === 0
                ? t('ui.free')
                : money(price)}
        </span>
      </div>
      <IconButton
        size="s"
        label={t('batch.leaveOut', { number })}
        icon={<IconX size={14} />}
        onClick={() => skipRow(row.key)}
      />
    </li>
  )
}

/** What a row sets by itself: a table's cells, and the seeds. */
function settingsText(t: TFunction, row: Row): string[] {
  if (!row.model) return []
  const fields = fieldsOf(row.model.params)
  const own = Object.entries(row.set).flatMap(([name, value]) => {
    const field = fields.find((one) => one.name === name)
    const plain = plainOf(value)
    return field && plain !== undefined
      ? [valueName(t, field.title, writtenOf(field, plain, row.request.params as Params), field.unit)]
      : []
  })
  const seed = fields.find(({ control }) => control === 'seed')
  const from = seed && row.request.params?.[seed.name]
  const seeds =
    typeof from === 'number' && videosOf(row) > 1
      ? [t('batch.seedRange', { from, to: from + videosOf(row) - 1 })]
      : []
  return [...own, ...seeds, ...(row.seedless ? [t('batch.seedless')] : [])]
}
