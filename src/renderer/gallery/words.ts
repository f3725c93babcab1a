import type { JobRow, ModelInfo } from '@shared/contract'
import i18next from 'i18next'
import { clock, money, span } from '../format'
import { textOf } from '../messages'
import { priceOf, type Phrase } from './status'

/** A phrase of a card in the page's language. */
export function say({ key, values }: Phrase): string {
  if (key === 'turn') return i18next.t('card.turn', { count: values?.turn ?? 0, ordinal: true })
  return textOf(`card.${key}`, {
    percent: values?.percent ?? 0,
    model: values?.model ?? '',
    span: values?.seconds === undefined ? '' : span(values.seconds),
    clock: values?.seconds === undefined ? '' : clock(values.seconds * 1000),
  })
}

/** The figure under a card: its cost, its estimate in those words, "free", or a dash where nobody knows. */
export function priceWords(row: JobRow, model: ModelInfo | undefined): string {
  const price = priceOf(row)
  if (!price) return model?.price.unit === 'free' ? i18next.t('ui.free') : '—'
  const amount = money(price.amount)
  return price.estimated && price.amount.micros > 0 ? i18next.t('card.estimate', { amount }) : amount
}
