import type { JobRecord } from '../history'
import type { ProviderError, ProviderStatus } from '../providers'
import { pollDelay, retryDelay, together } from './backoff'
import type { Engine, Step, Subject } from './engine'
import { fail, found, needAttention } from './fail'
import { putBack } from './putBack'
import { asProviderError, chargedFor, isNews, noTrouble, trouble } from './failure'

/** A job is delayed when it has taken this many times the usual time. */
const delayedAfter = 2
/** And at least this much longer, in ms: a few seconds more of a short job are no news. */
const delayedBy = 30_000

/** Asks the provider how a job is. Only the provider's word ends it: a call that fails is made again. */
export const poll: Step = async (engine, subject, signal) => {
  const { job, provider } = subject
  let status: ProviderStatus
  try {
    status = await engine.gates.polls(signal, () => provider.poll(engine.call(job, signal)))
  } catch (thrown) {
    if (!signal.aborted) unanswered(engine, subject, asProviderError(thrown))
    return
  }
  // Cancelled or closing: what it said will be said again to whoever asks next.
  if (signal.aborted) return
  engine.failures.clear(job.id)
  switch (status.kind) {
    case 'queued':
      goOn(engine, subject, null, status.waiting)
      break
    case 'processing':
      goOn(engine, subject, status.progress, status.waiting)
      break
    case 'succeeded':
      succeeded(engine, subject, status)
      break
    case 'failed':
      fail(engine, subject, ['processing'], status.error, { cost: status.cost })
      break
    case 'turned_away':
      putBack(engine, subject.job, status.error)
      break
    case 'unsure':
      needAttention(engine, subject.job, null, status.error)
      break
    case 'lost':
      fail(engine, subject, ['processing'], found('not_found', 'job.lost', 'unknown'))
      break
  }
}

/**
 * When a job is to be polled after this poll. It is set before the poll is made, so that one that brings nothing new
 * writes nothing.
 */
export function nextPoll(engine: Engine, job: JobRecord, floorMs: number): number {
  const now = engine.clock.now()
  return together(now, pollDelay(now - (job.startedAt ?? now), floorMs, engine.random))
}

function goOn(
  engine: Engine,
  { job }: Subject,
  progress: number | null,
  waiting: JobRecord['waiting'] = null,
): void {
  const elapsed = engine.clock.now() - (job.startedAt ?? engine.clock.now())
  const usual = engine.expectedMs(job) ?? 0
  // A held call is at work, unlike a job that waits for something.
  const working = waiting === null || waiting === 'held'
  const late = working && usual > 0 && elapsed > Math.max(delayedAfter * usual, usual + delayedBy)
  const now = { ...noTrouble, waiting }
  if (late && !job.delayed) engine.note(job, { ...now, delayed: true }, { kind: 'delayed' })
  else if (isNews(job, now)) engine.note(job, now)
  engine.progress.report(job, progress)
}

function succeeded(
  engine: Engine,
  subject: Subject,
  status: Extract<ProviderStatus, { kind: 'succeeded' }>,
): void {
  const { job, model } = subject
  if (status.outputs.length === 0) {
    fail(engine, subject, ['processing'], found('bad_output', 'job.noOutput', 'yes'))
    return
  }
  const now = engine.clock.now()
  engine.move(
    job.id,
    ['processing'],
    'downloading',
    { kind: 'made', ...(status.told === undefined ? {} : { data: status.told }) },
    {
      outputs: status.outputs,
      ...costOf(job, status),
      charged: chargedFor(model, 'yes'),
      nextAt: now,
      progress: null,
      ...noTrouble,
    },
  )
  engine.arm(now)
}

/** What the provider says it cost, else what the frozen price comes to. A cost that is known already stays. */
function costOf(
  job: JobRecord,
  { cost, costKind }: Extract<ProviderStatus, { kind: 'succeeded' }>,
): Pick<JobRecord, 'cost' | 'costKind'> | Record<string, never> {
  if (cost !== undefined) return { cost, costKind: costKind ?? 'exact' }
  if (job.cost !== null || job.estimate === null || job.estimate.micros === 0) return {}
  return { cost: job.estimate, costKind: 'computed' }
}

/** The call failed, the job did not: it is polled again, as slowly as the trouble asks for. */
function unanswered(engine: Engine, subject: Subject, error: ProviderError): void {
  const { job } = subject
  if (error.detail.code === 'not_found') {
    fail(engine, subject, ['processing'], found('not_found', 'job.lost', 'unknown'))
    return
  }
  const wait = retryDelay(engine.failures.count(job.id), engine.random, error.detail.retryAfterMs)
  const nextAt = engine.clock.now() + Math.max(wait, subject.provider.pollFloorMs)
  const now = trouble(error)
  const event = { kind: 'poll_failed', data: { code: error.detail.code } } as const
  engine.note(job, { nextAt, ...now }, isNews(job, now) ? event : undefined)
  engine.arm(nextAt)
}
