import { IconAlertTriangle, IconCheck, IconChevronDown } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { about, money, percent } from '../format'
import { pressing, useBudget, type Pressure } from '../money'
import { estimateOf, useChosen, useComposer, type Estimate } from '../state/composer'
import { connectionIdFor } from '../state/connections'
import { useStudio } from '../state/studio'
import { Popover } from '../ui'
import styles from './EstimateLine.module.css'
import { EachModel } from './late'
import type { Block } from './useGate'
import { useLinks } from './useLinks'
import type { Quotes } from './useQuotes'

interface EstimateLineProps {
  quotes: Quotes
  block: Block | null
  compact: boolean
}

/** What a press on Generate comes to, before it: money, number and time; and why it cannot be pressed. */
export function EstimateLine({ quotes, block, compact }: EstimateLineProps) {
  const { t } = useTranslation()
  const links = useLinks()
  const models = useStudio((state) => state.models)
  const sent = useComposer((state) => state.sent)
  const sending = useComposer((state) => state.sending)
  const chosen = useComposer((state) => state.connections)
  const several = useChosen()
  const previews = Object.values(quotes.previews)
  const estimate = estimateOf(previews, (id) => models[id]?.concurrency ?? 1)
  const budget = useBudget(estimate.money.length > 0)
  if (sent !== null) {
    return (
      <p className={styles.line} role="status">
        <IconCheck size={15} className={styles.sent} />
        {t('composer.estimate.sent', { count: sent })}
      </p>
    )
  }
  const loads = previews.map((preview) => ({
    connectionId: connectionIdFor(preview.model, chosen) ?? null,
    sum: preview.estimate,
  }))
  const pressure = block === null && !sending ? pressing(budget, loads) : null
  const price = previews.length > 0 ? priceText(t, estimate) : null
  const size = [
    t('composer.estimate.jobs', { count: estimate.jobs }),
    ...(estimate.seconds === null ? [] : [about(estimate.seconds).toLocaleLowerCase()]),
    // Folded to one line there is no room for where it goes.
    ...(compact && links.length > 0 ? [t('composer.hosting.short')] : []),
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
      {price === null ? null : several.length > 1 ? (
        <Popover
          side="top"
          align="end"
          wide
          title={t('composer.each.title')}
          trigger={
            <button type="button" className={styles.each}>
              {price}
              <span className="sr-only">{t('composer.each.open')}</span>
              <IconChevronDown size={14} aria-hidden />
            </button>
          }
        >
          <Suspense>
            <EachModel models={several} previews={quotes.previews} />
          </Suspense>
        </Popover>
      ) : (
        <p className={styles.price}>{price}</p>
      )}
      <p className={styles.size} data-tone={block?.tone}>
        {pressure === null || price === null ? null : (
          <span className={styles.pressure}>
            <IconAlertTriangle size={13} />
            {pressureText(t, pressure)}
            {' · '}
          </span>
        )}
        {second}
      </p>
    </div>
  )
}

/** What a budget says to an estimate. */
function pressureText(t: TFunction, { kind, share }: Pressure): string {
  if (kind === 'passes') return t('composer.estimate.passes')
  return share >= 1 ? t('composer.estimate.usedUp') : t('composer.estimate.low', { share: percent(share) })
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
