import { createHash, type Hash } from 'node:crypto'
import { statfs, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sentence, StudioError, type ProblemKey } from '@shared/problems'
import { ProviderError } from '../providers'
import { openOwn, writeAll } from './files'
import type { Receive } from './types'

/** Openings in a row that bring no byte, after which the job engine takes over the waiting. */
const mostFruitless = 3
/** Openings of one download at all. */
const mostOpenings = 50
const progressStep = 256 * 1024

export interface Downloaded {
  bytes: number
  sha256: string
}

/**
 * Brings the bytes of an output into the file `part`, going on where it ends, until length and checksum are what was
 * promised. Leaves `part` on disk whatever happens. Raises file errors as `fault` words them, {@link ProviderError}
 * `network` when the source keeps breaking off and `bad_output` when it gives the wrong bytes, and what `open` raises.
 */
export async function download(
  part: string,
  what: Pick<Receive, 'open' | 'expect' | 'signal' | 'progress'>,
  fault: (error: unknown) => unknown,
): Promise<Downloaded> {
  const disk = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw fault(error)
    })
  const file = await disk(openOwn(part))
  try {
    const tail = await Tail.of(file, disk)
    const resumed = tail.bytes > 0
    let total = what.expect.bytes
    if (total !== null && tail.bytes > total) await tail.rewind(0)
    total = await fetchRest(tail, part, what, total, disk)
    const wrong = () => what.expect.sha256 !== null && tail.digest() !== what.expect.sha256
    if (resumed && wrong()) {
      // What an earlier run left may be to blame: once more, from the start.
      await tail.rewind(0)
      total = await fetchRest(tail, part, what, total, disk)
    }
    if (what.expect.bytes !== null && tail.bytes !== what.expect.bytes) throw badOutput('output.length')
    if (wrong()) throw badOutput('output.checksum')
    await disk(file.sync())
    return { bytes: tail.bytes, sha256: tail.digest() }
  } finally {
    await file.close().catch(() => undefined)
  }
}

/** The error of bytes that are not what the provider promised. */
export function badOutput(key: ProblemKey): ProviderError {
  return providerError('bad_output', key, 'never')
}

function providerError(
  code: 'bad_output' | 'network',
  key: ProblemKey,
  retry: 'later' | 'never',
  cause?: unknown,
): ProviderError {
  const { message, hint } = sentence(key)
  return new ProviderError(
    { code, key, message, hint: hint ?? null, retry, charged: 'unknown', sent: true },
    { cause },
  )
}

type Disk = <T>(work: Promise<T>) => Promise<T>

/** Opens and reads until all is there; answers the length the source told, if it did. */
async function fetchRest(
  tail: Tail,
  part: string,
  what: Pick<Receive, 'open' | 'signal' | 'progress'>,
  promised: number | null,
  disk: Disk,
): Promise<number | null> {
  let total = promised
  let fruitless = 0
  for (let opening = 1; ; opening += 1) {
    if (total !== null && tail.bytes === total && total > 0) return total
    what.signal.throwIfAborted()
    const before = tail.bytes
    const body = await what.open(before)
    total = body.bytes ?? total
    let broken: unknown
    if (body.offset > tail.bytes) {
      await body.stream.cancel().catch(() => undefined)
      broken = new Error(`The source went on at ${body.offset} instead of ${tail.bytes}`)
    } else {
      if (body.offset < tail.bytes) await tail.rewind(body.offset)
      if (total !== null) await ensureRoom(part, total - tail.bytes, disk)
      broken = await pour(body.stream, tail, total, what)
    }
    if (broken === null && (total === null || tail.bytes === total)) return total
    fruitless = tail.bytes > before ? 0 : fruitless + 1
    if (fruitless >= mostFruitless || opening >= mostOpenings) {
      throw providerError('network', 'output.broken', 'later', broken)
    }
  }
}

/** Writes what the stream gives until it ends; answers what broke it off, or null. */
async function pour(
  stream: ReadableStream<Uint8Array>,
  tail: Tail,
  total: number | null,
  { signal, progress }: Pick<Receive, 'signal' | 'progress'>,
): Promise<unknown> {
  const reader = stream.getReader()
  const stop = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  let told = tail.bytes
  try {
    for (;;) {
      let step: ReadableStreamReadResult<Uint8Array>
      try {
        step = await reader.read()
      } catch (error) {
        signal.throwIfAborted()
        return error
      }
      signal.throwIfAborted()
      if (step.done) break
      if (total !== null && tail.bytes + step.value.byteLength > total) throw badOutput('output.length')
      await tail.append(step.value)
      if (tail.bytes - told >= progressStep) progress((told = tail.bytes), total)
    }
    if (tail.bytes !== told) progress(tail.bytes, total)
    return null
  } finally {
    signal.removeEventListener('abort', stop)
    await reader.cancel().catch(() => undefined)
    reader.releaseLock()
    await tail.settle()
  }
}

/** Refuses to begin what the disk has no room for, instead of filling it to the brim. */
async function ensureRoom(part: string, bytes: number, disk: Disk): Promise<void> {
  const folder = dirname(part)
  const room = await disk(statfs(folder))
  if (room.bavail * room.bsize < bytes) {
    throw new StudioError('storage', 'library.full', { values: { path: folder } })
  }
}

/** A file that grows at its end, and the checksum of all that is in it. */
class Tail {
  bytes = 0
  #hash: Hash = createHash('sha256')
  #writing: Promise<void> = Promise.resolve()

  private constructor(
    readonly file: FileHandle,
    readonly disk: Disk,
  ) {}

  /** Goes on at the end of what the file holds. */
  static async of(file: FileHandle, disk: Disk): Promise<Tail> {
    const tail = new Tail(file, disk)
    await tail.#readUpTo((await disk(file.stat())).size)
    return tail
  }

  /** Resolves when the chunk before is written: one is on its way to the disk while the next one arrives. */
  async append(chunk: Uint8Array): Promise<void> {
    await this.#writing
    this.#writing = this.disk(writeAll(this.file, chunk, this.bytes))
    // Its failure is raised by the next to wait for it.
    this.#writing.catch(() => undefined)
    this.#hash.update(chunk)
    this.bytes += chunk.byteLength
  }

  /** Resolves when all that was appended is written. */
  async settle(): Promise<void> {
    await this.#writing
  }

  /** Cuts the file back to `bytes`. */
  async rewind(bytes: number): Promise<void> {
    await this.disk(this.file.truncate(bytes))
    await this.#readUpTo(bytes)
  }

  digest(): string {
    return this.#hash.copy().digest('hex')
  }

  async #readUpTo(bytes: number): Promise<void> {
    this.#hash = createHash('sha256')
    this.bytes = 0
    const buffer = Buffer.allocUnsafe(1024 * 1024)
    while (this.bytes < bytes) {
      const wanted = Math.min(buffer.byteLength, bytes - this.bytes)
      const { bytesRead } = await this.disk(this.file.read(buffer, 0, wanted, this.bytes))
      if (bytesRead === 0) break
      this.#hash.update(buffer.subarray(0, bytesRead))
      this.bytes += bytesRead
    }
  }
}
