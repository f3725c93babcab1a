import { z } from 'zod'
import { ofKind, otherUrl, relayUrl, usualRelay } from '../relay'

/** The hosts of Kling's own service (KlingAI API documentation, "Authentication"); accounts of one are strangers to the other. */
export const hosts = {
  global: 'https://api-singapore.klingai.com',
  china: 'https://api-beijing.klingai.com',
} as const

/** What a connection to Kling is made of, without its secrets. */
export const KlingSettings = z.strictObject({
  kind: z
    .enum(['global', 'china', 'relay'])
    .default('global')
    .meta({ title: 'kind', 'x-ui': { group: 'main', control: 'choice' } }),
  relayUrl: relayUrl.default(usualRelay),
  signIn: z
    .enum(['key', 'pair'])
    .default('key')
    .meta({
      title: 'signIn',
      'x-ui': { group: 'main', control: 'choice', when: ofKind('global', 'china') },
    }),
  baseUrl: otherUrl('baseUrl', hosts.global, ofKind('global', 'china')),
})
export type KlingSettings = z.output<typeof KlingSettings>

/** The secrets of a connection: one key, or an access key with its secret. */
export const klingSecrets = [
  { name: 'apiKey', title: 'apiKey', required: true, when: { field: 'signIn', in: ['key'] } },
  { name: 'accessKey', title: 'accessKey', required: true, when: { field: 'signIn', in: ['pair'] } },
  { name: 'secretKey', title: 'secretKey', required: true, when: { field: 'signIn', in: ['pair'] } },
]
