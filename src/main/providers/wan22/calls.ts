import type { Readable } from 'node:stream'
import type { Clock } from '../../ports'
import { WireError, wireFailure, type Wire, type WireStream } from '../../wire'
import type { ProviderOutput, ProviderStatus } from '../types'
import { badOutput, field, refusalOf, runOf, service, unsureError, wordsOf } from './errors'
import { BadAnswer } from './scan'
import { BadBase64 } from './base64'
import { DiskError, type Spool } from './spool'

/** Bytes read of an answer that is a refusal. */
const mostRefusal = 64 * 1024
/** How long a video that arrives already may go on arriving when the studio closes, in ms. */
const closeGraceMs = 10_000

/** One request whose answer is the video. */
export interface HeldRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  /** Milliseconds without a byte after which it is given up. */
  silenceMs: number
}

interface Held {
  controller: AbortController
  /** How it ended; null while it goes on. */
  status: ProviderStatus | null
  /** The answer has begun. */
  arriving: boolean
  done: Promise<void>
}

/** The requests that are held open until their video is here, by job. */
export interface HeldCalls {
  /**
   * Sends and resolves once the whole request is handed over; the answer is taken care of from then on. Throws a
   * `ProviderError` where it could not be handed over.
   */
  begin(jobId: string, request: HeldRequest, signal: AbortSignal): Promise<void>
  /** How a job's call ended, `held` while it goes on, null where there is none (any more). */
  state(jobId: string): ProviderStatus | 'held' | null
  /** Lets go of a job's call, and of what it brought. The provider goes on with it all the same. */
  drop(jobId: string): Promise<void>
  /** Lets go of all, after a short while for videos that are arriving. */
  close(): Promise<void>
}

/** `changed` is called when a job's call has ended. */
export function createHeldCalls(parts: {
  wire: Wire
  spool: Spool
  clock: Clock
  changed: (jobId: string) => void
}): HeldCalls {
  const { wire, spool, clock, changed } = parts
  const calls = new Map<string, Held>()

  /** Whatever happens after the request was handed over is a status and no error. */
  async function answered(jobId: string, held: Held, request: HeldRequest, answer: WireStream) {
    const { status, headers, stream } = answer
    const { signal } = held.controller
    held.arriving = true
    const isHtml = /\bhtml\b/i.test(headers['content-type'] ?? '')
    if (status >= 200 && status < 300 && !isHtml) return takeVideo(spool, jobId, stream, signal)
    const body = await textOf(stream)
    const at = request.url.lastIndexOf('/')
    const where = { address: request.url.slice(0, at), function: request.url.slice(at + 1) }
    return refusalOf({ status, headers, body, json: jsonOf(body) }, where)
  }

  return {
    async begin(jobId, request, signal) {
      const controller = new AbortController()
      const held: Held = { controller, status: null, arriving: false, done: Promise.resolve() }
      const sent = Promise.withResolvers<void>()
      let handed = false
      const onSent = () => {
        handed = true
        sent.resolve()
      }
      const stop = () => controller.abort(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      calls.set(jobId, held)
      const { silenceMs, ...rest } = request
      held.done = wire
        .open({ method: 'POST', ...rest, silenceMs, signal: controller.signal, onSent })
        .then(
          (answer) => {
            // Answered before all of it was sent: its own word says how that went.
            onSent()
            return answered(jobId, held, request, answer)
          },
          (error: unknown) => {
            if (!handed) throw error
            return broken(error, silenceMs)
          },
        )
        .then(async (status) => {
          if (status.kind !== 'succeeded') await spool.drop(jobId)
          held.status = status
          changed(jobId)
        })
        .catch(async (error: unknown) => {
          calls.delete(jobId)
          await spool.drop(jobId)
          sent.reject(wireFailure(error, service))
        })
      try {
        await sent.promise
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },

    state(jobId) {
      const held = calls.get(jobId)
      return held === undefined ? null : (held.status ?? 'held')
    },

    async drop(jobId) {
      const held = calls.get(jobId)
      calls.delete(jobId)
      held?.controller.abort()
      await held?.done
      await spool.drop(jobId)
    },

    async close() {
      const open = [...calls.values()].filter(({ status }) => status === null)
      for (const held of open) if (!held.arriving) held.controller.abort()
      const release = clock.after(closeGraceMs, () => {
        for (const held of open) held.controller.abort()
      })
      await Promise.all(open.map(({ done }) => done))
      release()
    },
  }
}

/** The connection went while the app was at work. */
function broken(error: unknown, silenceMs: number): ProviderStatus {
  const silent = error instanceof WireError && error.trouble === 'timeout'
  const reason = error instanceof Error ? error.message : String(error)
  const key = silent ? 'wan22.silent' : 'wan22.cut'
  return { kind: 'unsure', error: unsureError(key, { minutes: Math.round(silenceMs / 60_000) }, reason) }
}

async function takeVideo(
  spool: Spool,
  jobId: string,
  stream: Readable,
  signal: AbortSignal,
): Promise<ProviderStatus> {
  try {
    const { answer, video, cut } = await spool.take(jobId, stream, signal)
    if (cut) return { kind: 'unsure', error: unsureError('wan22.cut') }
    const raw = JSON.stringify(answer).slice(0, 4096)
    if (video === null) {
      return badOutput('wan22.noVideo', wordsOf({ status: 200, body: '', json: answer }), raw)
    }
    return { ...madeOf(jobId, video), told: toldOf(answer) }
  } catch (error) {
    if (error instanceof BadAnswer || error instanceof BadBase64) {
      return badOutput('wan22.damaged', error.message)
    }
    if (error instanceof DiskError) return badOutput('wan22.disk', error.message)
    return { kind: 'unsure', error: unsureError('wan22.cut', {}, String(error)) }
  }
}

/** A video that waits in the spool, as the engine takes it. */
export function madeOf(
  jobId: string,
  { bytes, sha256 }: Pick<ProviderOutput, 'bytes' | 'sha256'>,
): Extract<ProviderStatus, { kind: 'succeeded' }> {
  return { kind: 'succeeded', outputs: [{ ref: `${jobId}.mp4`, bytes, sha256 }] }
}

/** What an answer tells beside the video: the run, the seconds of its GPU, and the seed where the app tells it. */
function toldOf(answer: unknown): Record<string, string | number> {
  const run = runOf(answer)
  const ms = field(answer, 'run_time_ms')
  const details = field(field(answer, 'result'), 'details') ?? field(answer, 'details')
  const seed = field(details, 'seed')
  return {
    ...(run === null ? {} : { requestId: run }),
    ...(typeof ms === 'number' ? { runSeconds: Math.round(ms / 1000) } : {}),
    ...(typeof seed === 'number' ? { seed } : {}),
  }
}

/** The beginning of a refusal; one that breaks off is read as far as it came. */
async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part)
      bytes += part.byteLength
      if (bytes > mostRefusal) break
    }
  } catch {
    // Its status says enough.
  }
  return Buffer.concat(parts).toString('utf8', 0, mostRefusal)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
