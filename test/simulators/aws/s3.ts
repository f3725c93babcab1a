import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { sumsOf } from './checksums'
import { unchunk } from './chunked'
import type { Operation } from './faults'
import type { Identities } from './identity'
import { accessDenied, elsewhere, noSuchBucket, noSuchKey, s3Doubt, s3Error, s3Failure } from './s3-answers'
import { listObjects } from './s3-list'
import type { Call, Service } from './server'
import type { Store, StoredObject } from './store'
import { Refused, sliceOf, xml, type Reply } from './wire'

export interface S3Options {
  /** Region named to a client whose signature has none that exists. */
  region: string
  identities: Identities
  store: Store
  /** Puts the checksum of the whole object on a 206 too, which real clients then find wrong. */
  checksumOnRange: () => boolean
}

/** Parameters that do not name an operation of their own. */
const harmless =
  /^(x-id|response-.*|X-Amz-.*|list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner)$/i

/**
 * S3 for one account. It stands for the endpoint of every region at once: a request is taken by the region it is
 * signed for, and a bucket of another region answers with a redirect.
 */
export function s3Service(options: S3Options): Service {
  return {
    name: 's3',
    regions: (region) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
    route,
    handle: (call) => handle(call, options),
    doubt: (doubt) => s3Doubt(doubt, options.region),
    failure: s3Failure,
    throttled: () => s3Error(503, 'SlowDown', 'Please reduce your request rate.'),
    unknown: () =>
      s3Error(
        501,
        'NotImplemented',
        'A header or parameter you provided implies functionality that is not implemented',
      ),
    stamp: (requestId) => ({
      'x-amz-request-id': requestId,
      'x-amz-id-2': `${requestId}/sim`,
      server: 'AmazonS3',
    }),
  }
}

/** Bucket and key of an address, path style or (by the Host header) virtual-host style. */
export function locate(path: string, host: string | undefined): { bucket: string; key: string } {
  const name = (host ?? '').replace(/:\d+$/, '')
  const virtual = /^([a-z0-9][a-z0-9.-]+)\.(?:localhost|s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com)$/.exec(
    name,
  )?.[1]
  const parts = path.split('/').slice(1)
  const bucket = virtual ?? decodeURIComponent(parts.shift() ?? '')
  return { bucket, key: decodeURIComponent(parts.join('/')) }
}

function route(
  method: string,
  path: string,
  query: Map<string, string>,
  headers: IncomingHttpHeaders,
): Operation | null {
  const { bucket, key } = locate(path, headers.host)
  if (bucket === '') return null
  const special = [...query.keys()].filter((name) => !harmless.test(name))
  if (key === '' && method === 'GET' && special.length === 1 && special[0] === 'location')
    return 'GetBucketLocation'
  if (special.length > 0) return null
  if (key === '') {
    if (method === 'HEAD') return 'HeadBucket'
    return method === 'GET' && query.get('list-type') === '2' ? 'ListObjectsV2' : null
  }
  switch (method) {
    case 'HEAD':
      return 'HeadObject'
    case 'GET':
      return 'GetObject'
    case 'PUT':
      return headers['x-amz-copy-source'] === undefined ? 'PutObject' : null
    case 'DELETE':
      return 'DeleteObject'
    default:
      return null
  }
}

async function handle(call: Call, options: S3Options): Promise<Reply> {
  const { store, identities } = options
  const { bucket: name, key } = locate(call.path, call.headers.host)
  const bucket = store.bucket(name)
  if (!bucket) throw noSuchBucket(name)
  if (bucket.region !== call.signing.region) throw elsewhere(name, bucket.region)
  const allowed = (action: Parameters<Identities['allows']>[1]) =>
    identities.allows(call.signing.credential, action)
  const expected = call.headers['x-amz-expected-bucket-owner']
  if (expected !== undefined && expected !== bucket.owner) throw accessDenied()
  const there = { 'x-amz-bucket-region': bucket.region }
  switch (call.operation) {
    case 'HeadBucket':
      if (!allowed('s3:ListBucket')) throw accessDenied(undefined, there)
      return { status: 200, headers: there }
    case 'GetBucketLocation': {
      if (!allowed('s3:GetBucketLocation')) throw accessDenied()
      const region = bucket.region === 'us-east-1' ? '' : bucket.region
      return xml(
        `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`,
      )
    }
    case 'ListObjectsV2': {
      if (!allowed('s3:ListBucket')) throw accessDenied()
      const reply = listObjects(store, name, call.query)
      return { ...reply, headers: { ...reply.headers, ...there } }
    }
    case 'HeadObject':
    case 'GetObject': {
      if (!allowed('s3:GetObject')) throw accessDenied()
      if (call.etagChange) store.replace(name, key)
      const object = store.get(name, key)
      // Who may not list may not learn that a key is missing either.
      if (!object) throw allowed('s3:ListBucket') ? noSuchKey(key) : accessDenied()
      return read(call, object, options.checksumOnRange())
    }
    case 'PutObject':
      if (!allowed('s3:PutObject')) throw accessDenied()
      return write(call, store, name, key)
    case 'DeleteObject':
      if (!allowed('s3:DeleteObject')) throw accessDenied()
      store.remove(name, key)
      return { status: 204 }
    case 'StartAsyncInvoke':
    case 'GetAsyncInvoke':
    case 'ListAsyncInvokes':
    case 'ListFoundationModels':
    case 'GetFoundationModel':
    case 'GetFoundationModelAvailability':
    case 'Converse':
    case 'ConverseStream':
    case 'InvokeModel':
    case 'InvokeModelWithResponseStream':
    case 'CountTokens':
    case 'ListInferenceProfiles':
    case 'GetUseCaseForModelAccess':
    case 'GetCallerIdentity':
      return s3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.')
  }
}

