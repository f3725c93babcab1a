import { StudioError } from '@shared/problems'
import { z } from 'zod'
import type { JobPatch, JobRecord } from '../history'
import type { ReceivedVideo } from '../library'
import type { ProviderError, ProviderStatus } from '../providers'
import { retryDelay } from './backoff'
import { ended, type Engine, type Step, type Subject } from './engine'
import { fail, found } from './fail'
import { asProviderError, isNews, noTrouble, trouble, type Trouble } from './failure'

/** So often a source may turn out expired or broken before a job fails; trouble on the way never counts. */
const brokenSources = 4

const Outputs = z
  .array(z.object({ ref: z.string(), bytes: z.int().nullable(), sha256: z.string().nullable() }))
  .min(1)

/** Brings the video into the library. The provider has done its work, so nothing but a broken source fails the job. */
export const download: Step = async (engine, subject, signal) => {
  try {
    await engine.gates.downloads(signal, () => receive(engine, subject, signal))
  } catch (error) {
    if (signal.aborted) return
    // As it is now: the first bytes may have cleared what it waited for.
    const job = engine.store.get(subject.job.id)
    if (job) await interrupted(engine, { ...subject, job }, signal, error)
  }
}

async function receive(engine: Engine, subject: Subject, signal: AbortSignal): Promise<void> {
  const { job, provider } = subject
  // A kill may have come between the rename and the commit; then the video lies there whole.
  if (job.outputPath !== null) {
    const there = await engine.library.settled(job, job.outputPath)
    if (there) return complete(engine, job.id, there)
  }
  const [output] = Outputs.safeParse(job.outputs).data ?? []
  if (!output) return renew(engine, subject, signal, engine.failures.count(job.id, 'source'))
  const outputPath = job.outputPath ?? plan(engine, job)
  if (outputPath === null) return
  const call = engine.call({ ...job, outputPath }, signal)
  let waited = job.waiting !== null || job.error !== null
  const video = await engine.library.receive({
    job: call.job,
    outputPath,
    open: (offset) => provider.open(call, output, offset),
    expect: { bytes: output.bytes, sha256: output.sha256 },
    signal,
    progress(received, total) {
      engine.failures.clear(job.id, 'call')
      if (waited) engine.note(job, noTrouble)
      waited = false
      engine.progress.report(job, total === null || total === 0 ? null : received / total)
    },
  })
  complete(engine, job.id, video)
}

/** The name is committed before a byte is written, so that recovery knows where to look. */
function plan(engine: Engine, job: JobRecord): string | null {
  const file = engine.providers.model(job.model)?.model.file?.(job.params)
  const outputPath = engine.library.plan(job, file)
  return engine.note(job, { outputPath }) ? outputPath : null
}

/** The one move to `completed`, with all facts. It also ends a cancel that came too late: the video is whole. */
export function complete(engine: Engine, id: string, video: ReceivedVideo): void {
  const { bytes, sha256, width, height, fps, durationMs } = video
  const job = engine.store.get(id)
  const moved = engine.move(
    id,
    ['downloading', 'cancelling'],
    'completed',
    { kind: 'completed' },
    {
      ...ended,
      ...(job && costOfAdopted(engine, job, video)),
      bytes,
      sha256,
      width,
      height,
      fps,
      durationMs,
      error: null,
      errorRaw: null,
      cancelRequested: false,
      fileMissing: false,
      finishedAt: engine.clock.now(),
    },
  )
  if (!moved) return
  if (job?.removedAt === null) engine.derivatives.want(id)
  // The sidecar was written from what the job was when its download began.
  engine.background('bringing a sidecar up to date', engine.library.retell([id], engine.closing))
}

/** What a job that was taken in comes to, by its video; nothing where a cost or an estimate is known. */
function costOfAdopted(
  engine: Engine,
  { cost, estimate, price, charged, model }: JobRecord,
  video: ReceivedVideo,
): Pick<JobRecord, 'cost' | 'costKind'> | null {
  if (cost !== null || estimate !== null || price === null || charged !== 'yes') return null
  const computed = engine.providers.model(model)?.model.costOf?.(price, video) ?? null
  return computed && { cost: computed, costKind: 'computed' }
}

