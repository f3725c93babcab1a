import type { Approval, BudgetStanding, Money, UsageRow } from '@shared/contract'

/** Months of the person's calendar, `2026-11`, both included. */
export interface MonthRange {
  from?: string | undefined
  to?: string | undefined
}

/** A job that is about to be made. */
export interface Wanted {
  connectionId: string | null
  estimate: Money | null
}

/** What was spent, what may be spent, and who is to be asked before. */
export interface Purse {
  /**
   * Lets jobs pass whose sum needs no question or has its answer in `approved`. Throws StudioError `conflict`:
   * `money.confirm` above the amount set in Settings, `money.overBudget` where a month's budget (overall or of a
   * connection) would be passed, `money.confirmOther` for a currency that no limit is in, `money.confirmUnknown` for a
   * price that nobody knows; with `values` in micro-units.
   */
  guard(wanted: readonly Wanted[], approved: Approval | undefined): void
  usage(range: MonthRange): UsageRow[]
  budget(): { month: string; standings: BudgetStanding[] }
  /** One line a job, as RFC 4180 has it. */
  csv(range: MonthRange): Promise<{ name: string; text: string }>
}
