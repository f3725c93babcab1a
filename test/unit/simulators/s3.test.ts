import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  type GetObjectCommandInput,
  type S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { Sha256 } from '@aws-crypto/sha256-js'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AwsSimulator } from '../../simulators/aws'
import { refusal, s3Of, simulate } from './clients'

const bytes = randomBytes(300_000)
const Key = 'dailies/abc/output.mp4'

async function withObject(more: S3ClientConfig = {}) {
  const aws = await simulate()
  await aws.store.put(aws.bucket, Key, bytes)
  const s3 = s3Of(aws, {}, more)
  const at = { Bucket: aws.bucket, Key }
  const get = (input: Partial<GetObjectCommandInput> = {}) =>
    s3.send(new GetObjectCommand({ ...at, ...input }))
  const whole = async (input: Partial<GetObjectCommandInput> = {}) =>
    Buffer.from((await (await get(input)).Body?.transformToByteArray()) ?? [])
  return { aws, s3, at, get, whole }
}

describe('reading an object', () => {
  it('gives ranges of it while its ETag is the one that was asked for', async () => {
    const { aws, s3, at, get } = await withObject()
    const head = await s3.send(new HeadObjectCommand({ ...at, ChecksumMode: 'ENABLED' }))
    expect(head).toMatchObject({ ContentLength: bytes.length, ChecksumType: 'FULL_OBJECT' })
    const part = await get({ Range: 'bytes=100-', IfMatch: head.ETag ?? '' })
    expect(part.$metadata.httpStatusCode).toBe(206)
    expect(part.ContentRange).toBe(`bytes 100-${bytes.length - 1}/${bytes.length}`)
    expect(Buffer.from((await part.Body?.transformToByteArray()) ?? [])).toEqual(bytes.subarray(100))
    const tail = await get({ Range: 'bytes=-7' })
    expect(Buffer.from((await tail.Body?.transformToByteArray()) ?? [])).toEqual(bytes.subarray(-7))

    const beyond = await refusal(get({ Range: `bytes=${bytes.length}-` }))
    expect(beyond).toMatchObject({ name: 'InvalidRange', status: 416 })
    aws.faults.add('GetObject', { kind: 'etag_change' })
    const changed = await refusal(get({ Range: 'bytes=100-', IfMatch: head.ETag ?? '' }))
    expect(changed).toMatchObject({ name: 'PreconditionFailed', status: 412 })
  })

  it.each(['crc32', 'crc64nvme'] as const)('carries a %s the SDK finds right', async (checksum) => {
    const { aws, whole, get } = await withObject()
    await aws.store.put(aws.bucket, Key, bytes, { checksum })
    expect(await whole()).toEqual(bytes)
    const { ChecksumCRC32: crc32, ChecksumCRC64NVME: crc64, Body } = await get()
    ;(Body as Readable).destroy()
    expect(checksum === 'crc32' ? crc32 : crc64).toMatch(/=$/)
    aws.faults.add('GetObject', { kind: 'wrong_checksum' })
    expect((await refusal(whole())).message).toContain('Checksum mismatch')
    aws.faults.add('GetObject', { kind: 'flipped' })
    expect((await refusal(whole())).message).toContain('Checksum mismatch')
  })

  it('puts no checksum on a range unless told to, which the SDK then finds wrong', async () => {
    const { aws, whole } = await withObject()
    expect(await whole({ Range: 'bytes=0-9' })).toEqual(bytes.subarray(0, 10))
    aws.behaviour.checksumOnRange = true
    expect((await refusal(whole({ Range: 'bytes=0-9' }))).message).toContain('Checksum mismatch')
  })

  it('breaks off after as many bytes as scripted, and refuses an expired credential after that', async () => {
    const { aws, get } = await withObject()
    aws.faults.add('GetObject', { kind: 'truncated', after: 200_000 })
    const { Body } = await get()
    let got = 0
    const reading = (async () => {
      for await (const chunk of Body as Readable) got += (chunk as Buffer).length
    })()
    expect((await refusal(reading)).message).toBe('aborted')
    expect(got).toBe(200_000)
    aws.identities.expire(aws.credential.accessKeyId)
    expect(await refusal(get())).toMatchObject({ name: 'ExpiredToken', status: 400 })
  })

  it('gives a slow body whole', async () => {
    const { aws, whole } = await withObject()
    aws.faults.add('GetObject', { kind: 'slow', chunk: 100_000, everyMs: 1 })
    expect(await whole()).toEqual(bytes)
  })

  it('streams a file from where it lies', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-s3-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'big.mp4')
    const big = randomBytes(9_000_000)
    writeFileSync(path, big)
    const { aws, whole, get } = await withObject()
    const object = await aws.store.put(aws.bucket, Key, { path })
    expect(object.etag).toBe(`"${createHash('md5').update(big).digest('hex')}"`)
    expect((await whole()).equals(big)).toBe(true)
    expect((await whole({ Range: 'bytes=5000000-5000099' })).equals(big.subarray(5_000_000, 5_000_100))).toBe(
      true,
    )
    aws.faults.add('GetObject', { kind: 'flipped' })
    expect((await refusal(whole())).message).toContain('Checksum mismatch')
    aws.faults.add('GetObject', { kind: 'half' })
    expect((await refusal(whole())).message).toBe('aborted')
    await get({ IfMatch: object.etag }).then(({ Body }) => (Body as Readable).destroy())
  })

  it('answers a slow-down that is asked of it', async () => {
    const { aws, get } = await withObject()
    aws.faults.add('GetObject', { kind: 'throttle' })
    expect(await refusal(get())).toMatchObject({ name: 'SlowDown', status: 503 })
  })
})

