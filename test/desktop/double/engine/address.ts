/**
 * Chromium outside Electron knows no scheme of ours, so `dailies://studio/…` is `http://studio.dailies.localhost/…` to it:
 * an origin of its own, secure as all of localhost, the same at every start.
 */
const tail = '.localhost'

/** The address as Chromium has it. */
export function toChromium(address: string): string {
  if (!URL.canParse(address)) return address
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/s.exec(address)
  if (!parts) return address
  const [, scheme = '', host = '', rest = ''] = parts
  if (['http', 'https', 'ws', 'wss', 'file', 'devtools', 'chrome'].includes(scheme)) return address
  return `http://${host}.${scheme}${tail}${rest}`
}

/** The address as the program has it. */
export function fromChromium(address: string): string {
  if (!URL.canParse(address)) return address
  const { protocol, hostname, port } = new URL(address)
  if (protocol !== 'http:' || port !== '' || !hostname.endsWith(tail)) return address
  const named = hostname.slice(0, -tail.length)
  const dot = named.lastIndexOf('.')
  if (dot <= 0) return address
  return `${named.slice(dot + 1)}://${named.slice(0, dot)}${address.slice(`http://${hostname}`.length)}`
}
