import type { Services } from './services'
import type { Implementer } from './implementer'

const done = { ok: true } as const

/** Everything about jobs: making, reading, cancelling, removing. */
export function jobHandlers(os: Implementer['jobs'], { jobs, history }: Services) {
  return {
    preview: os.preview.handler(({ input }) => jobs.preview(input)),
    create: os.create.handler(({ input: { approved, ...request } }) => jobs.create([request], approved)),
    createMany: os.createMany.handler(({ input }) => jobs.create(input.requests, input.approved)),
    list: os.list.handler(({ input: { sort, cursor, limit, ...filter } }) =>
      history.lists.page(filter, sort, cursor, limit),
    ),
    index: os.index.handler(({ input: { sort, cursor, limit, ...filter } }) =>
      history.lists.index(filter, sort, cursor, limit),
    ),
    rows: os.rows.handler(({ input }) => ({ jobs: history.lists.rows(input.seqs) })),
    counts: os.counts.handler(({ input }) => history.lists.counts(input)),
    get: os.get.handler(({ input }) => jobs.get(input.id)),
    cancel: os.cancel.handler(({ input }) => jobs.cancel(input.id)),
    retry: os.retry.handler(({ input: { id, newSeed, approved } }) =>
      jobs.retry(id, newSeed ?? false, approved),
    ),
    resolve: os.resolve.handler(({ input }) => jobs.resolve(input.id, input.how)),
    fetchAgain: os.fetchAgain.handler(({ input }) => jobs.fetchAgain(input.id)),
    wake: os.wake.handler(() => {
      jobs.wake()
      return done
    }),
    remove: os.remove.handler(async ({ input }) => {
      await jobs.remove([input.id], input.file)
      return done
    }),
    removeMany: os.removeMany.handler(async ({ input }) => {
      await jobs.remove(input.ids, input.file)
      return done
    }),
    restore: os.restore.handler(({ input }) => {
      jobs.restore(input.ids)
      return done
    }),
    favourite: os.favourite.handler(({ input }) => {
      jobs.favourite(input.ids, input.favourite)
      return done
    }),
    prompts: os.prompts.handler(({ input }) => ({ prompts: history.jobs.prompts(input.limit) })),
  }
}
