import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import type { BudgetStanding, UsageRow } from '../../../src/shared/contract'
import { readAmount, writeAmount } from '../../../src/renderer/money/amount'
import { pressing } from '../../../src/renderer/money/pressure'
import { refusalOf, yesTo } from '../../../src/renderer/money/refusal'
import { columnsOf, roundTop } from '../../../src/renderer/usage/columns'
import { firstOf, monthsBetween } from '../../../src/renderer/usage/ranges'
import { linesOf, sorted, totalsOf } from '../../../src/renderer/usage/sums'

const row = (values: Partial<UsageRow> = {}): UsageRow => ({
  month: '2026-11',
  provider: 'luma-ray2',
  model: 'luma-ray2',
  connectionId: 'aws',
  connection: 'Studio account',
  currency: 'USD',
  jobs: 1,
  videos: 1,
  videoMs: 5000,
  spent: 7,
  computed: 7,
  unknown: 0,
  unknownJobs: 0,
  reserved: 0,
  ...values,
})

describe('amounts that are typed', () => {
  it.each([
    ['5', 5_000_000],
    ['7.50', 7_500_000],
    ['7,5', 7_500_000],
    [' 0 ', 0],
    ['0.000001', 1],
    ['1000000', 1_000_000_000_000],
  ])('reads %j', (typed, micros) => expect(readAmount(typed)).toBe(micros))

  it.each(['', '-1', '1e3', '$5', '1,000', '1.000.000', '1000001', '0.0000001', 'five', '.', 'NaN'])(
    'refuses %j instead of guessing',
    (typed) => expect(readAmount(typed)).toBeNull(),
  )

  it('writes what it reads back', () => {
    for (const micros of [0, 5_000_000, 7_500_000, 1, 123_456_789]) {
      expect(readAmount(writeAmount(micros))).toBe(micros)
    }
    expect(writeAmount(7_500_000)).toBe('7.50')
  })
})

describe('the question before money is spent', () => {
  const refused = (key: string, values: Record<string, string | number>) =>
    new ORPCError('conflict', { data: { key, values } })

  it('is asked of refusals for money alone', () => {
    expect(refusalOf(refused('job.finished', {}))).toBeNull()
    expect(refusalOf(new Error('lost'))).toBeNull()
  })

  it('says yes to the very sum that was asked about, and to a budget only where it was asked about', () => {
    const confirm = refusalOf(
      refused('money.confirm', { micros: 15, currency: 'USD', limit: 5, jobs: 2, unpriced: 0 }),
    )
    expect(confirm && yesTo(confirm, undefined)).toEqual({ micros: 15, currency: 'USD' })
    const over = refusalOf(
      refused('money.overBudget', {
        micros: 60,
        currency: 'CNY',
        limit: 5,
        left: 0,
        jobs: 2,
        connection: '',
      }),
    )
    expect(over?.connection).toBeNull()
    const both = over && yesTo(over, undefined)
    expect(both).toEqual({ micros: 60, currency: 'CNY', overBudget: true })
    // Asked about the second currency, the first yes to the budget is not forgotten.
    expect(confirm && both && yesTo(confirm, both)).toEqual({ micros: 15, currency: 'USD', overBudget: true })
  })

  it('has an answer to a price that nobody knows', () => {
    const unknown = refusalOf(refused('money.confirmUnknown', { jobs: 2, unpriced: 1 }))
    expect(unknown).toMatchObject({ kind: 'unknown', sum: null, unpriced: 1 })
    expect(unknown && yesTo(unknown, undefined)).toEqual({ micros: 0, currency: 'USD' })
  })
})

