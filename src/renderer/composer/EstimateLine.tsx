import { IconCheck } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { about, money } from '../format'
import { estimateOf, useComposer, type Estimate } from '../state/composer'
import { useStudio } from '../state/studio'
import styles from './EstimateLine.module.css'
import type { Block } from './useGate'
import type { Quotes } from './useQuotes'

interface EstimateLineProps {
  quotes: Quotes
  block: Block | null
  compact: boolean
}

/** What a press on Generate comes to, before it: money, number and time; and why it cannot be pressed. */
export function EstimateLine({ quotes, block, compact }: EstimateLineProps) {
  const { t } = useTranslation()
  const models = useStudio((state) => state.models)
  const sent = useComposer((state) => state.sent)
  const sending = useComposer((state) => state.sending)
  const previews = Object.values(quotes.previews)
  if (sent !== null) {
    return (
      <p className={styles.line} role="status">
        <IconCheck size={15} className={styles.sent} />
        {t('composer.estimate.sent', { count: sent })}
      </p>
    )
  }
  const estimate = estimateOf(previews, (id) => models[id]?.concurrency ?? 1)
  const price = previews.length > 0 ? priceText(t, estimate) : null
  const size = [
    t('composer.estimate.jobs', { count: estimate.jobs }),
    ...(estimate.seconds === null ? [] : [about(estimate.seconds).toLocaleLowerCase()]),
  ].join(' · ')
  const second = sending
    ? t('composer.estimate.sending')
    : block === null
      ? price === null
        ? t('composer.estimate.asking')
        : size
      : block.tone === 'wrong'
        ? t('composer.block.wrong')
        : block.text

  return (
    <div className={styles.estimate} data-compact={compact ? '' : undefined}>
      {price === null ? null : <p className={styles.price}>{price}</p>}
      <p className={styles.size} data-tone={block?.tone}>
        {second}
      </p>
    </div>
  )
}

/** The sums of an estimate in words. */
export function priceText(
  t: TFunction,
  { money: sums, unknown }: Pick<Estimate, 'money' | 'unknown'>,
): string {
  if (sums.length === 0) return t(unknown ? 'composer.estimate.unknown' : 'composer.estimate.free')
  const price = sums.map(money).join(' + ')
  return t(unknown ? 'composer.estimate.atLeast' : 'composer.estimate.estimated', { price })
}
