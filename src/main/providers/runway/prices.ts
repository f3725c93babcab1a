import type { Money, Price } from '@shared/contract'

/** What a credit costs, in millionths of a dollar (docs.dev.runwayml.com, "Pricing"). */
const creditMicros = 10_000

/** An amount of credits in money. Runway counts whole credits; a fraction of one would still be told exactly. */
export function moneyOf(credits: number): Money {
  return { micros: Math.round(credits * creditMicros), currency: 'USD' }
}

const read = {
  currency: 'USD',
  date: '2026-11-21',
  source: 'docs.dev.runwayml.com, Pricing: 0.01 USD a credit',
} as const

/** A price of so many credits for each second of video. */
export function perSecond(credits: number): Price {
  return { unit: 'second', micros: moneyOf(credits).micros, ...read }
}

/** Likewise, dearer with sound. Sound is what the service makes unless told otherwise. */
export function perSecondOf(credits: { silent: number; sound: number }): Price {
  const [silent, sound] = [moneyOf(credits.silent).micros, moneyOf(credits.sound).micros]
  return {
    unit: 'second',
    micros: silent,
    ...read,
    tiers: [
      { when: { audio: false }, micros: silent },
      { when: {}, micros: sound },
    ],
  }
}

/** A relay names its prices nowhere that a program could read. */
export const notPublished: Price = {
  unit: 'unknown',
  micros: 0,
  currency: 'USD',
  date: '2026-11-21',
  source: 'not published',
}

/** What a video with these parameters comes to; null where the price or the length is not known. */
export function estimateOf(
  { unit, micros, currency, tiers = [] }: Price,
  params: Record<string, unknown>,
): Money | null {
  const seconds = params['duration']
  if (unit !== 'second' || typeof seconds !== 'number') return null
  const tier = tiers.find(({ when }) => Object.entries(when).every(([name, value]) => params[name] === value))
  if (tiers.length > 0 && !tier) return null
  return { micros: (tier?.micros ?? micros) * seconds, currency }
}
