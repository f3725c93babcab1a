import { runningStates } from '@shared/words'
import type { Money } from '@shared/contract'
import type { SpendingSum } from '../history'

/** Under which heading a job's money stands: known to be spent, perhaps spent, set aside while it runs, or none. */
export type Heading = 'spent' | 'unknown' | 'reserved' | 'none'

export type Priced = Pick<SpendingSum, 'state' | 'charged' | 'cost' | 'costKind' | 'estimate'>

/** What a job, or a sum of jobs that are alike, counts as. `amount` is null where no price was known; `computed`: nobody but us says it is that much. */
export function counted(line: Priced): { heading: Heading; amount: Money | null; computed: boolean } {
  const amount = line.cost ?? line.estimate
  const running = (runningStates as readonly string[]).includes(line.state)
  const computed = line.cost === null || line.costKind !== 'exact'
  const as = (heading: Heading) => ({ heading, amount, computed })
  if (line.charged === 'yes' || (running && line.cost !== null)) return as('spent')
  if (running) return as('reserved')
  return as(line.charged === 'unknown' ? 'unknown' : 'none')
}
