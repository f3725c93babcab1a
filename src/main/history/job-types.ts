import type {
  Charged,
  JobCounts,
  JobDetail,
  JobError,
  JobEvent,
  JobInput,
  JobRow,
  JobSort,
  JobState,
  Money,
  ParsedJobFilter,
  Price,
  WaitReason,
  WireRequest,
} from '@shared/contract'
import type { Place } from '@shared/queue'

/** A job as the engine sees it: every column, parsed. */
export interface JobRecord {
  seq: number
  id: string
  batchId: string | null
  retryOf: string | null
  /** Place in the order of the queue; null as long as it was never moved, when it is its `seq`. */
  turn: number | null
  /** Kept from being sent by the person's word; counts only while it is queued. */
  paused: boolean
  state: JobState
  prompt: string
  provider: string
  model: string
  connectionId: string | null
  /** Where it was sent; polling goes on there whatever the settings say later. */
  endpoint: string | null
  /** What the provider froze of the connection's settings when the job was made (bucket, region, …); never a secret. */
  place: Record<string, unknown> | null
  params: Record<string, unknown>
  inputs: JobInput[]
  request: WireRequest | null
  providerJobId: string | null
  idempotencyToken: string
  submitAttemptedAt: number | null
  attempts: number
  nextAt: number | null
  retryAfter: number | null
  startedAt: number | null
  /** Milliseconds that such a job usually takes, as known when work on it began. */
  usualMs: number | null
  waiting: WaitReason | null
  delayed: boolean
  progress: number | null
  estimate: Money | null
  priceDate: string | null
  /** The model's price when the job was made. */
  price: Price | null
  cost: Money | null
  costKind: 'exact' | 'computed' | null
  charged: Charged
  error: JobError | null
  errorRaw: string | null
  /** What the provider answered as its results, kept until downloaded. */
  outputs: unknown
  cancelRequested: boolean
  outputPath: string | null
  sha256: string | null
  bytes: number | null
  width: number | null
  height: number | null
  fps: number | null
  durationMs: number | null
  fileMissing: boolean
  ratio: number | null
  favourite: boolean
  createdAt: number
  updatedAt: number
  finishedAt: number | null
  removedAt: number | null
  /** What becomes of the file when a removed job is purged. */
  removedFile: 'keep' | 'trash' | null
}

export type NewJob = Pick<
  JobRecord,
  | 'id'
  | 'batchId'
  | 'retryOf'
  | 'prompt'
  | 'provider'
  | 'model'
  | 'connectionId'
  | 'endpoint'
  | 'place'
  | 'params'
  | 'inputs'
  | 'request'
  | 'idempotencyToken'
  | 'estimate'
  | 'priceDate'
  | 'price'
  | 'ratio'
  | 'createdAt'
>

/** Columns that may change after creation. `undefined` leaves a column alone; null clears it. */
export type JobPatch = Partial<
  Omit<
    JobRecord,
    | 'seq'
    | 'id'
    | 'batchId'
    | 'retryOf'
    | 'turn'
    | 'state'
    | 'prompt'
    | 'provider'
    | 'model'
    | 'params'
    | 'inputs'
    | 'createdAt'
    | 'updatedAt'
    | 'idempotencyToken'
    | 'estimate'
    | 'priceDate'
    | 'price'
    | 'place'
  >
>

export interface NewEvent {
  /** `event.<kind>` of the message catalogue. */
  kind: string
  data?: Record<string, unknown>
}

