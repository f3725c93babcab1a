import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { Call, ProviderOutput } from '../../../src/main/providers'
import type { SeenRequest } from '../../simulators/aws'
import { drain, openBench, refusal, type Bench } from './kit'

const video = randomBytes(3_000_000)
const quick = { maxAttempts: 1 }

/** A finished job, as the engine has it when the download begins. */
async function made(bench: Bench): Promise<{ call: Call; output: ProviderOutput; key: string }> {
  const call = await bench.begun()
  await bench.aws.until((aws) => aws.invocations()[0]?.status === 'Completed')
  const status = await bench.provider.poll(call)
  if (status.kind !== 'succeeded' || !status.outputs[0]) throw new Error(status.kind)
  const id = call.job.providerJobId?.split('/').at(-1)
  return { call, output: status.outputs[0], key: `dailies/${id}/output.mp4` }
}

/** As Bedrock told it, before anybody looked. */
const plain = (call: Call, end = ''): ProviderOutput => ({
  ref: `s3://dailies-results/dailies/${call.job.providerJobId?.split('/').at(-1)}${end}`,
  bytes: null,
  sha256: null,
})

/** Reads on as the library does until all bytes are there. */
async function fetchAll(
  bench: Bench,
  call: Call,
  output: ProviderOutput,
  begin = Buffer.alloc(0),
): Promise<{ bytes: Buffer; offsets: number[] }> {
  let bytes = begin
  const offsets: number[] = []
  for (let opening = 0; opening < 10; opening += 1) {
    const body = await bench.provider.open(call, output, bytes.byteLength)
    offsets.push(body.offset)
    const got = await drain(body, undefined, bytes.subarray(0, body.offset))
    bytes = Buffer.concat([bytes.subarray(0, body.offset), got.bytes])
    if (bytes.byteLength === body.bytes) return { bytes, offsets }
  }
  throw new Error('it never ended')
}

test.each(['crc64nvme', 'crc32', 'none'] as const)(
  'a video comes whole (checksum %s)',
  async (outputChecksum) => {
    const bench = await openBench({}, { video, jobMs: 0, behaviour: { outputChecksum } })
    const { call, output } = await made(bench)
    const { bytes, offsets } = await fetchAll(bench, call, output)
    expect(bytes.equals(video)).toBe(true)
    expect(offsets).toEqual([0])
  },
)

test.each(['crc64nvme', 'crc32', 'none'] as const)(
  'what broke off goes on with the same object (checksum %s)',
  async (outputChecksum) => {
    const bench = await openBench({}, { video, jobMs: 0, behaviour: { outputChecksum } }, quick)
    const { call, output, key } = await made(bench)
    bench.aws.faults.add('GetObject', { kind: 'truncated', after: 1_000_000 })
    bench.aws.faults.add('GetObject', { kind: 'truncated', after: 500_000 })
    const { bytes, offsets } = await fetchAll(bench, call, output)
    expect(bytes.equals(video)).toBe(true)
    expect(offsets).toHaveLength(3)
    expect(offsets[1]).toBeGreaterThan(500_000)
    expect(offsets[2]).toBeGreaterThan(1_000_000)
    const [, resumed] = bench.aws.requests('GetObject').slice(-2)
    expect(resumed?.headers).toMatchObject({
      range: `bytes=${offsets[2]}-`,
      'if-match': bench.aws.store.get('dailies-results', key)?.etag,
    })
  },
)

/** A download that was broken off with a wrong byte on the disk, and whose studio was started anew. */
async function restarted() {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  bench.aws.faults.add('GetObject', { kind: 'flipped' })
  const begin = (await drain(await bench.provider.open(call, output, 0), 2_500_000)).bytes
  expect(begin.equals(video.subarray(0, begin.byteLength))).toBe(false)
  await bench.provider.settle?.(call.job)
  return { bench, call, output, begin }
}

