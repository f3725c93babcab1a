import type { JobError } from '@shared/contract'
import type { ProblemKey } from '@shared/problems'
import { isPage, providerError, rawOf, reasonOf, retryAfter, type WireAnswer } from '../../wire'
import type { ProviderError } from '../types'
import { envelopeOf, type Envelope } from './envelope'

/** The service's name in sentences. */
export const name = 'Kling'

/** What was being asked when it failed. */
export type Doing = 'submit' | 'poll' | 'find' | 'test'

/** What of a call stands in the sentences: the host it went to. */
export interface Where {
  host: string
}

type Said = [code: JobError['code'], key: ProblemKey, retry: 'later' | 'never']

/**
 * Kling's own codes (KlingAI API documentation, "Error Codes"). HTTP 429 alone says nothing: it stands for an empty account as
 * well as for a busy one.
 */
const codes: Readonly<Record<number, Said>> = {
  1000: ['auth', 'kling.keyRefused', 'never'],
  1001: ['auth', 'kling.keyRefused', 'never'],
  1002: ['auth', 'kling.keyRefused', 'never'],
  1003: ['auth', 'kling.clock', 'later'],
  1004: ['auth', 'kling.clock', 'later'],
  1100: ['billing', 'kling.account', 'never'],
  1101: ['billing', 'kling.arrears', 'never'],
  1102: ['billing', 'kling.packEmpty', 'never'],
  1103: ['permission', 'kling.notAllowed', 'never'],
  1200: ['invalid_request', 'kling.refused', 'never'],
  1201: ['invalid_request', 'kling.refused', 'never'],
  1202: ['not_found', 'kling.notHere', 'never'],
  1203: ['not_found', 'kling.notHere', 'never'],
  1300: ['moderated', 'kling.blocked', 'never'],
  1301: ['moderated', 'kling.blocked', 'never'],
  1302: ['rate_limited', 'wire.throttled', 'later'],
  1303: ['quota', 'kling.busy', 'later'],
  1304: ['permission', 'kling.addressNotAllowed', 'never'],
  5000: ['unavailable', 'wire.unavailable', 'later'],
  5001: ['unavailable', 'wire.unavailable', 'later'],
  5002: ['timeout', 'wire.timeout', 'later'],
}

/** What a gateway before Kling says by its status alone. */
function byStatus(status: number): Said {
  if (status === 401) return ['auth', 'kling.keyRefused', 'never']
  if (status === 402) return ['billing', 'kling.relayMoney', 'never']
  if (status === 403) return ['permission', 'kling.notAllowed', 'never']
  if (status === 404 || status === 405) return ['not_found', 'kling.notHere', 'never']
  if (status === 429) return ['rate_limited', 'wire.throttled', 'later']
  if (status === 408 || status === 504) return ['timeout', 'wire.timeout', 'later']
  if (status >= 500) return ['unavailable', 'wire.unavailable', 'later']
  return ['invalid_request', 'kling.refused', 'never']
}

/** Words of gateways of the new-api kind, which answer in a shape of their own. */
function byWords({ message, word }: Envelope): Said | null {
  const said = `${word ?? ''} ${message}`
  if (/insufficient.*quota|quota.*not enough|余额不足|额度不足/i.test(said)) {
    return ['billing', 'kling.relayMoney', 'never']
  }
  if (/model_not_found|no available channel|无可用渠道/i.test(said))
    return ['not_found', 'kling.notHere', 'never']
  return null
}

/** What a refusal means; null for an answer that calls itself a success. */
function wordsOf(envelope: Envelope, status: number): Said | null {
  const known = envelope.code === null ? undefined : codes[envelope.code]
  const said = known ?? byWords(envelope)
  if (said) return said
  return status < 300 && !envelope.code ? null : byStatus(status)
}

/** An answer that is no success, as the engine understands it. */
export function refusal(answer: WireAnswer, doing: Doing, { host }: Where): ProviderError {
  const envelope = envelopeOf(answer)
  const more = { raw: rawOf(answer), ...retryAfter(answer.headers) }
  const said = envelope && !isPage(answer) ? wordsOf(envelope, answer.status) : null
  if (!envelope || said === null) {
    // A page of something on the way, or a success that is none: nobody can say what lies behind it.
    const key = isPage(answer) ? 'wire.page' : 'wire.protocol'
    const values = { provider: name }
    return providerError('unavailable', key, { ...more, ...doubt(doing), retry: 'later', values })
  }
  const { code, message, requestId } = envelope
  const [kind, key, retry] = said
  const taken = code !== null && codes[code] ? code >= 5000 : !byWords(envelope) && answer.status >= 500
  // Asked about a task, "not found" would be the word on the job itself; that is read before this.
  const spared = kind === 'not_found' && doing !== 'submit'
  return providerError(spared ? 'unavailable' : kind, key, {
    ...more,
    ...(taken ? doubt(doing) : {}),
    ...(requestId === null ? {} : { requestId }),
    ...(code === 1303 ? { retryAfterMs: Math.max(1000, more.retryAfterMs ?? 0) } : {}),
    retry: spared ? 'later' : retry,
    values: { provider: name, host, reason: reasonOf(message) },
  })
}

/** Only a submit that may have arrived can have been charged. */
function doubt(doing: Doing): { sent: boolean; charged: 'unknown' | 'no' } {
  return doing === 'submit' ? { sent: true, charged: 'unknown' } : { sent: true, charged: 'no' }
}

/** What `task_status_msg` says of content that was refused. */
const blocked = /risk|polic|safety|moderat|sensitive|violat|inappropriate|prohibit|nsfw|风控|敏感|违规|审核/i

/** A task that Kling ended as failed. `taken`: whether it took anything for it, null where it does not tell. */
export function failedTask(message: string, taken: boolean | null): ProviderError {
  const reason = reasonOf(message)
  const [code, key]: [JobError['code'], ProblemKey] = blocked.test(message)
    ? ['moderated', 'kling.blocked']
    : ['internal', 'kling.failed']
  return providerError(code, key, {
    charged: taken === null ? 'unknown' : taken ? 'yes' : 'no',
    sent: true,
    values: { reason },
    ...(message === '' ? {} : { raw: message }),
  })
}
