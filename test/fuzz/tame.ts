import { isAbsolute, join, normalize } from 'node:path'

/** Nobody listens here; a connection is refused at once. */
export const nowhere = 'http://127.0.0.1:9'

/**
 * Calls are made with a person's rights, so two of these rights are kept within the house: an absolute path is moved
 * below `folder`, and an address of a foreign host becomes one of this computer where nobody listens. Relative paths
 * stay as they are, since they must be refused; so does everything that is no address.
 */
export function tamed(input: unknown, folder: string): unknown {
  return tame(input, '', folder, 0)
}

function tame(value: unknown, name: string, folder: string, depth: number): unknown {
  if (depth > 20) return value
  if (typeof value === 'string') return tameText(value, name, folder)
  if (Array.isArray(value)) return value.map((item: unknown) => tame(item, name, folder, depth + 1))
  if (typeof value !== 'object' || value === null || value instanceof Blob) return value
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, tame(inner, key, folder, depth + 1)] as const,
  )
  const result: Record<string, unknown> = {}
  // Defined, not assigned: an own “__proto__” has to stay one.
  for (const [key, inner] of entries) {
    Object.defineProperty(result, key, { value: inner, enumerable: true, configurable: true, writable: true })
  }
  return result
}

function tameText(text: string, name: string, folder: string): string {
  // Without a proxy the services' own addresses would be asked.
  if (name === 'proxyMode' && text === 'none') return 'system'
  if (name === 'path' && isAbsolute(text)) {
    return text.startsWith(`${folder}/`) && normalize(text).startsWith(`${folder}/`)
      ? text
      : join(folder, 'jail', normalize(text))
  }
  if (!/^\s*[a-z]+:\/\//i.test(text) || !URL.canParse(text.trim())) return text
  const { protocol, hostname } = new URL(text.trim())
  const away = /^(https?|wss?|socks5?):$/.test(protocol) && hostname !== '127.0.0.1'
  return away ? text.replace(/:\/\/(?:[^/?#]*@)?[^/?#]*/, '://127.0.0.1:9') : text
}
