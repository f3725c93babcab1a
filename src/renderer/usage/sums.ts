import type { Money, UsageRow } from '@shared/contract'

/** What of a row can be added to another's. */
const addends = [
  'jobs',
  'videos',
  'videoMs',
  'spent',
  'computed',
  'unknown',
  'unknownJobs',
  'reserved',
] as const
type Addend = (typeof addends)[number]

/** By what the table has its lines; a line's currency is always its own. */
export const groupings = ['each', 'month', 'model', 'provider', 'connection'] as const
export type Grouping = (typeof groupings)[number]

type Trait = 'month' | 'provider' | 'model' | 'connection'

/** Which traits the lines of a grouping still have. */
export const traitsOf: Record<Grouping, readonly Trait[]> = {
  each: ['month', 'model', 'provider', 'connection'],
  month: ['month'],
  model: ['model', 'provider'],
  provider: ['provider'],
  connection: ['connection', 'provider'],
}

/** A line of the table: traits that its jobs do not share are null. */
export type Line = Pick<UsageRow, 'currency' | Addend> &
  Record<Trait, string | null> & { key: string; connectionId: string | null }

/** Adds up rows that share what a grouping goes by. Amounts of different currencies stay lines of their own. */
export function linesOf(rows: readonly UsageRow[], grouping: Grouping): Line[] {
  const traits = traitsOf[grouping]
  const lines = new Map<string, Line>()
  for (const row of rows) {
    const of = (trait: Trait) => (traits.includes(trait) ? row[trait] : null)
    const connectionId = traits.includes('connection') ? row.connectionId : null
    const key = [of('month'), of('provider'), of('model'), connectionId, row.currency].join('\n')
    const line = lines.get(key)
    if (line) for (const name of addends) line[name] += row[name]
    else {
      const [month, provider, model, connection] = [
        of('month'),
        of('provider'),
        of('model'),
        of('connection'),
      ]
      lines.set(key, { ...row, key, month, provider, model, connection, connectionId })
    }
  }
  return [...lines.values()]
}

/** What the lines can be sorted by. */
export type SortKey = Trait | 'videos' | 'videoMs' | 'spent' | 'unknown' | 'reserved'
export interface Sort {
  key: SortKey
  down: boolean
}

const moneyKeys: readonly SortKey[] = ['spent', 'unknown', 'reserved']

/**
 * Lines in an order; what is equal stands by month, the latest first, then by what was spent. By an amount, each
 * currency stands by itself: sixty of one are neither more nor less than fifty of another.
 */
export function sorted(lines: readonly Line[], { key, down }: Sort, name: (line: Line) => string): Line[] {
  const places = new Map(totalsOf(lines).map(({ currency }, place) => [currency, place]))
  const place = ({ currency }: Line) => (moneyKeys.includes(key) ? (places.get(currency) ?? 0) : 0)
  const worth = (line: Line) => (key === 'model' || key === 'provider' ? name(line) : (line[key] ?? ''))
  return lines.toSorted(
    (a, b) =>
      place(a) - place(b) ||
      compare(worth(a), worth(b)) * (down ? -1 : 1) ||
      compare(b.month ?? '', a.month ?? '') ||
      b.spent - a.spent ||
      compare(a.key, b.key),
  )
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b))
}

/** Sums of one currency. */
export type Total = Pick<UsageRow, 'currency' | Addend>

/** One total a currency, the largest first; jobs without a known price have the currency `''`, which comes last. */
export function totalsOf(rows: readonly Total[]): Total[] {
  const totals = new Map<string, Total>()
  for (const row of rows) {
    const total = totals.get(row.currency)
    if (total) for (const name of addends) total[name] += row[name]
    else {
      const first: Total = { ...row }
      totals.set(row.currency, first)
    }
  }
  const size = ({ currency, spent, unknown, reserved }: Total) =>
    currency === '' ? -1 : spent + unknown + reserved
  return [...totals.values()].sort((a, b) => size(b) - size(a))
}

/** Amounts of one kind over all currencies, without those that are nothing. */
export function amountsOf(
  totals: readonly Total[],
  kind: 'spent' | 'unknown' | 'reserved' | 'computed',
): Money[] {
  return totals.flatMap((total) =>
    total[kind] === 0 ? [] : [{ micros: total[kind], currency: total.currency }],
  )
}

/** The currencies in which something was spent, or perhaps spent, the most used first. */
export function currenciesOf(rows: readonly UsageRow[]): string[] {
  return totalsOf(rows)
    .filter(({ currency, spent, unknown }) => currency !== '' && spent + unknown > 0)
    .map(({ currency }) => currency)
}
