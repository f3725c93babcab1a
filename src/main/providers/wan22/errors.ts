import type { ProblemKey, ProblemValues } from '@shared/problems'
import type { JobError } from '@shared/contract'
import { isPage, providerError, rawOf, reasonOf, retryAfter, type WireAnswer } from '../../wire'
import type { ProviderError, ProviderStatus } from '../types'

/** The service as sentences call it. */
export const service = 'Cerebrium'

type Answer = Pick<WireAnswer, 'status' | 'headers' | 'body' | 'json'>

/**
 * What an answer other than a success means for a job (Cerebrium documentation, "REST API", status codes). By then the
 * request was handed over, so that only what certainly began no run is said not to be charged.
 */
export function refusalOf(answer: Answer, where: { address: string; function: string }): ProviderStatus {
  const { status } = answer
  const raw = rawOf(answer)
  const values: ProblemValues = { provider: service, status, reason: wordsOf(answer), ...where }
  const failed = (code: JobError['code'], key: ProblemKey, charged: 'no' | 'unknown'): ProviderStatus => ({
    kind: 'failed',
    error: providerError(code, key, { charged, sent: true, values, raw }),
  })
  const unsure = (key: ProblemKey): ProviderStatus => ({
    kind: 'unsure',
    error: unsureError(key, values, raw),
  })

  if (isPage(answer)) {
    // A refusal of something on the way never came to the app; what else it may say, nobody knows.
    return status >= 300 && status < 500 ? failed('unavailable', 'wire.page', 'no') : unsure('wan22.page')
  }
  // A run has an id: what it answers is the app's own word, whatever its number.
  const ran = runOf(answer.json) !== null
  if (status >= 300 && status < 400) return failed('unavailable', 'wan22.elsewhere', 'no')
  switch (status) {
    case 401:
      return failed('auth', 'wan22.key', ran ? 'unknown' : 'no')
    case 403:
      return failed('permission', 'wan22.forbidden', ran ? 'unknown' : 'no')
    case 404:
    case 405:
      if (!ran) return failed('not_found', 'wan22.notFound', 'no')
      break
    case 413:
      if (!ran) return failed('invalid_request', 'wan22.tooLarge', 'no')
      break
    case 429:
      if (!ran) return turnedAway('rate_limited', 'wire.throttled', answer, values)
      break
    case 503:
      if (!ran && neverBegan(answer.body))
        return turnedAway('unavailable', 'wire.unavailable', answer, values)
      return ran ? failed('unavailable', 'wan22.app', 'unknown') : unsure('wan22.gateway')
    case 408:
    case 502:
    case 504:
      return ran ? failed('unavailable', 'wan22.app', 'unknown') : unsure('wan22.gateway')
  }
  if (status < 500) return failed('invalid_request', 'wan22.refused', 'unknown')
  return failed(...appWords(answer.body), 'unknown')
}

function turnedAway(
  code: JobError['code'],
  key: ProblemKey,
  answer: Answer,
  values: ProblemValues,
): ProviderStatus {
  const change = {
    retry: 'later',
    sent: true,
    values,
    raw: rawOf(answer),
    ...retryAfter(answer.headers),
  } as const
  return { kind: 'turned_away', error: providerError(code, key, change) }
}

/**
 * Whether a 503 was said before anything ran: it means that a server cannot take a request now (RFC 9110, 15.6.4). Envoy,
 * which stands before Cerebrium, also says it of connections that broke later, and then names how (Envoy, "Response flags").
 */
function neverBegan(body: string): boolean {
  const broke = /reset reason:\s*([^,.;]*)/i.exec(body)?.[1]
  return broke === undefined || /^(?:remote |local )?connection (?:failure|timeout)|^overflow/i.test(broke)
}

/** What an app that failed says of why. The first that fits counts. */
const appRules: [pattern: RegExp, code: JobError['code'], key: ProblemKey][] = [
  [/unexpected keyword argument ['"]?image/i, 'invalid_request', 'wan22.noImage'],
  [/out of memory|OutOfMemoryError/i, 'invalid_request', 'wan22.memory'],
  [/validation errors? for|ValidationError|ValueError/i, 'invalid_request', 'wan22.refused'],
]

function appWords(body: string): [JobError['code'], ProblemKey] {
  const [, code, key] = appRules.find(([pattern]) => pattern.test(body)) ?? [null, 'unavailable', 'wan22.app']
  return [code, key]
}

/** A job of which nobody can say how it ended; it may have been charged. */
export function unsureError(key: ProblemKey, values: ProblemValues = {}, raw?: string): ProviderError {
  return providerError('network', key, {
    charged: 'unknown',
    sent: true,
    values: { provider: service, ...values },
    ...(raw === undefined ? {} : { raw }),
  })
}

/** The run was made and its answer is no good. */
export function badOutput(key: ProblemKey, reason: string, raw?: string): ProviderStatus {
  const change = {
    charged: 'yes',
    sent: true,
    values: { provider: service, reason: reasonOf(reason) },
  } as const
  const error = providerError('bad_output', key, raw === undefined ? change : { ...change, raw })
  return { kind: 'failed', error }
}

/** The id of the run that an answer comes of. */
export function runOf(json: unknown): string | null {
  const id = field(json, 'run_id')
  return typeof id === 'string' && id !== '' ? id : null
}

/** A member of what may be an object. */
export function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (Reflect.get(of, name) as unknown) : undefined
}

/** The service's or the app's own words, wherever they stand. */
export function wordsOf({ status, body, json }: Pick<Answer, 'status' | 'body' | 'json'>): string {
  const places = [json, field(json, 'result'), field(json, 'error')]
  const names = ['message', 'detail', 'error', 'error_message']
  for (const place of places) {
    for (const name of names) {
      const words = reasonOf(field(place, name))
      if (words !== '') return words
    }
  }
  return reasonOf(json === undefined ? body : '') || `HTTP ${status}`
}
