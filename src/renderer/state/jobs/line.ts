import type { JobRow, JobState, QueuePlace, QueueState } from '@shared/contract'
import { reordered } from '@shared/queue'
import { runningStates } from '@shared/words'
import { create } from 'zustand'

const running: readonly JobState[] = runningStates

/** The most that are known of the line at once. */
export const lineLimit = 200

/** Jobs that are not finished: those at work, the oldest first, then the queue in its order; and how many there are. */
export type Line = Omit<QueueState, 'paused' | 'jobs'> & { jobs: readonly JobRow[] }

export const useLine = create<Line>(() => ({ jobs: [], working: 0, waiting: 0 }))

const isQueued = (row: JobRow) => row.state === 'queued'

/** What stands before what: jobs at work in the order of their making, then the queue by its turns. */
function standsBefore(a: JobRow, b: JobRow): boolean {
  if (isQueued(a) !== isQueued(b)) return isQueued(b)
  return isQueued(a) ? a.turn < b.turn : a.seq < b.seq
}

/** Whether there are more jobs than are known, so that figures are known only from the studio. */
export function isCut({ jobs, working, waiting }: Line): boolean {
  return working + waiting > jobs.length
}

function counted(line: Line, jobs: readonly JobRow[]): Line {
  if (isCut(line)) return { ...line, jobs }
  const waiting = jobs.filter(isQueued).length
  return { jobs, waiting, working: jobs.length - waiting }
}

/** The line with one job as it is now: in its place while it runs, gone when it ended. */
export function lineWith(line: Line, row: JobRow): Line {
  const others = line.jobs.filter((job) => job.seq !== row.seq)
  if (!running.includes(row.state)) return others.length === line.jobs.length ? line : counted(line, others)
  const place = others.findIndex((job) => standsBefore(row, job))
  return counted(line, place < 0 ? [...others, row] : others.toSpliced(place, 0, row))
}

/** The line without jobs that were removed. */
export function lineWithout(line: Line, seqs: readonly number[]): Line {
  return counted(
    line,
    line.jobs.filter((job) => !seqs.includes(job.seq)),
  )
}

/** The line as it will be once the studio has moved jobs within the queue; the same where nothing can move. */
export function lineMoved(line: Line, ids: readonly string[], to: QueuePlace): Line {
  const queued = line.jobs.filter(isQueued)
  const order = reordered(
    queued.map(({ id }) => id),
    ids,
    to,
  )
  if (!order) return line
  const byId = new Map(queued.map((job) => [job.id, job]))
  const moved = order.flatMap((id, place) => {
    const job = byId.get(id)
    return job ? [{ ...job, turn: queued[place]?.turn ?? job.turn }] : []
  })
  return { ...line, jobs: [...line.jobs.filter((job) => !isQueued(job)), ...moved] }
}

/** Which turn a queued job has among those of its model, 1 being next; null when it is not in line, or paused. */
export function turnOf(jobs: readonly JobRow[], seq: number): number | null {
  const at = jobs.findIndex((job) => job.seq === seq)
  const own = jobs[at]
  if (own === undefined || !takesTurns(own)) return null
  return jobs.slice(0, at + 1).filter((job) => job.model === own.model && takesTurns(job)).length
}

const takesTurns = (row: JobRow) => isQueued(row) && row.waiting !== 'paused'
