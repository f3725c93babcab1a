import type { Services } from './services'
import type { Implementer } from './implementer'

const done = { ok: true } as const

/** The queue: its order, what is paused, what is called off. */
export function queueHandlers(os: Implementer['queue'], { jobs, history }: Services) {
  const { queue } = jobs
  const row = (id: string) => history.lists.row(id) ?? jobs.get(id)
  return {
    get: os.get.handler(({ input }) => queue.state(input.limit)),
    order: os.order.handler(() => ({ seqs: queue.order() })),
    pause: os.pause.handler(() => {
      queue.pauseAll()
      return done
    }),
    resume: os.resume.handler(() => {
      queue.resumeAll()
      return done
    }),
    move: os.move.handler(({ input }) => {
      queue.move(input.ids, input.to)
      return done
    }),
    cancel: os.cancel.handler(({ input }) => ({ ids: queue.cancel(input.which) })),
    cancelBatch: os.cancelBatch.handler(({ input }) => ({ ids: queue.cancelBatch(input.batchId) })),
    putBack: os.putBack.handler(({ input }) => {
      queue.putBack(input.ids)
      return done
    }),
    pauseJob: os.pauseJob.handler(({ input }) => {
      queue.pause([input.id])
      return row(input.id)
    }),
    resumeJob: os.resumeJob.handler(({ input }) => {
      queue.resume([input.id])
      return row(input.id)
    }),
    pauseMany: os.pauseMany.handler(({ input }) => {
      queue.pause(input.ids)
      return done
    }),
    resumeMany: os.resumeMany.handler(({ input }) => {
      queue.resume(input.ids)
      return done
    }),
  }
}
