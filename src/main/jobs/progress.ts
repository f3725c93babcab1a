import type { JobState } from '@shared/contract'
import type { Events } from '../events'
import type { JobRecord, JobStore } from '../history'
import type { Clock } from '../ports'

const eventEveryMs = 100
const storeEveryMs = 2_000

interface Known {
  value: number | null
  state: JobState
  toldAt: number
  storedAt: number
}

/** How far each running job is: told often, written down seldom. */
export interface Progress {
  /** `value` is 0 to 1, or null where it is not known. */
  report(job: Pick<JobRecord, 'id' | 'seq' | 'state'>, value: number | null): void
  /** What is known of a job in this state; undefined when nothing was reported. */
  of(id: string, state: JobState): number | null | undefined
  forget(id: string): void
}

/** Keeps progress in memory, tells it at most every 100 ms a job and stores it at most every 2 s. */
export function createProgress(deps: {
  clock: Clock
  events: Events
  store: Pick<JobStore, 'patch'>
}): Progress {
  const { clock, events, store } = deps
  const known = new Map<string, Known>()
  return {
    report(job, value) {
      const now = clock.now()
      const inRange = value === null ? null : Math.min(1, Math.max(0, value))
      const before = known.get(job.id)
      const entry: Known =
        before?.state === job.state
          ? before
          : { value: null, state: job.state, toldAt: -Infinity, storedAt: now }
      if (entry === before && entry.value === inRange) return
      entry.value = inRange
      known.set(job.id, entry)
      if (now - entry.toldAt >= eventEveryMs) {
        entry.toldAt = now
        events.publish({ type: 'progress', id: job.id, seq: job.seq, progress: inRange })
      }
      if (now - entry.storedAt >= storeEveryMs) {
        entry.storedAt = now
        store.patch(job.id, [job.state], now, { progress: inRange })
      }
    },
    of(id, state) {
      const entry = known.get(id)
      return entry?.state === state ? entry.value : undefined
    },
    forget: (id) => void known.delete(id),
  }
}
