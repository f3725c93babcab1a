import { z } from 'zod'
import { budgetStates } from '../words'
import { base, Id } from './common'

/** A month of the person's calendar, `2026-11`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** What the jobs of one month, connection, model and currency came to. */
export const UsageRow = z.object({
  month: Month,
  provider: z.string(),
  model: z.string(),
  connectionId: z.string().nullable(),
  /** The connection's label, also when it was removed since. */
  connection: z.string().nullable(),
  currency: z.string(),
  jobs: z.int(),
  videos: z.int(),
  /** Milliseconds of video. */
  videoMs: z.int(),
  /** What is known to have been charged. */
  spent: z.int(),
  /** Of `spent`, what was computed from the price and not told by the provider. */
  computed: z.int(),
  /** Estimates of jobs of which nobody knows whether they were charged. */
  unknown: z.int(),
  unknownJobs: z.int(),
  /** Estimates of jobs that are still under way. */
  reserved: z.int(),
})
export type UsageRow = z.infer<typeof UsageRow>

/** What may still be spent this month, over all or of one connection. Amounts in micro-units of `currency`. */
export const BudgetStanding = z.object({
  connectionId: Id.nullable(),
  currency: z.string(),
  limit: z.int().nullable(),
  spent: z.int(),
  unknown: z.int(),
  reserved: z.int(),
  /** `warning` from the warning level on, `over` when nothing is left. */
  state: z.enum(budgetStates),
})
export type BudgetStanding = z.infer<typeof BudgetStanding>

const Range = z.strictObject({ from: Month.optional(), to: Month.optional() })

export const money = {
  usage: base
    .route({ method: 'GET', path: '/usage', summary: 'What jobs cost, by month, connection and model' })
    .input(Range)
    .output(z.object({ rows: z.array(UsageRow) })),
  /** Overall first, then each connection that has a budget or spent something this month. */
  budget: base
    .route({ method: 'GET', path: '/budget', summary: 'What this month’s budgets have left' })
    .output(z.object({ month: Month, standings: z.array(BudgetStanding) })),
  /** One line a job, as RFC 4180 has it. */
  csv: base.input(Range).output(z.object({ name: z.string(), text: z.string() })),
}
