import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { StudioError } from '@shared/problems'
import type { JobRecord } from '../history'
import type { Clock } from '../ports'
import { ProviderError } from '../providers'
import { badOutput, download } from './download'
import { storageFault } from './faults'
import { exists, place } from './files'
import { inside, under } from './inside'
import { probeVideo } from './probe'
import { readSidecar, sidecarPath, writeSidecar } from './sidecar'
import type { Receive, ReceivedVideo } from './types'

/** Path of the unfinished file beside a video. */
export function partPath(video: string): string {
  return `${video}.part`
}

/** See {@link Library.receive}; `root` is the folder in use, `clock`'s time stands in the sidecar. */
export async function receiveVideo(root: string, what: Receive, clock: Clock): Promise<ReceivedVideo> {
  try {
    const target = await targetIn(root, what.outputPath)
    if (await exists(target)) {
      const settled = await settledVideo(target, what.job)
      if (settled) return settled
      throw nameTaken(target)
    }
    const part = partPath(target)
    const facts = await bring(part, root, what, clock)
    // The sidecar first: a video under its final name is then always one that was told of.
    await writeSidecar(target, what.job, facts, clock.now())
    if (!(await place(part, target))) throw nameTaken(target)
    return facts
  } catch (error) {
    throw storageFault(error, root)
  }
}

/** See {@link Library.settled}, for an absolute path. */
export async function settledVideo(
  target: string,
  job: Pick<JobRecord, 'id'>,
): Promise<ReceivedVideo | null> {
  const sidecar = await readSidecar(sidecarPath(target)).catch(() => null)
  if (sidecar === null || typeof sidecar === 'string' || sidecar.id !== job.id) return null
  const found = await stat(target).catch(() => null)
  if (found?.isFile() !== true || found.size !== sidecar.video.bytes) return null
  if ((await sha256Of(target)) !== sidecar.video.sha256) return null
  // A kill between the two steps of placing leaves both names.
  await rm(partPath(target), { force: true })
  return sidecar.video
}

/** Checksum of a whole file, in hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}

/** The absolute path for a planned video; makes the folder of its month, but never the library folder itself. */
export async function targetIn(root: string, outputPath: string): Promise<string> {
  const target = under(root, outputPath)
  if (target === null) throw new StudioError('internal', 'internal')
  const month = dirname(target)
  await mkdir(month).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  })
  if ((await inside(root, dirname(outputPath))) === null) {
    throw new StudioError('storage', 'library.readOnly', { values: { path: month } })
  }
  return target
}

async function bring(part: string, root: string, what: Receive, clock: Clock): Promise<ReceivedVideo> {
  try {
    const file = await download(part, what, (error) => storageFault(error, root), clock)
    what.signal.throwIfAborted()
    const facts = await probeVideo(part)
    if (facts === null) throw badOutput('output.notVideo')
    return { ...file, ...facts }
  } catch (error) {
    if (error instanceof ProviderError && error.detail.code === 'bad_output') await rm(part, { force: true })
    throw error
  }
}

function nameTaken(target: string): StudioError {
  return new StudioError('storage', 'library.nameTaken', { values: { name: basename(target) } })
}
