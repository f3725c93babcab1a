import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Agents } from '../network'
import type { AwsSettings } from './settings'

/** Room for a large body on a slow line, on top of the silence that is borne. */
const uploadMs = 600_000

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
