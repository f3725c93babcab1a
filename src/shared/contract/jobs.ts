import { z } from 'zod'
import { inputRoles, jobSorts, jobStates } from '../words'
import { base, Done, Id, Money, Price } from './common'

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

export const JobVideo = z.object({
  width: z.int(),
  height: z.int(),
  fps: z.number(),
  durationMs: z.int(),
  bytes: z.int(),
  /** The file was not where the history says it is when last looked for. */
  missing: z.boolean(),
})

/** One job as a card shows it. */
export const JobRow = z.object({
  /** Place in the order of creation; the gallery's index is made of these. */
  seq: z.int(),
  id: Id,
  batchId: Id.nullable(),
  state: JobState,
  /** The first 280 characters. */
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  createdAt: z.int(),
  updatedAt: z.int(),
  /** When work on it began, for elapsed and remaining time. */
  startedAt: z.int().nullable(),
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

export const JobSort = z.enum(jobSorts)
export type JobSort = z.infer<typeof JobSort>

const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (v) => (typeof v === 'string' ? v.split(',').filter(Boolean) : v),
    z.array(item).min(1).max(20),
  )
const flag = z.preprocess((v) => (v === 'true' ? true : v === 'false' ? false : v), z.boolean())
const whole = (min: number, max: number) =>
  z.preprocess(
    (v) => (typeof v === 'string' && /^-?\d+(\.\d+)?$/.test(v) ? Number(v) : v),
    z.int().min(min).max(max),
  )

/** Which jobs: all conditions hold together. From scripts, values are texts and lists are comma-separated. */
export const JobFilter = z.strictObject({
  state: list(JobState).optional(),
  provider: list(z.string().max(80)).optional(),
  model: list(z.string().max(80)).optional(),
  /** Words or characters of the prompt; every word must occur. */
  q: z.string().max(1000).optional(),
  from: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  to: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  favourite: flag.optional(),
  batchId: Id.optional(),
})
export type JobFilter = z.input<typeof JobFilter>
/** The filter after parsing. */
export type ParsedJobFilter = z.output<typeof JobFilter>

export const JobListQuery = JobFilter.extend({
  sort: JobSort.default('newest'),
  cursor: z.string().max(200).optional(),
  limit: whole(1, 200).default(60),
})
export const JobPage = z.object({ jobs: z.array(JobRow), nextCursor: z.string().nullable() })
export type JobPage = z.infer<typeof JobPage>

export const JobIndexQuery = JobFilter.extend({
  sort: JobSort.default('newest'),
  cursor: z.string().max(200).optional(),
  limit: whole(1, 20_000).default(10_000),
})
/** A slice of the ordered list of `seq`; ask on with `nextCursor` until it is null. */
export const JobIndexSlice = z.object({ seqs: z.array(z.int()), nextCursor: z.string().nullable() })

export const JobCounts = z.object({
  all: z.int(),
  running: z.int(),
  attention: z.int(),
  failed: z.int(),
  completed: z.int(),
  favourites: z.int(),
})
export type JobCounts = z.infer<typeof JobCounts>

const Ids = z.array(Id).min(1).max(10_000)
/** `keep` leaves the video in the library, `trash` uses the system's bin (or deletes where there is none). */
export const FileFate = z.enum(['keep', 'trash'])
export type FileFate = z.infer<typeof FileFate>

const Created = z.object({ jobs: z.array(JobRow), batchId: Id.nullable() })

export const jobs = {
  preview: base
    .route({ method: 'POST', path: '/jobs/preview', summary: 'Estimate and exact request; nothing is sent' })
    .input(JobRequest)
    .output(JobPreview),
  create: base
    .route({
      method: 'POST',
      path: '/jobs',
      summary: 'Make one or several jobs of one model',
      successStatus: 201,
    })
    .input(JobRequest.extend({ approved: Approval.optional() }))
    .output(Created),
  createMany: base
    .route({
      method: 'POST',
      path: '/batches',
      summary: 'Several wishes as one batch: all are admitted or none',
      successStatus: 201,
    })
    .input(
      z.strictObject({
        requests: z.array(JobRequest).min(1).max(200),
        approved: Approval.optional(),
      }),
    )
    .output(Created),
  list: base
    .route({ method: 'GET', path: '/jobs', summary: 'A page of the history' })
    .input(JobListQuery)
    .output(JobPage),
  index: base
    .route({
      method: 'GET',
      path: '/jobs-index',
      summary: 'The ordered list of all matching jobs, by number',
    })
    .input(JobIndexQuery)
    .output(JobIndexSlice),
  rows: base
    .route({ method: 'POST', path: '/jobs-rows', summary: 'Jobs by their numbers' })
    .input(z.strictObject({ seqs: z.array(z.int()).max(500) }))
    .output(z.object({ jobs: z.array(JobRow) })),
  counts: base
    .route({ method: 'GET', path: '/jobs-counts', summary: 'How many jobs there are, by group' })
    .input(JobFilter)
    .output(JobCounts),
  get: base
    .route({ method: 'GET', path: '/jobs/{id}', summary: 'One job with its events' })
    .input(z.strictObject({ id: Id }))
    .output(JobDetail),
  cancel: base
    .route({ method: 'POST', path: '/jobs/{id}/cancel', summary: 'Cancel; a finished job answers 409' })
    .input(z.strictObject({ id: Id }))
    .output(JobRow),
  retry: base
    .route({
      method: 'POST',
      path: '/jobs/{id}/retry',
      summary: 'A new job with the same settings',
      successStatus: 201,
    })
    .input(z.strictObject({ id: Id, newSeed: z.boolean().optional(), approved: Approval.optional() }))
    .output(JobRow),
  /**
   * Ends the doubt about a job that needs attention. `check` asks the provider, or sends the same request with the same
   * token; `dismiss` lets it rest as failed, still saying that it may have been charged.
   */
  resolve: base
    .route({ method: 'POST', path: '/jobs/{id}/resolve', summary: 'Settle a job that needs attention' })
    .input(z.strictObject({ id: Id, how: z.enum(['check', 'dismiss']) }))
    .output(JobRow),
  fetchAgain: base
    .route({
      method: 'POST',
      path: '/jobs/{id}/fetch',
      summary: 'Download a video again that the provider has made; costs nothing',
    })
    .input(z.strictObject({ id: Id }))
    .output(JobRow),
  /** The network is back, or the computer woke: whatever waits for it is tried now. */
  wake: base.output(Done),
  remove: base
    .route({
      method: 'DELETE',
      path: '/jobs/{id}',
      summary: 'Remove from the history; undo for a short while',
    })
    .input(z.strictObject({ id: Id, file: FileFate.default('keep') }))
    .output(Done),
  removeMany: base
    .route({
      method: 'POST',
      path: '/jobs-remove',
      summary: 'Remove several from the history; undo for a short while',
    })
    .input(z.strictObject({ ids: Ids, file: FileFate.default('keep') }))
    .output(Done),
  restore: base
    .route({ method: 'POST', path: '/jobs-restore', summary: 'Undo a removal' })
    .input(z.strictObject({ ids: Ids }))
    .output(Done),
  favourite: base
    .route({ method: 'POST', path: '/jobs-favourite', summary: 'Mark as favourites, or no longer' })
    .input(z.strictObject({ ids: Ids, favourite: z.boolean() }))
    .output(Done),
  prompts: base
    .route({ method: 'GET', path: '/prompts', summary: 'Distinct prompts, most recent first' })
    .input(z.strictObject({ limit: whole(1, 200).default(50) }))
    .output(z.object({ prompts: z.array(z.string()) })),
}
