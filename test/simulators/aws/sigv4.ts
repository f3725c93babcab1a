import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Credential, Identities } from './identity'

// Written from the AWS reference "Create a signed AWS API request" and, for S3, "Authenticating Requests (AWS
// Signature Version 4)"; shares no code with the signer under test.

/** A request as it came over the wire, body read. */
export interface SignedRequest {
  method: string
  /** Path and query, still percent-encoded. */
  url: string
  /** Names in lower case. */
  headers: IncomingHttpHeaders
  body: Uint8Array
}

export type SigningService = 'bedrock' | 's3' | 'sts'

/** Why a request is not believed; each service has its own words for it. */
export type Doubt =
  | { kind: 'missing' }
  | { kind: 'incomplete'; what: string }
  | { kind: 'unknown_key'; accessKeyId: string }
  | { kind: 'bad_token' }
  | { kind: 'expired' }
  | { kind: 'skewed'; signedAt: string }
  | { kind: 'link_expired' }
  | { kind: 'wrong_region'; region: string }
  | { kind: 'wrong_service'; service: string }
  | { kind: 'unsigned_header'; header: string }
  | { kind: 'missing_payload_hash' }
  | { kind: 'wrong_payload_hash' }
  | { kind: 'mismatch'; canonicalRequest: string; stringToSign: string }

/** What a signature was made for, kept to check the chunks of a streamed body. */
export interface Signing {
  credential: Credential
  /** Region of the credential scope. */
  region: string
  /** `yyyymmddThhmmssZ`. */
  date: string
  scope: string
  key: Buffer
  signature: string
  payload: string
}

export interface VerifyOptions {
  identities: Identities
  service: SigningService
  /** Which regions of the scope are accepted. */
  regions: (region: string) => boolean
  /** Milliseconds since 1970. */
  now: number
  /** How far a signature's time may be off, in milliseconds. */
  skewMs: number
}

const algorithm = 'AWS4-HMAC-SHA256'
/** Bodies S3 lets a client declare without hashing them whole. */
const declared =
  /^(UNSIGNED-PAYLOAD|STREAMING-(UNSIGNED-PAYLOAD-TRAILER|AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?))$/
const unsigned = 'UNSIGNED-PAYLOAD'
const weekSeconds = 604_800

export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest()

/** The key a signature of one day, region and service is made with. */
export function signingKey(secret: string, day: string, region: string, service: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request')
}

/** Percent-encodes everything but unreserved characters (RFC 3986), as SigV4 wants it. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * The canonical path: for S3 each segment encoded once; for every other service the path of the wire normalised and
 * encoded a second time, so that `%3A` becomes `%253A`.
 */
export function canonicalPath(wirePath: string, service: SigningService): string {
  const path = wirePath === '' ? '/' : wirePath
  if (service === 's3')
    return path
      .split('/')
      .map((part) => encodeStrictly(decode(part)))
      .join('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(encodeStrictly(part))
  }
  return `/${parts.join('/')}${parts.length > 0 && path.endsWith('/') ? '/' : ''}`
}

/** Name and value of each parameter of a query, decoded, in the order of the wire. */
export function parseQuery(query: string): [string, string][] {
  if (query === '') return []
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
  })
}

