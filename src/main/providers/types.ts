import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type {
  ConnectionForm,
  InputRule,
  JobError,
  JobInput,
  ModelInfo,
  Money,
  Price,
  Stray,
  TestResult,
  TestStep,
  WaitReason,
  WireRequest,
} from '@shared/contract'
import type { Issue, ProblemKey } from '@shared/problems'
import type { VideoFile } from '@shared/contract'
import type { AssetRecord, JobRecord } from '../history'

/** One model in full: what the page sees, and the functions that only main has. */
export interface Model {
  info: Omit<ModelInfo, 'params'>
  /** Parameters with ranges, enums, defaults and cross-field rules; the form's JSON Schema is made of it. */
  params: z.ZodType<Record<string, unknown>>
  inputs: InputRule[]
  /** Which parameter carries a shared setting of the composer, where it has one. */
  shared: { ratio?: string; duration?: string; resolution?: string; seed?: string }
  /** Estimate of one job, before it is sent. Null where not known. */
  estimate(params: Record<string, unknown>): Money | null
  /**
   * What a video comes to at this price that was not asked for here, so that nobody knows its parameters: in pixels and
   * milliseconds. Null where they do not tell for sure.
   */
  costOf?(price: Price, video: { width: number; height: number; durationMs: number }): Money | null
  /** Usual seconds of one job. */
  seconds(params: Record<string, unknown>): number | null
  /** Width over height of the video to come, for the card's shape; null where the provider decides. */
  ratio(params: Record<string, unknown>, first: { width: number; height: number } | null): number | null
  /** The ending of the video's file; MP4 where the model does not say. */
  file?(params: Record<string, unknown>): VideoFile
  /**
   * What is wrong with these together although each is right by itself: inputs against parameters, say. Paths begin at
   * the request: `['params', 'mode']`, `['inputs', 1]`.
   */
  check?(wish: { prompt: string; params: Record<string, unknown>; inputs: readonly JobInput[] }): Issue[]
}

/** Why a provider call did not do what was asked. `charged: unknown` is never shown as no. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  constructor(
    readonly detail: JobError & {
      retry: 'now' | 'later' | 'never'
      /** Milliseconds to wait, where the provider said so. */
      retryAfterMs?: number
      charged: 'yes' | 'no' | 'unknown'
      requestId?: string
      raw?: string
      /** What it waits for where its code would say something else. */
      waits?: WaitReason
      /** The request may have reached the provider although no answer came. */
      sent: boolean
    },
    options?: ErrorOptions,
  ) {
    super(detail.message, options)
  }
}

/** One file a provider has made. `ref` is the provider's own: an address, a bucket key, a task. */
export interface ProviderOutput {
  ref: string
  bytes: number | null
  sha256: string | null
}

/** A provider's word on a job. */
export type ProviderStatus =
  | { kind: 'queued'; waiting?: WaitReason }
  | { kind: 'processing'; progress: number | null; waiting?: WaitReason }
  | {
      kind: 'succeeded'
      outputs: ProviderOutput[]
      cost?: Money
      costKind?: 'exact' | 'computed'
      /** What the timeline keeps of how it was made. */
      told?: Record<string, string | number>
    }
  /** `cost`: what it cost all the same, where the provider says so. */
  | { kind: 'failed'; error: ProviderError; cost?: Money }
  /** The provider took nothing on after all and nothing is charged: the job goes back into the queue. */
  | { kind: 'turned_away'; error: ProviderError }
  /** Nobody can say any more how it ended or whether it was charged: the person has to look. */
  | { kind: 'unsure'; error: ProviderError }
  /** The provider does not know this job (any more). */
  | { kind: 'lost' }

/** An account, as a provider's calls see it. */
export interface ConnectionAccess {
  id: string
  label: string
  /** As they are now; what a job froze of them is in its `place`. */
  settings: Record<string, unknown>
  /**
   * A secret by name for requests to `to` (an address, or each of several), null where none is kept. Throws
   * {@link ProviderError} `auth`, not sent: to be tried later when the keychain does not give it out, and never when it
   * was not entered for that address.
   */
  secret(name: string, to: string | readonly string[]): Promise<string | null>
}

/** An address that a secret goes to, whose origin alone counts, and the setting that names it. */
export interface Destination {
  setting: string
  url: string
}

/** A secret that a connection may keep. */
export type SecretRule = ConnectionForm['secrets'][number]

/** A job of ours or another's at the provider. */
export interface ProviderStray extends Stray {
  /** What can be told of it beyond that: parameters where the provider gives them back. */
  params: Record<string, unknown>
  /** Our own token that it was sent with, where the provider tells: then it is no stray while that job goes on. */
  token?: string | null
}

/**
 * One step of a connection's test. `who` is the identity that the service saw; the sentence of a step that tells its
 * `standing` (what is left on the account, say) stays on the connection's card, or another sentence in its place.
 */
export type AskedStep = TestStep & { who?: string; standing?: true | NonNullable<TestResult['standing']> }

