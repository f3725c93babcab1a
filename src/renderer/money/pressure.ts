import type { BudgetStanding, Money } from '@shared/contract'

/** What this month's budgets have left. */
export interface Budget {
  month: string
  standings: BudgetStanding[]
}

/** What a budget says to sums that are about to be spent: it would be passed, or it runs low. */
export interface Pressure {
  kind: 'passes' | 'low'
  standing: BudgetStanding
  /** Of the limit that is used already, 0 to 1 and beyond. */
  share: number
}

/** Jobs that are about to be made: what they come to together, and whose budget they count against. */
export interface Load {
  connectionId: string | null
  sum: Money | null
}

/**
 * The first budget that jobs press on, those that would be passed before those that run low; null where all is well or
 * nothing is paid.
 */
export function pressing(budget: Budget | null, loads: readonly Load[]): Pressure | null {
  const found = (budget?.standings ?? []).flatMap((standing): Pressure[] => {
    const { connectionId, currency, limit, spent, unknown, reserved, state } = standing
    if (limit === null) return []
    const wanted = loads
      .filter((load) => connectionId === null || load.connectionId === connectionId)
      .reduce((sum, load) => sum + (load.sum?.currency === currency ? load.sum.micros : 0), 0)
    if (wanted === 0) return []
    const used = spent + unknown + reserved
    const share = limit === 0 ? 1 : used / limit
    if (used + wanted > limit) return [{ kind: 'passes', standing, share }]
    return state === 'warning' || state === 'over' ? [{ kind: 'low', standing, share }] : []
  })
  return found.find(({ kind }) => kind === 'passes') ?? found[0] ?? null
}
