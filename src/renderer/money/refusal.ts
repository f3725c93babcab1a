import { ORPCError } from '@orpc/client'
import type { Approval, Money, ProblemData } from '@shared/contract'

/** Why jobs were not made before the person says yes to what they cost. */
export interface MoneyRefusal {
  kind: 'confirm' | 'overBudget' | 'other' | 'unknown'
  jobs: number
  /** Of `jobs`, those whose price nobody knows. */
  unpriced: number
  /** What all jobs of a known price come to together; null where there is none. */
  sum: Money | null
  /** The amount above which it is asked, or the month's budget. */
  limit: Money | null
  /** What the budget has left. */
  left: Money | null
  /** The label of the connection whose budget it is; null for that over all. */
  connection: string | null
}

const kinds: Record<string, MoneyRefusal['kind'] | undefined> = {
  'money.confirm': 'confirm',
  'money.overBudget': 'overBudget',
  'money.confirmOther': 'other',
  'money.confirmUnknown': 'unknown',
  'assistant.ceiling': 'confirm',
  'assistant.ceilingUnknown': 'unknown',
}

/** Reads the refusal of a call that makes jobs; null for any other error. */
export function refusalOf(error: unknown): MoneyRefusal | null {
  if (!(error instanceof ORPCError)) return null
  const { key = '', values = {} } = (error.data ?? {}) as Partial<ProblemData>
  const kind = kinds[key]
  if (kind === undefined) return null
  const { currency, connection } = values
  const number = (name: string) => Number(values[name] ?? 0)
  const money = (name: string): Money | null =>
    typeof currency === 'string' && values[name] !== undefined ? { micros: number(name), currency } : null
  return {
    kind,
    jobs: number('jobs'),
    unpriced: number('unpriced'),
    sum: money('micros'),
    limit: money('limit'),
    left: money('left'),
    connection: typeof connection === 'string' && connection !== '' ? connection : null,
  }
}

/** The yes to a refusal. A budget that was agreed to be passed before stays so. */
export function yesTo({ kind, sum }: MoneyRefusal, before: Approval | undefined): Approval {
  const over = kind === 'overBudget' || before?.overBudget === true
  const said = sum ?? before ?? { micros: 0, currency: 'USD' }
  return {
    micros: said.micros,
    currency: said.currency,
    ...(over ? { overBudget: true } : {}),
  }
}
