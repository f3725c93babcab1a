import type { ProblemKey } from '@shared/problems'
import type { JobError } from '@shared/contract'
import { isPage, providerError, rawOf, reasonOf, retryAfter, type WireAnswer } from '../../wire'
import { ProviderError } from '../types'
import type { Service } from './settings'

/** What was being done when it failed. */
export type Doing = 'create' | 'upload' | 'ask'

type Change = NonNullable<Parameters<typeof providerError>[2]>

/** So long after a refusal for the day's quota a job asks again, where Runway does not say when (ms). */
const quotaMs = 15 * 60_000

/** Words of a refusal that mean money, of either kind of service. */
const broke = /enough credits|insufficient[_ ](?:credits?|(?:user[_ ])?quota|balance)|余额|额度不足/i

/**
 * Any answer that is no success, in the words of the catalogue. Only what says for certain that nothing was begun counts
 * as not sent: of a create that a gateway cut off nobody knows, and there is no key by which Runway would know it again.
 */
export function refusalOf(answer: WireAnswer, doing: Doing, service: Service): ProviderError {
  const { status } = answer
  const { kind, name: provider } = service
  const reason = saidBy(answer) || `HTTP ${status}`
  const say = (code: JobError['code'], key: ProblemKey, change: Change = {}) =>
    providerError(code, key, { values: { provider, reason }, raw: rawOf(answer), ...change })
  // Runway sheds load before it begins ("502, 503, 504"), but a gateway's 502 or 504 may hide a task that was begun.
  const doubtful = doing === 'create' && (status >= 500 || status === 408 || status === 409) && status !== 503
  const unsure: Change = doubtful ? { sent: true, charged: 'unknown' } : {}
  const later: Change = { retry: 'later', ...unsure, ...retryAfter(answer.headers) }

  if (status < 500 && isPage(answer)) return pageOf(answer, doing, service)
  if (status === 429 && kind === 'official' && doing === 'create') {
    return say('quota', 'runway.quota', { retryAfterMs: quotaMs, ...later })
  }
  if (broke.test(reason)) return say('billing', 'runway.credits', unsure)
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return say('invalid_request', 'runway.refused')
    case 401:
      return say('auth', 'runway.key')
    case 402:
      return say('billing', 'runway.credits')
    case 403:
      return say('permission', 'runway.denied')
    case 404:
    case 405:
      return say('invalid_request', 'runway.notThere')
    case 429:
      return say('rate_limited', 'wire.throttled', later)
    case 408:
    case 409:
      return say('unavailable', 'wire.unavailable', later)
    default:
      break
  }
  // Somebody else's address: nothing is followed that carries a key.
  if (status < 400) return say('invalid_request', 'runway.notThere')
  if (status < 500) return say('invalid_request', 'runway.refused')
  if (kind === 'relay' && status === 503 && /model_not_found|channel|渠道/i.test(answer.body)) {
    return say('unavailable', 'runway.relayModel')
  }
  if (isPage(answer)) return say('unavailable', 'wire.page', later)
  return say('unavailable', 'wire.unavailable', later)
}

/** A page where JSON was due. Whoever sent it has not begun anything; at a relay the address is wrong. */
export function pageOf(answer: WireAnswer, doing: Doing, { kind, name }: Service): ProviderError {
  const told: Change = { values: { provider: name }, raw: rawOf(answer) }
  if (kind === 'relay') {
    // For a task that runs, the address may be put right meanwhile, or the gateway come back.
    return providerError('unavailable', 'runway.relayPage', {
      ...told,
      retry: doing === 'ask' ? 'later' : 'never',
    })
  }
  return providerError('unavailable', 'wire.page', { ...told, retry: 'later' })
}

/** A success that cannot be read: after a create nobody knows what was begun. */
export function strangeOf(answer: WireAnswer, doing: Doing, { name }: Service): ProviderError {
  const sent = doing === 'create'
  return providerError('unavailable', 'wire.protocol', {
    values: { provider: name },
    raw: rawOf(answer),
    retry: 'later',
    sent,
    charged: sent ? 'unknown' : 'no',
  })
}

/** The same failure of something that came before the create: nothing was begun, and it may be done again. */
export function beforeCreate(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error
  return new ProviderError({ ...error.detail, sent: false, charged: 'no' }, { cause: error.cause })
}

/** A service's own words for a refusal: `{error}`, `{error: {message}}` or `{message}`. */
export function saidBy({ json }: Pick<WireAnswer, 'json'>): string {
  if (!isObject(json)) return ''
  const { error } = json
  if (typeof error === 'string') return reasonOf(error)
  if (isObject(error)) {
    const { message, code } = error
    // What is not said in words may be said in a code, such as insufficient_user_quota.
    return reasonOf([message, code].filter((part) => typeof part === 'string' && part !== '').join(' · '))
  }
  return reasonOf(json['message'] ?? json['msg'])
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
