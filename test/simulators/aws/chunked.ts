import { createHmac } from 'node:crypto'
import { sha256, type Signing } from './sigv4'

// The aws-chunked content encoding, from the S3 API Reference: "Signature calculations ... transferring payload in
// multiple chunks" and "... including trailing headers".

export interface Unchunked {
  body: Buffer
  /** Trailing headers, names in lower case. */
  trailers: Map<string, string>
}

const empty = sha256('')

/** Takes a chunked body apart and checks the signature of each chunk where they are signed; null when it is broken. */
export function unchunk(raw: Buffer, signing: Signing): Unchunked | null {
  const signed = signing.payload.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
  const sign = (kind: string, previous: string, ...rest: string[]) =>
    createHmac('sha256', signing.key)
      .update([`AWS4-HMAC-SHA256-${kind}`, signing.date, signing.scope, previous, ...rest].join('\n'))
      .digest('hex')
  const parts: Buffer[] = []
  let previous = signing.signature
  let at = 0
  for (;;) {
    const end = raw.indexOf('\r\n', at)
    if (end < 0) return null
    const [size = '', extension = ''] = raw.toString('latin1', at, end).split(';')
    if (!/^[0-9a-f]+$/i.test(size)) return null
    const length = Number.parseInt(size, 16)
    const chunk = raw.subarray(end + 2, end + 2 + length)
    if (chunk.length < length) return null
    if (signed) {
      const own = sign('PAYLOAD', previous, empty, sha256(chunk))
      if (extension !== `chunk-signature=${own}`) return null
      previous = own
    }
    at = end + 2 + length
    if (length === 0) break
    if (raw.toString('latin1', at, at + 2) !== '\r\n') return null
    at += 2
    parts.push(chunk)
  }
  const trailers = new Map<string, string>()
  for (const line of raw.toString('latin1', at).split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  const signature = trailers.get('x-amz-trailer-signature')
  trailers.delete('x-amz-trailer-signature')
  if (signed && signing.payload.endsWith('-TRAILER')) {
    const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('')
    if (signature !== sign('TRAILER', previous, sha256(text))) return null
  }
  return { body: Buffer.concat(parts), trailers }
}