test('a wrong byte that lay on the disk at a restart is found, and all is fetched anew', async () => {
  const { bench, call, output, begin } = await restarted()
  const { bytes, offsets } = await fetchAll(bench, call, output, begin)
  expect(bytes.equals(video)).toBe(true)
  expect(offsets).toEqual([begin.byteLength, 0])
})

test('after a restart S3 is asked for the checksum again until it tells, and the download goes on without', async () => {
  const { bench, call, output, begin } = await restarted()
  bench.aws.faults.add('HeadObject', { kind: 'throttle' })
  const blind = await bench.provider.open(call, output, begin.byteLength)
  expect(blind.offset).toBe(begin.byteLength)
  expect(blind).not.toHaveProperty('inspect')
  if (blind.stream instanceof Readable) blind.stream.destroy()
  const sighted = await bench.provider.open(call, output, begin.byteLength)
  expect(sighted.inspect).toMatchObject({ seen: 0 })
  if (sighted.stream instanceof Readable) sighted.stream.destroy()
})

test('an opening that was superseded adds nothing to the sum of the next', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  const begin = (await drain(await bench.provider.open(call, output, 0), 500_000)).bytes
  const old = await bench.provider.open(call, output, begin.byteLength)
  const { bytes } = await fetchAll(bench, call, output, begin)
  expect(() => old.inspect?.chunk(video.subarray(0, 10))).toThrow('anew')
  if (old.stream instanceof Readable) old.stream.destroy()
  expect(bytes.equals(video)).toBe(true)
})

test('a checksum of the whole on a part of it does not spoil the part', async () => {
  const bench = await openBench({}, { video, jobMs: 0, behaviour: { checksumOnRange: true } }, quick)
  const { call, output } = await made(bench)
  bench.aws.faults.add('GetObject', { kind: 'truncated', after: 1_000_000 })
  expect((await fetchAll(bench, call, output)).bytes.equals(video)).toBe(true)
})

test('a wrong byte before a break is found when the rest has come, and all is fetched anew', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  // Flipped in its middle, and left in the middle of the rest.
  bench.aws.faults.add('GetObject', { kind: 'flipped' })
  const first = await bench.provider.open(call, output, 0)
  const begin = (await drain(first, 2_500_000)).bytes
  expect(begin.equals(video.subarray(0, begin.byteLength))).toBe(false)
  const { bytes, offsets } = await fetchAll(bench, call, output, begin)
  expect(bytes.equals(video)).toBe(true)
  expect(offsets).toEqual([begin.byteLength, 0])
})

test.each(['crc64nvme', 'crc32'] as const)(
  'a reader never holds all bytes of a wrong copy (%s)',
  async (outputChecksum) => {
    const bench = await openBench({}, { video, jobMs: 0, behaviour: { outputChecksum } }, quick)
    const { call, output } = await made(bench)
    bench.aws.faults.add('GetObject', { kind: 'flipped' })
    const got = await drain(await bench.provider.open(call, output, 0))
    expect(got.bytes.byteLength).toBeLessThan(video.byteLength)
    expect(String(got.broken)).toContain('checksum')
    const again = await bench.provider.open(call, output, got.bytes.byteLength)
    expect(again.offset).toBe(0)
    expect((await drain(again)).bytes.equals(video)).toBe(true)
  },
)

test('a checksum that never fits is given up with words, and fetching again later starts afresh', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  bench.aws.faults.always('GetObject', { kind: 'wrong_checksum' })
  for (let at = 0; at < 3; at += 1) await drain(await bench.provider.open(call, output, 0))
  expect(await refusal(bench.provider.open(call, output, 0))).toMatchObject({
    code: 'bad_output',
    key: 'output.checksum',
    charged: 'yes',
  })
  bench.aws.faults.clear()
  await bench.provider.settle?.(call.job)
  expect((await fetchAll(bench, call, output)).bytes.equals(video)).toBe(true)
})

