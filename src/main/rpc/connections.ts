import type { Implementer } from './implementer'
import type { Services } from './services'

const done = { ok: true } as const

/** Accounts at providers: adding, changing, testing, and the jobs that only the provider knows. */
export function connectionHandlers(os: Implementer['connections'], { connections, jobs }: Services) {
  return {
    list: os.list.handler(async () => ({
      connections: connections.list(),
      keychain: await connections.keychain(),
    })),
    create: os.create.handler(({ input }) => connections.create(input)),
    update: os.update.handler(({ input: { id, ...change } }) => connections.update(id, change)),
    remove: os.remove.handler(async ({ input }) => {
      await connections.remove(input.id)
      return done
    }),
    test: os.test.handler(({ input, signal }) =>
      connections.test(input, signal ?? new AbortController().signal),
    ),
    policy: os.policy.handler(({ input }) => ({
      policy: connections.policy(input.provider, input.settings),
    })),
    askedAgain: os.askedAgain.handler(({ input }) => ({
      secrets: connections.askedAgain(input.id, input.settings),
    })),
    local: os.local.handler(({ input }) => connections.local(input.provider)),
    strays: os.strays.handler(async ({ input }) => ({ strays: await jobs.strays(input.id, input.days) })),
    adopt: os.adopt.handler(async ({ input }) => ({
      jobs: await jobs.adopt(input.id, input.providerJobIds),
    })),
  }
}
