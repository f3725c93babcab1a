import type { UsageRow } from '@shared/contract'
import type { SpendingLine } from '../history'
import { counted } from './counted'
import type { Calendar, Span } from './months'

/** Lines of the history as rows of one month, connection, model and currency each, newest month first. */
export function usageRows(
  lines: Iterable<SpendingLine>,
  calendar: Calendar,
  label: (connectionId: string) => string | null,
): UsageRow[] {
  const rows = new Map<string, UsageRow>()
  let month = ''
  let span: Span = { from: 0, to: 0 }
  for (const line of lines) {
    if (line.at < span.from || line.at >= span.to) {
      month = calendar.monthOf(line.at)
      span = calendar.span(month)
    }
    const money = counted(line)
    const currency = money.amount?.currency ?? ''
    const key = `${month}\n${line.model}\n${line.connectionId ?? ''}\n${currency}`
    let row = rows.get(key)
    if (!row) {
      row = blank(line, month, currency, line.connectionId === null ? null : label(line.connectionId))
      rows.set(key, row)
    }
    count(row, line, money)
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

function count(row: UsageRow, line: SpendingLine, { heading, amount, computed }: ReturnType<typeof counted>) {
  const micros = amount?.micros ?? 0
  row.jobs += 1
  if (line.state === 'completed' && line.durationMs !== null) {
    row.videos += 1
    row.videoMs += line.durationMs
  }
  // Charged, but nobody knows how much: not a job of which everything is known.
  if (heading === 'unknown' || (heading === 'spent' && amount === null)) row.unknownJobs += 1
  if (heading === 'none') return
  row[heading] += micros
  if (heading === 'spent' && computed) row.computed += micros
}

const blank = (line: SpendingLine, month: string, currency: string, connection: string | null): UsageRow => ({
  month,
  provider: line.provider,
  model: line.model,
  connectionId: line.connectionId,
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
