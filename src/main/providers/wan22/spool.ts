import { mkdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable, type Readable } from 'node:stream'
import { giveBack, openOwn, pump, Tail } from '../../library'
import { Shelf, type Finished } from '../../media'
import type { Clock } from '../../ports'
import { Base64Decoder } from './base64'
import { AnswerScanner } from './scan'

/** What came of an answer that was read to its end. */
export interface Spooled {
  /** The answer without its video; null where it broke off. */
  answer: unknown
  /** Null where the answer holds none. */
  video: Finished | null
  /** It ended before it was whole. */
  cut: boolean
}

/** The disk did not take what came. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
}

/** Free bytes of the disk that a folder is on. Rejects as the file system does. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/**
 * Free bytes without which no run is begun. Nobody knows how large a video will be; five seconds at the model's own size
 * are some ten megabytes, so that this holds for the largest there is, here and once more in the library.
 */
export const leastFree = 256 * 1024 * 1024

/** Videos on their way out of answers, and those that wait to be taken into the library. */
export interface Spool {
  /**
   * Makes sure that there is a place for a job's video; answers how many bytes it may have. Throws {@link DiskError}.
   */
  prepare(jobId: string): Promise<number>
  /**
   * Reads an answer to its end and keeps its video. Nothing is left of one that is cut, bad or refused by the disk.
   * Throws `BadAnswer`, `BadBase64`, {@link DiskError}, and what breaks the stream or `signal`.
   */
  take(jobId: string, stream: Readable, signal: AbortSignal): Promise<Spooled>
  get(jobId: string): Finished | null
  /** Removes what there is of a job. */
  drop(jobId: string): Promise<void>
}

/** Opens the folder, and sweeps what a kill left half done in it. */
export function createSpool(folder: string, clock: Clock, free = freeBytes): Spool {
  const shelf = new Shelf(folder, clock.now())
  const partOf = (jobId: string) => join(folder, `${jobId}.part`)
  const disk = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw new DiskError(cause instanceof Error ? cause.message : String(cause), { cause })
    })

  async function read(jobId: string, stream: Readable, signal: AbortSignal): Promise<Spooled> {
    const file = await disk(openOwn(partOf(jobId)))
    try {
      const tail = await Tail.of(file, disk, clock)
      const decoder = new Base64Decoder()
      const append = (bytes: Uint8Array) => tail.append(bytes)
      const scanner = new AnswerScanner((text) => decoder.push(text, append))
      try {
        await pump(stream, into(scanner), signal)
      } finally {
        await tail.settle()
      }
      const read = scanner.end()
      if (read === null) return { answer: null, video: null, cut: true }
      await tail.append(decoder.end())
      if (!read.hasVideo || tail.bytes === 0) return { answer: read.answer, video: null, cut: false }
      await tail.sync()
      const facts = { bytes: tail.bytes, sha256: tail.digest() }
      const video = await disk(shelf.keep(jobId, partOf(jobId), 'mp4', facts, clock.now()))
      return { answer: read.answer, video, cut: false }
    } finally {
      await file.close()
    }
  }

  return {
    async prepare(jobId) {
      await disk(mkdir(folder, { recursive: true }))
      await disk(rm(partOf(jobId), { force: true }))
      const file = await disk(openOwn(partOf(jobId)))
      await file.close()
      return disk(free(folder))
    },
    async take(jobId, stream, signal) {
      try {
        return await read(jobId, stream, signal)
      } finally {
        await rm(partOf(jobId), { force: true }).catch(() => undefined)
      }
    },
    get: (jobId) => shelf.get(jobId),
    async drop(jobId) {
      // What cannot be removed now is swept at the next start.
      await rm(partOf(jobId), { force: true }).catch(() => undefined)
      await shelf.drop(jobId)
    },
  }
}

/** Where an answer's chunks go; each is given back to the system once it was read. */
function into(scanner: AnswerScanner): Writable {
  return new Writable({
    highWaterMark: 1024 * 1024,
    write(chunk: Buffer, _encoding, done) {
      const refuse = (error: unknown) =>
        done(error instanceof Error ? error : new Error('refused', { cause: error }))
      const read = () => {
        giveBack(chunk)
        done()
      }
      try {
        const waiting = scanner.push(chunk)
        if (waiting === null) read()
        else waiting.then(read).catch(refuse)
      } catch (error) {
        refuse(error)
      }
    },
  })
}
