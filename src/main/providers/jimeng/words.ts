import type { JobError } from '@shared/contract'
import type { ProblemKey } from '@shared/problems'

/** Code, sentence, and whether to try again by itself. */
export type Words = [code: JobError['code'], key: ProblemKey, retry: 'later' | 'never']

/** What a code of the service means. `ends`: told in answer to a poll, it is the word on the job. */
export interface Meaning {
  words: Words
  ends: boolean
}

const ends = (...words: Words): Meaning => ({ words, ends: true })
const stays = (...words: Words): Meaning => ({ words, ends: false })

const imageRefused = ends('moderated', 'jimeng.imageRefused', 'never')
const textRefused = ends('moderated', 'jimeng.textRefused', 'never')
const withheld = ends('moderated', 'jimeng.withheld', 'never')
const auditBroke = ends('unavailable', 'jimeng.auditBroke', 'never')
const later = stays('unavailable', 'wire.unavailable', 'later')

/** The service's own codes (Volcengine docs 85621, error codes). */
const byCode = new Map<number, Meaning>([
  [50400, stays('permission', 'jimeng.notOpened', 'never')],
  [50411, imageRefused],
  [50412, textRefused],
  [50413, textRefused],
  [50512, textRefused],
  [50511, withheld],
  [50516, withheld],
  [50517, withheld],
  [50518, ends('moderated', 'jimeng.copyright', 'never')],
  [50519, withheld],
  [50520, auditBroke],
  [50521, auditBroke],
  [50522, auditBroke],
  [50429, stays('rate_limited', 'wire.throttled', 'later')],
  [50430, stays('quota', 'jimeng.concurrency', 'later')],
  [50500, later],
  [50501, later],
])

/** What a code means; codes that the documents do not name are the service's refusal of this very job. */
export function codeMeaning(code: number, status: number): Meaning {
  const known = byCode.get(code)
  if (known) return known
  if (status === 429) return stays('rate_limited', 'wire.throttled', 'later')
  if (status >= 500) return later
  if (status === 401) return stays('auth', 'jimeng.accessKey', 'never')
  if (status === 403) return stays('permission', 'jimeng.denied', 'never')
  return ends('invalid_request', 'jimeng.refused', 'never')
}

/** Refusals of the gateway before the service, by their names; the first that fits counts. */
const gateway: [pattern: RegExp, words: Words][] = [
  [/timestamp|requestexpired|skew|signatureexpired|invaliddate/i, ['auth', 'jimeng.clock', 'later']],
  [/signature/i, ['auth', 'jimeng.signature', 'never']],
  [/securitytoken|secrettoken|sessiontoken|expiredtoken/i, ['auth', 'jimeng.sessionToken', 'later']],
  [/accesskey|credential|authorization|authentication|missingauth/i, ['auth', 'jimeng.accessKey', 'never']],
  [/arrears|overdue|balance/i, ['billing', 'jimeng.billing', 'never']],
  [/accessdenied|lackpolicy|unauthorized|forbidden|nopermission/i, ['permission', 'jimeng.denied', 'never']],
  [/flow|throttl|toomany|limitexceeded/i, ['rate_limited', 'wire.throttled', 'later']],
  [/internal|unavailable|timeout/i, ['unavailable', 'wire.unavailable', 'later']],
]

/** What the gateway means by the name of its refusal (`ResponseMetadata.Error.Code`). */
export function gatewayWords(name: string, status: number): Words {
  const rule = gateway.find(([pattern]) => pattern.test(name))
  if (rule) return rule[1]
  if (status === 429) return ['rate_limited', 'wire.throttled', 'later']
  return status >= 500
    ? ['unavailable', 'wire.unavailable', 'later']
    : ['invalid_request', 'jimeng.refused', 'never']
}

const unwanted = /moderat|sensitive|审核|敏感|违规|safety|content.?polic|risk/i
const unpaid = /quota|balance|credit|insufficient|余额|额度|欠费/i
const unserved = /model_not_found|no available channel|无可用渠道|channel/i

/** What a relay means by an answer that is a refusal: such gateways share a shape, and mean it by status and words. */
export function relayWords(status: number, said: string): Words {
  if (status === 401) return ['auth', 'jimeng.relayKey', 'never']
  if (status === 402 || (status < 500 && status !== 429 && unpaid.test(said))) {
    return ['billing', 'jimeng.relayUnpaid', 'never']
  }
  if (unserved.test(said)) return ['permission', 'jimeng.relayModel', 'never']
  if (status === 403) return ['permission', 'jimeng.relayDenied', 'never']
  if (status === 429) return ['rate_limited', 'wire.throttled', 'later']
  if (status >= 500) return ['unavailable', 'wire.unavailable', 'later']
  if (unwanted.test(said)) return ['moderated', 'jimeng.relayModerated', 'never']
  // Nothing of this kind lives at the address: a path of it is wrong.
  if (status === 404 || status === 405) return ['unavailable', 'jimeng.relayAddress', 'never']
  return ['invalid_request', 'jimeng.relayRefused', 'never']
}