describe('what the budgets say to an estimate', () => {
  const standing = (values: Partial<BudgetStanding>): BudgetStanding => ({
    connectionId: null,
    currency: 'USD',
    limit: 10,
    spent: 0,
    unknown: 0,
    reserved: 0,
    state: 'ok',
    ...values,
  })
  const say = (standings: BudgetStanding[], micros: number, connectionId = 'aws') =>
    pressing({ month: '2026-11', standings }, [{ connectionId, sum: { micros, currency: 'USD' } }])?.kind ??
    null

  it('counts what may have been charged and what runs', () => {
    const used = standing({ spent: 3, unknown: 3, reserved: 3, state: 'warning' })
    expect(say([used], 1)).toBe('low')
    expect(say([used], 2)).toBe('passes')
  })

  it('is silent of other currencies, of what is free, of other connections', () => {
    expect(say([standing({ currency: 'CNY', spent: 10, state: 'over' })], 5)).toBeNull()
    expect(say([standing({ spent: 10, state: 'over' })], 0)).toBeNull()
    const other = standing({ connectionId: 'other', spent: 10, state: 'over' })
    expect(say([other], 5, 'aws')).toBeNull()
    expect(say([other], 5, 'other')).toBe('passes')
  })
})

describe('the sums of the usage page', () => {
  it('keep currencies apart in every grouping', () => {
    const rows = [row(), row({ month: '2026-10' }), row({ currency: 'credits', spent: 60 })]
    const lines = linesOf(rows, 'model')
    expect(lines.map(({ currency, spent, month }) => [currency, spent, month])).toEqual([
      ['USD', 14, null],
      ['credits', 60, null],
    ])
    expect(totalsOf(rows).map(({ currency, spent }) => [currency, spent])).toEqual([
      ['credits', 60],
      ['USD', 14],
    ])
  })

  it('keep two connections of one name apart', () => {
    const lines = linesOf([row(), row({ connectionId: 'other' })], 'connection')
    expect(lines).toHaveLength(2)
  })

  it('do not change the rows they are made of', () => {
    const rows = [row(), row()]
    linesOf(rows, 'month')
    totalsOf(rows)
    expect(rows.map(({ spent }) => spent)).toEqual([7, 7])
  })

  it('sort amounts within their currency', () => {
    const lines = linesOf(
      [
        row({ spent: 5 }),
        row({ month: '2026-10', spent: 9 }),
        row({ currency: 'credits', spent: 7, model: 'gen4' }),
      ],
      'each',
    )
    const spent = (down: boolean) =>
      sorted(lines, { key: 'spent', down }, ({ model }) => model ?? '').map((line) => line.spent)
    expect(spent(true)).toEqual([9, 5, 7])
    expect(spent(false)).toEqual([5, 9, 7])
  })
})

describe('the chart', () => {
  it('has a column for a month in which nothing was spent', () => {
    const months = monthsBetween(firstOf('half', '2026-02') ?? '', '2026-02')
    expect(months).toEqual(['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02'])
    const { columns } = columnsOf([row({ month: '2025-12' })], months, 'model', 'USD')
    expect(columns.map(({ total }) => total)).toEqual([0, 0, 0, 7, 0, 0])
  })

  it('loses nothing of models beyond those it tells apart, nor of what may have been charged', () => {
    const rows = Array.from({ length: 8 }, (_, place) => row({ model: `m${place}`, spent: place + 1 }))
    const { series, columns } = columnsOf(
      [...rows, row({ spent: 0, unknown: 4, unknownJobs: 1 })],
      ['2026-11'],
      'model',
      'USD',
    )
    expect(series.map(({ id, spent }) => [id, spent])).toEqual([
      ['m7', 8],
      ['m6', 7],
      ['m5', 6],
      ['m4', 5],
      [null, 10],
    ])
    expect(columns[0]).toMatchObject({ parts: [8, 7, 6, 5, 10], unknown: 4, total: 40 })
  })

  it('ends above its highest column', () => {
    expect([1, 110_000_000, 7_500_000, 10, 0].map(roundTop)).toEqual([1, 120_000_000, 8_000_000, 10, 1])
  })
})
