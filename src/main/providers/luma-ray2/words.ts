import type { ProblemKey } from '@shared/problems'
import type { JobError } from '@shared/contract'

/** Code, sentence, and whether to try again. */
export type Words = [code: JobError['code'], key: ProblemKey, retry: 'later' | 'never']

/** What AWS says with one and the same error name is told apart by its words; the first that fits counts. */
type Rule = [pattern: RegExp, code: Words[0], key: Words[1], retry: Words[2]]

const blocked =
  /content (?:filter|polic|moderat)|moderat|blocked|responsible ai|nsfw|unsafe|safety|inappropriate/i
const promptMissing = /prompt is required|\[prompt\] not found/i
const place = /output ?(?:data ?)?config|\bs3\b|bucket|putobject|\bkms\b/i
const picture = /image|keyframe|frame[01]|media_type|base64/i

const refusals: Rule[] = [
  // In the order of what a person can do about it.
  [blocked, 'moderated', 'luma.blocked', 'never'],
  [/aws-marketplace|marketplace|subscri|payment/i, 'billing', 'luma.marketplace', 'never'],
  [/access to the model|model access|use case/i, 'permission', 'luma.marketplace', 'never'],
  [/not authorized to perform|explicit deny|no .*policy allows/i, 'permission', 'aws.denied', 'never'],
  [place, 'permission', 'luma.place', 'never'],
  [promptMissing, 'invalid_request', 'luma.promptMissing', 'never'],
  [/model identifier|support async inference|on-demand throughput/i, 'not_found', 'luma.notHere', 'never'],
  [picture, 'invalid_request', 'luma.picture', 'never'],
]

/** What a refusal of StartAsyncInvoke means (ValidationException, AccessDeniedException). */
export function refusalWords(message: string): Words {
  return wordsOf(refusals, message) ?? ['invalid_request', 'aws.refused', 'never']
}

const failures: Rule[] = [
  [blocked, 'moderated', 'luma.blocked', 'never'],
  [promptMissing, 'invalid_request', 'luma.promptMissing', 'never'],
  [/access ?denied|not authorized|permission|credential/i, 'permission', 'luma.place', 'never'],
  [place, 'permission', 'luma.place', 'never'],
  [picture, 'invalid_request', 'luma.picture', 'never'],
]

/** What the `failureMessage` of a failed invocation means. */
export function outputWords(message: string): Words {
  return wordsOf(failures, message) ?? ['internal', 'luma.failed', 'never']
}

function wordsOf(rules: Rule[], message: string): Words | null {
  // Names that the person gave (a user, a bucket) are no words of AWS: `user/safety-team` has nothing to do with a filter.
  const words = message.replace(/\barn:aws\S*|(?<=s3:\/\/)\S+/g, '…')
  const rule = rules.find(([pattern]) => pattern.test(words))
  return rule ? [rule[1], rule[2], rule[3]] : null
}
