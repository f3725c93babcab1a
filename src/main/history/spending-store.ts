import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { Charged, JobState, Money } from '@shared/contract'
import { amount } from './columns'
import type { SpendingLine, SpendingStore } from './types'

const Stored = z.object({
  jobId: z.string(),
  at: z.int(),
  state: JobState,
  provider: z.string(),
  model: z.string(),
  connectionId: z.string().nullable(),
  charged: Charged,
  cost: Money.nullable(),
  costKind: z.enum(['exact', 'computed']).nullable(),
  estimate: Money.nullable(),
  durationMs: z.int().nullable(),
  prompt: z.string(),
}) satisfies z.ZodType<SpendingLine>

/** Reads what jobs cost, of those in the history and of those cleared away since. */
export function createSpendingStore(db: Database): SpendingStore {
  const lines = db.prepare<[number, number], Record<string, unknown>>(`
    SELECT job_id AS jobId, at, state, provider, model, connection_id AS connectionId, charged,
      cost_micros AS costMicros, cost_currency AS costCurrency, cost_kind AS costKind,
      estimate_micros AS estimateMicros, estimate_currency AS estimateCurrency, duration_ms AS durationMs, prompt
    FROM spending WHERE at >= ? AND at < ? ORDER BY at, job_id`)
  return {
    *lines(from, to) {
      for (const row of lines.iterate(from, to)) {
        yield Stored.parse({ ...row, cost: amount(row, 'cost'), estimate: amount(row, 'estimate') })
      }
    },
  }
}
