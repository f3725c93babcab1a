import type { ProblemKey } from './problems'

/** The longest address of a proxy, in characters. */
export const longestProxyUrl = 500

/**
 * What is wrong with a proxy address that somebody typed; null where it can be used. A name or password in it is
 * refused, because the settings are kept as plain text.
 */
export function checkProxyUrl(text: string): Extract<ProblemKey, `proxy.${string}`> | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !isWebProxy(url)) return 'proxy.address'
  if (url.username !== '' || url.password !== '') return 'proxy.secret'
  return url.pathname !== '/' || url.search !== '' || url.hash !== '' ? 'proxy.address' : null
}

/** Whether a URL names a proxy that is spoken to over HTTP. */
export function isWebProxy(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
}
