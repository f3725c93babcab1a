import { StudioError } from '@shared/problems'
import type { Charged } from '@shared/contract'
import type { JobEventKind } from '@shared/words'
import type { JobPatch } from '../history'
import type { ReceivedVideo } from '../library'
import { retryDelay } from './backoff'
import { complete, dropPart } from './download'
import { ended, type Engine, type Step, type Subject } from './engine'
import { stillMissing } from './fail'
import { asProviderError, chargedFor, isNews, trouble } from './failure'

/** So long after its submit a job that the provider does not list may still be on its way there. */
const settlingMs = 60_000

/**
 * Ends a job that is to be cancelled: at the provider where it has a cancel, else by not watching any more.
 * Nothing else works on the job by now.
 */
export const cancelling: Step = async (engine, subject, signal) => {
  const { job } = subject
  const whole = await landed(engine, subject)
  if (whole) {
    complete(engine, job.id, whole)
  } else if (job.outputs !== null || job.sha256 !== null) {
    // The provider had done its work; only the download was stopped.
    await dropPart(engine, job)
    cancelled(engine, subject, 'cancelled', job.charged)
  } else {
    await callOff(engine, subject, signal)
  }
}

/** The video, where the download was quicker than the cancel. */
async function landed(engine: Engine, { job }: Subject): Promise<ReceivedVideo | null> {
  if (job.outputPath === null) return null
  try {
    return await engine.library.settled(job, job.outputPath)
  } catch (error) {
    if (error instanceof StudioError && error.code === 'storage') return null
    throw error
  }
}

async function callOff(engine: Engine, subject: Subject, signal: AbortSignal): Promise<void> {
  const { job, provider } = subject
  // Unknown where an earlier submit may have arrived.
  if (job.submitAttemptedAt === null) return cancelled(engine, subject, 'cancelled', job.charged)
  try {
    const call = engine.call(job, signal)
    const known = job.providerJobId ?? engine.answers.get(job.id)?.providerJobId
    const providerJobId = known ?? (await provider.find?.(call))
    if (providerJobId === null) return unlisted(engine, subject, job.submitAttemptedAt)
    if (providerJobId === undefined || !provider.cancel) {
      // By its id it can be waited for again.
      const patch = providerJobId === undefined ? {} : { providerJobId }
      return cancelled(engine, subject, 'stopped_watching', 'unknown', patch)
    }
    const outcome = await provider.cancel({ ...call, job: { ...job, providerJobId } })
    if (outcome === 'cancelled') cancelled(engine, subject, 'cancelled', 'unknown')
    else tooLate(engine, subject, providerJobId)
  } catch (thrown) {
    if (engine.closing.aborted) return
    const error = asProviderError(thrown)
    if (error.detail.code === 'not_found') return cancelled(engine, subject, 'cancelled', 'unknown')
    if (error.detail.retry === 'never') return cancelled(engine, subject, 'stopped_watching', 'unknown')
    const wait = retryDelay(engine.failures.count(job.id), engine.random, error.detail.retryAfterMs)
    const nextAt = engine.clock.now() + wait
    const now = trouble(error)
    const event = { kind: 'cancel_failed', data: { code: error.detail.code } } as const
    engine.note(job, { nextAt, ...now }, isNews(job, now) ? event : undefined)
    engine.arm(nextAt)
  }
}

/** Not listed means never taken, and free, once the submit has had the time to arrive. */
function unlisted(engine: Engine, subject: Subject, attemptedAt: number): void {
  const now = engine.clock.now()
  // A clock that was set back would make this wait for long.
  if (Math.abs(now - attemptedAt) >= settlingMs) return cancelled(engine, subject, 'cancelled', 'no')
  const nextAt = attemptedAt + settlingMs
  engine.note(subject.job, { nextAt })
  engine.arm(nextAt)
}

function cancelled(
  engine: Engine,
  { job, model }: Subject,
  kind: JobEventKind,
  charged: Charged,
  patch: JobPatch = {},
): void {
  if (job.sha256 !== null) {
    const finishedAt = engine.clock.now()
    engine.move(job.id, ['cancelling'], 'completed', { kind }, { ...stillMissing, finishedAt })
    return
  }
  engine.move(
    job.id,
    ['cancelling'],
    'cancelled',
    { kind },
    {
      ...ended,
      ...patch,
      charged: chargedFor(model, charged),
      outputPath: null,
      error: null,
      errorRaw: null,
      finishedAt: engine.clock.now(),
    },
  )
}

/**
 * The provider has made it by now, and charges for it: better to have it, unless the job itself is unwanted. It stays
 * a job that was to be cancelled: should there be no video after all, it ends as cancelled and not as failed.
 */
function tooLate(engine: Engine, subject: Subject, providerJobId: string): void {
  const { job } = subject
  if (job.removedAt !== null) return cancelled(engine, subject, 'cancelled', 'unknown')
  const nextAt = engine.clock.now()
  engine.move(
    job.id,
    ['cancelling'],
    'processing',
    { kind: 'cancel_too_late' },
    {
      providerJobId,
      waiting: null,
      nextAt,
    },
  )
  engine.arm(nextAt)
}