/** What an account at a provider is made of, and what can be asked about it. */
export interface ConnectionKind {
  /** The settings that are no secrets; the form's JSON Schema is made of it. */
  settings: z.ZodType<Record<string, unknown>>
  secrets: readonly SecretRule[]
  /**
   * Every address that a secret goes to with these settings, the service's own included; none where they name none. A
   * kept secret is given out for those alone that it was entered for.
   */
  sentTo(secret: string, settings: Record<string, unknown>): Destination[]
  /** What is wrong with a secret that was typed in, as far as its form tells. */
  checkSecret?(name: string, secret: string): ProblemKey | null
  docs: string | null
  /** Tries it without cost, step by step. Throws nothing: what goes wrong is a step. */
  test(access: ConnectionAccess, signal: AbortSignal): AsyncIterable<AskedStep>
  /** The rights to be given in the provider's console, for these settings (which may be incomplete). */
  policy?(settings: Record<string, unknown>): string
  /** Ways of signing in that this computer offers; names only. */
  local?(): Promise<{
    profiles: { name: string; kind: string; region: string | null }[]
    environment: { deciding: string[]; ignored: string[] }
  }>
  /** What is asked for jobs of the account, in a sentence; there exactly where `list` is. */
  service?: string
  /** Jobs of the account submitted since `since` (ms). Throws {@link ProviderError}. */
  list?(access: ConnectionAccess, since: number, signal: AbortSignal): Promise<ProviderStray[]>
}

export interface Call {
  job: JobRecord
  /** Null for a provider that needs none. */
  connection: ConnectionAccess | null
  assets: { input: JobInput; asset: AssetRecord; path: string }[]
  /**
   * An address that the provider can read an input image from until the job has ended, for inputs whose rule says
   * `sent: 'address'`. Throws {@link ProviderError}, not sent, where there is no place for it or it cannot be put there.
   */
  address(assetId: string): Promise<string>
  signal: AbortSignal
}

/** Bytes of an output from `offset` on. `bytes` is the whole length where known. */
export interface OutputBody {
  /**
   * A Node stream (of an HTTP answer, of a file) is read without a detour and is the faster one. Its chunks are given
   * away: memory that a chunk has for itself may be freed once the chunk was taken.
   */
  stream: ReadableStream<Uint8Array> | Readable
  bytes: number | null
  /** The offset that was really honoured; 0 where the source cannot resume. */
  offset: number
  /** Looks on while the body is taken. */
  inspect?: Inspection
}

/** Looks at the bytes of a body on their way; what it throws breaks the body off, as if its source had broken. */
export interface Inspection {
  /** How many bytes of the whole it has seen: those between there and the body's offset are shown to it before, off the disk. */
  readonly seen: number
  /** Memory in which it looks at bytes without copying them first. Lent: the body's reader may put them there. */
  readonly memory?: readonly Uint8Array[]
  /** Asked of each chunk, in order, before it is taken; one that it throws on is not. */
  chunk(bytes: Uint8Array): void
  /** The body came to its end. */
  end(): void
}

/** A service that makes videos, seen by the job engine. */
export interface Provider {
  id: string
  label: string
  needsConnection: boolean
  offline: boolean
  models: Model[]
  /** What jobs are of that {@link ConnectionKind.list} found and whose model the provider does not tell. */
  imported?: Model
  /** Present exactly where `needsConnection` is true. */
  connection?: ConnectionKind
  /** Pure: what would be sent. Secrets replaced. */
  request(
    job: Pick<
      JobRecord,
      'id' | 'model' | 'prompt' | 'params' | 'inputs' | 'idempotencyToken' | 'endpoint' | 'place'
    >,
  ): WireRequest
  /** Where jobs of a connection with these settings are sent; frozen into each job at its creation. */
  endpoint?(settings: Record<string, unknown> | null): string | null
  /** What else of the settings belongs to a job in flight and must not change under it; frozen likewise. */
  place?(settings: Record<string, unknown>): Record<string, unknown>
  /**
   * Sends it, to the job's `endpoint`. `told` is what the timeline keeps of the call: transport, request id, tries.
   * Throws {@link ProviderError}.
   */
  submit(call: Call): Promise<{
    providerJobId: string
    endpoint: string | null
    told?: Record<string, string | number>
    /** The video comes in the answer of a call that ends with the program. */
    waiting?: 'held'
  }>
  poll(call: Call): Promise<ProviderStatus>
  /** Opens an output for download. Throws {@link ProviderError}; `not_found` asks for a fresh `poll`. */
  open(call: Call, output: ProviderOutput, offset: number): Promise<OutputBody>
  /** The provider's cancel; absent where there is none ("stop watching"). */
  cancel?(call: Call): Promise<'cancelled' | 'too_late'>
  /**
   * After a crash between submit and answer: `same_token` may simply be sent again (the provider knows the token),
   * `lookup` can be asked for by token, `unknown` needs the person.
   */
  afterLostSubmit: 'same_token' | 'lookup' | 'unknown'
  /**
   * For `lookup`: the provider's id of the job with our token, null when it never arrived, undefined when that cannot be
   * told. Without an id the job is sent again with the same token, so the provider must know that as the same job.
   */
  find?(call: Call): Promise<string | null | undefined>
  /** Its jobs cannot be asked for once they have ended, by whatever id. */
  forgets?: true
  /** Frees what the provider keeps for a finished job (spool files). */
  settle?(job: JobRecord): Promise<void>
  /** Milliseconds between polls at least. */
  pollFloorMs: number
  /** Calls back when something changed, so that polling need not wait. */
  onChange?(listener: (jobId: string) => void): () => void
  /** The studio closes; no call follows. */
  close?(): Promise<void>
}

/** What accounts can be at that makes no videos: an image hosting. */
export interface Holder {
  id: string
  label: string
  connection: ConnectionKind
}

/** All providers by id, and models by their own id (unique over all providers). */
export interface Providers {
  all: Provider[]
  model(id: string): { provider: Provider; model: Model } | null
  provider(id: string): Provider | null
  /** Whatever accounts can be at, providers and others. */
  holders: readonly Pick<Provider, 'id' | 'label' | 'connection'>[]
  infos(): ModelInfo[]
}
