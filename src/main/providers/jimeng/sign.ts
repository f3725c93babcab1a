import { createHash, createHmac } from 'node:crypto'

/** An account's keys at Volcengine; the token belongs to temporary keys. */
export interface VolcKeys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** A request before it is signed. */
export interface Unsigned {
  method: 'GET' | 'POST'
  url: string
  body: string
  /** Headers to be signed besides those that every signature covers; names in lower case. */
  headers?: Readonly<Record<string, string>>
  /** The moment that the signature is of, in milliseconds since 1970. */
  at: number
}

/** Where Jimeng lives, as signatures name it (Volcengine docs 85621). */
export const region = 'cn-north-1'
export const service = 'cv'

/**
 * The headers of a signed request, `host` excepted, which every client sends by itself (Volcengine docs 6369, "签名机制":
 * HMAC-SHA256 with the secret key as it is, without any prefix). Pure.
 */
export function signedHeaders(
  { method, url, body, headers = {}, at }: Unsigned,
  { accessKeyId, secretAccessKey, sessionToken }: VolcKeys,
): Record<string, string> {
  const { host, pathname, searchParams } = new URL(url)
  const date = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const hash = sha256(body)
  const signed: Record<string, string> = {
    ...headers,
    'x-content-sha256': hash,
    'x-date': date,
    ...(sessionToken === undefined ? {} : { 'x-security-token': sessionToken }),
  }
  const lines = Object.entries({ ...signed, host }).sort(([a], [b]) => (a < b ? -1 : 1))
  const names = lines.map(([name]) => name).join(';')
  const request = [
    method,
    pathname.split('/').map(plainly).join('/'),
    queryOf(searchParams),
    ...lines.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    names,
    hash,
  ].join('\n')
  const scope = [date.slice(0, 8), region, service, 'request']
  const text = ['HMAC-SHA256', date, scope.join('/'), sha256(request)].join('\n')
  const key = scope.reduce<Buffer | string>(hmac, secretAccessKey)
  const signature = hmac(key, text).toString('hex')
  return {
    ...signed,
    authorization: `HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()

function queryOf(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&')
}

/** A part of a path that may be escaped already. */
function plainly(part: string): string {
  try {
    return escaped(decodeURIComponent(part))
  } catch {
    return escaped(part)
  }
}

/** As RFC 3986 has it: all but the unreserved characters. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
