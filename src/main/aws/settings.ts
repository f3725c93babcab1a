import { z } from 'zod'
import {
  bucketRule,
  endpointRule,
  kmsRegion,
  kmsRule,
  ownerRule,
  prefixRule,
  profileRule,
  regionRule,
  tagKeyRule,
  tagValueRule,
  type Rule,
} from './rules'

/** How the form shows a field of a connection. `when`: only while another field has one of these values. */
interface FieldUi {
  group: 'main' | 'more'
  control: 'choice' | 'text' | 'switch' | 'number' | 'tags' | 'profile'
  when?: { field: string; in: string[] }
  placeholder?: string
  unit?: string
}

export const ui = (title: string, ui: FieldUi) => ({ title, 'x-ui': ui })

/** A text under one of the house's rules, whose refusal has a sentence of its own. */
const text = (rule: Rule) =>
  z.string().check(({ value, issues }) => {
    const key = rule(value)
    if (key) issues.push({ code: 'custom', input: value, params: { key } })
  })

const endpointField = (title: string, placeholder: string) =>
  text(endpointRule)
    .optional()
    .meta(ui(title, { group: 'more', control: 'text', placeholder }))

/** Fields of every connection to AWS, whatever it is for. */
export const commonFields = {
  profile: text(profileRule)
    .optional()
    .meta(ui('profile', { group: 'main', control: 'profile', when: { field: 'signIn', in: ['profile'] } })),
  region: text(regionRule)
    .default('us-west-2')
    .meta(ui('region', { group: 'main', control: 'text', placeholder: 'us-west-2' })),
}

/** Where the services are reached, and how long is waited for them. `readSeconds`: silence that is borne, when nobody says. */
export const reachFields = (readSeconds: number) => ({
  bedrockEndpoint: endpointField('bedrockEndpoint', 'https://bedrock-runtime.us-west-2.amazonaws.com'),
  bedrockControlEndpoint: endpointField('bedrockControlEndpoint', 'https://bedrock.us-west-2.amazonaws.com'),
  s3Endpoint: endpointField('s3Endpoint', 'https://s3.us-west-2.amazonaws.com'),
  stsEndpoint: endpointField('stsEndpoint', 'https://sts.us-west-2.amazonaws.com'),
  pathStyle: z
    .boolean()
    .default(false)
    .meta(ui('pathStyle', { group: 'more', control: 'switch' })),
  connectTimeoutSeconds: z
    .int()
    .min(1)
    .max(120)
    .default(10)
    .meta(ui('connectTimeoutSeconds', { group: 'more', control: 'number', unit: 's' })),
  /** Silence after which a request or an answer is given up; a slow upload is not silent. */
  readTimeoutSeconds: z
    .int()
    .min(1)
    .max(900)
    .default(readSeconds)
    .meta(ui('readTimeoutSeconds', { group: 'more', control: 'number', unit: 's' })),
})

/** A profile is needed where it is what signs in. */
export function checkProfile({
  value,
  issues,
}: z.core.ParsePayload<{ signIn: string; profile?: string | undefined }>): void {
  if (value.signIn !== 'profile' || value.profile !== undefined) return
  issues.push({ code: 'custom', path: ['profile'], input: value, params: { key: 'aws.profileNeeded' } })
}

/**
 * What a connection to AWS is made of, without its secrets: stored in the history and shown on the page as it is.
 * The form, the validation and the local API come of this one description.
 */
export const AwsSettings = z
  .strictObject({
    signIn: z
      .enum(['keys', 'profile', 'default'])
      .default('keys')
      .meta(ui('signIn', { group: 'main', control: 'choice' })),
    profile: commonFields.profile,
    region: commonFields.region,
    bucket: text(bucketRule).meta(ui('bucket', { group: 'main', control: 'text', placeholder: 'my-videos' })),
    prefix: text(prefixRule)
      .default('dailies/')
      .meta(ui('prefix', { group: 'main', control: 'text', placeholder: 'dailies/' })),
    transport: z
      .enum(['sdk', 'http', 'auto'])
      .default('sdk')
      .meta(ui('transport', { group: 'more', control: 'choice' })),
    kmsKeyId: text(kmsRule)
      .optional()
      .meta(ui('kmsKeyId', { group: 'more', control: 'text', placeholder: 'arn:aws:kms:…' })),
    bucketOwner: text(ownerRule)
      .optional()
      .meta(ui('bucketOwner', { group: 'more', control: 'text', placeholder: '123456789012' })),
    tags: z
      .array(z.strictObject({ key: text(tagKeyRule), value: text(tagValueRule) }))
      .max(50)
      .optional()
      .meta(ui('tags', { group: 'more', control: 'tags' })),
    ...reachFields(60),
  })
  .check(checkProfile)
  .check(({ value, issues }) => {
    const region = value.kmsKeyId === undefined ? null : kmsRegion(value.kmsKeyId)
    if (region !== null && region !== value.region) {
      const params = { key: 'aws.kmsRegion', values: { key: region, region: value.region } }
      issues.push({ code: 'custom', path: ['kmsKeyId'], input: value, params })
    }
    const keys = value.tags?.map((tag) => tag.key) ?? []
    keys.forEach((key, at) => {
      if (keys.indexOf(key) === at) return
      const params = { key: 'aws.tagTwice', values: { name: key } }
      issues.push({ code: 'custom', path: ['tags', at, 'key'], input: value, params })
    })
  })
export type AwsSettings = z.output<typeof AwsSettings>

/** A secret that a connection may hold in the keychain. */
export interface SecretField {
  name: string
  required: boolean
}

/** The secrets of an AWS connection; they count while `signIn` is `keys`. */
export const awsSecrets = [
  { name: 'accessKeyId', required: true },
  { name: 'secretAccessKey', required: true },
  { name: 'sessionToken', required: false },
] as const satisfies SecretField[]

/** The prefix as keys begin: empty, or with one slash at its end. */
export function keyPrefix({ prefix }: Pick<AwsSettings, 'prefix'>): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}

/** `s3://bucket/prefix/`, the place results are asked to go to. */
export function resultUri(settings: Pick<AwsSettings, 'bucket' | 'prefix'>): string {
  return `s3://${settings.bucket}/${keyPrefix(settings)}`
}
