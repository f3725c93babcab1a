import type { NodeHttpHandler } from '@smithy/node-http-handler'

/** Credentials as the AWS SDK's clients take them. */
export interface Identity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/**
 * What every client of the SDK is made with: whatever the SDK would otherwise take from AWS_* variables or from
 * ~/.aws/config is said here, so that nothing outside a connection changes what it does.
 */
export interface ClientBase {
  region: string
  endpoint?: string
  maxAttempts: number
  retryMode: 'standard'
  defaultsMode: 'standard'
  useFipsEndpoint: false
  useDualstackEndpoint: false
  userAgentAppId: string
  authSchemePreference: string[]
  ignoreConfiguredEndpointUrls: true
  requestHandler: NodeHttpHandler
}

/** A provider of credentials that keeps them itself; the SDK must not keep them a second time. */
export interface IdentityProvider {
  (): Promise<Identity>
  memoized: true
}
