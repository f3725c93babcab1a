import type { Money, TokenPrice } from '@shared/contract'

/** What so many tokens cost, in micro-units, rounded up; null where there is no price. */
export function costOf(price: TokenPrice | null, tokens: { input: number; output: number }): Money | null {
  if (price === null) return null
  const { long, currency } = price
  const rate = long !== undefined && tokens.input > long.tokens ? long : price
  // Micro-units of a million tokens each.
  const micros = Math.ceil((tokens.input * rate.input + tokens.output * rate.output) / 1_000_000)
  return { micros, currency }
}
