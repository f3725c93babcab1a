import { sentence, type ProblemKey, type ProblemValues } from '@shared/problems'
import type { JobError } from '@shared/contract'
import { ProviderError } from '../providers/types'
import { WireError, type WireAnswer } from './types'

type Detail = ProviderError['detail']

/** Characters of a service's own words in a sentence, and of its raw answer as a job keeps it. */
const mostReason = 400
const mostRaw = 4096

/** A sentence of the catalogue as a job keeps it. */
export function jobError(code: JobError['code'], key: ProblemKey, values?: ProblemValues): JobError {
  const { message, hint = null } = sentence(key, values)
  return { code, key, message, hint, ...(values === undefined ? {} : { values }) }
}

/** A provider's error in the words of the catalogue: never tried again, not charged and not sent, but for `change`. */
export function providerError(
  code: JobError['code'],
  key: ProblemKey,
  change: Partial<Omit<Detail, 'code' | 'key'>> & { values?: ProblemValues } = {},
  cause?: unknown,
): ProviderError {
  const { values, ...rest } = change
  const base = { ...jobError(code, key, values), retry: 'never', charged: 'no', sent: false } as const
  return new ProviderError({ ...base, ...rest }, { cause })
}

/** A call without an answer. What may have been sent may have been charged. `provider` is the service's name. */
export function wireFailure(error: unknown, provider: string): ProviderError {
  if (error instanceof ProviderError) return error
  if (!(error instanceof WireError)) throw error
  const [code, key] = words[error.trouble]
  const { sent } = error
  return providerError(
    code,
    key,
    {
      retry: 'later',
      sent,
      charged: sent ? 'unknown' : 'no',
      values: { provider, reason: reasonOf(error.message) },
      raw: error.message.slice(0, mostRaw),
    },
    error,
  )
}

const words: Record<WireError['trouble'], [JobError['code'], ProblemKey]> = {
  unreachable: ['network', 'wire.unreachable'],
  proxyRefused: ['network', 'wire.proxyRefused'],
  broken: ['network', 'wire.broken'],
  aborted: ['network', 'wire.broken'],
  timeout: ['timeout', 'wire.timeout'],
  tooLarge: ['unavailable', 'wire.protocol'],
}

/** Whether something on the way (a proxy, a console, a load balancer) answered with a page instead of the service. */
export function isPage({ headers, body }: Pick<WireAnswer, 'headers' | 'body'>): boolean {
  return /\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(body)
}

/** Milliseconds that an answer asks to wait: `Retry-After` in seconds, or `retry-after-ms`. */
export function retryAfter(headers: WireAnswer['headers']): { retryAfterMs?: number } {
  const ms = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(ms) && ms >= 0) return { retryAfterMs: ms }
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}
}

/** A service's own words, short enough for a sentence. */
export function reasonOf(text: unknown): string {
  return (typeof text === 'string' ? text : '').trim().slice(0, mostReason)
}

/** What is kept of an answer that was a refusal. */
export function rawOf({ status, body }: Pick<WireAnswer, 'status' | 'body'>): string {
  return `${status} ${body}`.slice(0, mostRaw)
}
