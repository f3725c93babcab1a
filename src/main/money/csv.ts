import type { Money } from '@shared/contract'
import type { SpendingLine, SpendingStore } from '../history'
import { counted } from './counted'
import { monthsWithin, type Calendar, type Span } from './months'
import type { MonthRange } from './types'

const header = [
  'date',
  'month',
  'provider',
  'model',
  'connection',
  'state',
  'charged',
  'cost',
  'cost_currency',
  'cost_kind',
  'estimate',
  'estimate_currency',
  'seconds',
  'prompt',
  'job_id',
]

/**
 * One record a job, as RFC 4180 has it, behind a byte order mark: without one, Excel takes UTF-8 for the system's old
 * code page. `cost` is what the sums count as spent, so that adding it up gives the same. Other work gets its turn
 * between two months.
 */
export async function csvText(
  spending: Pick<SpendingStore, 'lines' | 'first'>,
  span: Span,
  calendar: Calendar,
  label: (connectionId: string) => string | null,
): Promise<string> {
  const records = [header.join(',')]
  for (const { from, to } of monthsWithin(spending, span, calendar)) {
    for (const line of spending.lines(from, to)) records.push(record(line, calendar, label))
    await new Promise(setImmediate)
  }
  return `\uFEFF${records.join('\r\n')}\r\n`
}

function record(
  line: SpendingLine,
  calendar: Calendar,
  label: (connectionId: string) => string | null,
): string {
  const { heading, amount, computed } = counted(line)
  const spent = heading === 'spent' ? amount : null
  const date = calendar.stamp(line.at)
  return [
    date,
    date.slice(0, 7),
    text(line.provider),
    text(line.model),
    text(line.connectionId === null ? '' : (label(line.connectionId) ?? line.connectionId)),
    line.state,
    line.charged,
    decimal(spent),
    text(spent?.currency ?? ''),
    spent === null ? '' : computed ? 'computed' : 'exact',
    decimal(line.estimate),
    text(line.estimate?.currency ?? ''),
    line.durationMs === null ? '' : String(line.durationMs / 1000),
    text(line.prompt),
    line.jobId,
  ].join(',')
}

/** The file's name: the months it was asked for. */
export function csvName({ from, to }: MonthRange): string {
  if (from === to) return `dailies-usage${from === undefined ? '' : `-${from}`}.csv`
  const start = from === undefined ? '' : `-from-${from}`
  const end = to === undefined ? '' : `-to-${to}`
  return `dailies-usage${start}${end}.csv`
}

function decimal(money: Money | null): string {
  if (!money) return ''
  return (money.micros / 1_000_000).toFixed(6).replace(/\.?0+$/, '')
}

/**
 * A field of text. What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV Injection): at the
 * beginning, and where one that parts fields by semicolons or tabs, as in much of Europe, would begin a cell of its own.
 */
function text(value: string): string {
  const tame = value
    .replace(/^(?=[=+\-@\t\r\n＝＋－＠])/u, "'")
    .replace(/(?<=[;\t\r\n])(?= *[=+\-@＝＋－＠])/gu, "'")
  return /[",;\r\n]|^\s|\s$/u.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
