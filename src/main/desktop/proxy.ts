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
