import { StudioError } from '@shared/problems'
import type { Implementer } from './implementer'
import type { Services } from './services'

const maxChunk = 1024 * 1024
const done = { ok: true } as const

/** The page's side of making pictures: takes orders, tells progress, hands in bytes. */
export function mediaHandlers(os: Implementer['media'], { media }: Services) {
  return {
    orders: os.orders.handler(({ input, signal }) =>
      media.orders(input.worker, signal ?? new AbortController().signal),
    ),
    progress: os.progress.handler(({ input }) => {
      media.progress(input.worker, input.taskId, input.done, input.total)
      return done
    }),
    write: os.write.handler(async ({ input }) => {
      if (input.chunk.size > maxChunk) {
        throw new StudioError('too_large', 'chunk.tooLarge', { values: { limit: '1 MiB' } })
      }
      const chunk = new Uint8Array(await input.chunk.arrayBuffer())
      await media.write(input.worker, input.taskId, input.offset, chunk)
      return done
    }),
    finish: os.finish.handler(async ({ input }) => {
      await media.finish(input.worker, input.taskId, input.bytes, input.sha256)
      return done
    }),
    fail: os.fail.handler(({ input }) => {
      media.fail(input.worker, input.taskId, input.reason, input.message)
      return done
    }),
  }
}
