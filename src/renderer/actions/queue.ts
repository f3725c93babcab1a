import type { QueuePlace } from '@shared/contract'
import i18next from 'i18next'
import { api } from '../api'
import { lineMoved, readLine, readWaitingSoon, useLine, useWaiting, waitingMoved } from '../state/jobs'
import { toast } from '../ui'
import { attempt, portions, sayProblem, undo } from './say'

/** The most ids in one call, as the contract has it. */
const most = 1_000
/** A little less than the studio lets cancelled jobs be put back for. */
const undoMs = 12_000

/** Puts jobs back into the queue that were cancelled before they were sent. */
async function putBack(ids: readonly string[]): Promise<void> {
  await attempt(async () => {
    for (const part of portions(ids, most)) await api.queue.putBack({ ids: part })
  })
}

/** Says that jobs were cancelled, with the way back for those that were never sent. */
export function sayCancelled(count: number, waited: readonly string[]): void {
  if (count === 0) return
  toast({
    title: i18next.t('actions.cancelled', { count }),
    ...(waited.length === 0 ? {} : { action: undo(() => void putBack(waited)), timeout: undoMs }),
  })
}

/** Jobs at work, of which what was cancelled cannot be put back. They are the first that are known of the line. */
const atWork = () =>
  new Set(
    useLine
      .getState()
      .jobs.filter(({ state }) => state !== 'queued')
      .map(({ id }) => id),
  )

async function each(ids: readonly string[], call: (part: string[]) => Promise<unknown>): Promise<void> {
  await attempt(async () => {
    for (const part of portions(ids, most)) await call(part)
  })
}

/** What a person does with the queue. None of these throws: what goes wrong is said. */
export const queueActions = {
  /** Nothing new is sent until the queue is resumed. */
  pauseAll: async (): Promise<void> => void (await attempt(() => api.queue.pause())),
  resumeAll: async (): Promise<void> => void (await attempt(() => api.queue.resume())),
  /** Keeps waiting jobs from their turn. */
  pause: (ids: readonly string[]) => each(ids, (part) => api.queue.pauseMany({ ids: part })),
  resume: (ids: readonly string[]) => each(ids, (part) => api.queue.resumeMany({ ids: part })),
  /** Moves waiting jobs: shown at once, and as the studio has it where that refuses. */
  async move(ids: string[], to: QueuePlace): Promise<void> {
    useLine.setState((line) => lineMoved(line, ids, to))
    useWaiting.setState(({ order }) => ({ order: waitingMoved(order, ids, to) }))
    try {
      await api.queue.move({ ids, to })
    } catch (error) {
      sayProblem(error)
      readWaitingSoon()
      await readLine()
    }
  },
  /** Cancels all that waits; can be undone for a moment. */
  async cancelWaiting(): Promise<void> {
    const done = await attempt(() => api.queue.cancel({ which: 'waiting' }))
    if (done) sayCancelled(done.ids.length, done.ids)
  },
  /** Cancels everything; what waited can be put back for a moment. */
  async cancelAll(): Promise<void> {
    const working = atWork()
    const done = await attempt(() => api.queue.cancel({ which: 'all' }))
    if (done)
      sayCancelled(
        done.ids.length,
        done.ids.filter((id) => !working.has(id)),
      )
  },
  async cancelBatch(batchId: string): Promise<void> {
    const working = atWork()
    const done = await attempt(() => api.queue.cancelBatch({ batchId }))
    if (done)
      sayCancelled(
        done.ids.length,
        done.ids.filter((id) => !working.has(id)),
      )
  },
}