describe('a missing object, bucket or right', () => {
  it('is told apart only by who may list', async () => {
    const { aws, s3, get } = await withObject()
    expect(await refusal(get({ Key: 'no' }))).toMatchObject({ name: 'NoSuchKey', status: 404 })
    const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket: aws.bucket, Key }))
    expect(await refusal(head('no'))).toMatchObject({ name: 'NotFound', status: 404 })
    aws.identities.deny(aws.credential.accessKeyId, 's3:ListBucket')
    expect(await refusal(get({ Key: 'no' }))).toMatchObject({ name: 'AccessDenied', status: 403 })
    expect((await refusal(head('no'))).status).toBe(403)
    const list = s3.send(new ListObjectsV2Command({ Bucket: aws.bucket }))
    expect(await refusal(list)).toMatchObject({ name: 'AccessDenied', status: 403 })
    expect(await refusal(get({ Bucket: 'nowhere-1' }))).toMatchObject({ name: 'NoSuchBucket', status: 404 })
  })

  it('tells the region of a bucket with the refusal too', async () => {
    const aws = await simulate({ buckets: [{ name: 'here-1' }, { name: 'there-1', region: 'eu-west-1' }] })
    const s3 = s3Of(aws)
    const head = (Bucket: string, client: S3Client = s3) => client.send(new HeadBucketCommand({ Bucket }))
    expect((await head('here-1')).BucketRegion).toBe('us-west-2')
    expect((await refusal(head('there-1'))).status).toBe(301)
    const follows = s3Of(aws, {}, { followRegionRedirects: true })
    expect((await head('there-1', follows)).BucketRegion).toBe('eu-west-1')
    expect((await refusal(head('nowhere-1'))).status).toBe(404)
    const get = s3.send(new GetObjectCommand({ Bucket: 'there-1', Key: 'x' }))
    expect(await refusal(get)).toMatchObject({ name: 'PermanentRedirect', status: 301 })

    aws.identities.deny(aws.credential.accessKeyId, 's3:ListBucket')
    const response = await fetch(...(await signed(aws, 'HEAD', '/here-1')))
    expect(response.status).toBe(403)
    expect(response.headers.get('x-amz-bucket-region')).toBe('us-west-2')
    const location = new GetBucketLocationCommand({ Bucket: 'here-1' })
    expect((await s3.send(location)).LocationConstraint).toBe('us-west-2')
  })
})

describe('listing', () => {
  it('pages through a prefix, each key once', async () => {
    const { aws, s3 } = await withObject()
    for (const name of ['a&b', 'é', 'x 1', 'z']) await aws.store.put(aws.bucket, `p/${name}.mp4`, bytes)
    const keys: (string | undefined)[] = []
    let pages = 0
    const input = { Bucket: aws.bucket, Prefix: 'p/' }
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 3 }, input)) {
      pages += 1
      keys.push(...(page.Contents ?? []).map((one) => one.Key))
    }
    expect(pages).toBe(2)
    expect(keys).toEqual(['p/a&b.mp4', 'p/x 1.mp4', 'p/z.mp4', 'p/é.mp4'])
    const folders = await s3.send(new ListObjectsV2Command({ Bucket: aws.bucket, Delimiter: '/' }))
    expect(folders.CommonPrefixes?.map((one) => one.Prefix)).toEqual(['dailies/', 'p/'])
  })
})

