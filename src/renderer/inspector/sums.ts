import type { JobRow, Money } from '@shared/contract'

/** What several jobs come to. */
export interface Sum {
  videos: number
  durationMs: number
  bytes: number
  /** What was paid, one sum a currency; free ones add none. */
  cost: Money[]
  /** Estimates of what may have been charged, likewise. */
  unknown: Money[]
}

const add = (sums: Map<string, number>, { micros, currency }: Money) =>
  void (micros > 0 && sums.set(currency, (sums.get(currency) ?? 0) + micros))

const listed = (sums: Map<string, number>): Money[] =>
  [...sums].map(([currency, micros]) => ({ currency, micros }))

/** Adds up finished videos, what was charged, and what may have been. */
export function sumOf(rows: readonly JobRow[]): Sum {
  const paid = new Map<string, number>()
  const open = new Map<string, number>()
  const sum: Sum = { videos: 0, durationMs: 0, bytes: 0, cost: [], unknown: [] }
  for (const { video, cost, estimate, charged, finishedAt } of rows) {
    const amount = cost ?? (charged === 'no' ? null : estimate)
    if (video) {
      sum.videos += 1
      sum.durationMs += video.durationMs
      sum.bytes += video.bytes
    }
    if (!amount) continue
    if (cost || charged === 'yes') add(paid, amount)
    else if (finishedAt !== null) add(open, amount)
  }
  return { ...sum, cost: listed(paid), unknown: listed(open) }
}
