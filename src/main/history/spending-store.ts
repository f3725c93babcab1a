import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { Charged, JobState, Money } from '@shared/contract'
import { amount } from './columns'
import type { SpendingLine, SpendingStore, SpendingSum } from './types'

const shared = {
  state: JobState,
  provider: z.string(),
  model: z.string(),
  connectionId: z.string().nullable(),
  charged: Charged,
  cost: Money.nullable(),
  costKind: z.enum(['exact', 'computed']).nullable(),
  estimate: Money.nullable(),
}
const Line = z.object({
  ...shared,
  jobId: z.string(),
  at: z.int(),
  durationMs: z.int().nullable(),
  prompt: z.string(),
}) satisfies z.ZodType<SpendingLine>
const Sum = z.object({
  ...shared,
  jobs: z.int(),
  videos: z.int(),
  videoMs: z.int(),
}) satisfies z.ZodType<SpendingSum>

type Row = Record<string, unknown>

const money = (row: Row) => ({ ...row, cost: amount(row, 'cost'), estimate: amount(row, 'estimate') })

/** What jobs of one sum have in common; whether there is a cost is among it, so that a sum is of one kind of amount. */
const alike = `provider, model, connection_id, state, charged, cost_kind, cost_micros IS NULL, cost_currency,
  estimate_micros IS NULL, estimate_currency`

/** Reads what jobs cost, of those in the history and of those cleared away since. */
export function createSpendingStore(db: Database): SpendingStore {
  const lines = db.prepare<[number, number], Row>(`
    SELECT job_id AS jobId, at, state, provider, model, connection_id AS connectionId, charged,
      cost_micros AS costMicros, cost_currency AS costCurrency, cost_kind AS costKind,
      estimate_micros AS estimateMicros, estimate_currency AS estimateCurrency, duration_ms AS durationMs, prompt
    FROM spending WHERE at >= ? AND at < ? ORDER BY at, job_id`)
  const sums = db.prepare<[number, number], Row>(`
    SELECT state, provider, model, connection_id AS connectionId, charged,
      sum(cost_micros) AS costMicros, cost_currency AS costCurrency, cost_kind AS costKind,
      sum(estimate_micros) AS estimateMicros, estimate_currency AS estimateCurrency,
      count(*) AS jobs, count(duration_ms) AS videos, total(duration_ms) AS videoMs
    FROM spending_figures WHERE at >= ? AND at < ? GROUP BY ${alike}`)
  const first = db
    .prepare<[{ from: number }], number | null>(`
      SELECT min(at) FROM (
        SELECT min(coalesce(submit_attempted_at, created_at)) AS at FROM job
        WHERE coalesce(submit_attempted_at, created_at) >= @from
        UNION ALL SELECT min(at) FROM ledger WHERE at >= @from
        UNION ALL SELECT min(at) FROM exchange WHERE at >= @from)`)
    .pluck()
  return {
    *lines(from, to) {
      for (const row of lines.iterate(from, to)) yield Line.parse(money(row))
    },
    sums: (from, to) => sums.all(from, to).map((row) => Sum.parse(money(row))),
    first: (from) => first.get({ from }) ?? null,
  }
}
