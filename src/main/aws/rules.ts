import { isIPv4 } from 'node:net'
import type { ProblemKey } from '@shared/problems'
import { isLoopback } from '../network'

/** A rule answers the sentence of what is wrong with a text, or null. */
export type Rule = (text: string) => ProblemKey | null

/** A region's name, such as `us-west-2` or `us-gov-west-1`. */
export const regionRule: Rule = (text) => (/^[a-z]{2}(-[a-z]+)+-\d$/.test(text) ? null : 'aws.region')

const reservedStarts = ['xn--', 'sthree-', 'amzn-s3-demo-']
const reservedEnds = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3']

/** The name of a general purpose bucket (Amazon S3 User Guide, "General purpose bucket naming rules"). */
export const bucketRule: Rule = (text) => {
  const shaped = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes('..') && !isIPv4(text)
  const reserved =
    reservedStarts.some((start) => text.startsWith(start)) || reservedEnds.some((end) => text.endsWith(end))
  return shaped && !reserved ? null : 'aws.bucket'
}

/**
 * Where results go inside the bucket: at most 512 of the characters that S3 calls safe for keys and IAM takes
 * literally, no leading slash and no part that is empty, `.` or `..`. Empty means the top of the bucket.
 */
export const prefixRule: Rule = (text) => {
  if (text === '') return null
  const parts = text.replace(/\/$/, '').split('/')
  const sound = parts.every((part) => part !== '' && part !== '.' && part !== '..')
  return sound && text.length <= 512 && /^[A-Za-z0-9!_.=+@/-]+$/.test(text) ? null : 'aws.prefix'
}

const kmsArn = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:(?:key|alias)\/[A-Za-z0-9/_-]+$/

/** The ARN of a KMS key or alias; Bedrock takes neither a bare id nor a bare alias. */
export const kmsRule: Rule = (text) => (text.length <= 2048 && kmsArn.test(text) ? null : 'aws.kmsKey')

/** The region named in a KMS ARN; null where the text is none. */
export function kmsRegion(arn: string): string | null {
  return kmsArn.exec(arn)?.[1] ?? null
}

/** An account id. */
export const ownerRule: Rule = (text) => (/^\d{12}$/.test(text) ? null : 'aws.owner')

/** A profile's name as a section of the AWS files can carry it. */
export const profileRule: Rule = (text) =>
  text.length <= 128 && /^[\w\-@+.%:/]+$/.test(text) ? null : 'aws.profileName'

const tagText = /^[a-zA-Z0-9\s._:/=+@-]*$/

/** The key of a tag (Bedrock API Reference, Tag). AWS keeps `aws:` for itself. */
export const tagKeyRule: Rule = (text) =>
  text.length >= 1 && text.length <= 128 && tagText.test(text) && !/^aws:/i.test(text) ? null : 'aws.tagKey'

/** The value of a tag (Bedrock API Reference, Tag). */
export const tagValueRule: Rule = (text) => (text.length <= 256 && tagText.test(text) ? null : 'aws.tagValue')

/** An endpoint typed by a person: TLS except on this computer, and nothing in it that could be a secret. */
export const endpointRule: Rule = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'aws.endpoint'
  if (url.username !== '' || url.password !== '') return 'aws.endpointSecret'
  if (url.search !== '' || url.hash !== '') return 'aws.endpoint'
  return url.protocol === 'http:' && !isLoopback(url) ? 'aws.endpointPlain' : null
}
