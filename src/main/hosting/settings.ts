import { z } from 'zod'
import { awsAddresses, AwsSettings, awsSecrets, regionRule } from '../aws'
import type { Destination } from '../providers'
import { Address } from '../wire'

const shape = AwsSettings.shape
type Ui = { group: 'main' | 'more'; control: 'text' | 'switch'; placeholder?: string }
const ui = (title: string, look: Ui) => ({ title, 'x-ui': look })

/** What a connection to an image hosting is made of: one bucket of S3, or of a store that speaks S3's language. */
export const HostingSettings = z
  .strictObject({
    signIn: shape.signIn,
    profile: shape.profile,
    bucket: shape.bucket.meta(
      ui('hostingBucket', { group: 'main', control: 'text', placeholder: 'my-images' }),
    ),
    region: z
      .string()
      .check(({ value, issues }) => {
        // Stores that speak S3 name regions as they like: `auto`, `eu-2`.
        if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(value)) {
          issues.push({ code: 'custom', input: value, params: { key: 'hosting.region' } })
        }
      })
      .default('us-east-1')
      .meta(ui('hostingRegion', { group: 'main', control: 'text', placeholder: 'us-east-1' })),
    s3Endpoint: Address.optional().meta(
      ui('hostingEndpoint', { group: 'main', control: 'text', placeholder: 'https://s3.example.com' }),
    ),
    prefix: shape.prefix
      .unwrap()
      .default('dailies-images/')
      .meta(ui('hostingPrefix', { group: 'more', control: 'text', placeholder: 'dailies-images/' })),
    pathStyle: shape.pathStyle,
    connectTimeoutSeconds: shape.connectTimeoutSeconds,
    readTimeoutSeconds: shape.readTimeoutSeconds,
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, key: string) =>
      issues.push({ code: 'custom', path: [path], input: value, params: { key } })
    if (value.signIn === 'profile' && value.profile === undefined) refuse('profile', 'aws.profileNeeded')
    if (value.s3Endpoint === undefined && regionRule(value.region) !== null) refuse('region', 'aws.region')
  })
export type HostingSettings = z.output<typeof HostingSettings>

/** The secrets of it; they count while `signIn` is `keys`. */
export const hostingSecrets = awsSecrets.map(({ name, required }) => ({
  name,
  title: name,
  required,
  when: { field: 'signIn', in: ['keys'] },
}))

/** Where the secrets go: to the store alone. */
export function sentTo(settings: Pick<HostingSettings, 'region' | 's3Endpoint'>): Destination[] {
  return awsAddresses(settings, ['s3Endpoint'])
}

/** What of the settings says where objects lie. */
const placed = ['bucket', 'region', 's3Endpoint', 'pathStyle'] as const

/** Where objects lie with these settings; kept with each of them. */
export function placeOf(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(placed.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])))
}

/** These settings, with the place that an object was put to. */
export function settingsAt(live: Record<string, unknown>, place: Record<string, unknown>): HostingSettings {
  const rest = Object.entries(live).filter(([name]) => !placed.some((key) => key === name))
  return HostingSettings.parse({ ...Object.fromEntries(rest), ...place })
}

/** The same for the clients of S3. */
export function asAws(settings: HostingSettings): AwsSettings {
  return { ...settings, transport: 'sdk' }
}