/** Clears away what a download that will not go on has left; never a file that lies under the final name. */
export async function dropPart(engine: Engine, job: JobRecord): Promise<void> {
  if (job.outputPath === null) return
  try {
    if ((await engine.library.pathOf(job)) === null) await engine.library.discard(job)
  } catch (error) {
    engine.log.warn({ err: error, job: job.id }, 'an unfinished file could not be cleared away')
  }
}

async function interrupted(
  engine: Engine,
  subject: Subject,
  signal: AbortSignal,
  thrown: unknown,
): Promise<void> {
  const { job } = subject
  if (thrown instanceof StudioError && thrown.key === 'library.nameTaken') {
    // Somebody else's file has come to lie there: under another name, then.
    later(engine, job, noTrouble, { key: thrown.key }, { outputPath: null })
    return
  }
  if (thrown instanceof StudioError && thrown.code === 'storage') {
    const waiting = thrown.key === 'library.full' ? 'disk' : 'folder'
    later(engine, job, { ...noTrouble, waiting }, { key: thrown.key })
    return
  }
  const error = asProviderError(thrown)
  const { code } = error.detail
  if (code === 'internal') engine.log.error({ err: thrown, job: job.id }, 'a download broke off')
  if (code !== 'not_found' && code !== 'bad_output') {
    later(engine, job, trouble(error), { code })
    return
  }
  const broken = engine.failures.count(job.id, 'source')
  if (broken < brokenSources) return renew(engine, subject, signal, broken)
  await giveUp(engine, subject, gone(code))
}

/** The words for a video that the provider made and that cannot be had. */
function gone(code: 'not_found' | 'bad_output') {
  return found(code, code === 'not_found' ? 'job.expired' : 'job.badOutput', 'yes')
}

/** Addresses expire and copies break: asks the provider for the outputs again and begins anew. */
async function renew(engine: Engine, subject: Subject, signal: AbortSignal, broken: number): Promise<void> {
  const { job, provider } = subject
  let status: ProviderStatus
  try {
    status = await provider.poll(engine.call(job, signal))
  } catch (thrown) {
    if (signal.aborted) return
    const error = asProviderError(thrown)
    if (error.detail.code === 'not_found') await giveUp(engine, subject, gone('not_found'))
    else later(engine, job, trouble(error), { code: error.detail.code })
    return
  }
  if (signal.aborted) return
  switch (status.kind) {
    case 'succeeded': {
      const wait = broken <= 1 ? 0 : retryDelay(broken, engine.random)
      const nextAt = engine.clock.now() + wait
      engine.note(job, { outputs: status.outputs, nextAt }, { kind: 'renewed' })
      engine.arm(nextAt)
      return
    }
    case 'queued':
    case 'processing':
      later(engine, job, noTrouble, {})
      return
    case 'failed':
      return giveUp(engine, subject, status.error)
    // The video was made once, whatever is said of it now.
    case 'turned_away':
    case 'unsure':
    case 'lost':
      return giveUp(engine, subject, gone('not_found'))
  }
}

async function giveUp(engine: Engine, subject: Subject, error: ProviderError): Promise<void> {
  await dropPart(engine, subject.job)
  fail(engine, subject, ['downloading'], error)
}

/** Stays in `downloading` and tries again after a while, saying what it waits for. */
function later(
  engine: Engine,
  job: JobRecord,
  now: Trouble,
  data: Record<string, unknown>,
  patch: JobPatch = {},
): void {
  const wait = retryDelay(engine.failures.count(job.id), engine.random, now.retryAfter ?? 0)
  const nextAt = engine.clock.now() + wait
  const event = { kind: 'interrupted', data } as const
  engine.note(job, { nextAt, ...now, ...patch }, isNews(job, now) ? event : undefined)
  engine.arm(nextAt)
}
