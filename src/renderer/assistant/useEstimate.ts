import type { Approval, Ask, AskEstimate } from '@shared/contract'
import { useEffect, useState } from 'react'
import { api, problemOf, type Problem } from '../api'

/** What a request would cost at most, or why nobody can say. */
export interface Estimated {
  estimate: AskEstimate | null
  problem: Problem | null
  /** It belongs to what stands there now. */
  fresh: boolean
}

/** Milliseconds without a change before the studio is asked. */
const calm = 250

/** Asks what a request would cost while it changes; nothing leaves this computer for it. */
export function useEstimate<T>(
  wish: T | null,
  ask: (wish: T, signal: AbortSignal) => Promise<AskEstimate>,
): Estimated {
  // Two wishes of the same words are one.
  const key = wish === null ? null : JSON.stringify(wish)
  const [answer, setAnswer] = useState<Omit<Estimated, 'fresh'> & { of: string | null }>({
    estimate: null,
    problem: null,
    of: null,
  })
  useEffect(() => {
    if (key === null) return undefined
    const controller = new AbortController()
    const timer = window.setTimeout(() => {
      ask(JSON.parse(key) as T, controller.signal).then(
        (estimate) => setAnswer({ estimate, problem: null, of: key }),
        (error: unknown) => {
          if (!controller.signal.aborted) setAnswer({ estimate: null, problem: problemOf(error), of: key })
        },
      )
    }, calm)
    return () => {
      window.clearTimeout(timer)
      controller.abort()
    }
  }, [key, ask])
  const fresh = key !== null && answer.of === key
  return { estimate: key === null ? null : answer.estimate, problem: fresh ? answer.problem : null, fresh }
}

/** The cost of a wish for words. */
export const askEstimate = (wish: Ask, signal: AbortSignal) =>
  api.assistant.estimate({ ...wish, exact: false }, { signal })

/** The yes to what an estimate says, where it needs one. */
export function approvalOf({ refused, cost }: AskEstimate): Approval | undefined {
  if (refused === null) return undefined
  const { micros, currency } = cost ?? { micros: 0, currency: 'USD' }
  return { micros, currency, ...(refused === 'money.overBudget' ? { overBudget: true } : {}) }
}
