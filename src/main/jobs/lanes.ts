import type { JobRecord, JobStore } from '../history'
import type { Clock } from '../ports'

interface Entry {
  seq: number
  id: string
  /** The page has been told that it waits. */
  told: boolean
}
export type Lane = Pick<JobRecord, 'connectionId' | 'model'>

/** The queued jobs of each connection and model, first come, first served. */
export interface Lanes {
  /** Takes a queued job in at its place; {@link Lanes.pump} starts it. */
  add(job: JobRecord): void
  /** Starts what may start in the lane of this job. */
  pump(lane: Lane): void
}

/**
 * `start` takes one to work, or answers false when it cannot be
 * yet (then the lane is to be pumped again); `wait` says that one has to wait its turn. A job that was throttled stands at the head of its lane and holds it back until its time, since the next
 * one would be refused just the same.
 */
export function createLanes(options: {
  store: JobStore
  clock: Clock
  /** How many jobs of a lane may be under way; 0 while its connection is switched off. */
  limit: (lane: Lane) => number
  start: (job: JobRecord) => boolean
  wait: (job: JobRecord) => void
}): Lanes {
  const { store, clock, limit, start, wait } = options
  const lanes = new Map<string, Entry[]>()
  const keyOf = ({ connectionId, model }: Lane) => `${connectionId ?? ''}\n${model}`

  /** The job at the head if it may start now; drops those that are queued no more. */
  function ready(line: Entry[], lane: Lane): JobRecord | null {
    for (;;) {
      const head = line[0]
      if (!head) return null
      const job = store.get(head.id)
      if (job?.state === 'queued') {
        const held = job.nextAt !== null && job.nextAt > clock.now()
        return held || store.busy(lane.connectionId, lane.model) >= limit(lane) ? null : job
      }
      line.shift()
    }
  }

  return {
    add(job) {
      const line = lanes.get(keyOf(job)) ?? []
      lanes.set(keyOf(job), line)
      const at = line.findLastIndex((entry) => entry.seq < job.seq)
      line.splice(at + 1, 0, { seq: job.seq, id: job.id, told: job.waiting !== null })
    },
    pump(lane) {
      const line = lanes.get(keyOf(lane))
      if (!line) return
      for (let job = ready(line, lane); job; job = ready(line, lane)) {
        if (!start(job)) break
        line.shift()
      }
      for (const entry of line.filter((entry) => !entry.told)) {
        entry.told = true
        const job = store.get(entry.id)
        if (job?.state === 'queued' && job.waiting === null) wait(job)
      }
      if (line.length === 0) lanes.delete(keyOf(lane))
    },
  }
}