/** The canonical query: encoded, sorted by name and then by value, without the signature itself. */
export function canonicalQuery(query: string): string {
  return parseQuery(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const)
    .sort(([a, av], [b, bv]) => (a < b ? -1 : a > b ? 1 : av < bv ? -1 : av > bv ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const joined = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value : [value ?? '']).map((one) => one.trim().replace(/ +/g, ' ')).join(',')

interface Claim {
  accessKeyId: string
  day: string
  region: string
  service: string
  signedHeaders: string[]
  signature: string
  date: string
  token: string | undefined
  /** Seconds a presigned address is good for; null when the request is signed by header. */
  expires: number | null
}

/** Reads what a request claims about its signature. */
function readClaim(request: SignedRequest, query: Map<string, string>): Claim | Doubt {
  const presigned = query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')
  const header = request.headers.authorization
  if (!presigned && header === undefined) return { kind: 'missing' }
  const fields = presigned ? query : readAuthorization(header ?? '')
  if (!fields) return { kind: 'incomplete', what: `Authorization header requires ${algorithm}.` }
  const field = (name: string) => fields.get(presigned ? `X-Amz-${name}` : name) ?? ''
  if (presigned && field('Algorithm') !== algorithm)
    return { kind: 'incomplete', what: 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"' }
  const [accessKeyId, day, region, service, end, ...more] = field('Credential').split('/')
  if (!accessKeyId || !day || !region || !service || end !== 'aws4_request' || more.length > 0)
    return { kind: 'incomplete', what: "Authorization header requires a valid 'Credential' parameter." }
  const signature = field('Signature')
  if (!/^[0-9a-f]{64}$/.test(signature))
    return { kind: 'incomplete', what: "Authorization header requires 'Signature' parameter." }
  const signedHeaders = field('SignedHeaders').split(';').filter(Boolean)
  if (signedHeaders.length === 0 || signedHeaders.join(';') !== [...signedHeaders].sort().join(';'))
    return { kind: 'incomplete', what: "Authorization header requires sorted 'SignedHeaders' parameter." }
  const date = presigned ? field('Date') : joined(request.headers['x-amz-date'])
  if (!/^\d{8}T\d{6}Z$/.test(date) || date.slice(0, 8) !== day)
    return { kind: 'incomplete', what: "Authorization header requires existence of a matching 'X-Amz-Date'." }
  const expires = presigned ? Number(field('Expires') || Number.NaN) : null
  if (expires !== null && !(expires >= 1 && expires <= weekSeconds))
    return { kind: 'incomplete', what: 'X-Amz-Expires must be between 1 and 604800 seconds' }
  const sent = presigned ? query.get('X-Amz-Security-Token') : request.headers['x-amz-security-token']
  const token = sent === undefined ? undefined : joined(sent)
  return { accessKeyId, day, region, service, signedHeaders, signature, date, token, expires }
}

function readAuthorization(header: string): Map<string, string> | null {
  if (!header.startsWith(`${algorithm} `)) return null
  const fields = header.slice(algorithm.length + 1).split(',')
  return new Map(fields.map((field) => field.trim().split(/=(.*)/s).slice(0, 2) as [string, string]))
}

/** Milliseconds since 1970 of an `X-Amz-Date`. */
export function readDate(date: string): number {
  return Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

/** Checks a request's SigV4 signature as AWS does; answers who signed it, or the first reason not to believe it. */
export function verify(request: SignedRequest, options: VerifyOptions): Signing | Doubt {
  const { service, now } = options
  const [wirePath = '', wireQuery = ''] = request.url.split(/\?(.*)/s)
  const query = new Map(parseQuery(wireQuery))
  const claim = readClaim(request, query)
  if ('kind' in claim) return claim
  const credential = options.identities.get(claim.accessKeyId)
  if (!credential) return { kind: 'unknown_key', accessKeyId: claim.accessKeyId }
  if (credential.sessionToken !== claim.token) return { kind: 'bad_token' }
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) return { kind: 'expired' }
  const signedAt = readDate(claim.date)
  if (claim.expires === null && Math.abs(now - signedAt) > options.skewMs)
    return { kind: 'skewed', signedAt: claim.date }
  if (claim.expires !== null && signedAt - now > options.skewMs)
    return { kind: 'skewed', signedAt: claim.date }
  if (claim.expires !== null && now > signedAt + claim.expires * 1000) return { kind: 'link_expired' }
  if (claim.service !== service) return { kind: 'wrong_service', service: claim.service }
  if (!options.regions(claim.region)) return { kind: 'wrong_region', region: claim.region }
  const bare = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))].find(
    (name) => !claim.signedHeaders.includes(name),
  )
  if (bare) return { kind: 'unsigned_header', header: bare }
  const hash = claim.expires === null ? undefined : query.get('X-Amz-Content-Sha256')
  const payload = payloadHash(request, service, claim.expires === null ? undefined : (hash ?? unsigned))
  if (typeof payload !== 'string') return payload

  const canonicalRequest = [
    request.method,
    canonicalPath(wirePath, service),
    canonicalQuery(wireQuery),
    ...claim.signedHeaders.map((name) => `${name}:${joined(request.headers[name])}`),
    '',
    claim.signedHeaders.join(';'),
    payload,
  ].join('\n')
  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`
  const stringToSign = [algorithm, claim.date, scope, sha256(canonicalRequest)].join('\n')
  const key = signingKey(credential.secretAccessKey, claim.day, claim.region, claim.service)
  if (!timingSafeEqual(hmac(key, stringToSign), Buffer.from(claim.signature, 'hex')))
    return { kind: 'mismatch', canonicalRequest, stringToSign }
  return {
    credential,
    region: claim.region,
    date: claim.date,
    scope,
    key,
    signature: claim.signature,
    payload,
  }
}

/** What stands for the body in the canonical request; a presigned address may say it in its query. */
function payloadHash(
  request: SignedRequest,
  service: SigningService,
  presigned: string | undefined,
): string | Doubt {
  const sent = request.headers['x-amz-content-sha256']
  const header = sent === undefined ? presigned : joined(sent)
  if (service === 's3') {
    if (header === undefined) return { kind: 'missing_payload_hash' }
    if (declared.test(header)) return header
  }
  const own = sha256(request.body)
  return header === undefined || header === own ? own : { kind: 'wrong_payload_hash' }
}
