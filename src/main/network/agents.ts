import type { Agent as HttpAgent, ClientRequest, IncomingHttpHeaders } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { LandingHttpAgent, LandingHttpsAgent } from './landing'

/** A pair of connection pools as `node:http`, `node:https` and the AWS SDK's handler take them. */
export interface Agents {
  httpAgent: HttpAgent
  httpsAgent: HttpsAgent
}

const pool = { keepAlive: true, maxSockets: 50 }

/** The proxy answered CONNECT with something other than 200: the request itself never left. */
export class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused'
  readonly code = 'EPROXYREFUSED'
  /** @param status what the proxy answered; 407 when it wants a sign-in. */
  constructor(readonly status: number) {
    super(`The proxy answered CONNECT with ${status}`)
  }
}

/** Fresh pools, through `proxy` where there is one. */
export function makeAgents(proxy: string | null): Agents {
  if (proxy === null)
    return { httpAgent: new LandingHttpAgent(pool), httpsAgent: new LandingHttpsAgent(pool) }
  return { httpAgent: new HttpProxyAgent(proxy, pool), httpsAgent: new TunnelAgent(proxy, pool) }
}

interface ConnectAnswer {
  statusCode: number
  headers: IncomingHttpHeaders
}

/** Its parent plays a refusal of the proxy back as if the far server had answered; here it is an error of its own. */
class TunnelAgent extends HttpsProxyAgent<string> {
  override async connect(
    request: ClientRequest,
    options: Parameters<HttpsProxyAgent<string>['connect']>[1],
  ): Promise<Socket> {
    let status = 200
    request.once('proxyConnect', (answer: ConnectAnswer) => {
      status = answer.statusCode
    })
    const socket = await super.connect(request, options)
    if (status === 200) return socket
    socket.destroy()
    throw new ProxyRefused(status)
  }
}
