import { describe, expect, it } from 'vitest'
import { sumsOf } from '../../simulators/aws/checksums'
import { unchunk } from '../../simulators/aws/chunked'
import { Identities } from '../../simulators/aws/identity'
import {
  canonicalPath,
  canonicalQuery,
  readDate,
  sha256,
  verify,
  type SignedRequest,
  type SigningService,
} from '../../simulators/aws/sigv4'

/** The key pair of the examples in the AWS documents. */
const key = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

function check(request: SignedRequest, service: SigningService, date: string, region = 'us-east-1') {
  return verify(request, {
    identities: new Identities('123456789012', [key]),
    service,
    regions: (asked) => asked === region,
    now: readDate(date),
    skewMs: 300_000,
  })
}

describe('signatures printed in the S3 API Reference', () => {
  const date = '20130524T000000Z'
  const host = 'examplebucket.s3.amazonaws.com'
  const credential = `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/20130524/us-east-1/s3/aws4_request`
  const nothing = sha256('')

  it('takes the GET of a range', () => {
    const request: SignedRequest = {
      method: 'GET',
      url: '/test.txt',
      headers: {
        host,
        range: 'bytes=0-9',
        'x-amz-content-sha256': nothing,
        'x-amz-date': date,
        authorization: `${credential},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
      },
      body: Buffer.alloc(0),
    }
    expect(check(request, 's3', date)).toMatchObject({ credential: key })
    const moved = { ...request, headers: { ...request.headers, range: 'bytes=0-8' } }
    expect(check(moved, 's3', date)).toMatchObject({ kind: 'mismatch' })
    const extra = { ...request, headers: { ...request.headers, 'x-amz-acl': 'private' } }
    expect(check(extra, 's3', date)).toEqual({ kind: 'unsigned_header', header: 'x-amz-acl' })
    expect(check(request, 's3', '20130524T000501Z')).toMatchObject({ kind: 'skewed' })
    expect(check(request, 'bedrock', date)).toMatchObject({ kind: 'wrong_service' })
    expect(check(request, 's3', date, 'us-west-2')).toMatchObject({ kind: 'wrong_region' })
  })

  it('takes a presigned address for its seconds', () => {
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${key.accessKeyId}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`
    const request = { method: 'GET', url: `/test.txt?${query}`, headers: { host }, body: Buffer.alloc(0) }
    expect(check(request, 's3', '20130524T235959Z')).toMatchObject({ credential: key })
    expect(check(request, 's3', '20130525T000001Z')).toEqual({ kind: 'link_expired' })
    expect(check({ ...request, method: 'HEAD' }, 's3', date)).toMatchObject({ kind: 'mismatch' })
  })

  it('takes a body in signed chunks, and none that was changed', () => {
    const body = Buffer.alloc(66_560, 'a')
    const chunk = (part: Buffer, signature: string) =>
      Buffer.concat([
        Buffer.from(`${part.length.toString(16)};chunk-signature=${signature}\r\n`),
        part,
        Buffer.from('\r\n'),
      ])
    const raw = Buffer.concat([
      chunk(body.subarray(0, 65_536), 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
      chunk(body.subarray(65_536), '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
      chunk(Buffer.alloc(0), 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
    ])
    const request: SignedRequest = {
      method: 'PUT',
      url: '/examplebucket/chunkObject.txt',
      headers: {
        host: 's3.amazonaws.com',
        'x-amz-date': date,
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'x-amz-decoded-content-length': '66560',
        'content-encoding': 'aws-chunked',
        'content-length': '66824',
        authorization: `${credential},SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9`,
      },
      body: raw,
    }
    const signing = check(request, 's3', date)
    if ('kind' in signing) throw new Error(signing.kind)
    expect(unchunk(raw, signing)?.body.equals(body)).toBe(true)
    const changed = Buffer.from(raw)
    changed.write('b', 200)
    expect(unchunk(changed, signing)).toBeNull()
  })
})

describe('what is refused before any signature is compared', () => {
  const date = '20261121T010203Z'
  const signed = ({
    headers = 'host;x-amz-content-sha256;x-amz-date',
    day = '20261121',
    more = {} as Record<string, string>,
  }): SignedRequest => ({
    method: 'POST',
    url: '/async-invoke',
    headers: {
      host: 'bedrock-runtime.us-east-1.amazonaws.com',
      'x-amz-date': date,
      'x-amz-content-sha256': sha256('{}'),
      authorization: `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${day}/us-east-1/bedrock/aws4_request, SignedHeaders=${headers}, Signature=${'0'.repeat(64)}`,
      ...more,
    },
    body: Buffer.from('{}'),
  })

  it.each([
    ['headers out of their order', { headers: 'x-amz-date;host;x-amz-content-sha256' }, 'incomplete'],
    ['a host that is not signed', { headers: 'x-amz-content-sha256;x-amz-date' }, 'unsigned_header'],
    ['a scope of another day', { day: '20261120' }, 'incomplete'],
    [
      'a payload that Bedrock wants signed',
      { more: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      'wrong_payload_hash',
    ],
    ['a hash of another body', { more: { 'x-amz-content-sha256': sha256('{"a":1}') } }, 'wrong_payload_hash'],
    ['a session token that the key has not', { more: { 'x-amz-security-token': 'x' } }, 'bad_token'],
    ['a signature that was made up', {}, 'mismatch'],
  ])('%s', (_what, change, kind) => {
    expect(check(signed(change), 'bedrock', date)).toMatchObject({ kind })
  })
})

describe('canonical forms', () => {
  it('encodes the path of the wire once more for Bedrock, and not for S3', () => {
    const wire = '/async-invoke/arn%3Aaws%3Abedrock%3Aus-west-2%3A123456789012%3Aasync-invoke%2Fabcdef123456'
    expect(canonicalPath(wire, 'bedrock')).toBe(wire.replaceAll('%', '%25'))
    expect(canonicalPath('/bucket/a%20b/c%2B1', 's3')).toBe('/bucket/a%20b/c%2B1')
    expect(canonicalPath('/a/./b//../c/', 'bedrock')).toBe('/a/c/')
    expect(canonicalPath('/a/./b//../c/', 's3')).toBe('/a/./b//../c/')
  })

  it('sorts parameters by their encoded name and value', () => {
    expect(canonicalQuery('b=2&a=%2F&b=1&A=0&flag')).toBe('A=0&a=%2F&b=1&b=2&flag=')
  })
})

it('sums CRC-64/NVME and CRC-32 as their check values say', async () => {
  const check = Buffer.from('123456789')
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
  expect((await sumsOf(check, 'crc64nvme')).checksum).toBe(base64('ae8b14860a799888'))
  expect((await sumsOf(check, 'crc32')).checksum).toBe(base64('cbf43926'))
})
