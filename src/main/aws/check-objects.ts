import { s3Host } from './check-bucket'
import { say, sayFailure, step, type CheckOptions, type CheckStep } from './check-said'
import { classify, type AwsFailure } from './failure'
import { sdk } from './sdk'
import { keyPrefix, resultUri } from './settings'

/** How the object that the test writes is named, below the prefix; the policy allows deleting these only. */
export const checkObjectName = 'dailies-check-'

const text = 'Dailies wrote this to test a connection. It can be deleted.\n'

/** Writes a tiny object where results will go, reads it back, looks whether it is listed, and deletes it again. */
export async function* checkObjects(options: CheckOptions): AsyncGenerator<CheckStep, void, void> {
  const { aws, clock, random } = options
  const { bucket, bucketOwner } = aws.settings
  const key = `${keyPrefix(aws.settings)}${checkObjectName}${random.id(clock.now())}.txt`
  const owner = bucketOwner === undefined ? {} : { ExpectedBucketOwner: bucketOwner }
  const object = { Bucket: bucket, Key: key, ...owner }
  const values = { place: resultUri(aws.settings), key }

  const write = await attempt(options, () => put(options, object))
  if (write.failure) {
    yield failed('write', write.failure, values, options)
    return yield await readWithoutObject(options, object, values)
  }
  let left: AwsFailure | null = null
  let read: CheckStep
  try {
    read = await readBack(options, object, values)
  } finally {
    // Also when the test was given up in the middle.
    left = (await attempt({ ...options, signal: undefined }, () => remove(options, object))).failure
  }
  yield left
    ? step('write', 'ok', say('write.left', values), left.raw)
    : step('write', 'ok', say('write.ok', values))
  yield read
}

interface Place {
  Bucket: string
  Key: string
  ExpectedBucketOwner?: string
}

async function put({ aws, signal }: CheckOptions, object: Place): Promise<void> {
  const { kmsKeyId } = aws.settings
  const { PutObjectCommand } = await sdk.s3()
  const s3 = await aws.s3()
  const encrypted =
    kmsKeyId === undefined ? {} : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKeyId }
  const command = new PutObjectCommand({ ...object, ...encrypted, Body: text, ContentType: 'text/plain' })
  await s3.send(command, signal ? { abortSignal: signal } : {})
}

async function remove({ aws }: CheckOptions, object: Place): Promise<void> {
  const { DeleteObjectCommand } = await sdk.s3()
  await (await aws.s3()).send(new DeleteObjectCommand(object))
}

async function get({ aws, signal }: CheckOptions, object: Place): Promise<string> {
  const { GetObjectCommand } = await sdk.s3()
  const s3 = await aws.s3()
  const { Body } = await s3.send(new GetObjectCommand(object), signal ? { abortSignal: signal } : {})
  return (await Body?.transformToString()) ?? ''
}

async function readBack(options: CheckOptions, object: Place, values: Values): Promise<CheckStep> {
  const read = await attempt(options, () => get(options, object))
  if (read.failure) return failed('read', read.failure, values, options)
  if (read.value !== text) return step('read', 'failed', say('read.differs', values))
  const list = await attempt(options, () => listed(options, object))
  return list.failure
    ? step('read', 'ok', say('read.noList', values), list.failure.raw)
    : step('read', 'ok', say('read.ok', values))
}

/** Of an object that is not there, S3 says so only to those who may read and list it. */
async function readWithoutObject(options: CheckOptions, object: Place, values: Values): Promise<CheckStep> {
  const { failure } = await attempt(options, () => get(options, object))
  if (failure?.kind === 'notFound') return step('read', 'ok', say('read.ok', values))
  return step('read', 'unknown', say('read.hidden', values), failure?.raw)
}

async function listed({ aws, signal }: CheckOptions, { Key, ...bucket }: Place): Promise<void> {
  const { ListObjectsV2Command } = await sdk.s3()
  const s3 = await aws.s3()
  const command = new ListObjectsV2Command({ ...bucket, Prefix: Key, MaxKeys: 1 })
  await s3.send(command, signal ? { abortSignal: signal } : {})
}

type Values = { place: string; key: string }

function failed(id: 'write' | 'read', failure: AwsFailure, values: Values, { aws }: CheckOptions): CheckStep {
  if (failure.kind !== 'accessDenied')
    return step(id, 'failed', sayFailure(failure, s3Host(aws)), failure.raw)
  const { bucketOwner: owner } = aws.settings
  const kms = /kms/i.test(failure.message)
  if (id === 'write' && !kms && owner !== undefined) {
    return step(id, 'failed', say('write.owner', { ...values, owner }), failure.raw)
  }
  const key = id === 'write' ? (kms ? 'write.kms' : 'write.denied') : kms ? 'read.kms' : 'read.denied'
  return step(id, 'failed', say(key, values), failure.raw)
}

async function attempt<T>(
  { signal }: { signal?: AbortSignal | undefined },
  run: () => Promise<T>,
): Promise<{ value: T; failure: null } | { value: null; failure: AwsFailure }> {
  try {
    return { value: await run(), failure: null }
  } catch (error) {
    signal?.throwIfAborted()
    return { value: null, failure: classify(error) }
  }
}
