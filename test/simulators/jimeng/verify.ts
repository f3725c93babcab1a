import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export interface Account {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** Seconds that a signature's time may be off. */
const window = 900

/**
 * Why the gateway refuses a request, as it names it; null where the signature is good. Written from the description of
 * the signature and sharing nothing with the program under test.
 */
export function refusalOf(
  request: { method: string; path: string; query: string; headers: IncomingHttpHeaders; body: Buffer },
  account: Account,
  now: number,
): { status: number; code: string; message: string } | null {
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : null
  }
  const refuse = (status: number, code: string, message: string) => ({ status, code, message })
  const authorization = header('authorization')
  if (authorization === null) return refuse(401, 'MissingAuthenticationToken', 'The request is not signed.')
  const parts =
    /^HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    )
  if (!parts) return refuse(401, 'InvalidAuthorization', 'The Authorization header is malformed.')
  const [, key, day = '', region = '', service = '', names = '', signature = ''] = parts
  if (key !== account.accessKeyId) {
    return refuse(401, 'InvalidAccessKey', 'The access key is invalid.')
  }
  if (region !== 'cn-north-1' || service !== 'cv') {
    return refuse(401, 'InvalidCredential', 'The scope is not that of the service.')
  }
  const date = header('x-date')
  const moment = date === null ? null : /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date)
  if (date === null || !moment) return refuse(400, 'InvalidTimestamp', 'X-Date is malformed.')
  const [year = 0, month = 1, dayOf = 1, hour = 0, minute = 0, second = 0] = moment.slice(1).map(Number)
  const at = Date.UTC(year, month - 1, dayOf, hour, minute, second)
  if (Math.abs(at - now) > window * 1000) {
    return refuse(401, 'InvalidTimestamp', 'The signing time is too far from the time of the server.')
  }
  if (day !== date.slice(0, 8)) return refuse(401, 'SignatureDoesNotMatch', 'The scope is of another day.')
  if (account.sessionToken !== undefined && header('x-security-token') !== account.sessionToken) {
    return refuse(401, 'InvalidSecretToken', 'The security token is invalid.')
  }
  const digest = createHash('sha256').update(request.body).digest('hex')
  if (header('x-content-sha256') !== digest) {
    return refuse(400, 'SignatureDoesNotMatch', 'X-Content-Sha256 is not the hash of the body.')
  }
  const signed = names.split(';')
  for (const needed of ['host', 'x-content-sha256', 'x-date']) {
    if (!signed.includes(needed)) return refuse(401, 'SignatureDoesNotMatch', `${needed} is not signed.`)
  }
  const query = [...new URLSearchParams(request.query)]
    .map((pair) => pair.map(strict).join('='))
    .sort()
    .join('&')
  const canonical = [
    request.method,
    request.path,
    query,
    `${signed.map((name) => `${name}:${(header(name) ?? '').trim()}`).join('\n')}\n`,
    names,
    digest,
  ].join('\n')
  const scope = `${day}/${region}/${service}/request`
  const text = `HMAC-SHA256\n${date}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`
  let secret: Buffer = Buffer.from(account.secretAccessKey)
  for (const part of [day, region, service, 'request', text]) {
    secret = createHmac('sha256', secret).update(part).digest()
  }
  return timingSafeEqual(secret, Buffer.from(signature, 'hex'))
    ? null
    : refuse(401, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.')
}

const strict = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
