import type { JobRecord } from '../history'
import type { ProviderError } from '../providers'
import { retryDelay } from './backoff'
import type { Engine, Step, SubmitAnswer, Subject } from './engine'
import { fail, found, needAttention } from './fail'
import { asProviderError, isNews, noTrouble, trouble } from './failure'
import { putBack, requeue } from './putBack'

/** Takes a queued job to `submitting`; committed before any byte leaves. False when somebody else moved it. */
export function beginSubmit(engine: Engine, job: JobRecord): boolean {
  const usual = engine.expectedMs(job)
  const now = engine.clock.now()
  const attempts = job.attempts + 1
  return engine.move(
    job.id,
    ['queued'],
    'submitting',
    { kind: 'submitting', data: { attempt: attempts } },
    {
      attempts,
      submitAttemptedAt: now,
      startedAt: now,
      usualMs: usual === null ? null : Math.round(usual),
      nextAt: null,
      ...noTrouble,
    },
  )
}

/** The first submit of a job that {@link beginSubmit} took. */
export const submit: Step = (engine, subject, signal) => send(engine, subject, signal, false)

/**
 * A submit whose answer was lost: asked for by token where the provider can look it up, sent again where the provider
 * knows the token as the same one, and handed to the person where it can do neither.
 */
export const resubmit: Step = async (engine, subject, signal) => {
  const { job, provider } = subject
  const answer = engine.answers.get(job.id)
  if (answer) return accept(engine, subject, answer)
  switch (provider.afterLostSubmit) {
    case 'unknown':
      needAttention(engine, job, 'job.attention')
      break
    case 'same_token':
      engine.note(job, { attempts: job.attempts + 1 }, { kind: 'resubmitting' })
      await send(engine, subject, signal, true)
      break
    case 'lookup':
      await lookUp(engine, subject, signal)
      break
  }
}

async function lookUp(engine: Engine, subject: Subject, signal: AbortSignal): Promise<void> {
  const { job, provider } = subject
  let id: string | null | undefined
  try {
    id = await provider.find?.(engine.call(job, signal))
  } catch (thrown) {
    const error = asProviderError(thrown)
    if (isParked(engine, subject, signal, false)) return
    if (error.detail.retry === 'never') needAttention(engine, job, 'job.attention', error)
    else tryLater(engine, job, error)
    return
  }
  if (typeof id === 'string') return accept(engine, subject, { providerJobId: id, endpoint: null })
  // Not listed is not never sent: cancelling looks again once it must have arrived.
  if (isParked(engine, subject, signal, false)) return
  const patch = { nextAt: null, waiting: null }
  if (id === null) requeue(engine, job, { kind: 'never_arrived' }, patch)
  else requeue(engine, job, { kind: 'resubmitting' }, { ...patch, charged: 'unknown' })
}

async function send(engine: Engine, subject: Subject, signal: AbortSignal, again: boolean): Promise<void> {
  const { job, provider } = subject
  let answer: SubmitAnswer
  try {
    const call = engine.call(job, signal)
    if (call.assets.length < job.inputs.length) throw found('invalid_request', 'asset.notFound', 'no')
    if (provider.needsConnection && call.connection === null) throw found('auth', 'connection.gone', 'no')
    answer = await provider.submit(call)
  } catch (thrown) {
    const error = asProviderError(thrown)
    if (!isParked(engine, subject, signal, !error.detail.sent && !again))
      refused(engine, subject, error, again)
    return
  }
  engine.answers.set(job.id, answer)
  accept(engine, subject, answer)
}

/** The provider has it: its id is committed before anything else is asked of the provider. */
function accept(engine: Engine, { job, provider }: Subject, answer: SubmitAnswer): void {
  const now = engine.clock.now()
  const event = {
    kind: 'accepted',
    data: { providerJobId: answer.providerJobId, ...answer.told },
  } as const
  const columns = {
    providerJobId: answer.providerJobId,
    ...(answer.endpoint === null ? {} : { endpoint: answer.endpoint }),
  }
  engine.failures.clear(job.id)
  const moved = engine.move(job.id, ['submitting'], 'processing', event, {
    ...columns,
    nextAt: now + provider.pollFloorMs,
    ...noTrouble,
    waiting: answer.waiting ?? null,
  })
  // Cancelled while it was being sent: now there is something to cancel.
  if (!moved) engine.store.patch(job.id, ['cancelling'], now, { ...columns, nextAt: now }, event)
  engine.answers.delete(job.id)
  engine.arm(moved ? now + provider.pollFloorMs : now)
}

/**
 * Whether a submit that broke off is to be left as it lies: the program closes and recovery will take it up, or it
 * was cancelled meanwhile and cancelling goes on from here, knowing when nothing was sent.
 */
function isParked(engine: Engine, { job }: Subject, signal: AbortSignal, nothingSent: boolean): boolean {
  if (engine.closing.aborted && signal.aborted) return true
  const now = engine.clock.now()
  const cancelling = engine.store.patch(job.id, ['cancelling'], now, {
    nextAt: now,
    ...(nothingSent ? { submitAttemptedAt: null } : {}),
  })
  if (cancelling) engine.arm(now)
  return cancelling
}

/** `again`: an earlier submit with the same token may have arrived, so that a refusal now does not undo it. */
function refused(engine: Engine, subject: Subject, error: ProviderError, again: boolean): void {
  const { job, provider } = subject
  const { sent, retry, charged } = error.detail
  if (sent && provider.afterLostSubmit === 'unknown') {
    needAttention(engine, job, 'job.unanswered', error)
  } else if (retry === 'never' && again && charged !== 'yes') {
    needAttention(engine, job, null, error)
  } else if (retry === 'never' && sent && charged === 'unknown' && error.detail.code !== 'internal') {
    needAttention(engine, job, null, error)
  } else if (retry === 'never') {
    fail(engine, subject, ['submitting'], error, {
      // Of an earlier submit a refusal now says nothing.
      charged: charged === 'no' && (sent || job.charged === 'unknown') ? 'unknown' : charged,
    })
  } else if (sent || again) {
    tryLater(engine, job, error)
  } else {
    putBack(engine, job, error)
  }
}

/** Stays in `submitting`, since the provider may have it; asks again after a while. */
function tryLater(engine: Engine, job: JobRecord, error: ProviderError): void {
  const wait = retryDelay(engine.failures.count(job.id), engine.random, error.detail.retryAfterMs)
  const nextAt = engine.clock.now() + wait
  const now = trouble(error)
  const event = { kind: 'unanswered', data: { code: error.detail.code } } as const
  engine.note(job, { nextAt, ...now }, isNews(job, now) ? event : undefined)
  engine.arm(nextAt)
}
