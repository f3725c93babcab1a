import { sentence, type ProblemKey } from '@shared/problems'
import type { JobError, WaitReason } from '@shared/contract'
import type { JobRecord } from '../history'
import { ProviderError, type Model } from '../providers'

/** An error of a job with the sentence `problem.<key>` of the message catalogue. */
export function jobError(code: JobError['code'], key: ProblemKey): JobError {
  const { message, hint } = sentence(key)
  return { code, key, message, hint: hint ?? null }
}

/** What a job keeps of an error: no retry advice, no raw answer. */
export function kept({ code, key, message, hint, values }: JobError): JobError {
  return { code, key, message, hint, ...(values === undefined ? {} : { values }) }
}

/**
 * Any thrown thing as a {@link ProviderError}. What is none is a mistake of ours: it is never tried again by itself,
 * and nobody can say how far it came.
 */
export function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  return new ProviderError(
    {
      ...jobError('internal', 'job.internal'),
      retry: 'never',
      charged: 'unknown',
      sent: true,
      raw: error instanceof Error ? (error.stack ?? error.message) : String(error),
    },
    { cause: error },
  )
}

/** Nothing can have been charged where nothing costs anything; else the provider's word. */
export function chargedFor(model: Model, word: 'yes' | 'no' | 'unknown'): 'yes' | 'no' | 'unknown' {
  return model.info.price.unit === 'free' ? 'no' : word
}

/** The columns that say why a job stands still after a failed call that is made again. */
export type Trouble = Pick<JobRecord, 'waiting' | 'retryAfter' | 'error' | 'errorRaw'>

/** A wait that has a name is shown as such; a connection's, and anything else, shows its error while the job lives on. */
export function trouble({ detail }: ProviderError): Trouble {
  const waiting = waitingFor(detail.code)
  return {
    waiting,
    retryAfter: detail.retryAfterMs ?? null,
    error: waiting === null || waiting === 'connection' ? kept(detail) : null,
    errorRaw: waiting === null || waiting === 'connection' ? (detail.raw ?? null) : null,
  }
}

export const noTrouble: Trouble = { waiting: null, retryAfter: null, error: null, errorRaw: null }

/** Whether a job does not say this already, so that repeated failures make one event and not thousands. */
export function isNews(job: JobRecord, now: Trouble): boolean {
  return job.waiting !== now.waiting || job.error?.code !== now.error?.code
}

/** What a job waits for after a failed call that may be tried again; null where the error itself says it. */
export function waitingFor(code: JobError['code']): WaitReason | null {
  switch (code) {
    case 'network':
    case 'timeout':
    case 'unavailable':
      return 'network'
    case 'rate_limited':
    case 'quota':
      return 'throttled'
    case 'auth':
      return 'connection'
    case 'permission':
    case 'billing':
    case 'invalid_request':
    case 'moderated':
    case 'not_found':
    case 'bad_output':
    case 'internal':
      return null
  }
}
