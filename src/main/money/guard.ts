import { StudioError } from '@shared/problems'
import type { Approval, BudgetStanding } from '@shared/contract'
import { settingsCurrency, used } from './standings'
import type { Wanted } from './types'

export interface Limits {
  /** Micro-units of {@link settingsCurrency} above which it is asked; null never asks. */
  confirmAbove: number | null
  /** This month's, of budgets that have a limit. */
  standings: readonly BudgetStanding[]
  label(connectionId: string): string | null
}

/**
 * Throws StudioError `conflict` where jobs need a yes that `approved` does not give. The graver question comes first,
 * and its yes answers the lesser one too; an approval of less than the sum of its own currency answers nothing.
 */
export function check(wanted: readonly Wanted[], approved: Approval | undefined, limits: Limits): void {
  const sums = sumsOf(wanted)
  for (const standing of limits.standings) checkBudget(wanted, sums, approved, standing, limits)

  // Before the question of dollars: its yes is in dollars, and would answer this one unasked.
  checkOther(wanted, sums, approved, limits)

  const sum = sums.get(settingsCurrency) ?? 0
  const above = limits.confirmAbove
  if (above !== null && sum > above && !covers(approved, settingsCurrency, sum)) {
    throw new StudioError('conflict', 'money.confirm', {
      values: {
        micros: sum,
        currency: settingsCurrency,
        limit: above,
        jobs: wanted.length,
        unpriced: unpriced(wanted).length,
        sum: plain(sum, settingsCurrency),
        above: plain(above, settingsCurrency),
      },
    })
  }
  checkUnknown(wanted, approved, limits)
}

/**
 * Limits are in {@link settingsCurrency} and nothing is converted: a sum in another currency is asked about wherever
 * the person has limits at all, unless the connection has a budget in that very currency. One yes is for all of them.
 */
function checkOther(
  wanted: readonly Wanted[],
  sums: ReadonlyMap<string, number>,
  approved: Approval | undefined,
  { confirmAbove, standings }: Limits,
) {
  const overall = standings.some(({ connectionId, limit }) => connectionId === null && limit !== null)
  if (confirmAbove === null && !overall) return
  const unlimited = wanted.filter(
    ({ connectionId, estimate }) =>
      estimate !== null &&
      estimate.currency !== settingsCurrency &&
      !standings.some(
        (one) =>
          one.connectionId === connectionId && one.limit !== null && one.currency === estimate.currency,
      ),
  )
  const others = [...sumsOf(unlimited)].filter(([, micros]) => micros > 0)
  const open = others.find(
    ([currency]) =>
      !approved || (approved.currency === currency && approved.micros < (sums.get(currency) ?? 0)),
  )
  if (!open) return
  const [currency] = open
  throw new StudioError('conflict', 'money.confirmOther', {
    values: {
      micros: sums.get(currency) ?? 0,
      currency,
      jobs: wanted.length,
      unpriced: unpriced(wanted).length,
      sum: others.map(([currency]) => plain(sums.get(currency) ?? 0, currency)).join(' + '),
      limits: settingsCurrency,
    },
  })
}

function checkBudget(
  wanted: readonly Wanted[],
  sums: ReadonlyMap<string, number>,
  approved: Approval | undefined,
  standing: BudgetStanding,
  limits: Limits,
) {
  const { connectionId, currency, limit } = standing
  if (limit === null) return
  const part = sumsOf(counting(wanted, connectionId)).get(currency) ?? 0
  if (part === 0 || used(standing) + part <= limit) return
  const sum = sums.get(currency) ?? 0
  // The yes to passing budgets is one for all of them, whatever currency its sum is in.
  if (approved?.overBudget === true && (approved.currency !== currency || approved.micros >= sum)) return
  const left = Math.max(0, limit - used(standing))
  throw new StudioError('conflict', 'money.overBudget', {
    values: {
      micros: sum,
      currency,
      limit,
      left,
      part,
      jobs: wanted.length,
      unpriced: unpriced(wanted).length,
      connection: connectionId === null ? '' : (limits.label(connectionId) ?? ''),
      sum: plain(sum, currency),
      rest: plain(left, currency),
      budget: plain(limit, currency),
    },
  })
}

/** Jobs without a known price could cost anything: asked about unless the person wants neither questions nor limits. */
function checkUnknown(wanted: readonly Wanted[], approved: Approval | undefined, limits: Limits) {
  const open = unpriced(wanted)
  const limited = limits.standings.some(
    ({ connectionId, limit }) => limit !== null && counting(open, connectionId).length > 0,
  )
  if (open.length === 0 || approved || (limits.confirmAbove === null && !limited)) return
  throw new StudioError('conflict', 'money.confirmUnknown', {
    values: { jobs: wanted.length, unpriced: open.length },
  })
}

const unpriced = (wanted: readonly Wanted[]) => wanted.filter(({ estimate }) => estimate === null)

const counting = (wanted: readonly Wanted[], connectionId: string | null) =>
  connectionId === null ? wanted : wanted.filter((one) => one.connectionId === connectionId)

const covers = (approved: Approval | undefined, currency: string, micros: number) =>
  approved?.currency === currency && approved.micros >= micros

function sumsOf(wanted: readonly Wanted[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { estimate } of wanted) {
    if (estimate) sums.set(estimate.currency, (sums.get(estimate.currency) ?? 0) + estimate.micros)
  }
  return sums
}

/** An amount for sentences of the local API; the page formats `micros` in its own language. */
function plain(micros: number, currency: string): string {
  const [whole = '0', part = ''] = (micros / 1_000_000).toFixed(6).split('.')
  return `${whole}.${part.replace(/0+$/, '').padEnd(2, '0')} ${currency}`
}
