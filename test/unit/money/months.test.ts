import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../../src/main/money/months'

const iso = (at: number) => new Date(at).toISOString()

describe('months of a time zone', () => {
  it('begin at local midnight, not at that of UTC', () => {
    const { from, to } = createCalendar('Asia/Shanghai').span('2026-11')
    expect(iso(from)).toBe('2026-10-31T16:00:00.000Z')
    expect(iso(to)).toBe('2026-11-30T16:00:00.000Z')
  })

  it('are an hour longer where clocks go back within them', () => {
    const { from, to } = createCalendar('America/New_York').span('2026-11')
    expect(iso(from)).toBe('2026-11-01T04:00:00.000Z')
    expect(iso(to)).toBe('2026-12-01T05:00:00.000Z')
  })

  it('begin with the first moment that exists where clocks skip midnight of the first', () => {
    // Paraguay went from 00:00 to 01:00 on 1 October 2017.
    const calendar = createCalendar('America/Asuncion')
    const { from } = calendar.span('2017-10')
    expect(iso(from)).toBe('2017-10-01T04:00:00.000Z')
    expect(calendar.monthOf(from - 1)).toBe('2017-09')
    expect(calendar.stamp(from)).toBe('2017-10-01T01:00:00-03:00')
  })

  it.each(['Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kathmandu', 'Europe/Berlin', 'Australia/Lord_Howe'])(
    'follow each other without a gap in %s',
    (zone) => {
      const calendar = createCalendar(zone)
      const months = Array.from({ length: 24 }, (_, i) =>
        new Date(Date.UTC(2025, i, 1)).toISOString().slice(0, 7),
      )
      const spans = months.map((month) => calendar.span(month))
      expect(spans.map(({ from }) => calendar.monthOf(from))).toEqual(months)
      expect(spans.map(({ to }) => calendar.monthOf(to - 1))).toEqual(months)
      expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ to }) => to))
    },
  )

  it('leave a range open where it has no end', () => {
    const { from, to } = createCalendar('UTC').range({ to: '2026-10' })
    expect([from, iso(to)]).toEqual([0, '2026-11-01T00:00:00.000Z'])
  })

  it('tell a moment with the distance from UTC that held then', () => {
    const calendar = createCalendar('Europe/Berlin')
    expect(calendar.stamp(Date.UTC(2026, 5, 30, 22, 30))).toBe('2026-07-01T00:30:00+02:00')
    expect(calendar.stamp(Date.UTC(2026, 9, 25, 0, 59, 59))).toBe('2026-10-25T02:59:59+02:00')
    expect(calendar.stamp(Date.UTC(2026, 9, 25, 1, 0, 0))).toBe('2026-10-25T02:00:00+01:00')
    expect(createCalendar('America/St_Johns').stamp(0)).toBe('1969-12-31T20:30:00-03:30')
  })
})
