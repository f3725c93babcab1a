import { expect, test } from 'vitest'
import { expectedOf } from '../../../src/main/providers/luma-ray2/crc'
import { readRef, refOf } from '../../../src/main/providers/luma-ray2/locate'
import { lumaRay2 } from '../../../src/main/providers/luma-ray2/models'
import { Invocation, invocationId, regionOf, statusOf } from '../../../src/main/providers/luma-ray2/status'

const arn = 'arn:aws:bedrock:us-west-2:123456789012:async-invoke/r08qxkzwif7l'
/** An answer of GetAsyncInvoke as it was recorded, account masked. */
const recorded = {
  invocationArn: arn,
  modelArn: 'arn:aws:bedrock:us-west-2::foundation-model/luma.ray-v2:0',
  clientRequestToken: '9a7a39be-522a-4773-80c3-89836d3a2f49',
  status: 'Completed',
  submitTime: '2026-11-21T01:02:03.456Z',
  lastModifiedTime: '2026-11-21T01:03:15Z',
  endTime: '2026-11-21T01:03:15Z',
  outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://bkt/p/r08qxkzwif7l' } },
}
const job = { price: lumaRay2.info.price, params: { duration: '9s', resolution: '720p' } }

test('the recorded answer is a finished job with its place and its computed cost', () => {
  expect(statusOf(Invocation.parse(recorded), job)).toEqual({
    kind: 'succeeded',
    outputs: [{ ref: 's3://bkt/p/r08qxkzwif7l', bytes: null, sha256: null }],
    cost: { micros: 13_500_000, currency: 'USD' },
    costKind: 'computed',
  })
})

test('the SDK’s answer with dates reads the same as the wire’s', () => {
  const dated = { ...recorded, submitTime: new Date(recorded.submitTime), $metadata: {} }
  expect(Invocation.parse(dated)).toEqual(Invocation.parse(recorded))
})

test.each(['InProgress', 'Queued', undefined])('%s is no end of a job', (status) => {
  expect(statusOf(Invocation.parse({ ...recorded, status }), job)).toEqual({
    kind: 'processing',
    progress: null,
  })
})

test('a job without a frozen price has no cost', () => {
  expect(statusOf(Invocation.parse(recorded), { ...job, price: null })).not.toHaveProperty('cost')
})

test('id and region are those that the ARN names', () => {
  expect(invocationId(arn)).toBe('r08qxkzwif7l')
  expect(regionOf(arn)).toBe('us-west-2')
  expect(regionOf(arn.replace('arn:aws:', 'arn:aws-us-gov:').replace('us-west-2', 'us-gov-west-1'))).toBe(
    'us-gov-west-1',
  )
  expect(regionOf('')).toBeNull()
})

test.each([
  ['s3://bkt/p/r08qxkzwif7l', 'p/r08qxkzwif7l'],
  ['s3://bkt/p/r08qxkzwif7l/', 'p/r08qxkzwif7l'],
  ['s3://bkt/p/', 'p/r08qxkzwif7l'],
  ['s3://bkt/p', 'p/r08qxkzwif7l'],
  ['s3://bkt/', 'r08qxkzwif7l'],
  ['s3://bkt', 'r08qxkzwif7l'],
  // A prefix that merely ends like the id is not it.
  ['s3://bkt/xr08qxkzwif7l', 'xr08qxkzwif7l/r08qxkzwif7l'],
])('%s leads to the folder %s', (ref, folder) => {
  expect(readRef(ref, arn)).toEqual({ bucket: 'bkt', folder, found: null })
})

test('an object’s address comes back as it was written, and nonsense is none', () => {
  const ref = refOf('bkt', 'p/r08qxkzwif7l/output.mp4', '"abc-2"')
  expect(readRef(ref, arn)).toEqual({
    bucket: 'bkt',
    folder: 'p/r08qxkzwif7l',
    found: { key: 'p/r08qxkzwif7l/output.mp4', etag: '"abc-2"' },
  })
  expect(readRef('https://bkt/p', arn)).toBeNull()
})

// The check values of the catalogue of CRC algorithms: the sum of the nine digits.
test.each([
  [{ ChecksumCRC64NVME: 'rosUhgp5mIg=' }, 'rosUhgp5mIg='],
  [{ ChecksumCRC32: 'y/Q5Jg==' }, 'y/Q5Jg=='],
])('%j is what the digits sum up to', async (told, sum) => {
  const counted = await expectedOf(told)?.start()
  counted?.add(Buffer.from('123456789'))
  expect(counted?.base64()).toBe(sum)
})

test('a checksum of parts says nothing of the whole', () => {
  expect(expectedOf({ ChecksumCRC32: 'AAAA-3' })).toBeNull()
  expect(expectedOf({ ChecksumType: 'COMPOSITE', ChecksumCRC32: 'AAAA' })).toBeNull()
  expect(expectedOf({})).toBeNull()
})
