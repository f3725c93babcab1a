import { isIPv4 } from 'node:net'
import { getProxyForUrl } from 'proxy-from-env'
import type { ProblemKey } from '@shared/problems'

/** What the person chose in the settings; `url` counts for `manual` only. */
export interface ProxyChoice {
  mode: 'system' | 'manual' | 'none'
  url: string | null
}

/**
 * What is wrong with a proxy address that somebody typed; null where it can be used. A name or password in it is
 * refused, because the settings are kept as plain text.
 */
export function checkProxyUrl(text: string): ProblemKey | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !isWebProxy(url)) return 'proxy.address'
  if (url.username !== '' || url.password !== '') return 'proxy.secret'
  return url.pathname !== '/' || url.search !== '' || url.hash !== '' ? 'proxy.address' : null
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

function isWebProxy(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
}
