import { z } from 'zod'
import { awsSecrets, commonFields, endpointField, ui } from '../aws'
import type { SecretRule } from '../providers'

/** What a connection to Claude on Amazon Bedrock is made of, without its secrets. */
export const ClaudeSettings = z
  .strictObject({
    /** `key`: a Bedrock API key (Bedrock User Guide, "Generate Amazon Bedrock API keys"); the others as for any AWS service. */
    signIn: z
      .enum(['keys', 'key', 'profile', 'default'])
      .default('keys')
      .meta(ui('signIn', { group: 'main', control: 'choice' })),
    profile: commonFields.profile,
    region: commonFields.region,
    bedrockEndpoint: endpointField('bedrockEndpoint', 'https://bedrock-runtime.us-west-2.amazonaws.com'),
    bedrockControlEndpoint: endpointField(
      'bedrockControlEndpoint',
      'https://bedrock.us-west-2.amazonaws.com',
    ),
    /** Briefs are read from there. */
    s3Endpoint: endpointField('s3Endpoint', 'https://s3.us-west-2.amazonaws.com'),
    stsEndpoint: endpointField('stsEndpoint', 'https://sts.us-west-2.amazonaws.com'),
    pathStyle: z
      .boolean()
      .default(false)
      .meta(ui('pathStyle', { group: 'more', control: 'switch' })),
    connectTimeoutSeconds: commonFields.connectTimeoutSeconds,
    /** Silence after which an answer is given up, before its first word or between two. */
    readTimeoutSeconds: z
      .int()
      .min(1)
      .max(900)
      .default(120)
      .meta(ui('readTimeoutSeconds', { group: 'more', control: 'number', unit: 's' })),
  })
  .check(({ value, issues }) => {
    if (value.signIn === 'profile' && value.profile === undefined) {
      issues.push({ code: 'custom', path: ['profile'], input: value, params: { key: 'aws.profileNeeded' } })
    }
  })
export type ClaudeSettings = z.output<typeof ClaudeSettings>

/** The name of the Bedrock API key among a connection's secrets. */
export const keyName = 'bedrockApiKey'

/** The secrets of a connection: the key pair of AWS, or a Bedrock API key. */
export const claudeSecrets: SecretRule[] = [
  ...awsSecrets.map(({ name, required }) => ({
    name,
    title: name,
    required,
    when: { field: 'signIn', in: ['keys'] },
  })),
  { name: keyName, title: keyName, required: true, when: { field: 'signIn', in: ['key'] } },
]
