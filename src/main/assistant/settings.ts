import { z } from 'zod'
import { awsAddresses, awsSecrets, checkProfile, commonFields, reachFields, ui } from '../aws'
import type { Destination, SecretRule } from '../providers'

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
    ...reachFields(120),
  })
  .check(checkProfile)
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

/** Where a secret goes: a Bedrock API key to Bedrock alone, the key pair to whatever the connection speaks with. */
export function sentTo(secret: string, settings: ClaudeSettings): Destination[] {
  return awsAddresses(
    settings,
    secret === keyName ? ['bedrockEndpoint', 'bedrockControlEndpoint'] : undefined,
  )
}
