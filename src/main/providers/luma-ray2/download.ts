import { Readable } from 'node:stream'
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { classify, sdk, type AwsClients, type AwsFailure } from '../../aws'
import type { JobRecord } from '../../history'
import { ProviderError, type OutputBody, type ProviderOutput } from '../types'
import { CallFailed } from './call'
import { expectedOf } from './crc'
import { providerError } from '../../wire'
import { asProviderError } from './errors'
import { readRef, refOf, soleVideo, usualKey, type Ref } from './locate'
import { Running } from './verify'

/** So often a file may not be there yet before it counts as gone: storage may be slower than the word that it is done. */
const patience = 5
/** So often the bytes may not fit their checksum before that is said. */
const doubts = 2

/** What is kept of a download between its openings. */
interface Held {
  ref: string
  key: string | null
  etag: string | null
  /** Null where S3 keeps no checksum of the whole; undefined while nobody has asked. */
  running: Running | null | undefined
  /** The bytes so far are of no use: begin anew. */
  spoiled: boolean
  misses: number
  wrong: number
}

/** Downloads of results from S3. */
export interface Downloads {
  /** See `Provider.open`. */
  open(
    clients: AwsClients,
    job: Pick<JobRecord, 'id' | 'providerJobId'>,
    output: ProviderOutput,
    offset: number,
    signal: AbortSignal,
  ): Promise<OutputBody>
  /**
   * Says of an output which object it is and how long, as far as that can be learned by looking; else the output as it
   * was. Throws nothing.
   */
  look(clients: AwsClients, arn: string, output: ProviderOutput, signal: AbortSignal): Promise<ProviderOutput>
  forget(jobId: string): void
}

/** Keeps one {@link Held} a job. */
export function createDownloads(): Downloads {
  const all = new Map<string, Held>()

  function heldOf(id: string, { ref }: ProviderOutput, found: Ref['found']): Held {
    const known = all.get(id)
    if (known?.ref === ref) return known
    const fresh: Held = {
      ref,
      key: found?.key ?? null,
      etag: found?.etag ?? null,
      running: undefined,
      spoiled: false,
      misses: 0,
      wrong: known?.wrong ?? 0,
    }
    all.set(id, fresh)
    return fresh
  }

  return {
    async open(clients, job, output, offset, signal) {
      const ref = readRef(output.ref, job.providerJobId ?? '')
      if (!ref)
        throw providerError('not_found', 'aws.s3Missing', { values: { bucket: output.ref }, charged: 'yes' })
      const held = heldOf(job.id, output, ref.found)
      if (held.wrong > doubts)
        throw providerError('bad_output', 'output.checksum', { charged: 'yes', sent: true })
      const where = { ...clients.settings, bucket: ref.bucket }
      try {
        const from = held.spoiled || held.etag === null ? 0 : offset
        const body = await read(clients, ref, held, from, signal)
        held.misses = 0
        return body
      } catch (error) {
        if (isGone(error)) throw missing(held, ref.bucket)
        throw asProviderError(error, 'download', where)
      }
    },

    async look(clients, arn, output, signal) {
      const ref = readRef(output.ref, arn)
      if (!ref) return output
      try {
        const { key, got } = await find(clients, ref, null, null, signal, 'bytes=0-0')
        destroy(got)
        const bytes = lengthOf(got)
        if (got.ETag === undefined || bytes === null) return output
        return { ...output, ref: refOf(ref.bucket, key, got.ETag), bytes }
      } catch {
        // It will be asked for again when the download begins, and told then.
        return output
      }
    },

    forget: (jobId) => void all.delete(jobId),
  }
}

/** Opens the object at `from`, or at the start where it is no longer the one that was begun. */
async function read(
  clients: AwsClients,
  ref: Ref,
  held: Held,
  from: number,
  signal: AbortSignal,
): Promise<OutputBody> {
  try {
    const found = await find(clients, ref, held.key, from > 0 ? held.etag : null, signal, rangeFrom(from))
    return await begin(held, found, () => summary(clients, ref.bucket, found, signal))
  } catch (error) {
    if (from === 0 || !(error instanceof CallFailed) || !isAnother(error.failure)) throw error
    const found = await find(clients, ref, held.key, null, signal, undefined)
    return begin(held, found, () => summary(clients, ref.bucket, found, signal))
  }
}

const rangeFrom = (from: number) => (from > 0 ? `bytes=${from}-` : undefined)

