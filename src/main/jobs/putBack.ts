import type { JobRecord } from '../history'
import type { ProviderError } from '../providers'
import { retryDelay } from './backoff'
import type { Engine } from './engine'
import { kept, waitingFor } from './failure'

/** Back into the queue after a refusal that may be gone in a while, with the reason and the time of the next try. */
export function putBack(engine: Engine, job: JobRecord, { detail }: ProviderError): void {
  const wait = retryDelay(job.attempts, engine.random, detail.retryAfterMs)
  requeue(
    engine,
    job,
    { kind: 'requeued', data: { code: detail.code, waitMs: wait } },
    {
      nextAt: engine.clock.now() + wait,
      retryAfter: detail.retryAfterMs ?? null,
      waiting: detail.waits ?? waitingFor(detail.code) ?? 'throttled',
      // What the wait alone would not say: whose quota and until when, which disk.
      ...(detail.waits || ['auth', 'quota'].includes(detail.code) ? { error: kept(detail) } : {}),
    },
  )
}

/** Back to its place in the queue, as if it had never been sent: the provider has certainly not taken it. */
export function requeue(
  engine: Engine,
  job: JobRecord,
  event: Parameters<Engine['move']>[3],
  patch: Pick<JobRecord, 'nextAt' | 'waiting'> & Partial<Pick<JobRecord, 'retryAfter' | 'error' | 'charged'>>,
): void {
  const unsent = {
    providerJobId: null,
    submitAttemptedAt: null,
    startedAt: null,
    progress: null,
    delayed: false,
  }
  engine.move(job.id, [job.state], 'queued', event, { ...patch, ...unsent })
}
