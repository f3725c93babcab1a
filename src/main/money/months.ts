import type { SpendingStore } from '../history'
import type { MonthRange } from './types'

/** From a moment on, up to and without another, in milliseconds since 1970. */
export interface Span {
  from: number
  to: number
}

/** Months `2026-11` and days of one time zone. */
export interface Calendar {
  monthOf(at: number): string
  /** The moments of a month. */
  span(month: string): Span
  /** The moments of all months of a range; an open end reaches as far as time does. */
  range(range: MonthRange): Span
  /** A moment as ISO 8601 with the zone's distance from UTC: `2026-11-01T07:30:00+08:00`. */
  stamp(at: number): string
}

const day = 86_400_000
const quarter = 900_000

/** The calendar of an IANA time zone, by default the system's. */
export function createCalendar(timeZone?: string): Calendar {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const spans = new Map<string, Span>()
  const offsets = new Map<number, number>()

  /** What the zone's clocks show, as if it were UTC. */
  const wall = (at: number) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, date, hour, minute, second)
  }
  const monthOf = (at: number) => new Date(wall(at)).toISOString().slice(0, 7)

  /** The first moment at which the zone's calendar shows this month: no zone is a day away from UTC. */
  const start = (month: string) => {
    const [year = 1970, number = 1] = month.split('-').map(Number)
    const utc = Date.UTC(year, number - 1, 1)
    let before = utc - day
    let after = utc + day
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (monthOf(middle) < month) before = middle
      else after = middle
    }
    return after
  }
  const span = (month: string) => {
    const known = spans.get(month) ?? { from: start(month), to: start(following(month)) }
    spans.set(month, known)
    return known
  }

  return {
    monthOf,
    span,
    range: ({ from, to }) => ({
      from: from === undefined ? 0 : span(from).from,
      to: to === undefined ? Number.MAX_SAFE_INTEGER : span(to).to,
    }),
    stamp(at) {
      // Clocks change on quarters of an hour; asking for each moment would take seconds of a long history.
      const bucket = Math.floor(at / quarter)
      const offset = offsets.get(bucket) ?? wall(bucket * quarter) - bucket * quarter
      offsets.set(bucket, offset)
      const minutes = Math.abs(Math.round(offset / 60_000))
      const two = (value: number) => String(value).padStart(2, '0')
      const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
      return `${new Date(at + offset).toISOString().slice(0, 19)}${zone}`
    },
  }
}

/**
 * The months of a span in which there is something, earliest first. It goes from job to job, so that a clock that was
 * once wrong does not cost a walk of centuries.
 */
export function* monthsWithin(
  spending: Pick<SpendingStore, 'first'>,
  span: Span,
  calendar: Calendar,
): Generator<Span & { month: string }> {
  let at = spending.first(span.from)
  while (at !== null && at < span.to) {
    const month = calendar.monthOf(at)
    const { from, to } = calendar.span(month)
    yield { month, from: Math.max(span.from, from), to: Math.min(span.to, to) }
    at = spending.first(to)
  }
}

function following(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}
