import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { AnimaticSpec } from '../animatic'
import { base, Done, Id } from './common'

/** Work that only a page can do, because the codecs are there. `source` and image addresses are relative to the page. */
export const MediaTask = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('animatic'),
    id: z.string(),
    jobId: Id,
    spec: AnimaticSpec,
    images: z.object({ first: z.string().nullable(), last: z.string().nullable() }),
  }),
  z.object({ kind: z.literal('poster'), id: z.string(), jobId: Id, source: z.string() }),
  z.object({ kind: z.literal('preview'), id: z.string(), jobId: Id, source: z.string() }),
  z.object({ kind: z.literal('last_frame'), id: z.string(), jobId: Id, source: z.string() }),
])
export type MediaTask = z.infer<typeof MediaTask>

export const MediaOrder = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), task: MediaTask }),
  z.object({ type: z.literal('stop'), taskId: z.string() }),
])
export type MediaOrder = z.infer<typeof MediaOrder>

const task = { worker: z.string().max(64), taskId: z.string().max(120) }

/** The worker's side of the conversation: take orders, tell progress, hand in bytes in order, finish or fail. */
export const media = {
  orders: base.input(z.strictObject({ worker: z.string().min(8).max(64) })).output(eventIterator(MediaOrder)),
  progress: base.input(z.strictObject({ ...task, done: z.int().min(0), total: z.int().min(1) })).output(Done),
  /** At most 1 MiB at a time, each at the offset where the last ended. */
  write: base
    .input(z.strictObject({ ...task, offset: z.int().min(0), chunk: z.instanceof(Blob) }))
    .output(Done),
  finish: base
    .input(z.strictObject({ ...task, bytes: z.int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .output(Done),
  fail: base
    .input(
      z.strictObject({
        ...task,
        reason: z.enum(['unsupported', 'source', 'crashed']),
        message: z.string().max(2000),
      }),
    )
    .output(Done),
}