describe('writing an object', () => {
  it('takes buffers and streams as the SDK sends them, checksum included', async () => {
    const { aws, s3, whole } = await withObject()
    const put = (Key: string, Body: Uint8Array | Readable, ContentLength: number) =>
      s3.send(
        new PutObjectCommand({ Bucket: aws.bucket, Key, Body, ContentLength, ContentType: 'video/mp4' }),
      )
    const { ChecksumCRC32 } = await put('one', bytes, bytes.length)
    expect(ChecksumCRC32).toBeDefined()
    expect(await whole({ Key: 'one' })).toEqual(bytes)
    await put('two', Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]), bytes.length)
    expect(await whole({ Key: 'two' })).toEqual(bytes)
    expect(aws.store.get(aws.bucket, 'two')).toMatchObject({ contentType: 'video/mp4', size: bytes.length })
    expect(aws.requests('PutObject').at(-1)?.headers['x-amz-content-sha256']).toMatch(/TRAILER$/)
    await s3.send(new DeleteObjectCommand({ Bucket: aws.bucket, Key: 'two' }))
    expect((await refusal(whole({ Key: 'two' }))).name).toBe('NoSuchKey')
  })

  it('refuses a wrong checksum, a second If-None-Match and a missing right', async () => {
    const { aws, s3 } = await withObject()
    const put = (more: object) =>
      refusal(s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: 'k', Body: bytes, ...more })))
    expect(await put({ ChecksumCRC32: 'AAAAAA==' })).toMatchObject({ name: 'BadDigest', status: 400 })
    expect(await put({ Key, IfNoneMatch: '*' })).toMatchObject({ status: 412 })
    aws.identities.deny(aws.credential.accessKeyId, 's3:PutObject')
    expect(await put({})).toMatchObject({ name: 'AccessDenied', status: 403 })
  })
})

describe('who is asking', () => {
  it('refuses wrong secrets, unknown keys and wrong tokens in the words of S3', async () => {
    const { aws } = await withObject()
    const ask = (sign: object) =>
      refusal(s3Of(aws, sign).send(new GetObjectCommand({ Bucket: aws.bucket, Key })))
    expect(await ask({ secretAccessKey: 'x' })).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 })
    expect(await ask({ accessKeyId: 'AKIANOBODY' })).toMatchObject({
      name: 'InvalidAccessKeyId',
      status: 403,
    })
    expect(await ask({ sessionToken: 'x' })).toMatchObject({ name: 'InvalidToken', status: 400 })
    expect(await ask({ region: 'nowhere' })).toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      status: 400,
    })
  })

  it('signs keys with every kind of character once and not twice', async () => {
    const { aws, whole } = await withObject()
    const odd = "a b/ü+(1)'*!~&=?.mp4"
    await aws.store.put(aws.bucket, odd, bytes)
    expect(await whole({ Key: odd })).toEqual(bytes)
  })

  it('takes virtual-host addresses', async () => {
    const aws = await simulate()
    await aws.store.put(aws.bucket, Key, bytes)
    const httpAgent = new Agent({
      lookup: (_name, options, done) =>
        options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    })
    const endpoint = aws.urls.s3.replace('127.0.0.1', 'localhost')
    const requestHandler = new NodeHttpHandler({ httpAgent })
    const s3 = s3Of(aws, {}, { endpoint, forcePathStyle: false, requestHandler })
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key }))
    expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(bytes)
    expect(aws.requests('GetObject')[0]).toMatchObject({
      url: `/${Key}?x-id=GetObject`,
      headers: { host: expect.stringContaining(`${aws.bucket}.localhost`) },
    })
  })

  it('takes a presigned address for its method, until it expires', async () => {
    let off = 0
    const aws = await simulate({ wall: () => Date.now() + off })
    await aws.store.put(aws.bucket, Key, bytes)
    const url = await presigned(aws, 'GET', `/${aws.bucket}/${Key}`, 600)
    const probe = await fetch(url, { headers: { range: 'bytes=0-0' } })
    expect(probe.status).toBe(206)
    const head = await fetch(url, { method: 'HEAD' })
    expect(head.status).toBe(403)
    const longer = await fetch(url.replace('X-Amz-Expires=600', 'X-Amz-Expires=6000'))
    expect(await longer.text()).toContain('<Code>SignatureDoesNotMatch</Code>')
    off = 601_000
    const late = await fetch(url)
    expect(late.status).toBe(403)
    expect(await late.text()).toContain('Request has expired')
  })
})

function requestTo(aws: AwsSimulator, method: string, path: string) {
  const { host, hostname, port } = new URL(aws.urls.s3)
  return new HttpRequest({ method, protocol: 'http:', hostname, port: Number(port), path, headers: { host } })
}

function signerOf(aws: AwsSimulator) {
  const { accessKeyId, secretAccessKey } = aws.credential
  const credentials = { accessKeyId, secretAccessKey }
  return new SignatureV4({
    service: 's3',
    region: aws.region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
  })
}

async function signed(aws: AwsSimulator, method: string, path: string): Promise<[string, RequestInit]> {
  const { headers } = await signerOf(aws).sign(requestTo(aws, method, path))
  return [aws.urls.s3 + path, { method, headers }]
}

async function presigned(
  aws: AwsSimulator,
  method: string,
  path: string,
  expiresIn: number,
): Promise<string> {
  const request = requestTo(aws, method, path)
  request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
  const { query } = await signerOf(aws).presign(request, { expiresIn })
  return `${aws.urls.s3}${path}?${new URLSearchParams(query as Record<string, string>)}`
}