function read(call: Call, object: StoredObject, checksumOnRange: boolean): Reply {
  const { headers, query } = call
  const etags = (header: string) => header.split(',').map((one) => one.trim())
  const match = headers['if-match']
  if (match !== undefined && match !== '*' && !etags(match).includes(object.etag))
    throw new Refused(
      s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
        Condition: 'If-Match',
      }),
    )
  const validators = { etag: object.etag, 'last-modified': new Date(object.modifiedAt).toUTCString() }
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined && (noneMatch === '*' || etags(noneMatch).includes(object.etag)))
    return { status: 304, headers: validators }
  const range = readRange(headers.range, object.size)
  if (range === 'beyond')
    throw new Refused(
      s3Error(
        416,
        'InvalidRange',
        'The requested range is not satisfiable',
        { RangeRequested: headers.range ?? '', ActualObjectSize: String(object.size) },
        { 'content-range': `bytes */${object.size}` },
      ),
    )
  const asked = headers['x-amz-checksum-mode'] === 'ENABLED' && (range === null || checksumOnRange)
  const sum: Record<string, string> =
    asked && object.checksum !== null
      ? { [`x-amz-checksum-${object.checksumKind}`]: object.checksum, 'x-amz-checksum-type': 'FULL_OBJECT' }
      : {}
  const overrides = ['content-type', 'content-disposition', 'cache-control', 'content-encoding'].flatMap(
    (name) => {
      const value = query.get(`response-${name}`)
      return value === undefined ? [] : [[name, value]]
    },
  )
  return {
    status: range ? 206 : 200,
    headers: {
      'content-type': object.contentType,
      'accept-ranges': 'bytes',
      ...validators,
      ...sum,
      ...(range ? { 'content-range': `bytes ${range.start}-${range.end - 1}/${object.size}` } : {}),
      ...Object.fromEntries(overrides),
    },
    body: range ? sliceOf(object.body, range.start, range.end) : object.body,
  }
}

/** Reads a Range header; null for the whole object, also where S3 passes over a header it cannot read. */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'beyond' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'beyond' : { start: size - length, end: size }
  }
  const start = Number(first)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  if (last !== '' && Number(last) < start) return null
  return start >= size ? 'beyond' : { start, end }
}

async function write(call: Call, store: Store, bucket: string, key: string): Promise<Reply> {
  const { headers } = call
  const chunked = call.signing.payload.startsWith('STREAMING-')
  const parts = chunked
    ? unchunk(call.body, call.signing)
    : { body: call.body, trailers: new Map<string, string>() }
  if (!parts)
    throw new Refused(s3Error(403, 'SignatureDoesNotMatch', 'A chunk does not fit its signature or length.'))
  const { body, trailers } = parts
  const length = headers['x-amz-decoded-content-length']
  if (chunked && Number(length ?? Number.NaN) !== body.length)
    throw new Refused(
      s3Error(400, 'IncompleteBody', 'The body has another length than x-amz-decoded-content-length.'),
    )
  if (headers['if-none-match'] === '*' && store.get(bucket, key))
    throw new Refused(
      s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold'),
    )
  const told = (name: string) => trailers.get(name) ?? headers[name]?.toString()
  const promised = headers['x-amz-trailer']?.toString()
  if (promised !== undefined && !trailers.has(promised))
    throw new Refused(s3Error(400, 'MalformedTrailerError', `The trailer ${promised} is missing.`))
  const kind = told('x-amz-checksum-crc32') === undefined ? 'crc64nvme' : 'crc32'
  const own = (await sumsOf(body, kind)).checksum
  const sent = told(`x-amz-checksum-${kind}`)
  if (sent !== undefined && sent !== own)
    throw new Refused(
      s3Error(
        400,
        'BadDigest',
        `The ${kind.toUpperCase()} you specified did not match the calculated checksum.`,
      ),
    )
  const md5 = headers['content-md5']
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64'))
    throw new Refused(
      s3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.'),
    )
  const contentType = headers['content-type'] ?? 'binary/octet-stream'
  const object = await store.put(bucket, key, body, { contentType, checksum: kind })
  return {
    status: 200,
    headers: {
      etag: object.etag,
      [`x-amz-checksum-${kind}`]: object.checksum ?? '',
      'x-amz-checksum-type': 'FULL_OBJECT',
    },
  }
}
