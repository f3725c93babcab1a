import type { UsageRow } from '@shared/contract'
import type { SpendingStore, SpendingSum } from '../history'
import { counted } from './counted'
import { monthsWithin, type Calendar, type Span } from './months'

/** What was spent from one moment to another, as rows of one month, connection, model and currency each. */
export function usageRows(
  spending: Pick<SpendingStore, 'sums' | 'first'>,
  span: Span,
  calendar: Calendar,
  label: (connectionId: string) => string | null,
): UsageRow[] {
  const rows = new Map<string, UsageRow>()
  for (const { month, from, to } of monthsWithin(spending, span, calendar)) {
    for (const sum of spending.sums(from, to)) {
      const money = counted(sum)
      const currency = money.amount?.currency ?? ''
      const key = `${month}\n${sum.model}\n${sum.connectionId ?? ''}\n${currency}`
      let row = rows.get(key)
      if (!row) {
        row = blank(sum, month, currency, sum.connectionId === null ? null : label(sum.connectionId))
        rows.set(key, row)
      }
      count(row, sum, money)
    }
  }
  return [...rows.values()].sort(
    (a, b) =>
      compare(b.month, a.month) ||
      compare(a.provider, b.provider) ||
      compare(a.model, b.model) ||
      compare(a.connection ?? '', b.connection ?? '') ||
      compare(a.currency, b.currency),
  )
}

function count(row: UsageRow, sum: SpendingSum, { heading, amount, computed }: ReturnType<typeof counted>) {
  const micros = amount?.micros ?? 0
  row.jobs += sum.jobs
  if (sum.state === 'completed') {
    row.videos += sum.videos
    row.videoMs += sum.videoMs
  }
  // Charged, but nobody knows how much: not a job of which everything is known.
  if (heading === 'unknown' || (heading === 'spent' && amount === null)) row.unknownJobs += sum.jobs
  if (heading === 'none') return
  row[heading] += micros
  if (heading === 'spent' && computed) row.computed += micros
}

const blank = (sum: SpendingSum, month: string, currency: string, connection: string | null): UsageRow => ({
  month,
  provider: sum.provider,
  model: sum.model,
  connectionId: sum.connectionId,
  connection,
  currency,
  jobs: 0,
  videos: 0,
  videoMs: 0,
  spent: 0,
  computed: 0,
  unknown: 0,
  unknownJobs: 0,
  reserved: 0,
})

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
