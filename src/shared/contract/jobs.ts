import { z } from 'zod'
import { jobSorts } from '../words'
import { base, Done, Id } from './common'
import { Approval, JobDetail, JobPreview, JobRequest, JobRow, JobState } from './job'

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
