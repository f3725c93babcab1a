import type { JobError } from '@shared/contract'
import { sentence, type ProblemKey, type ProblemValues } from '@shared/problems'
import type { assistantWaits } from '@shared/words'
import { AwsSignInError, classify, classifyAnswer, type AwsFailure } from '../aws'
import { ProviderError } from '../providers'

/** What a failed call means. */
export interface Failure {
  error: JobError
  /** Why it is worth another try by itself; null where it is not. Never once a word has come. */
  again: (typeof assistantWaits)[number] | null
  retryAfterMs: number | null
  charged: 'no' | 'unknown'
  requestId: string | null
  raw: string
}

/** What stands in the sentences. */
export interface About {
  model: string
  region: string
  /** Signed with a Bedrock API key. */
  bearer: boolean
  tries: number
  /** Some words of the answer were already here. */
  begun: boolean
}

const mostReason = 400

/** A sentence of the catalogue as an exchange keeps it. */
export function saying(code: JobError['code'], key: ProblemKey, values?: ProblemValues): JobError {
  const { message, hint = null } = sentence(key, values)
  return { code, key, message, hint, ...(values === undefined ? {} : { values }) }
}

/** Reads anything thrown by a call to Bedrock or by the keychain before it. */
export function failureOf(error: unknown, about: About): Failure {
  const none = { again: null, retryAfterMs: null, requestId: null } as const
  if (error instanceof ProviderError) {
    const { code, key, message, hint, values } = error.detail
    const kept = { code, key, message, hint, ...(values === undefined ? {} : { values }) }
    return { ...none, error: kept, charged: 'no', raw: message }
  }
  const failure = inStream(error) ?? classify(error)
  const { raw, requestId } = failure
  if (error instanceof AwsSignInError) {
    return { ...none, error: saying('auth', error.key, error.values), charged: 'no', raw }
  }
  const [code, key, again] = wordsOf(failure, about)
  return {
    error: saying(code, key, valuesOf(failure, about)),
    again: about.begun ? null : again,
    retryAfterMs: failure.retryAfterMs ?? null,
    // A refusal costs nothing; of an answer that was lost or broke off nobody knows.
    charged: about.begun || (failure.status === null && failure.sent) || isLate(failure) ? 'unknown' : 'no',
    requestId,
    raw,
  }
}

/** What a failure told in the middle of a stream would have been as an answer (Bedrock API Reference, ConverseStream). */
const statuses: Record<string, number> = {
  ThrottlingException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ValidationException: 400,
  ServiceUnavailableException: 503,
  InternalServerException: 500,
}

/** An exception event of a stream, which the SDK throws without status or answer; null for anything else. */
function inStream(error: unknown): AwsFailure | null {
  // By what the SDK's own exceptions carry, so that the SDK need not be loaded to ask.
  if (!(error instanceof Error) || !('$fault' in error) || Reflect.get(error, '$response') !== undefined) {
    return null
  }
  const { name, message } = error
  const status = statuses[name]
  if (status === undefined) return null
  const answer = { status, headers: { 'x-amzn-errortype': name }, body: JSON.stringify({ message }) }
  return classifyAnswer(answer)
}

function valuesOf(failure: AwsFailure, { model, region, tries }: About): ProblemValues {
  return { model, region, tries, reason: failure.message.slice(0, mostReason) }
}

/** The model worked on it, and its work did not arrive. */
const isLate = ({ kind }: AwsFailure) => kind === 'timeout' || kind === 'model'

type Words = [code: JobError['code'], key: ProblemKey, again: Failure['again']]

function wordsOf(failure: AwsFailure, about: About): Words {
  if (about.begun) {
    const network = failure.status === null
    return network
      ? ['network', 'assistant.broken', null]
      : [failure.kind === 'throttled' ? 'rate_limited' : 'unavailable', 'assistant.streamFailed', null]
  }
  switch (failure.kind) {
    case 'validation':
      return refusalWords(failure.message)
    case 'accessDenied':
      return deniedWords(failure.message, about.bearer)
    case 'expiredToken':
      return ['auth', about.bearer ? 'assistant.keyRefused' : 'assistant.expired', null]
    case 'badCredentials':
      return ['auth', about.bearer ? 'assistant.keyRefused' : 'assistant.badCredentials', null]
    case 'clockSkew':
      return ['auth', 'assistant.clock', null]
    case 'noCredentials':
    case 'ssoExpired':
      return ['auth', 'assistant.badCredentials', null]
    case 'throttled':
      if (failure.name === 'ModelNotReadyException') return ['unavailable', 'assistant.notReady', 'not_ready']
      // A daily allowance does not come back within a try or two.
      return /per day/i.test(failure.message)
        ? ['quota', 'assistant.quota', null]
        : ['rate_limited', 'assistant.throttled', 'throttled']
    case 'quota':
      return ['quota', 'assistant.quota', null]
    case 'notFound':
      return /use ?case details/i.test(failure.message)
        ? ['permission', 'assistant.firstUse', null]
        : ['not_found', 'assistant.notHere', null]
    case 'endOfLife':
      return ['not_found', 'assistant.modelRetired', null]
    case 'unavailable':
    case 'internal':
      return ['unavailable', 'assistant.unavailable', 'unavailable']
    case 'model':
      return ['unavailable', 'assistant.modelFailed', null]
    case 'timeout':
      return failure.name === 'ModelTimeoutException'
        ? ['timeout', 'assistant.modelTimeout', null]
        : ['timeout', 'assistant.timeout', null]
    case 'networkNotSent':
      return ['network', 'assistant.unreachable', 'network']
    case 'networkMaybeSent':
    case 'aborted':
      return ['network', 'assistant.lost', null]
    case 'proxyRefused':
      return ['network', 'assistant.proxyRefused', null]
    case 'proxyHtml':
      return ['network', 'assistant.proxyPage', null]
    case 'conflict':
    case 'wrongRegion':
    case 'changed':
    case 'range':
    case 'checksum':
    case 'unknown':
      return ['unavailable', 'assistant.protocol', null]
  }
}

/** What Bedrock calls a ValidationException is told apart by its words. */
function refusalWords(message: string): Words {
  if (/on-demand throughput|inference profile/i.test(message))
    return ['invalid_request', 'assistant.profileNeeded', null]
  if (/temperature|top_?p|top_?k/i.test(message))
    return ['invalid_request', 'assistant.samplingRefused', null]
  if (/content filter|blocked/i.test(message)) return ['moderated', 'assistant.filtered', null]
  if (/too long|context window|maximum context|exceeds? .*tokens/i.test(message))
    return ['invalid_request', 'assistant.contextFull', null]
  if (/model identifier is invalid/i.test(message)) return ['not_found', 'assistant.notHere', null]
  return ['invalid_request', 'assistant.rejected', null]
}

function deniedWords(message: string, bearer: boolean): Words {
  if (/use ?case details|first.?time use|ftu/i.test(message))
    return ['permission', 'assistant.firstUse', null]
  if (/marketplace|subscri|payment|agreement/i.test(message))
    return ['billing', 'assistant.marketplace', null]
  // What the service says of a bearer that it cannot read, or that has ended.
  if (bearer && /api key|bearer|authentication failed|token/i.test(message))
    return ['auth', 'assistant.keyRefused', null]
  return ['permission', 'assistant.denied', null]
}
