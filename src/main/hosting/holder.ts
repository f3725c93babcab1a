import { ambient, keyPrefix, listProfiles, type AwsEnvironment } from '../aws'
import type { Clock, Random } from '../ports'
import type { Holder } from '../providers'
import type { Wire } from '../wire'
import { checkHosting } from './check'
import { HostingSettings, hostingSecrets, sentTo } from './settings'
import type { Stores } from './stores'

/** The name under which accounts at image hostings are kept. */
export const hostingId = 'image-hosting'

/** Image hosting as the connections know it: an account that makes no videos. */
export function hostingHolder(parts: {
  stores: Stores
  wire: Wire
  clock: Clock
  random: Random
  environment: AwsEnvironment
}): Holder {
  const { stores, environment } = parts
  return {
    id: hostingId,
    label: 'Image hosting',
    connection: {
      settings: HostingSettings,
      secrets: hostingSecrets,
      sentTo: (_secret, settings) => sentTo(HostingSettings.parse(settings)),
      docs: null,
      async *test(access, signal) {
        const settings = HostingSettings.parse(access.settings)
        // Apart from the clients of jobs: what stands in a form may not be what is kept.
        const bucket = stores.open({ ...access, id: `test ${access.id}` }, settings)
        yield* checkHosting({ ...parts, bucket, settings, signal })
      },
      policy: (settings) => policyOf(settings),
      async local() {
        return { profiles: await listProfiles(environment.home), environment: ambient(environment.env) }
      },
    },
  }
}

/** The least rights at AWS, for what stands in a form that may not be complete yet. */
function policyOf(settings: Record<string, unknown>): string {
  const text = (name: string, otherwise: string) => {
    const value = settings[name]
    return typeof value === 'string' && value !== '' ? value : otherwise
  }
  const prefix = typeof settings['prefix'] === 'string' ? settings['prefix'] : 'dailies-images/'
  const region = text('region', 'us-east-1')
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  const statement = {
    Sid: 'HostImages',
    Effect: 'Allow',
    Action: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
    Resource: `arn:${partition}:s3:::${text('bucket', 'YOUR-BUCKET')}/${keyPrefix({ prefix })}*`,
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)
}
