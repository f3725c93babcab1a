import { z } from 'zod'
import { providerError, reasonOf } from '../../wire'
import type { ProviderStatus } from '../types'
import { moneyOf } from './prices'
import { meaningOf } from './words'

const Credits = z.object({ credits: z.number().min(0) })

/**
 * A task as `GET /v1/tasks/{id}` tells it (github.com/runwayml/openapi, "Get task detail"). What is not needed to go on
 * may be missing or of another shape: no paid task is lost over it.
 */
export const Task = z.object({
  id: z.string(),
  status: z.string(),
  progress: z.number().min(0).max(1).nullish().catch(null),
  output: z.array(z.string()).nullish().catch(null),
  failure: z.string().nullish().catch(null),
  failureCode: z.string().nullish().catch(null),
  cost: Credits.nullish().catch(null),
})
export type Task = z.output<typeof Task>

/** The answer to a create; `estimatedCost` is the most that may be charged. */
export const Created = z.object({ id: z.string().min(1), estimatedCost: Credits.nullish().catch(null) })

/** What Runway says of a task, as the engine understands it, with the exact cost where it names one. */
export function statusOf(task: Task): ProviderStatus {
  switch (task.status) {
    case 'PENDING':
      return { kind: 'queued' }
    case 'THROTTLED':
      return { kind: 'queued', waiting: 'throttled' }
    case 'SUCCEEDED':
      return {
        kind: 'succeeded',
        outputs: (task.output ?? []).map((ref) => ({ ref, bytes: null, sha256: null })),
        ...(task.cost
          ? {
              cost: moneyOf(task.cost.credits),
              costKind: 'exact' as const,
              told: { credits: task.cost.credits },
            }
          : {}),
      }
    case 'FAILED':
      return failed(task)
    case 'CANCELLED':
      return ended(
        task,
        providerError('not_found', 'runway.cancelled', { sent: true, charged: chargedOf(task, 'unknown') }),
      )
    default:
      return { kind: 'processing', progress: task.progress ?? null }
  }
}

/** Whether a task is over, so that a DELETE would throw away what it made. */
export function isOver({ status }: Task): boolean {
  return ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status)
}

function failed(task: Task): ProviderStatus {
  const failureCode = task.failureCode ?? ''
  const { code, key, retry, charged } = meaningOf(failureCode)
  const reason = reasonOf(task.failure) || failureCode || 'FAILED'
  const error = providerError(code, key, {
    retry,
    sent: true,
    charged: chargedOf(task, charged),
    values: { reason },
    raw: [failureCode, task.failure].filter(Boolean).join(': '),
  })
  return ended(task, error)
}

function ended(task: Task, error: ReturnType<typeof providerError>): ProviderStatus {
  const credits = task.cost?.credits ?? 0
  return { kind: 'failed', error, ...(credits > 0 ? { cost: moneyOf(credits) } : {}) }
}

/** What was charged: by the credits that Runway names, else by what is known of such failures. */
function chargedOf({ cost }: Task, otherwise: 'yes' | 'no' | 'unknown') {
  if (!cost) return otherwise
  return cost.credits > 0 ? 'yes' : 'no'
}
