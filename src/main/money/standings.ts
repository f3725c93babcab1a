import type { BudgetStanding, Money, UsageRow } from '@shared/contract'

/** Settings name their amounts in this currency. */
export const settingsCurrency = 'USD'

export interface Budgets {
  /** Over all connections, in micro-units of {@link settingsCurrency}. */
  overall: number | null
  /** Percent from which on it is warned of. */
  warning: number
  connections: readonly { id: string; budget: Money | null }[]
}

type Sums = Pick<BudgetStanding, 'spent' | 'unknown' | 'reserved'>

/**
 * How the rows of one month stand against the budgets: overall first, then each connection and currency that has a
 * budget or used something. Amounts of other currencies are not converted: they count against no budget.
 */
export function standings(rows: readonly UsageRow[], budgets: Budgets): BudgetStanding[] {
  const stand = (connectionId: string | null, currency: string, limit: number | null): BudgetStanding => {
    const sums = add(
      rows.filter(
        (row) => row.currency === currency && (connectionId === null || row.connectionId === connectionId),
      ),
    )
    return { connectionId, currency, limit, ...sums, state: state(used(sums), limit, budgets.warning) }
  }
  const limited = new Map(budgets.connections.map(({ id, budget }) => [id, budget]))
  const ids = new Set([
    ...limited.keys(),
    ...rows.flatMap(({ connectionId }) => (connectionId === null ? [] : [connectionId])),
  ])
  return [
    stand(null, settingsCurrency, budgets.overall),
    ...[...ids].flatMap((id) => {
      const budget = limited.get(id) ?? null
      const currencies = new Set([
        ...(budget ? [budget.currency] : []),
        ...rows.filter((row) => row.connectionId === id && used(row) > 0).map((row) => row.currency),
      ])
      return [...currencies].map((currency) =>
        stand(id, currency, budget?.currency === currency ? budget.micros : null),
      )
    }),
  ]
}

/** All of a budget that is gone, may be gone or is set aside. */
export const used = ({ spent, unknown, reserved }: Sums) => spent + unknown + reserved

function add(rows: readonly Sums[]): Sums {
  const sums = { spent: 0, unknown: 0, reserved: 0 }
  for (const row of rows) {
    sums.spent += row.spent
    sums.unknown += row.unknown
    sums.reserved += row.reserved
  }
  return sums
}

function state(micros: number, limit: number | null, warning: number): BudgetStanding['state'] {
  if (limit === null) return 'none'
  if (micros >= limit) return 'over'
  return micros * 100 >= warning * limit ? 'warning' : 'ok'
}
