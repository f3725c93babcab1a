import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { ClientBase } from './types'

/** Attempts of one call, the first included. */
export const usualAttempts = 3

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
