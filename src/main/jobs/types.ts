import type {
  Approval,
  FileFate,
  JobDetail,
  JobPreview,
  JobRequest,
  JobRow,
  QueuePlace,
  QueueState,
  Stray,
} from '@shared/contract'
import type { z } from 'zod'

type Request = z.output<typeof JobRequest>

/** The queue as rpc sees it. Errors are StudioError. */
export interface Queue {
  state(limit: number): QueueState
  /** Numbers of all jobs that wait, in the order of the queue. */
  order(): number[]
  /** From now on nothing new is sent; what was sent is watched to its end. Kept across restarts. */
  pauseAll(): void
  resumeAll(): void
  /** Keeps waiting jobs from their turn. `conflict` when none of them waits any more; those already paused stay so. */
  pause(ids: readonly string[]): void
  resume(ids: readonly string[]): void
  /** See {@link QueueStore.move}; `conflict` where nothing moved. */
  move(ids: readonly string[], to: QueuePlace): void
  /** Cancels all that waits, or all at all; answers what it cancelled. */
  cancel(which: 'waiting' | 'all'): string[]
  /** Cancels what is not finished of a batch. */
  cancelBatch(batchId: string): string[]
  /** Undoes for a short while the cancelling of jobs that were never sent; `conflict` where it is too late for all. */
  putBack(ids: readonly string[]): void
}

/** The job engine as rpc sees it. Errors are StudioError. */
export interface Jobs {
  /** What {@link create} would make of a request, or the same refusal. Sends nothing. */
  preview(request: Request): Promise<JobPreview>
  /**
   * All are admitted or none. One issue is raised as itself, several as `request.invalid`; with several requests each
   * path begins with `requests` and the number of its request. What it costs may need a word of the person first:
   * `conflict`, as {@link Purse.guard} says.
   */
  create(requests: Request[], approved?: Approval): Promise<{ jobs: JobRow[]; batchId: string | null }>
  get(id: string): JobDetail
  /** Cancelling twice is the same as once; a job that ended otherwise is a `conflict`. */
  cancel(id: string): Promise<JobRow>
  /** A new job with a token of its own; the old one stays as it is. A job that still runs is a `conflict`. */
  retry(id: string, newSeed: boolean, approved?: Approval): Promise<JobRow>
  /** See {@link checkAgain} and {@link dismiss}. */
  resolve(id: string, how: 'check' | 'dismiss'): Promise<JobRow>
  /** See {@link fetchAgain}. */
  fetchAgain(id: string): Promise<JobRow>
  /** The computer woke, or the network is back. */
  wake(): void
  /** Jobs of the last days that only the provider of a connection knows. */
  strays(connectionId: string, days: number): Promise<Stray[]>
  /** Takes such jobs into the history. */
  adopt(connectionId: string, providerJobIds: readonly string[]): Promise<JobRow[]>
  /** Cancels what runs, and clears away row and file when the time for undo is over. */
  remove(ids: readonly string[], file: FileFate): Promise<void>
  /** Undoes removals; what was cancelled by them stays cancelled. */
  restore(ids: readonly string[]): void
  favourite(ids: readonly string[], favourite: boolean): void
  queue: Queue
  /** Recovery, then work. */
  start(): Promise<void>
  /** Parks everything: no transition is left half done. */
  close(): Promise<void>
}