test('an object that was replaced on the way is fetched anew', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  const first = await drain(await bench.provider.open(call, output, 0), 500_000)
  bench.aws.faults.add('GetObject', { kind: 'etag_change' })
  const again = await bench.provider.open(call, output, first.bytes.byteLength)
  expect(again.offset).toBe(0)
  expect((await drain(again)).bytes.equals(video)).toBe(true)
})

test('after a restart the same object goes on, and another one begins anew', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output, key } = await made(bench)
  expect((await bench.provider.open(call, output, 2_000_000)).offset).toBe(2_000_000)
  await bench.provider.settle?.(call.job)
  bench.aws.store.replace('dailies-results', key)
  expect((await bench.provider.open(call, output, 2_000_000)).offset).toBe(0)
})

test('without a known ETag nothing is joined to what lies there', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call } = await made(bench)
  expect((await bench.provider.open(call, plain(call), 2_000_000)).offset).toBe(0)
})

test('more bytes on the disk than the object has: it begins anew', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  expect((await bench.provider.open(call, output, video.byteLength + 5)).offset).toBe(0)
})

test.each(['', '/', '//'])(
  'the address as Bedrock tells it, with “%s” at its end, leads to the file',
  async (end) => {
    const bench = await openBench({}, { video, jobMs: 0 })
    const { call } = await made(bench)
    expect((await drain(await bench.provider.open(call, plain(call, end), 0))).bytes.equals(video)).toBe(true)
  },
)

test('an address without the invocation’s id leads to the file too', async () => {
  const bench = await openBench({}, { video, jobMs: 0 })
  const { call } = await made(bench)
  for (const ref of ['s3://dailies-results/dailies/', 's3://dailies-results/dailies']) {
    const body = await bench.provider.open(call, { ref, bytes: null, sha256: null }, 0)
    expect((await drain(body)).bytes.equals(video)).toBe(true)
  }
})

test('a file of another name is found by looking, once', async () => {
  const bench = await openBench({}, { video, jobMs: 0, behaviour: { outputName: 'video_0001.MP4' } })
  const { call, output } = await made(bench)
  expect(output.ref).toContain('/video_0001.MP4#')
  expect((await drain(await bench.provider.open(call, plain(call), 0))).bytes.equals(video)).toBe(true)
  const lists = bench.aws.count('ListObjectsV2')
  await drain(await bench.provider.open(call, plain(call), 0))
  expect(bench.aws.count('ListObjectsV2')).toBe(lists)
})

test('of two videos none is taken for the result', async () => {
  const bench = await openBench({}, { video, jobMs: 0, behaviour: { outputName: 'one.mp4' } })
  const { call, key } = await made(bench)
  await bench.aws.store.put('dailies-results', key.replace('output', 'two'), video)
  expect((await refusal(bench.provider.open(call, plain(call), 0))).key).toBe('aws.s3Missing')
})

test('a file that is not there yet is waited for; one that never comes is gone', async () => {
  const bench = await openBench({}, { jobMs: 0, behaviour: { outputName: null } })
  const { call, output, key } = await made(bench)
  for (let at = 0; at < 5; at += 1) {
    expect(await refusal(bench.provider.open(call, output, 0))).toMatchObject({
      code: 'unavailable',
      retry: 'later',
    })
  }
  expect((await refusal(bench.provider.open(call, output, 0))).code).toBe('not_found')
  await bench.aws.store.put('dailies-results', key, video)
  expect((await drain(await bench.provider.open(call, output, 0))).bytes.equals(video)).toBe(true)
})

test('without the right to read it says which; the download goes on when it is given', async () => {
  const bench = await openBench({}, { video, jobMs: 0 })
  const { call, output } = await made(bench)
  const { accessKeyId } = bench.aws.credential
  bench.aws.identities.deny(accessKeyId, 's3:GetObject', 's3:ListBucket')
  const detail = await refusal(bench.provider.open(call, output, 0))
  expect(detail).toMatchObject({ code: 'permission', key: 'aws.s3Denied', retry: 'later' })
  expect(detail.hint).toContain('s3:GetObject')
  bench.aws.identities.deny(accessKeyId)
  expect((await fetchAll(bench, call, output)).bytes.equals(video)).toBe(true)
})

