import type Electron from 'electron'
import type { ProxyValue } from '../engine/settings'

/** Schemes of the program's own are no network to Electron, and pass every proxy. */
const own = 'http://*.localhost:80'

/** Electron's proxy as Chromium's extensions write it; what the double cannot have Chromium hold throws by its name. */
export function proxyValue(config: Electron.ProxyConfig): ProxyValue {
  const { pacScript, proxyRules = '', proxyBypassRules = '' } = config
  const mode = config.mode ?? (pacScript === undefined ? 'fixed_servers' : 'pac_script')
  switch (mode) {
    case 'direct':
    case 'system':
      return { mode }
    case 'fixed_servers': {
      const bypassList = proxyBypassRules.split(/[;,]/).flatMap((rule) => rule.trim() || [])
      return { mode, rules: { singleProxy: server(proxyRules), bypassList: [...bypassList, own] } }
    }
    case 'auto_detect':
    case 'pac_script':
      throw new Error(`The double of electron has no session.setProxy in the mode ${mode}.`)
  }
}

/** One proxy for everything, as the program writes it. */
function server(rules: string): { scheme: string; host: string; port: number } {
  const parts = /^(https?|socks4|socks5):\/\/([^/:;,=@]+|\[[0-9a-f:]+\]):(\d+)\/?$/.exec(rules)
  if (!parts) throw new Error(`The double of electron has no session.setProxy with the rules ${rules}.`)
  const [, scheme = '', host = '', port = ''] = parts
  return { scheme, host, port: Number(port) }
}
