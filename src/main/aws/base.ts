import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Agents } from '../network'
import type { AwsSettings } from './settings'
import type { ClientBase } from './types'

/** Room for a large body on a slow line, on top of the silence that is borne. */
const uploadMs = 600_000

/** Attempts of one call, the first included. */
export const usualAttempts = 3

/** A handler whose end leaves the connection pools alone: they belong to the network and serve other clients too. */
class PooledHandler extends NodeHttpHandler {
  override destroy(): void {}
}

/** HTTP/1.1 over the network's pools, with limits that end a call instead of only warning of it. */
export function makeHandler(
  agents: Agents,
  timeouts: Pick<AwsSettings, 'connectTimeoutSeconds' | 'readTimeoutSeconds'>,
): NodeHttpHandler {
  const readMs = timeouts.readTimeoutSeconds * 1000
  return new PooledHandler({
    ...agents,
    connectionTimeout: timeouts.connectTimeoutSeconds * 1000,
    socketTimeout: readMs,
    requestTimeout: readMs + uploadMs,
    throwOnRequestTimeout: true,
  })
}

/** The settings that all clients share. */
export function clientBase(options: {
  region: string
  endpoint?: string | undefined
  handler: NodeHttpHandler
  maxAttempts?: number | undefined
}): ClientBase {
  return {
    region: options.region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    maxAttempts: options.maxAttempts ?? usualAttempts,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: 'dailies',
    // An ambient AWS_BEARER_TOKEN_BEDROCK would otherwise win over the connection's own credentials.
    authSchemePreference: ['aws.auth#sigv4'],
    ignoreConfiguredEndpointUrls: true,
    requestHandler: options.handler,
  }
}

/** The host a service is reached at in a region, as the SDK's endpoint rules have it. */
export function serviceUrl(
  service: 'bedrock-runtime' | 'bedrock' | 's3' | 'sts' | 'portal.sso',
  region: string,
): string {
  return `https://${service}.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`
}
