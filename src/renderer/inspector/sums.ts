import type { JobRow, Money } from '@shared/contract'

/** What several jobs come to. */
export interface Sum {
  videos: number
  durationMs: number
  bytes: number
  /** What was paid, one sum a currency; free ones add none. */
  cost: Money[]
}

/** Adds up finished videos and known costs. */
export function sumOf(rows: readonly JobRow[]): Sum {
  const paid = new Map<string, number>()
  const sum: Sum = { videos: 0, durationMs: 0, bytes: 0, cost: [] }
  for (const { video, cost } of rows) {
    if (video) {
      sum.videos += 1
      sum.durationMs += video.durationMs
      sum.bytes += video.bytes
    }
    if (cost && cost.micros > 0) paid.set(cost.currency, (paid.get(cost.currency) ?? 0) + cost.micros)
  }
  return { ...sum, cost: [...paid].map(([currency, micros]) => ({ currency, micros })) }
}
