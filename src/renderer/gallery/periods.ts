/** Spans of time the filter offers. */
export const periods = ['any', 'today', 'week', 'month', 'between'] as const
export type Period = (typeof periods)[number]

const days: Partial<Record<Period, number>> = { today: 0, week: 6, month: 29 }

/** Midnight, in the person's time zone, of the day `back` days before a moment; UTC milliseconds. */
export function startOfDay(at: number, back = 0): number {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - back).getTime()
}

/** Where a period begins; null for one without a fixed beginning. */
export function periodStart(period: Period, now: number): number | null {
  const back = days[period]
  return back === undefined ? null : startOfDay(now, back)
}

/** A day as a date field writes it, `2026-11-21`, in the person's time zone; empty for null. */
export function toDateField(at: number | null): string {
  if (at === null) return ''
  const day = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** What a date field says, as its day's first or last millisecond; null while it is empty or half typed. */
export function fromDateField(text: string, end: 'first' | 'last'): number | null {
  const [year, month, day] = text.split('-').map(Number)
  if (!year || !month || !day || year < 1000) return null
  return end === 'first'
    ? new Date(year, month - 1, day).getTime()
    : new Date(year, month - 1, day + 1).getTime() - 1
}
