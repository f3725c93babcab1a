import type { JobRecord, JobStore } from '../history'
import type { Clock } from '../ports'

interface Entry {
  turn: number
  id: string
  /** The page has been told that it waits. */
  told: boolean
}
export type Lane = Pick<JobRecord, 'connectionId' | 'model'>

/** The queued jobs of each connection and model, in the order of the queue; paused ones stand outside. */
export interface Lanes {
  /** Takes a queued job in at its place; {@link Lanes.pump} starts it. One that is paused is left out. */
  add(job: JobRecord): void
  /** Takes a job out that was paused. */
  drop(job: JobRecord): void
  /** Starts what may start in the lane of this job. */
  pump(lane: Lane): void
  /** Starts what may start anywhere. */
  pumpAll(): void
  /** The order of the queue changed: the new turns of jobs by id. */
  reorder(turns: ReadonlyMap<string, number>): void
}

/**
 * `start` takes one to work, or answers false when it cannot be yet (then the lane is to be pumped again); `wait` says
 * that one has to wait its turn. A job that was throttled stands at the head of its lane and holds it back until its
 * time, since the next one would be refused just the same; one that a person puts before it is tried all the same.
 */
export function createLanes(options: {
  store: JobStore
  clock: Clock
  /** How many jobs of a lane may be under way; 0 while nothing of it may start. */
  limit: (lane: Lane) => number
  start: (job: JobRecord) => boolean
  wait: (job: JobRecord) => void
}): Lanes {
  const { store, clock, limit, start, wait } = options
  const lanes = new Map<string, { lane: Lane; line: Entry[] }>()
  const keyOf = ({ connectionId, model }: Lane) => `${connectionId ?? ''}\n${model}`

  /** The job at the head if it may start now; drops those that are queued no more, or paused. */
  function ready(line: Entry[], lane: Lane): JobRecord | null {
    for (;;) {
      const head = line[0]
      if (!head) return null
      const job = store.get(head.id)
      if (job?.state === 'queued' && !job.paused) {
        const held = job.nextAt !== null && job.nextAt > clock.now()
        return held || store.busy(lane.connectionId, lane.model) >= limit(lane) ? null : job
      }
      line.shift()
    }
  }

  function drop(job: JobRecord) {
    const line = lanes.get(keyOf(job))?.line
    const at = line?.findIndex(({ id }) => id === job.id) ?? -1
    if (at >= 0) line?.splice(at, 1)
  }

  function pump(lane: Lane) {
    const line = lanes.get(keyOf(lane))?.line
    if (!line) return
    for (let job = ready(line, lane); job; job = ready(line, lane)) {
      if (!start(job)) break
      drop(job)
    }
    for (const entry of line.filter((entry) => !entry.told)) {
      entry.told = true
      const job = store.get(entry.id)
      if (job?.state === 'queued' && job.waiting === null) wait(job)
    }
    if (line.length === 0) lanes.delete(keyOf(lane))
  }

  return {
    add(job) {
      drop(job)
      if (job.paused) return
      const { connectionId, model } = job
      const { line } = lanes.get(keyOf(job)) ?? { line: [] }
      lanes.set(keyOf(job), { lane: { connectionId, model }, line })
      const turn = job.turn ?? job.seq
      const at = line.findLastIndex((entry) => entry.turn < turn)
      line.splice(at + 1, 0, { turn, id: job.id, told: job.waiting !== null })
    },
    drop,
    pump,
    pumpAll() {
      for (const { lane } of lanes.values()) pump(lane)
    },
    reorder(turns) {
      for (const { line } of lanes.values()) {
        for (const entry of line) entry.turn = turns.get(entry.id) ?? entry.turn
        line.sort((a, b) => a.turn - b.turn)
      }
    },
  }
}
