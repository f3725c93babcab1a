import { z } from 'zod'
import type { JobRecord } from '../../history'
import { baseOf } from '../../wire'
import { ofKind, otherUrl, relayHosting, relayUrl, usualRelay } from '../relay'
import type { Destination } from '../types'

const volcengineUrl = 'https://visual.volcengineapi.com'

/** What a connection to Jimeng is made of: Volcengine itself, or a gateway that passes jobs on. */
export const JimengSettings = z.strictObject({
  kind: z
    .enum(['official', 'relay'])
    .default('official')
    .meta({ title: 'kind', 'x-ui': { group: 'main', control: 'choice' } }),
  relayUrl: relayUrl.default(usualRelay),
  hosting: relayHosting,
  endpoint: otherUrl('jimengEndpoint', volcengineUrl, ofKind('official')),
})
export type JimengSettings = z.output<typeof JimengSettings>

/** The secrets of either kind. */
export const jimengSecrets = [
  { name: 'accessKeyId', title: 'accessKeyId', required: true, when: { field: 'kind', in: ['official'] } },
  {
    name: 'secretAccessKey',
    title: 'secretAccessKey',
    required: true,
    when: { field: 'kind', in: ['official'] },
  },
  { name: 'sessionToken', title: 'sessionToken', required: false, when: { field: 'kind', in: ['official'] } },
  { name: 'relayKey', title: 'relayKey', required: true, when: { field: 'kind', in: ['relay'] } },
]

/** Where jobs of such a connection are sent, without a slash at its end. */
export function endpointOf({ kind, relayUrl, endpoint }: JimengSettings): string {
  const typed = kind === 'relay' ? relayUrl : (endpoint ?? volcengineUrl)
  return baseOf(typed)
}

/** Where a secret goes: those of Volcengine to it or to what stands for it, the relay's to the relay. */
export function sentTo(secret: string, settings: Record<string, unknown>): Destination[] {
  const setting = secret === 'relayKey' ? 'relayUrl' : 'endpoint'
  const kind = secret === 'relayKey' ? 'relay' : 'official'
  return [{ setting, url: endpointOf({ ...JimengSettings.parse(settings), kind }) }]
}

/** Where a job is, as it was frozen; else as the connection has it now. */
export function placeOf(
  { endpoint, place }: Pick<JobRecord, 'endpoint' | 'place'>,
  live: Record<string, unknown>,
): { kind: JimengSettings['kind']; endpoint: string } {
  const settings = JimengSettings.parse({ ...live, ...place })
  return { kind: settings.kind, endpoint: endpoint ?? endpointOf(settings) }
}
