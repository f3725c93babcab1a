import type { Money } from '@shared/contract'

export { createPurse, type PurseDeps } from './purse'
export type { MonthRange, Purse, Wanted } from './types'

/** `count` times an amount; null, where the price is not known, stays null. */
export function times(amount: Money | null, count: number): Money | null {
  return amount && { micros: amount.micros * count, currency: amount.currency }
}
