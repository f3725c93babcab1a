import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sentence, StudioError, type ProblemKey } from '@shared/problems'
import type { Clock } from '../ports'
import { ProviderError } from '../providers'
import { openOwn } from './files'
import { close, pour } from './pour'
import { Tail, type Disk } from './tail'
import type { Receive } from './types'

/** Openings in a row that bring no byte, after which the job engine takes over the waiting. */
const mostFruitless = 3
/** Openings of one download at all. */
const mostOpenings = 50

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
  clock: Clock,
): Promise<Downloaded> {
  const disk: Disk = (work) =>
    work.catch((error: unknown) => {
      throw fault(error)
    })
  const file = await disk(openOwn(part))
  try {
    const tail = await Tail.of(file, disk, clock)
    const resumed = tail.bytes > 0
    let total = what.expect.bytes
    if (total !== null && tail.bytes > total) await tail.rewind(0)
    if (resumed && tail.bytes === total && what.expect.sha256 === null) await doubt(tail, what)
    total = await fetchRest(tail, part, what, total, disk)
    const wrong = () => what.expect.sha256 !== null && tail.digest() !== what.expect.sha256
    if (resumed && wrong()) {
      // What an earlier run left may be to blame: once more, from the start.
      await tail.rewind(0)
      total = await fetchRest(tail, part, what, total, disk)
    }
    if (what.expect.bytes !== null && tail.bytes !== what.expect.bytes) throw badOutput('output.length')
    if (wrong()) throw badOutput('output.checksum')
    await tail.sync()
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

/**
 * What an earlier run left is as long as it is to be, but a power cut may have kept the length and not the bytes. With
 * the last byte a source that knows their checksum is shown all of them; one that has nothing more to tell is not needed.
 */
async function doubt(tail: Tail, what: Pick<Receive, 'open'>): Promise<void> {
  const last = tail.bytes - 1
  const body = await what.open(last).catch((error: unknown) => {
    if (error instanceof ProviderError && error.detail.retry === 'never') return null
    throw error
  })
  if (body === null) return
  close(body.stream)
  if (body.inspect) await tail.rewind(last)
}

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
      close(body.stream)
      broken = new Error(`The source went on at ${body.offset} instead of ${tail.bytes}`)
    } else {
      try {
        if (body.offset < tail.bytes) await tail.rewind(body.offset)
        if (total !== null) await ensureRoom(part, total - tail.bytes, disk)
      } catch (error) {
        close(body.stream)
        throw error
      }
      broken = await pour(body, tail, {
        signal: what.signal,
        check: (bytes) => {
          if (total !== null && bytes > total) throw badOutput('output.length')
        },
        told: (bytes) => what.progress(bytes, total),
      })
    }
    if (broken === null && (total === null || tail.bytes === total)) return total
    fruitless = tail.bytes > before ? 0 : fruitless + 1
    if (fruitless >= mostFruitless || opening >= mostOpenings) {
      throw providerError('network', 'output.broken', 'later', broken)
    }
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
