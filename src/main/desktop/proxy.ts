import type { ProxyConfig } from 'electron'
import type { ProxyChoice } from '../network'

/** The person's choice as Chromium takes it. */
export function proxyConfig({ mode, url }: ProxyChoice): ProxyConfig {
  switch (mode) {
    case 'none':
      return { mode: 'direct' }
    case 'manual':
      return url === null ? { mode: 'direct' } : { mode: 'fixed_servers', proxyRules: url }
    case 'system':
      return { mode: 'system' }
  }
}

/**
 * A proxy that nobody answers at, for what needs no network at all: it stops what is no request and knows no policy,
 * such as a peer that speaks TCP or a connection opened ahead of time. This computer's own services count too, but for
 * the one at `own`, to which Chromium may speak HTTP.
 */
export function nowhere(own: string | null = null): ProxyConfig {
  const past = own === null ? [] : [new URL(own).origin]
  return {
    mode: 'fixed_servers',
    // The discard port, at which nothing listens.
    proxyRules: 'http://127.0.0.1:9',
    proxyBypassRules: ['<-loopback>', ...past].join(';'),
  }
}
