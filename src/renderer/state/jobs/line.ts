import type { JobRow, JobState } from '@shared/contract'
import { runningStates } from '@shared/words'
import { create } from 'zustand'

const running: readonly JobState[] = runningStates

/** The most that are known of the line at once. */
export const lineLimit = 200

/** Jobs that are not finished, oldest first: who stands in line, and where. */
export const useLine = create<{ jobs: readonly JobRow[] }>(() => ({ jobs: [] }))

/** The line with one job as it is now: in its place while it runs, gone when it ended. */
export function lineWith(jobs: readonly JobRow[], row: JobRow): readonly JobRow[] {
  const others = jobs.filter((job) => job.seq !== row.seq)
  if (!running.includes(row.state)) return others.length === jobs.length ? jobs : others
  const place = others.findIndex((job) => job.seq > row.seq)
  return place < 0 ? [...others, row] : others.toSpliced(place, 0, row)
}

/** Which turn a queued job has among those of its model, 1 being next; null when it is not in line. */
export function turnOf(jobs: readonly JobRow[], seq: number): number | null {
  const own = jobs.find((job) => job.seq === seq)
  if (own?.state !== 'queued') return null
  return jobs.filter((job) => job.model === own.model && job.state === 'queued' && job.seq <= seq).length
}
