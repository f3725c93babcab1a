import { StudioError, type ProblemKey } from '@shared/problems'
import type { JobRecord } from '../history'
import type { Engine } from './engine'
import type { Hold } from './hold'
import type { Lanes } from './lanes'
import type { Queue } from './types'

/** How long a cancelled job can be put back into the queue. */
const undoMs = 15_000

/** The engine's parts that the queue's doors move. */
export interface QueueParts {
  hold: Hold
  lanes: Lanes
  cancel: (job: JobRecord) => void
}

/** What a person does with jobs that wait: see {@link Queue}. */
export function createQueue(engine: Engine, { hold, lanes, cancel }: QueueParts): Queue {
  const { store, clock } = engine
  const { lists, queue } = engine.history

  /** Does something with each that still allows it; refuses when none of them does. */
  function each(ids: readonly string[], refusal: ProblemKey, act: (job: JobRecord) => boolean) {
    const jobs = ids
      .flatMap((id) => store.get(id) ?? [])
      .filter((job) => job.removedAt === null)
      .sort((a, b) => (a.turn ?? a.seq) - (b.turn ?? b.seq))
    if (jobs.length === 0) throw new StudioError('not_found', 'job.notFound')
    const done = jobs.filter(act)
    if (done.length === 0) throw new StudioError('conflict', refusal)
  }

  /** What waits goes first: else one of them would be sent when a job at work makes room. */
  function cancelAll(jobs: readonly JobRecord[]): string[] {
    const waiting = jobs.filter(({ state }) => state === 'queued')
    const atWork = jobs.filter(({ state }) => state !== 'queued' && state !== 'cancelling')
    for (const job of [...waiting, ...atWork]) cancel(job)
    return [...waiting, ...atWork].map(({ id }) => id)
  }

  return {
    state(limit) {
      const { working, waiting, seqs } = queue.view(limit)
      return { paused: hold.holds(), working, waiting, jobs: lists.rows(seqs) }
    },
    order: () => queue.order(),
    pauseAll: () => hold.set(true),
    resumeAll: () => hold.set(false),

    pause(ids) {
      each(ids, 'job.notQueued', (job) => {
        if (job.state !== 'queued') return false
        if (job.paused) return true
        if (!engine.note(job, { paused: true }, { kind: 'paused' })) return false
        lanes.drop(job)
        lanes.pump(job)
        return true
      })
    },
    resume(ids) {
      each(ids, 'job.notQueued', (job) => {
        if (job.state !== 'queued') return false
        if (!job.paused) return true
        if (!engine.note(job, { paused: false }, { kind: 'resumed' })) return false
        lanes.add({ ...job, paused: false })
        lanes.pump(job)
        return true
      })
    },

    move(ids, to) {
      const turns = queue.move(ids, to)
      if (turns === 'not_queued') throw new StudioError('conflict', 'job.notQueued')
      if (turns === 'place_gone') throw new StudioError('conflict', 'queue.placeGone')
      if (turns.size === 0) return
      lanes.reorder(turns)
      engine.events.publish({ type: 'queue' })
      lanes.pumpAll()
    },

    cancel(which) {
      const jobs = queue.unfinished()
      return cancelAll(which === 'all' ? jobs : jobs.filter(({ state }) => state === 'queued'))
    },
    cancelBatch(batchId) {
      const jobs = queue.batch(batchId)
      if (!jobs) throw new StudioError('not_found', 'batch.notFound')
      return cancelAll(jobs)
    },

    putBack(ids) {
      const since = clock.now() - undoMs
      each(ids, 'job.notPutBack', (job) => {
        const unsent = job.submitAttemptedAt === null && job.providerJobId === null && job.charged === 'no'
        if (job.state !== 'cancelled' || !unsent || (job.finishedAt ?? 0) < since) return false
        const patch = { finishedAt: null, cancelRequested: false, nextAt: null, waiting: null }
        return engine.move(job.id, ['cancelled'], 'queued', { kind: 'put_back' }, patch)
      })
    },
  }
}
