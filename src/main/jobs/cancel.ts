import type { JobRecord } from '../history'
import { ended, isFinal, type Engine } from './engine'

/** How long a submit may still bring its id when it was cancelled, or when the program closes. */
export const submitGraceMs = 10_000

/**
 * Makes what cancels a job, wherever it is in its life; cancelling twice is the same as once. `stop` turns to a job
 * that was just moved to `cancelling`.
 */
export function createCancel(engine: Engine, stop: (id: string) => void): (job: JobRecord) => void {
  return (job) => {
    if (isFinal(job.state) || job.state === 'cancelling') return
    const now = engine.clock.now()
    if (job.state === 'queued') {
      // One that was sent before and not found may have been charged all the same.
      const patch = { ...ended, cancelRequested: true, finishedAt: now }
      engine.move(job.id, ['queued'], 'cancelled', { kind: 'cancelled' }, patch)
      return
    }
    const nextAt = job.state === 'submitting' ? now + submitGraceMs : null
    const patch = { cancelRequested: true, nextAt, waiting: null, error: null, errorRaw: null }
    if (!engine.move(job.id, [job.state], 'cancelling', { kind: 'cancel_requested' }, patch)) return
    if (nextAt !== null) engine.arm(nextAt)
    stop(job.id)
  }
}
