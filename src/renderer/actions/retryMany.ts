import type { Approval, JobRow, Money } from '@shared/contract'
import { api } from '../api'
import { approve, ask, pressing, readBudget } from '../money'
import { useSettings } from '../state/settings'
import { nameOf } from '../state/studio'
import { sayProblem } from './say'

/** Settings name their amounts in this currency. */
const settingsCurrency = 'USD'

/**
 * Makes jobs again one by one, asking once for all of them: the studio sees each by itself and would let pass together
 * what it asks about as one. Answers how many were made; stops where the person says no.
 */
export async function retryMany(rows: readonly JobRow[]): Promise<number> {
  const allowed = await allowance(rows)
  if (allowed === null) return 0
  let made = 0
  let failed: { error: unknown } | null = null
  for (const row of rows) {
    const { id, estimate } = row
    try {
      const job = await approve(
        ({ approved = allowed.for(estimate) }) => api.jobs.retry({ id, ...(approved ? { approved } : {}) }),
        { verb: 'retry', models: [nameOf(row.model)] },
      )
      if (job === null) break
      made += 1
    } catch (error) {
      failed ??= { error }
    }
  }
  if (failed) sayProblem(failed.error)
  return made
}

interface Allowance {
  /** What may be said of one job of this estimate. */
  for(estimate: Money | null): Approval | undefined
}

/** Asks about the sum of all where it is above what the person set, or passes the month's budget; null for a no. */
async function allowance(rows: readonly JobRow[]): Promise<Allowance | null> {
  const sums = new Map<string, number>()
  for (const { estimate } of rows)
    if (estimate) sums.set(estimate.currency, (sums.get(estimate.currency) ?? 0) + estimate.micros)
  const sum = { micros: sums.get(settingsCurrency) ?? 0, currency: settingsCurrency }
  const { confirmAbove } = useSettings.getState().settings
  const tight = pressing(await readBudget(), [{ connectionId: null, sum }])
  const over = tight?.kind === 'passes'
  if (!over && (confirmAbove === null || sum.micros <= confirmAbove)) return { for: () => undefined }

  const standing = tight?.standing
  const used = standing ? standing.spent + standing.unknown + standing.reserved : 0
  const limit = over ? (standing?.limit ?? 0) : (confirmAbove ?? 0)
  const yes = await ask(
    {
      kind: over ? 'overBudget' : 'confirm',
      jobs: rows.length,
      unpriced: rows.filter(({ estimate }) => estimate === null).length,
      sum,
      limit: { micros: limit, currency: settingsCurrency },
      left: over ? { micros: Math.max(0, limit - used), currency: settingsCurrency } : null,
      connection: null,
    },
    { verb: 'retry', models: [...new Set(rows.map((row) => nameOf(row.model)))] },
  )
  if (!yes) return null
  return {
    for: (estimate) => (estimate ? { ...estimate, ...(over ? { overBudget: true } : {}) } : undefined),
  }
}
