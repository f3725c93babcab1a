import { z } from 'zod'
import { base, Done, Id } from './common'
import { JobRow } from './job'

const Ids = z.array(Id).min(1).max(1_000)

/** Where in the queue jobs are to go: to an end, one place up or down, or right before or after another job. */
export const QueuePlace = z.union([
  z.enum(['top', 'up', 'down', 'bottom']),
  z.strictObject({ before: Id }),
  z.strictObject({ after: Id }),
])
export type QueuePlace = z.infer<typeof QueuePlace>

/** Everything that is not finished. */
export const QueueState = z.object({
  /** Nothing new is sent; what was sent is watched to its end. */
  paused: z.boolean(),
  /** Jobs at work, and jobs that wait in the queue: all of them, listed or not. */
  working: z.int(),
  waiting: z.int(),
  /** Those at work, the oldest first, then the queue in its order; cut at `limit`. */
  jobs: z.array(JobRow),
})
export type QueueState = z.infer<typeof QueueState>

const limit = z.preprocess(
  (v) => (typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v),
  z.int().min(1).max(1_000),
)
const Cancelled = z.object({ ids: z.array(Id) })

export const queue = {
  get: base
    .route({ method: 'GET', path: '/queue', summary: 'What is being made and what waits, in its order' })
    .input(z.strictObject({ limit: limit.default(200) }))
    .output(QueueState),
  /** The numbers of all jobs that wait, in the order of the queue: eight bytes a job, so never cut. */
  order: base.output(z.object({ seqs: z.array(z.int()) })),
  pause: base
    .route({ method: 'POST', path: '/queue/pause', summary: 'Send nothing new until the queue is resumed' })
    .output(Done),
  resume: base.route({ method: 'POST', path: '/queue/resume', summary: 'Let the queue go on' }).output(Done),
  move: base
    .route({
      method: 'POST',
      path: '/queue/move',
      summary: 'Move waiting jobs within the queue; 409 when none of them waits any more',
    })
    .input(z.strictObject({ ids: Ids, to: QueuePlace }))
    .output(Done),
  /** Those at work are cancelled only when asked for: what a provider has begun may be charged. */
  cancel: base
    .route({ method: 'POST', path: '/queue/cancel', summary: 'Cancel all jobs that wait, or all at all' })
    .input(z.strictObject({ which: z.enum(['waiting', 'all']).default('waiting') }))
    .output(Cancelled),
  cancelBatch: base
    .route({
      method: 'POST',
      path: '/batches/{batchId}/cancel',
      summary: 'Cancel what is not finished of a batch',
    })
    .input(z.strictObject({ batchId: Id }))
    .output(Cancelled),
  /** Undoes the cancelling of jobs that were never sent, for a short while. */
  putBack: base
    .route({
      method: 'POST',
      path: '/queue/put-back',
      summary: 'Undo, for a short while, the cancelling of jobs that were never sent',
    })
    .input(z.strictObject({ ids: Ids }))
    .output(Done),
  pauseJob: base
    .route({
      method: 'POST',
      path: '/jobs/{id}/pause',
      summary: 'Keep one job waiting; 409 once it was sent',
    })
    .input(z.strictObject({ id: Id }))
    .output(JobRow),
  resumeJob: base
    .route({ method: 'POST', path: '/jobs/{id}/resume', summary: 'Let a paused job take its turn again' })
    .input(z.strictObject({ id: Id }))
    .output(JobRow),
  pauseMany: base
    .route({
      method: 'POST',
      path: '/jobs-pause',
      summary: 'Keep several jobs waiting; 409 when none of them waits any more',
    })
    .input(z.strictObject({ ids: Ids }))
    .output(Done),
  resumeMany: base
    .route({ method: 'POST', path: '/jobs-resume', summary: 'Let several paused jobs take their turn again' })
    .input(z.strictObject({ ids: Ids }))
    .output(Done),
}
