import { z } from 'zod'
import { inputRoles, jobStates } from '../words'
import { Id, Money, Price } from './common'

export const JobState = z.enum(jobStates)
export type JobState = z.infer<typeof JobState>

export const Charged = z.enum(['yes', 'no', 'unknown'])
export type Charged = z.infer<typeof Charged>

export const InputRole = z.enum(inputRoles)
export type InputRole = z.infer<typeof InputRole>

/** Why a job stands still although nothing is wrong with it. */
export const WaitReason = z.enum([
  'window',
  'folder',
  'disk',
  'network',
  'throttled',
  'connection',
  'turn',
  'held',
  'paused',
  'safe_mode',
])
export type WaitReason = z.infer<typeof WaitReason>

/** An error as a job keeps it. `key` names the sentence in the message catalogue. */
export const JobError = z.object({
  code: z.enum([
    'auth',
    'permission',
    'billing',
    'quota',
    'rate_limited',
    'invalid_request',
    'moderated',
    'not_found',
    'timeout',
    'unavailable',
    'network',
    'bad_output',
    'internal',
  ]),
  key: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  /** Values in the sentence, for the page's own language. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type JobError = z.infer<typeof JobError>

/** The endings that a video in the library can have: MPEG-4, or QuickTime for what is to be graded. */
export const VideoFile = z.enum(['mp4', 'mov'])
export type VideoFile = z.infer<typeof VideoFile>

export const JobVideo = z.object({
  width: z.int(),
  height: z.int(),
  fps: z.number(),
  durationMs: z.int(),
  bytes: z.int(),
  file: VideoFile,
  /** The file was not where the history says it is when last looked for. */
  missing: z.boolean(),
})

/** One job as a card shows it. */
export const JobRow = z.object({
  /** Place in the order of creation; the gallery's index is made of these. */
  seq: z.int(),
  id: Id,
  batchId: Id.nullable(),
  /** Place in the order of the queue, the lowest first; means nothing once work on it began. */
  turn: z.int(),
  state: JobState,
  /** The first 280 characters. */
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  createdAt: z.int(),
  updatedAt: z.int(),
  /** When work on it began, for elapsed and remaining time. */
  startedAt: z.int().nullable(),
  /** Milliseconds that such a job usually takes on its connection, as known when work on it began. */
  usualMs: z.int().nullable(),
  finishedAt: z.int().nullable(),
  favourite: z.boolean(),
  /** 0 to 1 of the present state where it is truly known, else null. */
  progress: z.number().min(0).max(1).nullable(),
  waiting: WaitReason.nullable(),
  /** Not finished in twice the usual time; the provider still says it lives. */
  delayed: z.boolean(),
  estimate: Money.nullable(),
  cost: Money.nullable(),
  charged: Charged,
  error: JobError.nullable(),
  video: JobVideo.nullable(),
  /** Width over height that the video has or will have. */
  ratio: z.number().nullable(),
  /** A version for the address of the poster and preview, null while there is none. */
  poster: z.string().nullable(),
  preview: z.string().nullable(),
  firstInput: Id.nullable(),
  /** The provider has given it an id by which it can be asked for. */
  known: z.boolean(),
  /** The provider still has (or may have) the video: it can be fetched again. */
  fetchable: z.boolean(),
})
export type JobRow = z.infer<typeof JobRow>

export const JobEvent = z.object({
  id: z.int(),
  at: z.int(),
  from: JobState.nullable(),
  to: JobState,
  /** A stable name of what happened, `event.<kind>` in the message catalogue. */
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type JobEvent = z.infer<typeof JobEvent>

export const JobInput = z.object({ role: InputRole, assetId: Id })
export type JobInput = z.infer<typeof JobInput>

/** What would be sent, secrets replaced. `transport: local` is work done on this computer. */
export const WireRequest = z.object({
  transport: z.enum(['http', 'local']),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
})
export type WireRequest = z.infer<typeof WireRequest>

export const JobDetail = JobRow.extend({
  prompt: z.string(),
  params: z.record(z.string(), z.unknown()),
  inputs: z.array(JobInput),
  connectionId: z.string().nullable(),
  /** The connection's label, also when it was removed since. */
  connection: z.string().nullable(),
  endpoint: z.string().nullable(),
  providerJobId: z.string().nullable(),
  attempts: z.int(),
  priceDate: z.string().nullable(),
  /** The price as it was when the job was made. */
  price: Price.nullable(),
  costKind: z.enum(['exact', 'computed']).nullable(),
  errorRaw: z.string().nullable(),
  /** Path inside the library folder, with forward slashes. */
  file: z.string().nullable(),
  sha256: z.string().nullable(),
  retryOf: Id.nullable(),
  request: WireRequest.nullable(),
  events: z.array(JobEvent),
})
export type JobDetail = z.infer<typeof JobDetail>

/** One wish for videos. `count` makes that many jobs of it; a seed that was given counts up by one for each. */
export const JobRequest = z.strictObject({
  model: z.string().min(1).max(80),
  connectionId: z.string().max(80).optional(),
  prompt: z.string().max(400_000).default(''),
  params: z.record(z.string(), z.unknown()).optional(),
  inputs: z
    .array(z.strictObject({ role: InputRole, assetId: Id }))
    .max(8)
    .optional(),
  count: z.int().min(1).max(50).optional(),
})
export type JobRequest = z.input<typeof JobRequest>

/**
 * The sum that the person has said yes to, for all jobs of the call together. Needed above the amount set in Settings
 * (refused as `money.confirm`) and, with `overBudget`, beyond a month's budget (`money.overBudget`).
 */
export const Approval = z.strictObject({
  micros: z.int().min(0),
  currency: z.string().max(12),
  overBudget: z.boolean().optional(),
})
export type Approval = z.infer<typeof Approval>

export const JobPreview = z.object({
  model: z.string(),
  count: z.int(),
  /** For all `count` jobs together; null where the price is not known. */
  estimate: Money.nullable(),
  priceDate: z.string().nullable(),
  /** Usual seconds until one such job is done; null where not known. */
  seconds: z.number().nullable(),
  params: z.record(z.string(), z.unknown()),
  request: WireRequest,
})
export type JobPreview = z.infer<typeof JobPreview>
