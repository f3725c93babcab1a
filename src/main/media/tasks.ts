import { join } from 'node:path'
import type { Logger } from 'pino'
import type { MediaTask } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { Clock, Random } from '../ports'
import { laneOf, Page, type Lane } from './page'
import { Shelf, type Finished } from './shelf'
import { Spool } from './spool'
import { createTimers } from './timers'
import type { MediaTasks, MediaTaskState } from './types'
import { Damaged, verify } from './verify'

interface Held {
  kind: 'held'
  page: Page
  spool: Spool
  done: number
  total: number
  heardAt: number
}

type Phase =
  | { kind: 'waiting'; disk: boolean }
  | Held
  | { kind: 'checking'; spool: Spool; total: number }
  | { kind: 'done'; finished: Finished }
  | Extract<MediaTaskState, { kind: 'failed' }>

interface Entry {
  task: MediaTask
  order: number
  attempts: number
  phase: Phase
}

export interface MediaTasksOptions {
  /** Where pages' bytes are gathered; only this broker writes there. */
  spoolDir: string
  clock: Clock
  random: Random
  log: Logger
}

/** A page that said nothing about a task for this long loses it. */
const silenceMs = 120_000
/** How often a full disk is tried again. */
const diskMs = 20_000
/** A result that is damaged, or a worker that crashes, gets a second chance. */
const chances = 2
const extension = { animatic: 'mp4', preview: 'mp4', poster: 'webp', last_frame: 'png' } as const
/** What a person waits for comes first. */
const rank = { animatic: 0, last_frame: 0, poster: 1, preview: 2 } as const

/** What went wrong with a result, in the studio's words: it is damaged, or the disk refused it. */
function asProblem(cause: unknown): StudioError {
  if (cause instanceof StudioError) return cause
  const damaged = cause instanceof Damaged
  return damaged
    ? new StudioError('invalid_request', 'media.damaged', { cause })
    : new StudioError('storage', 'media.disk', { cause })
}

