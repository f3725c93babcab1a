import { isIPv4 } from 'node:net'
import { getProxyForUrl } from 'proxy-from-env'
import { isWebProxy } from '@shared/proxy'

/** What the person chose in the settings; `url` counts for `manual` only. */
export interface ProxyChoice {
  mode: 'system' | 'manual' | 'none'
  url: string | null
}

/** Whether a URL leads to this very computer; such requests never go through a proxy. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.toLowerCase()
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return true
  return isIPv4(host) && host.startsWith('127.')
}

/**
 * The first proxy of a proxy auto-config answer that can be spoken to, as a URL; null for a direct connection.
 * Format: `PROXY host:port; HTTPS host:port; DIRECT`. SOCKS entries are passed over.
 */
export function fromPac(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', host = ''] = entry.trim().split(/\s+/)
    const scheme = schemes[kind.toUpperCase()]
    if (scheme === null) return null
    if (scheme === undefined || !URL.canParse(`${scheme}://${host}`)) continue
    return `${scheme}://${host}`
  }
  return null
}

const schemes: Record<string, string | null> = { DIRECT: null, PROXY: 'http', HTTP: 'http', HTTPS: 'https' }

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY of this process name for a URL; null for none.
 * Proxies of other kinds (SOCKS) are passed over.
 */
export function environmentProxy(url: string): Promise<string | null> {
  const proxy = getProxyForUrl(url)
  const usable = URL.canParse(proxy) && isWebProxy(new URL(proxy))
  return Promise.resolve(usable ? proxy : null)
}
