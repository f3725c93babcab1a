import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { StudioError } from '@shared/problems'
import type { Events } from '../events'
import type { DerivativeKind, History } from '../history'
import type { Clock } from '../ports'
import { createTimers } from './timers'
import type { Derivatives, MediaTasks } from './types'

export interface DerivativesOptions {
  tasks: MediaTasks
  history: Pick<History, 'derivatives' | 'lists'>
  /** Made again from the video whenever it is lost. */
  cacheDir: string
  clock: Clock
  log: Logger
  events: Events
}

const extension: Record<DerivativeKind, string> = { poster: 'webp', preview: 'mp4', last_frame: 'png' }
/** Few at a time, so that what was wanted last is made next. */
const outstandingMost = 4
const attemptsMost = 3
const againMs = 15_000
/** Who asks for a last frame has an answer after this long, though it be that the frame is still being read. */
const frameMs = 400

interface Asked {
  jobId: string
  kind: DerivativeKind
}

/** Has posters, previews and last frames made by pages, keeps them, and says when one is ready. */
export function createDerivatives(options: DerivativesOptions): Derivatives {
  const { tasks, history, cacheDir, clock, log, events } = options
  const asked = new Map<string, Asked>()
  const resting = new Set<string>()
  /** Last frames that are read, and those of which nobody has heard yet that they cannot be; by the task's id. */
  const frames = new Map<string, PromiseWithResolvers<string | null>>()
  const storing = new Set<Promise<void>>()
  const timers = createTimers(clock)
  let closed = false

  const idOf = (jobId: string, kind: DerivativeKind) => `${jobId}-${kind}`
  const fileOf = (jobId: string, kind: DerivativeKind) =>
    join(cacheDir, jobId.slice(-2), `${jobId}-${kind}.${extension[kind]}`)

  const ask = (jobId: string, kind: DerivativeKind) => {
    const id = idOf(jobId, kind)
    asked.set(id, { jobId, kind })
    tasks.enqueue({ kind, id, jobId, source: `media/${jobId}/video` })
  }

  const pump = () => {
    if (closed || asked.size >= outstandingMost) return
    for (const { jobId, kind } of history.derivatives.wanted(outstandingMost * 4 + resting.size)) {
      if (asked.size >= outstandingMost) return
      const id = idOf(jobId, kind)
      if (!asked.has(id) && !resting.has(id)) ask(jobId, kind)
    }
  }

  const tell = (id: string, path: string | null) => {
    frames.get(id)?.resolve(path)
    // The next who asks finds the file itself.
    if (path !== null) frames.delete(id)
  }

  const take = async (id: string, { jobId, kind }: Asked, from: string, sha256: string, bytes: number) => {
    const path = fileOf(jobId, kind)
    await mkdir(dirname(path), { recursive: true })
    await copyFile(from, `${path}.part`)
    await rename(`${path}.part`, path)
    history.derivatives.ready(jobId, kind, sha256, bytes, clock.now())
    await tasks.forget(id)
    const job = history.lists.row(jobId)
    if (job) events.publish({ type: 'job', created: false, job })
    tell(id, path)
  }

  const store = (id: string, what: Asked, made: { path: string; sha256: string; bytes: number }) => {
    const stored = take(id, what, made.path, made.sha256, made.bytes)
      .catch((error: unknown) => {
        log.warn({ err: error, id }, 'a picture could not be kept')
        giveUp(id, what, String(error), false)
      })
      .finally(() => {
        storing.delete(stored)
        pump()
      })
    storing.add(stored)
  }

  const giveUp = (id: string, { jobId, kind }: Asked, error: string, final: boolean) => {
    const before = history.derivatives.get(jobId, kind)?.attempts ?? 0
    const last = final || before + 1 >= attemptsMost
    history.derivatives.failed(jobId, kind, error, last, clock.now())
    void tasks.forget(id)
    if (last) return tell(id, null)
    resting.add(id)
    timers.after(againMs * 4 ** before, () => {
      resting.delete(id)
      pump()
    })
  }

  const look = (id: string) => {
    const what = asked.get(id)
    if (!what || closed) return
    const state = tasks.state(id)
    if (state.kind === 'waiting' || state.kind === 'running') return
    asked.delete(id)
    if (state.kind === 'done') store(id, what, state)
    else if (state.kind === 'failed') {
      giveUp(id, what, `${state.reason}: ${state.message}`, state.reason === 'unsupported')
      pump()
    } else tell(id, null)
  }
  const stopListening = tasks.onChange(look)

  const beginFrame = (id: string, jobId: string) => {
    const reading = Promise.withResolvers<string | null>()
    frames.set(id, reading)
    history.derivatives.want(jobId, ['last_frame'], clock.now())
    ask(jobId, 'last_frame')
    look(id)
    return reading
  }

  const path: Derivatives['path'] = (jobId, kind) => {
    if (history.derivatives.get(jobId, kind)?.state !== 'ready') return null
    const file = fileOf(jobId, kind)
    if (existsSync(file)) return file
    // Somebody emptied the cache: it is made again.
    history.derivatives.want(jobId, [kind], clock.now())
    pump()
    return null
  }

  return {
    path,

    want(jobId) {
      history.derivatives.want(jobId, ['poster', 'preview'], clock.now())
      pump()
    },

    async lastFrame(jobId) {
      const there = path(jobId, 'last_frame')
      if (there) return there
      const id = idOf(jobId, 'last_frame')
      const reading = frames.get(id) ?? beginFrame(id, jobId)
      const state = tasks.state(id)
      if (state.kind === 'waiting' && !state.worker) throw new StudioError('unavailable', 'media.noWindow')
      const late = Promise.withResolvers<'late'>()
      const stop = clock.after(frameMs, () => late.resolve('late'))
      const came = await Promise.race([reading.promise, late.promise]).finally(stop)
      if (came === 'late') throw new StudioError('unavailable', 'media.frameLater')
      frames.delete(id)
      if (came === null) throw new StudioError('unavailable', 'media.noFrame')
      return came
    },

    async forget(jobId) {
      for (const kind of ['poster', 'preview', 'last_frame'] as const) {
        const id = idOf(jobId, kind)
        asked.delete(id)
        await tasks.forget(id)
        tell(id, null)
        await rm(fileOf(jobId, kind), { force: true })
      }
      pump()
    },

    start: pump,

    async close() {
      closed = true
      timers.stop()
      stopListening()
      await Promise.all(storing)
      for (const reading of frames.values()) reading.resolve(null)
    },
  }
}
