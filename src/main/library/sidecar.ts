import { open } from 'node:fs/promises'
import { Charged, Id, JobInput, Money } from '@shared/contract'
import { z } from 'zod'
import type { AdoptedJob, JobRecord } from '../history'
import { writeDurably } from './files'
import type { ReceivedVideo } from './types'

const mostBytes = 4 * 1024 * 1024
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Moment = z.iso.datetime()

/** What stands beside each video, so that the library outlives the database. No secret is ever in it. */
export const Sidecar = z.object({
  dailies: z.literal(1),
  id: Id,
  batchId: Id.nullable(),
  retryOf: Id.nullable(),
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  params: z.record(z.string(), z.unknown()),
  seed: z.union([z.number(), z.string()]).nullable(),
  inputs: z.array(JobInput),
  connectionId: z.string().nullable(),
  endpoint: z.string().nullable(),
  providerJobId: z.string().nullable(),
  estimate: Money.nullable(),
  priceDate: z.string().nullable(),
  cost: Money.nullable(),
  costKind: z.enum(['exact', 'computed']).nullable(),
  charged: Charged,
  createdAt: Moment,
  finishedAt: Moment,
  favourite: z.boolean(),
  video: z.object({
    bytes: z.int().positive(),
    sha256: Sha256,
    width: z.int().positive(),
    height: z.int().positive(),
    fps: z.number(),
    durationMs: z.int(),
  }),
})
export type Sidecar = z.infer<typeof Sidecar>

/** Path of the sidecar of a video. */
export function sidecarPath(video: string): string {
  return video.replace(/\.[^./\\]*$/, '.json')
}

/** Writes the sidecar of `video` (an absolute path). */
export async function writeSidecar(
  video: string,
  job: JobRecord,
  facts: ReceivedVideo,
  now: number,
): Promise<void> {
  const seed = job.params['seed']
  const sidecar: Sidecar = {
    dailies: 1,
    id: job.id,
    batchId: job.batchId,
    retryOf: job.retryOf,
    prompt: job.prompt,
    provider: job.provider,
    model: job.model,
    params: job.params,
    seed: typeof seed === 'number' || typeof seed === 'string' ? seed : null,
    inputs: job.inputs,
    connectionId: job.connectionId,
    endpoint: job.endpoint,
    providerJobId: job.providerJobId,
    estimate: job.estimate,
    priceDate: job.priceDate,
    cost: job.cost,
    costKind: job.costKind,
    charged: job.charged,
    createdAt: new Date(job.createdAt).toISOString(),
    finishedAt: new Date(job.finishedAt ?? now).toISOString(),
    favourite: job.favourite,
    video: {
      bytes: facts.bytes,
      sha256: facts.sha256,
      width: facts.width,
      height: facts.height,
      fps: facts.fps,
      durationMs: facts.durationMs,
    },
  }
  await writeDurably(sidecarPath(video), `${JSON.stringify(sidecar, null, 2)}\n`)
}

/** Reads a sidecar: `foreign` is a JSON file of somebody else, `broken` one of ours that cannot be used. */
export async function readSidecar(path: string): Promise<Sidecar | 'foreign' | 'broken'> {
  let text: string
  const file = await open(path, 'r')
  try {
    if ((await file.stat()).size > mostBytes) return 'foreign'
    text = await file.readFile('utf8')
  } finally {
    await file.close()
  }
  try {
    const value: unknown = JSON.parse(text)
    const parsed = Sidecar.safeParse(value)
    if (parsed.success) return parsed.data
    return typeof value === 'object' && value !== null && 'dailies' in value ? 'broken' : 'foreign'
  } catch {
    return 'broken'
  }
}

/** The finished job that a sidecar tells of, its video lying at `outputPath`. */
export function adopted(sidecar: Sidecar, outputPath: string): AdoptedJob {
  const { dailies: _, seed: __, video, createdAt, finishedAt, ...told } = sidecar
  return {
    ...told,
    ...video,
    request: null,
    place: null,
    price: null,
    idempotencyToken: sidecar.id,
    ratio: video.width / video.height,
    createdAt: Date.parse(createdAt),
    finishedAt: Date.parse(finishedAt),
    outputPath,
  }
}
