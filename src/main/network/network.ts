import type { Clock } from '../ports'
import { makeAgents, type Agents } from './agents'
import { isLoopback, type ProxyChoice } from './choice'

/** How long the system's word on a proxy is believed. */
const believedMs = 30_000

/** The way out to the internet, through the proxy the person chose. */
export interface Network {
  /** Which proxy a URL is reached through; null for none. */
  proxy(url: string): Promise<string | null>
  /**
   * Connection pools for a URL: kept alive, at most 50 sockets a host, the same pair for the same proxy. Asked for
   * again before each use, they follow a change of the settings.
   */
  agents(url: string): Promise<Agents>
  /** Lets go of connections that no call uses: after a sleep they may be dead without anybody having said so. */
  renew(): void
  /** Closes every connection, those in use too. */
  close(): void
}

export interface NetworkOptions {
  /** The person's choice at this moment. */
  choice: () => ProxyChoice
  /** What the system says of a URL: the proxy's URL, or null for none. */
  systemProxy: (url: string) => Promise<string | null>
  clock: Clock
}

/** Makes the one {@link Network} of a studio. */
export function createNetwork({ choice, systemProxy, clock }: NetworkOptions): Network {
  const pools = new Map<string | null, Agents>()
  const believed = new Map<string, { proxy: Promise<string | null>; until: number }>()

  function system(origin: string): Promise<string | null> {
    const known = believed.get(origin)
    if (known && clock.now() < known.until) return known.proxy
    const proxy = systemProxy(origin).catch((error: unknown) => {
      believed.delete(origin)
      throw error
    })
    believed.set(origin, { proxy, until: clock.now() + believedMs })
    return proxy
  }

  async function proxyFor(text: string): Promise<string | null> {
    const url = new URL(text)
    if (isLoopback(url)) return null
    const { mode, url: manual } = choice()
    switch (mode) {
      case 'none':
        return null
      case 'manual':
        return manual
      case 'system':
        return system(`${url.origin}/`)
    }
  }

  return {
    proxy: proxyFor,
    async agents(url) {
      const proxy = await proxyFor(url)
      const found = pools.get(proxy) ?? makeAgents(proxy)
      pools.set(proxy, found)
      return found
    },
    renew() {
      for (const { httpAgent, httpsAgent } of pools.values()) {
        for (const { freeSockets } of [httpAgent, httpsAgent]) {
          for (const socket of Object.values(freeSockets).flat()) socket?.destroy()
        }
      }
    },
    close() {
      for (const { httpAgent, httpsAgent } of pools.values()) {
        httpAgent.destroy()
        httpsAgent.destroy()
      }
      pools.clear()
    },
  }
}
