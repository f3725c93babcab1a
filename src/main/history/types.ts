import type {
  AssetInfo,
  Charged,
  Conversation,
  Exchange,
  InputRole,
  JobState,
  Money,
  Notice,
  Sampling,
  SecretInfo,
  Settings,
  Style,
  TestResult,
  TokenPrice,
} from '@shared/contract'
import type { JobStore, QueueStore, JobLists } from './job-types'

export type * from './job-types'

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

/** What is kept of a secret beside it. */
export interface KeptSecret extends SecretInfo {
  /** The origins that it was entered for, and is given out for; absent where they are those of the settings. */
  sentTo?: string[] | undefined
}

/** A connection as it is kept: everything but the secrets themselves. */
export interface ConnectionRecord {
  id: string
  provider: string
  label: string
  enabled: boolean
  settings: Record<string, unknown>
  secrets: KeptSecret[]
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
  /** What went to the model in this turn: the system text, the person's turn as it was worded for it, sampling. */
  sent: { system: string; turn: string; sampling?: Sampling | undefined }
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
  /** The call was refused and is waited with: until the next one nothing can have been charged. */
  refused(id: string): void
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

/** What a report about the whole history says of it. */
export interface Survey {
  /** Version of the tables. */
  schema: number
  states(): { state: JobState; count: number }[]
  /** What went wrong with jobs, the latest first; `last` in milliseconds since 1970. */
  failures(limit: number): { code: string; key: string; count: number; last: number }[]
  /** Those that are not finished, then the latest. */
  lastJobs(limit: number): string[]
  /** Everything that was written by a person or for one: prompts, words, labels, names of images. */
  texts(): IterableIterator<string>
}

export interface History {
  survey: Survey
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
