import type { Purse } from '../money'
import type { Implementer } from './implementer'

/** What was spent, and what the budgets have left. */
export function moneyHandlers(os: Implementer['money'], { purse }: { purse: Purse }) {
  return {
    usage: os.usage.handler(({ input }) => ({ rows: purse.usage(input) })),
    budget: os.budget.handler(() => purse.budget()),
    csv: os.csv.handler(({ input }) => purse.csv(input)),
  }
}