/** The lifecycle's side of the job table. Every write is guarded by the state it expects. */
export interface JobStore {
  /** Runs many writes as one commit: all of them or none. */
  together(work: () => void): void
  /** All or none, each with its `created` event. */
  insert(jobs: NewJob[]): JobRecord[]
  get(id: string): JobRecord | null
  /**
   * `UPDATE … WHERE id = ? AND state IN (from)` with its `job_event` in one transaction; a paused job never comes to
   * `submitting`. False when no row changed: somebody else moved it, stop.
   */
  move(
    id: string,
    from: readonly JobState[],
    to: JobState,
    at: number,
    event: NewEvent,
    patch?: JobPatch,
  ): boolean
  /** Changes columns without changing the state, guarded the same way; with `event`, appends it. */
  patch(id: string, inStates: readonly JobState[], at: number, patch: JobPatch, event?: NewEvent): boolean
  /** Jobs in these states, oldest first. */
  inStates(states: readonly JobState[]): JobRecord[]
  /** Jobs whose `nextAt` has come, soonest first. */
  due(now: number, limit: number): JobRecord[]
  /** The soonest `nextAt` of any unfinished job, or null. */
  nextDueAt(): number | null
  /** How many jobs of a connection and model are submitting, processing, downloading or cancelling. */
  busy(connectionId: string | null, model: string): number
  events(id: string): JobEvent[]
  /**
   * Median of what the last finished jobs of a connection and model took from start to finish, in ms, each times what
   * `weigh` says of its parameters (null leaves it out); null with fewer than three.
   */
  usualMs(
    connectionId: string | null,
    model: string,
    weigh: (params: Record<string, unknown>) => number | null,
  ): number | null
  /** Jobs that are queued or under way on a connection, or whose images lie at it. */
  unfinishedOf(connectionId: string): number
  /**
   * Which of these ids of a provider the history knows, removed jobs included, and which of these tokens belong to a job
   * whose id is still to be learned.
   */
  known(provider: string, idsAndTokens: readonly string[]): Set<string>
  /** Takes in jobs that a provider has already begun: they start in `processing`. Leaves out those it knows already. */
  insertBegun(
    jobs: (NewJob & Pick<JobRecord, 'providerJobId' | 'startedAt' | 'charged' | 'nextAt'>)[],
  ): JobRecord[]
  /** Marks as removed (undoable). Answers the rows that were not removed before. */
  remove(ids: readonly string[], at: number, file: 'keep' | 'trash'): JobRecord[]
  restore(ids: readonly string[]): JobRecord[]
  /** Removed before `before` and in a final state. */
  purgeable(before: number): JobRecord[]
  /** Deletes the rows for good. */
  purge(ids: readonly string[]): void
  favourite(ids: readonly string[], favourite: boolean, at: number): JobRecord[]
  prompts(limit: number): string[]
  /** Puts back what a sidecar tells; false when the id is there already. */
  adopt(job: AdoptedJob): boolean
  /** Whether any row has this output path, whatever the case of its letters: keeps file names apart. */
  outputPathTaken(path: string): boolean
  /** Finished jobs with a video, by `seq`. */
  withOutput(afterSeq: number, limit: number): JobRecord[]
  /** How many finished jobs that were not removed have a video, and their bytes together. */
  videoTotals(): { videos: number; bytes: number }
}

/** The order in which jobs are taken to work. Every job has a turn of its own, and moves only exchange turns. */
export interface QueueStore {
  /** What is not finished: jobs at work, the oldest first, then the queue in its order. */
  unfinished(): JobRecord[]
  /** How many there are of both, and the first `limit` of them by `seq`. */
  view(limit: number): { working: number; waiting: number; seqs: number[] }
  /** All that wait, in the order of the queue. */
  order(): number[]
  /** What is not finished of a batch; null where there is no such batch. */
  batch(batchId: string): JobRecord[] | null
  /**
   * Moves queued jobs, in one transaction. Answers the turns that changed, or why nothing moved: none of the jobs is
   * queued, or the one they were to go to is not.
   */
  move(ids: readonly string[], to: Place): ReadonlyMap<string, number> | 'not_queued' | 'place_gone'
}

/** A finished job as read back from a sidecar. */
export type AdoptedJob = NewJob &
  Pick<
    JobRecord,
    | 'cost'
    | 'costKind'
    | 'charged'
    | 'outputPath'
    | 'sha256'
    | 'bytes'
    | 'width'
    | 'height'
    | 'fps'
    | 'durationMs'
    | 'finishedAt'
    | 'favourite'
    | 'providerJobId'
  >

/** The gallery's side: lists, the index, counts, cards. Removed jobs never show. */
export interface JobLists {
  page(
    filter: ParsedJobFilter,
    sort: JobSort,
    cursor: string | undefined,
    limit: number,
  ): { jobs: JobRow[]; nextCursor: string | null }
  index(
    filter: ParsedJobFilter,
    sort: JobSort,
    cursor: string | undefined,
    limit: number,
  ): { seqs: number[]; nextCursor: string | null }
  rows(seqs: readonly number[]): JobRow[]
  row(id: string): JobRow | null
  detail(id: string): JobDetail | null
  counts(filter: ParsedJobFilter): JobCounts
}
