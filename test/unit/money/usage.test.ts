import { describe, expect, it } from 'vitest'
import { connection, credits, line, purse, usd } from './support'

describe('usage', () => {
  it('puts a job into the month of the person’s calendar', () => {
    const lines = [line({ at: Date.UTC(2026, 9, 31, 15, 59, 59) }), line({ at: Date.UTC(2026, 9, 31, 16) })]
    const months = (timeZone: string) =>
      purse(lines, { timeZone })
        .usage({})
        .map(({ month, jobs }) => [month, jobs])
    expect(months('Asia/Shanghai')).toEqual([
      ['2026-11', 1],
      ['2026-10', 1],
    ])
    expect(months('UTC')).toEqual([['2026-10', 2]])
  })

  it('answers the months asked for, both included', () => {
    const lines = [8, 9, 10, 11].map((month) => line({ at: Date.UTC(2026, month, 1) }))
    const rows = purse(lines).usage({ from: '2026-10', to: '2026-11' })
    expect(rows.map(({ month }) => month)).toEqual(['2026-11', '2026-10'])
  })

  it('never counts a charge as none because the provider did not name its amount', () => {
    const [row] = purse([line({ cost: null, costKind: null })]).usage({})
    expect(row).toMatchObject({ spent: 7_500_000, computed: 7_500_000, unknown: 0, unknownJobs: 0 })
  })

  it('tells what was computed from what the provider named', () => {
    const [row] = purse([line({ costKind: 'exact', cost: usd(6.75) }), line()]).usage({})
    expect(row).toMatchObject({ jobs: 2, spent: 14_250_000, computed: 7_500_000 })
  })

  it('keeps apart what may have been charged, what is under way and what was not charged', () => {
    const [row, ...more] = purse([
      line({ state: 'needs_attention', charged: 'unknown', cost: null, durationMs: null }),
      line({ state: 'failed', charged: 'unknown', cost: null, durationMs: null }),
      line({ state: 'queued', charged: 'no', cost: null, durationMs: null }),
      line({ state: 'processing', charged: 'no', cost: null, durationMs: null }),
      line({ state: 'cancelling', charged: 'unknown', cost: null, durationMs: null }),
      line({ state: 'failed', charged: 'no', cost: null, durationMs: null }),
      line({ state: 'downloading', charged: 'yes' }),
      line(),
    ]).usage({})
    expect(more).toEqual([])
    expect(row).toMatchObject({
      jobs: 8,
      videos: 1,
      videoMs: 5000,
      spent: 15_000_000,
      unknown: 15_000_000,
      unknownJobs: 2,
      reserved: 22_500_000,
    })
  })

  it('counts a charge of which no price is known as unknown, not as nothing', () => {
    const [row] = purse([line({ cost: null, costKind: null, estimate: null })]).usage({})
    expect(row).toMatchObject({ currency: '', spent: 0, unknownJobs: 1 })
  })

  it('never adds up two currencies', () => {
    const rows = purse([line(), line({ cost: credits(60), estimate: usd(0.6) })]).usage({})
    expect(rows.map(({ currency, spent }) => [currency, spent])).toEqual([
      ['USD', 7_500_000],
      ['credits', 60_000_000],
    ])
  })

  it('names a connection that was removed since, and counts free videos too', () => {
    const rows = purse(
      [
        line(),
        line({
          provider: 'animatic',
          model: 'animatic',
          connectionId: null,
          cost: usd(0),
          estimate: usd(0),
          charged: 'no',
        }),
      ],
      { connections: [connection({ removedAt: 5 })] },
    ).usage({})
    expect(rows.map(({ connection: label, jobs, videos, spent }) => [label, jobs, videos, spent])).toEqual([
      [null, 1, 1, 0],
      ['Studio account', 1, 1, 7_500_000],
    ])
  })
})

describe('budget', () => {
  const standing = (spent: number, limit: number, budgetWarning = 80) =>
    purse([line({ cost: usd(spent) })], {
      settings: { budget: limit * 1_000_000, budgetWarning },
    }).budget().standings[0]?.state

  it('warns from the level on and is over when nothing is left', () => {
    expect(standing(7.99, 10)).toBe('ok')
    expect(standing(8, 10)).toBe('warning')
    expect(standing(9.99, 10)).toBe('warning')
    expect(standing(10, 10)).toBe('over')
    expect(standing(10, 10, 100)).toBe('over')
  })

  it('counts what may have been charged and what is under way', () => {
    const { month, standings } = purse(
      [
        line(),
        line({ state: 'needs_attention', charged: 'unknown', cost: null }),
        line({ state: 'processing', charged: 'no', cost: null }),
      ],
      { settings: { budget: 22_500_000 } },
    ).budget()
    expect(month).toBe('2026-11')
    expect(standings[0]).toEqual({
      connectionId: null,
      currency: 'USD',
      limit: 22_500_000,
      spent: 7_500_000,
      unknown: 7_500_000,
      reserved: 7_500_000,
      state: 'over',
    })
  })

  it('has a line for a connection with a budget, one that spent without, and each currency by itself', () => {
    const { standings } = purse(
      [
        line(),
        line({ connectionId: 'relay', cost: credits(60) }),
        line({ connectionId: null, cost: usd(0) }),
      ],
      {
        connections: [
          connection({ budget: usd(100) }),
          connection({ id: 'relay', budget: usd(10) }),
          connection({ id: 'idle' }),
        ],
      },
    ).budget()
    expect(standings.map((one) => [one.connectionId, one.currency, one.limit, one.spent, one.state])).toEqual(
      [
        [null, 'USD', null, 7_500_000, 'none'],
        ['aws', 'USD', 100_000_000, 7_500_000, 'ok'],
        ['relay', 'USD', 10_000_000, 0, 'ok'],
        ['relay', 'credits', null, 60_000_000, 'none'],
      ],
    )
  })

  it('begins anew with the person’s month', () => {
    const at = Date.UTC(2026, 9, 31, 12)
    const spent = (now: number) =>
      purse([line({ at })], { now, timeZone: 'Asia/Shanghai' }).budget().standings[0]?.spent
    expect(spent(Date.UTC(2026, 9, 31, 15, 59))).toBe(7_500_000)
    expect(spent(Date.UTC(2026, 9, 31, 16))).toBe(0)
  })
})
