import { z } from 'zod'
import { isPage, providerError, rawOf, reasonOf, retryAfter, type WireAnswer } from '../../wire'
import type { ProviderError } from '../types'
import { codeMeaning, gatewayWords, relayWords, type Words } from './words'

/** Names in sentences. */
export const volcengine = 'Volcengine'
export const theRelay = 'The relay'

/** What was being done when it was refused. */
export type Doing = 'submit' | 'poll'

/** An answer of the service behind Volcengine's gateway (Volcengine docs 85621). */
const Body = z.object({
  code: z.number(),
  message: z.string().nullish(),
  request_id: z.string().nullish(),
  data: z.unknown(),
})

/** A refusal of the gateway itself. */
const Gateway = z.object({
  ResponseMetadata: z.object({
    RequestId: z.string().nullish(),
    Error: z.object({ Code: z.string(), Message: z.string().nullish() }),
  }),
})

/** What Volcengine said, read as far as it goes. */
export type Said =
  | { kind: 'done'; data: unknown; requestId: string | null }
  /** `ends`: the job itself is refused, and not only this call. */
  | { kind: 'refused'; error: ProviderError; ends: boolean; data: unknown }

/** Reads an answer of Volcengine. Whatever may have been charged is said to be unknown. */
export function readVolc(answer: WireAnswer, doing: Doing): Said {
  const body = Body.safeParse(answer.json)
  if (body.success) {
    const { code, message, request_id: requestId, data } = body.data
    if (code === 10000) return { kind: 'done', data, requestId: requestId ?? null }
    const { words, ends } = codeMeaning(code, answer.status)
    const error = refused(answer, doing, words, volcengine, message ?? `code ${code}`, requestId)
    return { kind: 'refused', error, ends, data }
  }
  const gateway = Gateway.safeParse(answer.json)
  if (gateway.success) {
    const { RequestId: id, Error: said } = gateway.data.ResponseMetadata
    const words = gatewayWords(said.Code, answer.status)
    const reason = said.Message ? `${said.Code}: ${said.Message}` : said.Code
    return {
      kind: 'refused',
      error: refused(answer, doing, words, volcengine, reason, id),
      ends: false,
      data: null,
    }
  }
  return { kind: 'refused', error: strange(answer, volcengine), ends: false, data: null }
}

const RelayError = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().nullish(),
      type: z.string().nullish(),
      code: z.union([z.string(), z.number()]).nullish(),
    }),
  ]),
})
const RelayMessage = z.object({
  message: z.string(),
  code: z.union([z.string(), z.number()]).nullish(),
})

/** All that a relay says of a refusal, in one line. */
export function relayReason({ json }: Pick<WireAnswer, 'json'>): string {
  const named = RelayError.safeParse(json)
  if (named.success) {
    const { error } = named.data
    if (typeof error === 'string') return error
    return [error.message, error.code]
      .filter((part) => part !== null && part !== undefined && part !== '')
      .join(' · ')
  }
  const plain = RelayMessage.safeParse(json)
  return plain.success ? plain.data.message : ''
}

/** What a relay's answer that is no success means. */
export function relayRefusal(answer: WireAnswer, doing: Doing): ProviderError {
  if (isPage(answer) || answer.json === undefined) return strange(answer, theRelay)
  const reason = relayReason(answer)
  return refused(answer, doing, relayWords(answer.status, reason), theRelay, reason)
}

function refused(
  answer: WireAnswer,
  doing: Doing,
  [code, key, retry]: Words,
  provider: string,
  reason: string,
  requestId?: string | null,
): ProviderError {
  // A service that failed in the middle may have taken the job; one that refused it has not.
  const taken = doing === 'poll' || (code === 'unavailable' && answer.status >= 500)
  return providerError(code, key, {
    retry,
    sent: doing === 'submit' && taken,
    charged: taken ? 'unknown' : 'no',
    values: { provider, reason: reasonOf(reason) },
    raw: rawOf(answer),
    ...retryAfter(answer.headers),
    ...(requestId ? { requestId } : {}),
  })
}

/** An answer of no known shape: of something on the way, or of a service that has changed. */
export function strange(answer: WireAnswer, provider: string): ProviderError {
  // A portal or a console answers in its own right, and the service never saw the request.
  const page = isPage(answer) && answer.status < 500
  return providerError('unavailable', isPage(answer) ? 'wire.page' : 'wire.protocol', {
    retry: 'later',
    sent: !page,
    charged: page ? 'no' : 'unknown',
    values: { provider },
    raw: rawOf(answer),
    ...retryAfter(answer.headers),
  })
}

/** A job that the service says it has made, without a video to be had. */
export function withoutVideo(provider: string, answer: WireAnswer): ProviderError {
  return providerError('bad_output', 'jimeng.noVideo', {
    sent: true,
    charged: 'unknown',
    values: { provider },
    raw: rawOf(answer),
  })
}
