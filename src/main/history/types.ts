import type {
  Conversation,
  Exchange,
  Style,
  TokenPrice,
  Charged,
  InputRole,
  JobCounts,
  JobDetail,
  JobError,
  JobEvent,
  JobInput,
  JobRow,
  JobSort,
  JobState,
  Money,
  Notice,
  Price,
  SecretInfo,
  TestResult,
  ParsedJobFilter,
  Settings,
  WaitReason,
  WireRequest,
  AssetInfo,
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
   * Median of what the last finished jobs of a connection and model took from start to finish, in ms, of those whose
   * parameters are `alike`; null with fewer than three.
   */
  usualMs(
    connectionId: string | null,
    model: string,
    alike: (params: Record<string, unknown>) => boolean,
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

/** Assets are immutable; `hash` is the sha256 of the stored bytes, `path` lies inside the asset folder. */
export interface AssetRecord extends AssetInfo {
  hash: string
  path: string
}
export interface AssetStore {
  insert(asset: AssetRecord): void
  get(id: string): AssetRecord | null
  byHash(hash: string): AssetRecord | null
}

export const derivativeKinds = ['poster', 'preview', 'last_frame'] as const
export type DerivativeKind = (typeof derivativeKinds)[number]
export interface Derivative {
  jobId: string
  kind: DerivativeKind
  state: 'wanted' | 'ready' | 'failed'
  sha256: string | null
  bytes: number | null
  attempts: number
  error: string | null
}
/** Posters, hover previews and last frames: which are wanted, which are there. */
export interface DerivativeStore {
  want(jobId: string, kinds: readonly DerivativeKind[], at: number): void
  get(jobId: string, kind: DerivativeKind): Derivative | null
  /** Wanted ones, newest jobs first. */
  wanted(limit: number): Derivative[]
  ready(jobId: string, kind: DerivativeKind, sha256: string, bytes: number, at: number): void
  /** One more attempt failed; `final` stops asking. */
  failed(jobId: string, kind: DerivativeKind, error: string, final: boolean, at: number): void
}

export interface SettingStore {
  get(): Settings
  set(patch: { [K in keyof Settings]?: Settings[K] | undefined }): Settings
  /** Small values of the studio itself: window bounds, library folder, draft. JSON, by name. */
  read(name: string): unknown
  write(name: string, value: unknown): void
}

/** A connection as it is kept: everything but the secrets themselves. */
export interface ConnectionRecord {
  id: string
  provider: string
  label: string
  enabled: boolean
  settings: Record<string, unknown>
  secrets: SecretInfo[]
  concurrency: number | null
  budget: Money | null
  tested: TestResult | null
  createdAt: number
  updatedAt: number
  /** Its label lives on in the history; everything else of it is gone. */
  removedAt: number | null
}
export interface ConnectionStore {
  /** Those that were not removed, oldest first. */
  all(): ConnectionRecord[]
  /** Also a removed one. */
  get(id: string): ConnectionRecord | null
  insert(connection: ConnectionRecord): void
  /** Changes one that was not removed; false when there is none. */
  update(id: string, patch: Partial<Omit<ConnectionRecord, 'id' | 'provider' | 'createdAt'>>): boolean
}

/** What is kept of an exchange beyond what the page sees. */
export interface ExchangeRecord extends Exchange {
  /** What went to the model in this turn: the system text, and the person's turn as it was worded for it. */
  sent: { system: string; turn: string }
  /** The model's price when it was asked. */
  price: TokenPrice | null
  errorRaw: string | null
}
export type NewExchange = Pick<
  ExchangeRecord,
  | 'id'
  | 'conversationId'
  | 'at'
  | 'action'
  | 'words'
  | 'prompt'
  | 'goesOnFrom'
  | 'connectionId'
  | 'model'
  | 'targets'
  | 'language'
  | 'imageId'
  | 'styleId'
  | 'sent'
  | 'price'
  | 'estimate'
>
/** How an exchange ended. */
export type ExchangeEnd = Pick<ExchangeRecord, 'answer' | 'charged'> & {
  state: Exclude<ExchangeRecord['state'], 'streaming'>
} & Partial<
    Pick<
      ExchangeRecord,
      | 'shots'
      | 'requestId'
      | 'stopReason'
      | 'tokensIn'
      | 'tokensOut'
      | 'firstWordMs'
      | 'latencyMs'
      | 'cost'
      | 'costKind'
      | 'error'
      | 'errorRaw'
    >
  >

/** Exchanges with the assistant, their conversations, and styles. */
export interface AssistantStore {
  /** Keeps a question before it is sent; its conversation is made, with this title, where there is none yet. */
  begin(exchange: NewExchange, title: string): ExchangeRecord
  /** One more call is about to be made: from here on it may have been charged. */
  trying(id: string): void
  /** What has come of the answer so far. */
  words(id: string, answer: string): void
  /** Ends one that is streaming; false when it is not. */
  end(id: string, end: ExchangeEnd): boolean
  exchange(id: string): ExchangeRecord | null
  /** Those that were streaming when the program ended. */
  streaming(): ExchangeRecord[]
  /** Exchanges of a conversation, oldest first. */
  history(conversationId: string): ExchangeRecord[]
  /** Latest first; throws `invalid_request` for a cursor that is none. */
  conversations(
    q: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): { conversations: Conversation[]; nextCursor: string | null }
  conversation(id: string): Conversation | null
  /** False when there is none. */
  rename(id: string, title: string): boolean
  /** Deletes it with all its words; what it cost goes into the ledger. False when there is none. */
  remove(id: string): boolean
  /** One's own styles, by name. */
  styles(): Style[]
  style(id: string): Style | null
  saveStyle(style: { id: string; name: string; system: string; at: number }): Style
  removeStyle(id: string): boolean
}

/** One job's money, from the history or the ledger of what was cleared away. */
export interface SpendingLine {
  jobId: string
  /** When it was sent, else when it was made. */
  at: number
  state: JobState
  provider: string
  model: string
  connectionId: string | null
  charged: Charged
  cost: Money | null
  costKind: 'exact' | 'computed' | null
  estimate: Money | null
  durationMs: number | null
  prompt: string
}
/** The money of jobs that are alike in all but time and amount, added up. */
export interface SpendingSum extends Omit<SpendingLine, 'jobId' | 'at' | 'durationMs' | 'prompt'> {
  jobs: number
  /** Those that have a video, and its milliseconds. */
  videos: number
  videoMs: number
}
export interface SpendingStore {
  /** Jobs sent (or made) from `from` up to and without `to`, oldest first. Milliseconds since 1970. */
  lines(from: number, to: number): IterableIterator<SpendingLine>
  /** The same jobs added up, in no order. */
  sums(from: number, to: number): SpendingSum[]
  /** When the first job from `from` on was sent (or made); null when there is none. */
  first(from: number): number | null
}

/** An input image that lies (or may lie) at an image hosting for one job. */
export interface HostedImage {
  id: string
  jobId: string
  assetId: string
  /** The image hosting. */
  connectionId: string
  /** What of its settings says where the object lies, as it was then; never a secret. */
  place: Record<string, unknown>
  /** The object's name in the bucket. */
  key: string
  /** `begun`: nobody can say whether it is there; `leaving`: it is to be deleted. */
  state: 'begun' | 'there' | 'leaving'
  /** How often deleting it has failed. */
  tries: number
  /** When it is to be deleted (again); null while it is needed. */
  nextAt: number | null
  createdAt: number
}
/** Which images lie at image hostings. A row goes only when its object is gone. */
export interface HostedStore {
  begin(image: Omit<HostedImage, 'state' | 'tries' | 'nextAt'>): void
  /** The image of a job that is (or may be) there and is not to go. */
  of(jobId: string, assetId: string): HostedImage | null
  there(id: string): void
  /** All images of a job are to go at `at`, or sooner where that was said before. Answers how many were changed. */
  leave(jobId: string, at: number): number
  /** This one is to go. */
  drop(id: string, at: number): void
  /** Images of jobs that have ended or are not there any more are to go. */
  leaveUnclaimed(at: number): number
  /** Those to be deleted now, longest due first. */
  due(now: number, limit: number): HostedImage[]
  nextAt(): number | null
  /** Deleting it failed; it is tried again at `at`. */
  failed(id: string, at: number): void
  /** What could not be deleted at a hosting is tried at `at` already. */
  soon(connectionId: string, at: number): number
  gone(id: string): void
  /** All at one hosting, oldest first. */
  at(connectionId: string): HostedImage[]
  /** The hostings that have any. */
  connections(): string[]
}

export interface History {
  assistant: AssistantStore
  connections: ConnectionStore
  hosted: HostedStore
  spending: SpendingStore
  jobs: JobStore
  queue: QueueStore
  lists: JobLists
  assets: AssetStore
  derivatives: DerivativeStore
  settings: SettingStore
  /** What opening had to say: restored from a backup, and so on. */
  notices: Notice[]
  /** Copies the database beside itself, at most once a day unless forced; keeps the last few. */
  backup(force: boolean): Promise<void>
  /** Checkpoints and closes. */
  close(): void
}
export type { InputRole }
