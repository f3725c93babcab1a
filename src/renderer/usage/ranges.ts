/** How far back the page looks, this month included. */
export const ranges = ['month', 'half', 'year', 'all'] as const
export type Range = (typeof ranges)[number]

const months: Record<Range, number | null> = { month: 1, half: 6, year: 12, all: null }

/** The month so many months after another (before it, where negative): `2026-11`. */
export function monthAfter(month: string, count: number): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** The first month of a range that ends with `now`; none where it has no beginning. */
export function firstOf(range: Range, now: string): string | undefined {
  const count = months[range]
  return count === null ? undefined : monthAfter(now, 1 - count)
}

/** All months from one to another, both included. */
export function monthsBetween(from: string, to: string): string[] {
  const all: string[] = []
  for (let month = from; month <= to; month = monthAfter(month, 1)) all.push(month)
  return all
}

/** The moments of a month of this computer's calendar, the last one included, in milliseconds since 1970. */
export function momentsOf(month: string): { from: number; to: number } {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return { from: new Date(year, number - 1, 1).getTime(), to: new Date(year, number, 1).getTime() - 1 }
}
