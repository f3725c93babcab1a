import type { Charged, JobError, JobState, Money } from '@shared/contract'
import type { ProblemKey } from '@shared/problems'
import { ProviderError } from '../providers'
import { ended, type Engine, type Subject } from './engine'
import { chargedFor, jobError, kept } from './failure'

/**
 * A job that had been made and was to be fetched again (its checksum is known) stays one whose file is missing and may
 * turn up yet, however the fetching ended.
 */
export const stillMissing = { ...ended, fileMissing: true, cancelRequested: false } as const

/**
 * Ends a job as failed, with what happened and whether it was charged. One that was to be cancelled, and that the
 * provider said it was too late to cancel, ends as cancelled.
 */
export function fail(
  engine: Engine,
  { job, model }: Subject,
  from: readonly JobState[],
  error: ProviderError,
  { charged = error.detail.charged, cost }: { charged?: Charged; cost?: Money | undefined } = {},
): void {
  const { code, raw, requestId } = error.detail
  if (code === 'internal')
    engine.log.error({ err: error, job: job.id }, 'a job failed for a reason of our own')
  const event = {
    kind: 'failed',
    data: { code, ...(requestId === undefined ? {} : { requestId }) },
  } as const
  // The provider's own word on what it took for nothing.
  const told = cost === undefined ? {} : { cost, costKind: 'exact' as const }
  const why = { error: kept(error.detail), errorRaw: raw ?? null, finishedAt: engine.clock.now() }
  if (job.sha256 !== null) {
    engine.move(job.id, from, 'completed', event, { ...stillMissing, ...why })
    return
  }
  if (job.cancelRequested) {
    const patch = { ...ended, ...told, outputPath: null, error: null, errorRaw: null }
    const finishedAt = engine.clock.now()
    const event = { kind: 'cancelled', data: { code } } as const
    engine.move(job.id, from, 'cancelled', event, {
      ...patch,
      charged: chargedFor(model, charged),
      finishedAt,
    })
    return
  }
  engine.move(job.id, from, 'failed', event, {
    ...ended,
    ...why,
    ...told,
    outputPath: null,
    charged: job.charged === 'yes' ? 'yes' : chargedFor(model, charged),
  })
}

/**
 * Ends a job of which nobody can say whether the provider took it. It is never sent again by itself. With a null `key`
 * the error's own sentence is kept.
 */
export function needAttention(
  engine: Engine,
  job: Subject['job'],
  key: ProblemKey | null,
  error?: ProviderError,
): void {
  engine.move(
    job.id,
    [job.state],
    'needs_attention',
    { kind: 'needs_attention' },
    {
      ...ended,
      error:
        key === null && error
          ? kept(error.detail)
          : jobError(error?.detail.code ?? 'internal', key ?? 'job.attention'),
      errorRaw: error?.detail.raw ?? null,
      charged: job.submitAttemptedAt === null ? 'no' : 'unknown',
      finishedAt: engine.clock.now(),
    },
  )
}

/** A failure that the engine itself finds, in the words of the catalogue. */
export function found(
  code: JobError['code'],
  key: ProblemKey,
  charged: 'yes' | 'no' | 'unknown',
): ProviderError {
  return new ProviderError({ ...jobError(code, key), retry: 'never', charged, sent: false })
}
