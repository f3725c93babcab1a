import type { JobState } from '@shared/contract'
import type { Logger } from 'pino'
import type { Assets } from '../assets'
import type { Connections } from '../connections'
import type { Events } from '../events'
import type {
  DerivativeStore,
  JobLists,
  JobPatch,
  JobRecord,
  JobStore,
  NewEvent,
  QueueStore,
  SettingStore,
} from '../history'
import type { Hosting } from '../hosting'
import type { Library } from '../library'
import type { Derivatives } from '../media'
import type { Purse } from '../money'
import type { Clock, Desk, Random } from '../ports'
import type { Call, Model, Provider, Providers } from '../providers'
import type { JobEventKind } from '@shared/words'
import type { Gate } from './gate'
import type { Progress } from './progress'

/** What the job engine is made of; the composition root hands it in. */
export interface JobDeps {
  history: { jobs: JobStore; queue: QueueStore; lists: JobLists; derivatives: Pick<DerivativeStore, 'get'> }
  connections: Pick<Connections, 'access' | 'record' | 'onChange'>
  purse: Pick<Purse, 'guard'>
  hosting: Pick<Hosting, 'of' | 'address' | 'ended'>
  library: Pick<Library, 'plan' | 'receive' | 'settled' | 'pathOf' | 'sweep' | 'discard' | 'retell'>
  assets: Pick<Assets, 'get' | 'path'>
  providers: Providers
  derivatives: Pick<Derivatives, 'want' | 'forget'>
  settings: Pick<SettingStore, 'get' | 'set'>
  /** Nothing is sent, polled, downloaded or cancelled at a provider; what is asked for waits for an ordinary start. */
  safeMode: boolean
  clock: Clock
  random: Random
  log: Logger
  events: Events
  desk: Pick<Desk, 'notify'>
}

export interface Event extends NewEvent {
  kind: JobEventKind
}

/** Failures in a row of each job, kept in memory only: a restart begins anew. */
export interface Failures {
  /** One more: of a call, or of a source that turned out expired or broken. Answers how many there are now. */
  count(id: string, of?: 'call' | 'source'): number
  /** Without `of`, both. */
  clear(id: string, of?: 'call'): void
}

/** What the steps of a job's life share. The composition of it is in `create.ts`. */
export interface Engine extends JobDeps {
  store: JobStore
  progress: Progress
  failures: Failures
  /** What a provider answered to a submit, until it is committed: a database that fails must not lose a paid job. */
  answers: Map<string, SubmitAnswer>
  gates: { polls: Gate; downloads: Gate }
  /** The only way a job changes its state. False when somebody else moved it: stop. */
  move(id: string, from: readonly JobState[], to: JobState, event: Event, patch?: JobPatch): boolean
  /** Changes columns of a job that stays in its state; the page hears of it only when its card changes. */
  note(job: JobRecord, patch: JobPatch, event?: Event): boolean
  /** Tells the page how a job's card looks now. */
  show(id: string, created?: boolean): void
  /** What a provider is called with. */
  call(job: JobRecord, signal: AbortSignal): Call
  /** What such jobs took on this connection from start to finish, in ms, as their median; null with too few to tell. */
  usualMs(job: Pick<JobRecord, 'connectionId' | 'model' | 'params'>): number | null
  /** The same, and what the model's description expects where there were too few; null where nobody knows. */
  expectedMs(job: Pick<JobRecord, 'connectionId' | 'model' | 'params'>): number | null
  /** Something falls due at `at`. */
  arm(at: number): void
  /** Frees what the provider keeps for a job that has ended. */
  settle(id: string): void
  /** Lets work go on by itself; `close` waits for it. */
  background(what: string, work: Promise<void>): void
  /** Aborts when the studio closes. */
  closing: AbortSignal
}

export type SubmitAnswer = Awaited<ReturnType<Provider['submit']>>

/** A job with the provider and model that it belongs to. */
export interface Subject {
  job: JobRecord
  provider: Provider
  model: Model
}

/** One stretch of work on a job in one state. It leaves the job in a state that the scheduler can go on from. */
export type Step = (engine: Engine, subject: Subject, signal: AbortSignal) => Promise<void>

/** States that a job never leaves by itself. */
export const finalStates = [
  'completed',
  'failed',
  'cancelled',
  'needs_attention',
] as const satisfies JobState[]

export function isFinal(state: JobState): boolean {
  return finalStates.some((final) => final === state)
}

/** Clears what only a job that still goes on has. */
export const ended = { nextAt: null, retryAfter: null, waiting: null, progress: null } as const
