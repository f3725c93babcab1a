import { isLoopback } from '../network'
import type { AwsSettings } from './settings'

/** Settings that put another address in the place of one of AWS's own. */
const fields = ['bedrockEndpoint', 'bedrockControlEndpoint', 's3Endpoint', 'stsEndpoint'] as const
type Field = (typeof fields)[number]

/**
 * Where the secrets of an account go with these settings: to each of the services, under the address that was typed for
 * it. AWS's own hosts count as one address a partition, whatever the region: nobody else answers at them.
 */
export function awsAddresses(
  settings: Pick<AwsSettings, 'region'> & Partial<Pick<AwsSettings, Field>>,
  of: readonly Field[] = fields,
): { setting: Field; url: string }[] {
  return of.map((setting) => ({ setting, url: settings[setting] ?? ownAddress(settings) }))
}

/** The address that stands for all of AWS's own hosts. */
export function ownAddress({ region }: Pick<AwsSettings, 'region'>): string {
  return region.startsWith('cn-') ? 'https://amazonaws.com.cn' : 'https://amazonaws.com'
}

/** AWS Security Token Service endpoints and quotas, and its interface endpoints in a VPC. */
const ownSts =
  /^(sts(-fips)?(\.[a-z0-9-]+)?\.(amazonaws\.com(\.cn)?|api\.aws)|[a-z0-9-]+\.sts\.[a-z0-9-]+\.vpce\.amazonaws\.com(\.cn)?)$/

/**
 * Whether a token of this computer's own may go to an STS address: to AWS itself, or to a stand-in on this computer.
 * No one types such a token, so nobody can be asked for it again where the address is another.
 */
export function isTrustedSts(url: string): boolean {
  const address = new URL(url)
  return isLoopback(address) || (address.protocol === 'https:' && ownSts.test(address.hostname))
}
