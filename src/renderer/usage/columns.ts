import type { UsageRow } from '@shared/contract'

/** One kind of job in the chart, with its place in the order of colours. */
export interface Series {
  /** A model's or provider's id; null for all the others together. */
  id: string | null
  /** Micro-units over all months. */
  spent: number
}

/** A month of the chart, in micro-units of one currency. */
export interface Column {
  month: string
  /** In the order of the series. */
  parts: number[]
  /** What may have been charged, of all series together. */
  unknown: number
  total: number
}

/** The most kinds that can be told apart; the rest is one. */
const mostSeries = 5

/** Stacks what was spent in one currency by month; the kind that cost most lies at the bottom of each. */
export function columnsOf(
  rows: readonly UsageRow[],
  months: readonly string[],
  by: 'model' | 'provider',
  currency: string,
): { series: Series[]; columns: Column[] } {
  const counted = rows.filter((row) => row.currency === currency && months.includes(row.month))
  const sums = new Map<string, number>()
  for (const row of counted) if (row.spent > 0) sums.set(row[by], (sums.get(row[by]) ?? 0) + row.spent)
  const all = [...sums].map(([id, spent]) => ({ id, spent })).sort((a, b) => b.spent - a.spent)
  const fits = all.length <= mostSeries
  const shown: Series[] = fits ? all : all.slice(0, mostSeries - 1)
  const rest = all.slice(shown.length).reduce((sum, { spent }) => sum + spent, 0)
  const series = fits ? shown : [...shown, { id: null, spent: rest }]

  const columns = months.map((month) => {
    const own = counted.filter((row) => row.month === month)
    const parts = series.map(({ id }) =>
      own
        .filter((row) => (id === null ? !shown.some((one) => one.id === row[by]) : row[by] === id))
        .reduce((sum, { spent }) => sum + spent, 0),
    )
    const unknown = own.reduce((sum, row) => sum + row.unknown, 0)
    return { month, parts, unknown, total: parts.reduce((sum, part) => sum + part, unknown) }
  })
  return { series, columns }
}

/** Tops whose half is a round number too. */
const tops = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10]

/** The least round number that nothing is above, for the top of an axis. */
export function roundTop(highest: number): number {
  if (highest <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(highest))
  return tops.map((top) => Math.round(top * power)).find((top) => top >= highest) ?? 10 * power
}
