import type { JobRecord } from '../../history'
import { awsAddresses, AwsSettings, ownAddress } from '../../aws'

/** What of an account's settings belongs to a job in flight: where it runs, where its result goes, how it is sent. */
const frozen = [
  'region',
  'bucket',
  'prefix',
  'kmsKeyId',
  'bucketOwner',
  'tags',
  'transport',
  'bedrockEndpoint',
  'bedrockControlEndpoint',
  's3Endpoint',
  'stsEndpoint',
  'pathStyle',
] as const satisfies (keyof AwsSettings)[]

/** A job's place, as it is kept on its row. */
export type LumaPlace = Pick<AwsSettings, (typeof frozen)[number]>

/** Takes a job's place out of the settings of a connection. */
export function placeOf(settings: Record<string, unknown>): LumaPlace {
  const parsed = AwsSettings.parse(settings)
  const { signIn: _s, profile: _p, connectTimeoutSeconds: _c, readTimeoutSeconds: _r, ...place } = parsed
  return place
}

/**
 * The settings that a job's calls are made with: its own place, and from the connection as it is now only who signs
 * in and how long to wait. Throws a ZodError for settings that never passed validation.
 */
export function settingsOf({ place }: Pick<JobRecord, 'place'>, live: Record<string, unknown>): AwsSettings {
  if (place === null) return AwsSettings.parse(live)
  const rest = Object.fromEntries(
    Object.entries(live).filter(([name]) => !frozen.some((key) => key === name)),
  )
  return AwsSettings.parse({ ...rest, ...place })
}

/** Every address that calls with these settings go to, and the one that a job was frozen with. */
export function addressesOf(settings: AwsSettings, endpoint: string | null): string[] {
  const all = awsAddresses(settings).map(({ url }) => url)
  if (endpoint === null) return all
  const own = endpoint === endpointOf({ region: settings.region, bedrockEndpoint: undefined })
  return [...all, own ? ownAddress(settings) : endpoint]
}

/** Where Bedrock answers for these settings (Amazon Bedrock endpoints and quotas, AWS General Reference). */
export function endpointOf({
  region,
  bedrockEndpoint,
}: Pick<AwsSettings, 'region' | 'bedrockEndpoint'>): string {
  return bedrockEndpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`
}