/** `ask` tells of the object what its checksum is, which the answer to a range does not. */
async function begin(held: Held, { key, got }: Found, ask: () => Promise<Told | null>): Promise<OutputBody> {
  if (!(got.Body instanceof Readable)) throw providerError('bad_output', 'output.broken', { charged: 'yes' })
  // It may break before somebody listens; its reader is told all the same.
  got.Body.on('error', () => undefined)
  const [, start] = /^bytes (\d+)-\d+\//.exec(got.ContentRange ?? '') ?? []
  const offset = start === undefined ? 0 : Number(start)
  const bytes = lengthOf(got)
  if (offset === 0) {
    held.etag = got.ETag ?? null
    held.running = runningOf(got)
    held.spoiled = false
  } else if (held.running === undefined) {
    const told = await ask()
    if (told) held.running = runningOf(told)
  }
  held.key = key
  const body = { stream: got.Body, bytes, offset }
  if (!held.running) return body
  const inspect = await held.running.inspection(body, () => {
    held.spoiled = true
    held.wrong += 1
  })
  return { ...body, inspect }
}

type Told = Parameters<typeof expectedOf>[0]

function runningOf(told: Told): Running | null {
  const expected = expectedOf(told)
  return expected && new Running(expected)
}

interface Found {
  key: string
  got: GetObjectCommandOutput
}

/** The object by its known or usual name, else the only video of its folder. */
async function find(
  clients: AwsClients,
  ref: Ref,
  known: string | null,
  etag: string | null,
  signal: AbortSignal,
  range: string | undefined,
): Promise<Found> {
  const first = known ?? ref.found?.key ?? usualKey(ref.folder)
  try {
    return { key: first, got: await get(clients, ref.bucket, first, etag, signal, range) }
  } catch (error) {
    if (!(error instanceof CallFailed) || !maybeMissing(error.failure)) throw error
    const key = await otherThan(first, clients, ref, signal)
    if (key === null) throw error
    // Another object: what was begun of the first is of no use.
    return { key, got: await get(clients, ref.bucket, key, null, signal, etag === null ? range : undefined) }
  }
}

/** Without the right to list, S3 answers 403 for a missing key too; then what it said first is what is told. */
async function otherThan(
  first: string,
  clients: AwsClients,
  ref: Ref,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const key = await soleVideo(await clients.s3Ranges(), ref, signal)
    return key === first ? null : key
  } catch (error) {
    if (error instanceof ProviderError) throw error
    const failure = classify(error)
    if (failure.kind === 'accessDenied' || failure.kind === 'notFound') return null
    throw new CallFailed(failure, false, 1, { cause: error })
  }
}

async function get(
  clients: AwsClients,
  bucket: string,
  key: string,
  etag: string | null,
  signal: AbortSignal,
  range: string | undefined,
): Promise<GetObjectCommandOutput> {
  const { GetObjectCommand } = await sdk.s3()
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ...(range === undefined ? {} : { Range: range }),
    ...(etag === null ? {} : { IfMatch: etag }),
  })
  // S3 tells the checksum of the whole; it is checked here, over all openings, and not by the SDK over each.
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args
      if (typeof request === 'object' && request !== null && 'headers' in request)
        Object.assign(request.headers as object, { 'x-amz-checksum-mode': 'ENABLED' })
      return next(args)
    },
    { step: 'build', name: 'dailiesChecksumMode' },
  )
  try {
    return await (await clients.s3Ranges()).send(command, { abortSignal: signal })
  } catch (error) {
    if (error instanceof ProviderError) throw error
    throw new CallFailed(classify(error), false, 1, { cause: error })
  }
}

/** What S3 tells of the very object that was found; null where it would not say, and the download goes on without. */
async function summary(
  clients: AwsClients,
  bucket: string,
  { key, got }: Found,
  signal: AbortSignal,
): Promise<Told | null> {
  const { HeadObjectCommand } = await sdk.s3()
  const command = new HeadObjectCommand({
    Bucket: bucket,
    Key: key,
    ...(got.ETag === undefined ? {} : { IfMatch: got.ETag }),
    ChecksumMode: 'ENABLED',
  })
  try {
    return await (await clients.s3Ranges()).send(command, { abortSignal: signal })
  } catch {
    return null
  }
}

function lengthOf({ ContentRange, ContentLength }: GetObjectCommandOutput): number | null {
  const [, total] = /\/(\d+)$/.exec(ContentRange ?? '') ?? []
  if (total !== undefined) return Number(total)
  return ContentRange === undefined ? (ContentLength ?? null) : null
}

function destroy({ Body }: GetObjectCommandOutput): void {
  if (Body instanceof Readable) Body.on('error', () => undefined).destroy()
}

const maybeMissing = ({ kind, name }: AwsFailure) =>
  (kind === 'notFound' && name !== 'NoSuchBucket') || kind === 'accessDenied'
const isAnother = ({ kind }: AwsFailure) => kind === 'changed' || kind === 'range'
const isGone = (error: unknown) => error instanceof CallFailed && error.failure.kind === 'notFound'

function missing(held: Held, bucket: string): ProviderError {
  held.misses += 1
  const values = { bucket }
  if (held.misses > patience)
    return providerError('not_found', 'aws.s3Missing', { values, charged: 'yes', sent: true })
  return providerError('unavailable', 'aws.s3Missing', { values, retry: 'later', charged: 'yes', sent: true })
}
