import type { JobPreview, JobRequest } from '@shared/contract'
import { estimateOf, type Estimate } from '../state/composer/requests'
import { videosOf, type Row } from './plan'

/** What the studio says of one kind of wish: what it comes to, or why it is refused. */
export type Quote = { preview: JobPreview } | { said: string }

/** What the price of a wish hangs on: all but its words. */
export function quoteKey({ model, connectionId, params, inputs, count }: JobRequest): string {
  return JSON.stringify([model, connectionId, params, inputs, count])
}

/** What the whole batch comes to. Rows of one model wait for each other, so their times add up. */
export function batchEstimate(
  rows: readonly Row[],
  quotes: ReadonlyMap<string, Quote>,
  concurrency: (model: string) => number,
): Estimate {
  const previews = rows.flatMap((row) => {
    const quote = quotes.get(quoteKey(row.request))
    return quote && 'preview' in quote ? [quote.preview] : []
  })
  const videos = new Map<string, number>()
  for (const row of rows) {
    const { model } = row.request
    videos.set(model, (videos.get(model) ?? 0) + videosOf(row))
  }
  let seconds: number | null = 0
  for (const { model, seconds: each } of previews) {
    const rounds = Math.ceil((videos.get(model) ?? 0) / Math.max(1, concurrency(model)))
    seconds = seconds === null || each === null ? null : Math.max(seconds, each * rounds)
  }
  const { money, unknown, jobs } = estimateOf(previews, concurrency)
  return { money, unknown, jobs, seconds }
}
