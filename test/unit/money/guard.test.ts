import { describe, expect, it } from 'vitest'
import { StudioError } from '../../../src/shared/problems'
import type { Approval, Money } from '../../../src/shared/contract'
import type { Purse } from '../../../src/main/money'
import { connection, credits, line, purse, usd } from './support'

const jobs = (count: number, estimate: Money | null, connectionId: string | null = 'aws') =>
  Array.from({ length: count }, () => ({ connectionId, estimate }))

/** What the guard asks, or null where it lets the jobs pass. */
function asked(one: Purse, wanted: ReturnType<typeof jobs>, approved?: Approval) {
  try {
    one.guard(wanted, approved)
    return null
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'conflict') throw error
    return { key: error.key, ...error.values }
  }
}

describe('the question above an amount', () => {
  it('sums up a batch, and lets pass what is not above', () => {
    expect(asked(purse([]), jobs(1, usd(5)))).toBeNull()
    expect(asked(purse([]), jobs(2, usd(2.51)))).toMatchObject({
      key: 'money.confirm',
      micros: 5_020_000,
      currency: 'USD',
      limit: 5_000_000,
      jobs: 2,
      sum: '5.02 USD',
    })
  })

  it('takes a yes to that sum, and asks again when the price has risen meanwhile', () => {
    const yes = { micros: 7_500_000, currency: 'USD' }
    expect(asked(purse([]), jobs(1, usd(7.5)), yes)).toBeNull()
    expect(asked(purse([]), jobs(1, usd(7.6)), yes)).toMatchObject({
      key: 'money.confirm',
      micros: 7_600_000,
    })
    expect(asked(purse([]), jobs(1, usd(7.5)), { ...yes, currency: 'credits' })).not.toBeNull()
  })

  it('is never asked where the person wants none, and of every cent where they set zero', () => {
    expect(asked(purse([], { settings: { confirmAbove: null } }), jobs(50, usd(9)))).toBeNull()
    const strict = purse([], { settings: { confirmAbove: 0 } })
    expect(asked(strict, jobs(1, usd(0.01)))?.key).toBe('money.confirm')
    expect(asked(strict, jobs(9, usd(0), null))).toBeNull()
  })

  it('takes no credits for dollars, and asks about what no limit is in', () => {
    const mixed = [...jobs(1, usd(4)), ...jobs(1, credits(400))]
    expect(asked(purse([]), mixed)).toMatchObject({
      key: 'money.confirmOther',
      micros: 400_000_000,
      currency: 'credits',
      sum: '400.00 credits',
      jobs: 2,
    })
    expect(asked(purse([]), mixed, { micros: 400_000_000, currency: 'credits' })).toBeNull()
    expect(asked(purse([]), mixed, { micros: 399_000_000, currency: 'credits' })).not.toBeNull()
    expect(asked(purse([], { settings: { confirmAbove: null } }), mixed)).toBeNull()
  })

  it('does not ask about another currency where the connection has a budget in it', () => {
    const limited = purse([], { connections: [connection({ id: 'kling', budget: credits(1000) })] })
    expect(asked(limited, jobs(1, credits(400), 'kling'))).toBeNull()
    expect(asked(limited, jobs(3, credits(400), 'kling'))?.key).toBe('money.overBudget')
  })

  it('takes one yes for sums in several currencies, so that nobody is asked in a circle', () => {
    const mixed = [...jobs(1, credits(400)), ...jobs(1, { micros: 1_400_000, currency: 'CNY' })]
    expect(asked(purse([]), mixed)).toMatchObject({ sum: '400.00 credits + 1.40 CNY' })
    expect(asked(purse([]), mixed, { micros: 400_000_000, currency: 'credits' })).toBeNull()
  })

  it('is asked of jobs whose price nobody knows', () => {
    const unpriced = [...jobs(1, null), ...jobs(1, usd(1))]
    expect(asked(purse([]), unpriced)).toEqual({ key: 'money.confirmUnknown', jobs: 2, unpriced: 1 })
    expect(asked(purse([]), unpriced, { micros: 1_000_000, currency: 'USD' })).toBeNull()
    const carefree = { confirmAbove: null }
    expect(asked(purse([], { settings: carefree }), unpriced)).toBeNull()
    expect(asked(purse([], { settings: { ...carefree, budget: 50_000_000 } }), unpriced)?.key).toBe(
      'money.confirmUnknown',
    )
  })
})

describe('the hard stop at a budget', () => {
  const tight = (limit: number) => purse([line({ cost: usd(7.5) })], { settings: { budget: limit * 1e6 } })

  it('may be spent to the last cent and not one beyond', () => {
    expect(asked(tight(10), jobs(1, usd(2.5)))).toBeNull()
    expect(asked(tight(10), jobs(1, usd(2.51)))).toEqual({
      key: 'money.overBudget',
      micros: 2_510_000,
      currency: 'USD',
      limit: 10_000_000,
      left: 2_500_000,
      part: 2_510_000,
      jobs: 1,
      unpriced: 0,
      connection: '',
      sum: '2.51 USD',
      rest: '2.50 USD',
      budget: '10.00 USD',
    })
  })

  it('counts what may have been charged and what runs', () => {
    const open = [
      line({ state: 'needs_attention', charged: 'unknown', cost: null }),
      line({ state: 'queued', charged: 'no', cost: null }),
    ]
    expect(asked(purse(open, { settings: { budget: 16_000_000 } }), jobs(1, usd(2)))).toMatchObject({
      key: 'money.overBudget',
      left: 1_000_000,
    })
  })

  it('is not passed by a yes to the sum alone, nor by one to a smaller sum', () => {
    const yes = { micros: 7_500_000, currency: 'USD' }
    expect(asked(tight(10), jobs(1, usd(7.5)), yes)?.key).toBe('money.overBudget')
    expect(asked(tight(10), jobs(1, usd(7.5)), { ...yes, overBudget: true })).toBeNull()
    expect(asked(tight(10), jobs(1, usd(7.6)), { ...yes, overBudget: true })).toMatchObject({
      key: 'money.overBudget',
      micros: 7_600_000,
    })
  })

  it('has nothing left to give, never less, and asks nothing of what is free', () => {
    expect(asked(tight(5), jobs(1, usd(1)))).toMatchObject({ left: 0 })
    expect(asked(tight(5), jobs(1, usd(0), null))).toBeNull()
  })

  it('holds for one connection by itself, and names it', () => {
    const two = purse([], {
      connections: [connection({ budget: usd(3) }), connection({ id: 'other', label: 'Other' })],
    })
    expect(asked(two, jobs(1, usd(4), 'other'))).toBeNull()
    expect(asked(two, [...jobs(1, usd(4)), ...jobs(1, usd(0.5), 'other')])).toMatchObject({
      key: 'money.overBudget',
      connection: 'Studio account',
      limit: 3_000_000,
      part: 4_000_000,
      micros: 4_500_000,
    })
  })

  it('can be answered for two currencies at once: no answer asks for the other for ever', () => {
    const two = purse([], {
      settings: { budget: 1_000_000 },
      connections: [connection({ budget: credits(10) })],
    })
    const wanted = [...jobs(1, credits(60)), ...jobs(1, usd(7), 'other')]
    expect(asked(two, wanted)).toMatchObject({ key: 'money.overBudget', currency: 'USD' })
    expect(asked(two, wanted, { micros: 7_000_000, currency: 'USD', overBudget: true })).toBeNull()
  })
})