/** Opens the spool folder, sweeps what a kill left half done, and takes tasks and pages. */
export function createMediaTasks({ spoolDir, clock, random, log }: MediaTasksOptions): MediaTasks {
  const shelf = new Shelf(spoolDir, clock.now())
  const entries = new Map<string, Entry>()
  const pages = new Set<Page>()
  const listeners = new Set<(taskId: string) => void>()
  const discards = new Set<Promise<void>>()
  let orders = 0
  let stopWatch: (() => void) | null = null
  const timers = createTimers(clock)
  let closed = false

  const changed = (taskId: string) => {
    for (const listener of listeners) listener(taskId)
  }

  const discard = (spool: Spool) => {
    const gone = spool
      .discard()
      .catch((error: unknown) => log.warn({ err: error }, 'a spool file could not be removed'))
      .finally(() => discards.delete(gone))
    discards.add(gone)
  }

  const release = (taskId: string, page: Page, tell: boolean) => {
    for (const lane of ['render', 'small'] as const) if (page.lanes[lane] === taskId) page.lanes[lane] = null
    if (tell) page.tell({ type: 'stop', taskId })
  }

  /** Takes a task from its page, if one holds it, and throws away what came of it. */
  const takeBack = (entry: Entry, tell: boolean) => {
    if (entry.phase.kind !== 'held') return
    release(entry.task.id, entry.phase.page, tell)
    discard(entry.phase.spool)
  }

  const give = (entry: Entry, page: Page, lane: Lane) => {
    const { id } = entry.task
    page.lanes[lane] = id
    const spool = new Spool(join(spoolDir, `${id}.${random.id(clock.now())}.part`))
    entry.phase = { kind: 'held', page, spool, done: 0, total: 1, heardAt: clock.now() }
    page.tell({ type: 'start', task: entry.task })
    watch()
    changed(id)
  }

  const next = (lane: Lane): Entry | undefined =>
    [...entries.values()]
      .filter((e) => e.phase.kind === 'waiting' && !e.phase.disk && laneOf(e.task) === lane)
      .toSorted((a, b) => rank[a.task.kind] - rank[b.task.kind] || a.order - b.order)[0]

  const deal = () => {
    for (const lane of ['render', 'small'] as const)
      for (;;) {
        const page = [...pages].filter((p) => p.lanes[lane] === null).toSorted((a, b) => a.load - b.load)[0]
        const entry = page && next(lane)
        if (!entry) break
        give(entry, page, lane)
      }
  }

  const putBack = (entry: Entry, disk = false) => {
    entry.phase = { kind: 'waiting', disk }
    if (disk)
      timers.after(diskMs, () => {
        if (entry.phase.kind !== 'waiting' || !entry.phase.disk) return
        entry.phase = { kind: 'waiting', disk: false }
        deal()
      })
    changed(entry.task.id)
  }

  const fail = (entry: Entry, reason: 'unsupported' | 'source' | 'crashed' | 'damaged', message: string) => {
    entry.attempts += 1
    log.warn({ task: entry.task.id, kind: entry.task.kind, reason, message }, 'a media task failed')
    const again = (reason === 'crashed' || reason === 'damaged') && entry.attempts < chances
    if (again) return putBack(entry)
    entry.phase = { kind: 'failed', reason, message }
    changed(entry.task.id)
  }

  /** One timer for all that is held: whoever fell silent loses the task to the next page. */
  const watch = () => {
    stopWatch ??= clock.after(silenceMs / 4, () => {
      stopWatch = null
      const held = [...entries.values()].filter((e) => e.phase.kind === 'held')
      for (const entry of held) {
        if (entry.phase.kind !== 'held' || clock.now() - entry.phase.heardAt < silenceMs) continue
        takeBack(entry, true)
        fail(entry, 'crashed', 'the page fell silent')
      }
      deal()
      if (held.length > 0 && !closed) watch()
    })
  }

  const heldBy = (worker: string, taskId: string): { entry: Entry; held: Held } => {
    const entry = entries.get(taskId)
    if (entry?.phase.kind !== 'held' || entry.phase.page.worker !== worker)
      throw new StudioError('conflict', 'media.notYours')
    entry.phase.heardAt = clock.now()
    return { entry, held: entry.phase }
  }

  const leave = (page: Page) => {
    if (!pages.delete(page)) return
    page.leave()
    for (const entry of entries.values()) {
      if (entry.phase.kind !== 'held' || entry.phase.page !== page) continue
      takeBack(entry, false)
      putBack(entry)
    }
    deal()
    for (const entry of entries.values()) if (entry.phase.kind === 'waiting') changed(entry.task.id)
  }

  /** The page is to stop, and the task waits for room or gets its second chance. */
  const refuse = (entry: Entry, held: Held, error: unknown) => {
    if (entry.phase !== held) return
    takeBack(entry, true)
    if (error instanceof StudioError && error.code === 'storage') putBack(entry, true)
    else fail(entry, 'damaged', error instanceof Error ? error.message : String(error))
    deal()
  }

  return {
    enqueue(task) {
      if (!/^[\w-]{1,120}$/.test(task.id)) throw new Error(`not a task id: ${task.id}`)
      const known = entries.get(task.id)
      if (known && known.phase.kind !== 'failed') return
      const finished = shelf.get(task.id)
      orders += 1
      const phase: Phase = finished ? { kind: 'done', finished } : { kind: 'waiting', disk: false }
      entries.set(task.id, { task, order: orders, attempts: 0, phase })
      deal()
      changed(task.id)
    },

    state(taskId) {
      const phase = entries.get(taskId)?.phase
      if (!phase) {
        const finished = shelf.get(taskId)
        return finished ? { kind: 'done', ...finished } : { kind: 'unknown' }
      }
      switch (phase.kind) {
        case 'waiting':
          return { kind: 'waiting', worker: pages.size > 0, disk: phase.disk }
        case 'held':
          return { kind: 'running', done: phase.done, total: phase.total }
        case 'checking':
          return { kind: 'running', done: phase.total, total: phase.total }
        case 'done':
          return { kind: 'done', ...phase.finished }
        case 'failed':
          return phase
      }
    },

    cancel(taskId) {
      const entry = entries.get(taskId)
      entries.delete(taskId)
      if (entry) takeBack(entry, true)
      const gone = shelf.drop(taskId).finally(() => discards.delete(gone))
      discards.add(gone)
      deal()
      changed(taskId)
    },

    async forget(taskId) {
      const entry = entries.get(taskId)
      entries.delete(taskId)
      if (entry) takeBack(entry, true)
      await shelf.drop(taskId)
      deal()
    },

    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async *orders(worker, signal) {
      if (closed) return
      for (const other of pages) if (other.worker === worker) leave(other)
      const page = new Page(worker)
      pages.add(page)
      deal()
      for (const entry of entries.values()) if (entry.phase.kind === 'waiting') changed(entry.task.id)
      try {
        yield* page.listen(signal)
      } finally {
        leave(page)
      }
    },

    progress(worker, taskId, done, total) {
      const { held } = heldBy(worker, taskId)
      const share = Math.min(1, done / total)
      if (held.total > 1 && share < held.done / held.total) return
      held.done = Math.min(done, total)
      held.total = total
      changed(taskId)
    },

    async write(worker, taskId, offset, chunk) {
      const { entry, held } = heldBy(worker, taskId)
      try {
        await held.spool.append(offset, chunk)
      } catch (error) {
        refuse(entry, held, error)
        throw error
      }
    },

    async finish(worker, taskId, bytes, sha256) {
      const { entry, held } = heldBy(worker, taskId)
      const { spool } = held
      const checking: Phase = { kind: 'checking', spool, total: Math.max(1, held.total) }
      release(taskId, held.page, false)
      entry.phase = checking
      deal()
      const current = () => entries.get(taskId) === entry && entry.phase === checking
      try {
        await spool.seal(bytes, sha256)
        await verify(entry.task, spool.path)
        if (!current()) throw new StudioError('conflict', 'media.notYours')
        const kind = extension[entry.task.kind]
        const finished = await shelf.keep(taskId, spool.path, kind, { bytes, sha256 }, clock.now())
        if (!current()) return await shelf.drop(taskId)
        entry.phase = { kind: 'done', finished }
        changed(taskId)
      } catch (cause) {
        discard(spool)
        const problem = asProblem(cause)
        if (current()) {
          if (problem.code === 'storage') putBack(entry, true)
          else fail(entry, 'damaged', cause instanceof Error ? cause.message : String(cause))
          deal()
        }
        throw problem
      }
    },

    fail(worker, taskId, reason, message) {
      const { entry } = heldBy(worker, taskId)
      takeBack(entry, false)
      fail(entry, reason, message)
      deal()
    },

    async close() {
      closed = true
      stopWatch?.()
      timers.stop()
      for (const page of pages) leave(page)
      await Promise.all(discards)
    },
  }
}