test('the right to list is not needed', async () => {
  const bench = await openBench({}, { video, jobMs: 0 })
  bench.aws.identities.deny(bench.aws.credential.accessKeyId, 's3:ListBucket')
  const { call, output } = await made(bench)
  expect((await fetchAll(bench, call, output)).bytes.equals(video)).toBe(true)
})

test('a bucket of another region is followed there', async () => {
  const bench = await openBench({}, { video, jobMs: 0 })
  const { call } = await made(bench)
  bench.aws.store.addBucket({ name: 'far', region: 'eu-central-1', owner: '123456789012' })
  await bench.aws.store.put('far', `dailies/${call.job.providerJobId?.split('/').at(-1)}/output.mp4`, video)
  const output = { ...plain(call), ref: plain(call).ref.replace('dailies-results', 'far') }
  expect((await fetchAll(bench, call, output)).bytes.equals(video)).toBe(true)
})

test('credentials that end in the middle: fresh ones go on where it stopped', async () => {
  const bench = await openBench({}, { video, jobMs: 0 })
  const { call, output } = await made(bench)
  const first = await drain(await bench.provider.open(call, output, 0), 500_000)
  bench.aws.identities.expire(bench.aws.credential.accessKeyId)
  const at = first.bytes.byteLength
  expect(await refusal(bench.provider.open(call, output, at))).toMatchObject({
    code: 'auth',
    key: 'aws.expired',
    retry: 'later',
  })
  bench.aws.identities.add({
    accessKeyId: 'ASIAFRESH00000000001',
    secretAccessKey: 'fresh',
    sessionToken: 'tok',
  })
  Object.assign(bench.secrets, {
    accessKeyId: 'ASIAFRESH00000000001',
    secretAccessKey: 'fresh',
    sessionToken: 'tok',
  })
  const { bytes, offsets } = await fetchAll(bench, call, output, first.bytes)
  expect(bytes.equals(video)).toBe(true)
  expect(offsets).toEqual([at])
})

test('a store that asks to slow down is asked later', async () => {
  const bench = await openBench({}, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  bench.aws.faults.add('GetObject', { kind: 'throttle', retryAfter: 3 })
  expect(await refusal(bench.provider.open(call, output, 0))).toMatchObject({
    code: 'rate_limited',
    retry: 'later',
    retryAfterMs: 3000,
  })
})

test('a body that stops coming is given up in time instead of hanging for ever', async () => {
  const bench = await openBench({ readTimeoutSeconds: 1 }, { video, jobMs: 0 }, quick)
  const { call, output } = await made(bench)
  bench.aws.faults.add('GetObject', { kind: 'slow', chunk: 1_000_000, everyMs: 60_000 })
  const got = await drain(await bench.provider.open(call, output, 0))
  expect(got.broken).not.toBeNull()
  expect((await fetchAll(bench, call, output, got.bytes)).bytes.equals(video)).toBe(true)
})

test('a reader that stops lets go of the connection', async () => {
  const closed = Promise.withResolvers<void>()
  const onRequest = ({ operation, headers }: SeenRequest) => {
    if (operation === 'GetObject' && headers.range === undefined) closed.resolve()
  }
  const bench = await openBench({ readTimeoutSeconds: 60 }, { video, jobMs: 0, onRequest }, quick)
  const { call, output } = await made(bench)
  bench.aws.faults.add('GetObject', { kind: 'slow', chunk: 10_000, everyMs: 60_000 })
  const body = await bench.provider.open(call, output, 0)
  expect(body.stream).toBeInstanceOf(Readable)
  if (body.stream instanceof Readable) body.stream.destroy()
  await closed.promise
})
