import { AsyncIteratorClass } from '@orpc/server'
import type { Stream } from '../assistant'
import type { Implementer } from './implementer'
import type { Services } from './services'

const done = { ok: true } as const

/** The prompt assistant: models, questions whose answers stream, conversations, styles, briefs. */
export function assistantHandlers(os: Implementer['assistant'], { assistant }: Services) {
  const { conversations, styles } = assistant
  return {
    models: os.models.handler(({ input }) => assistant.models(input.connectionId, input.refresh)),
    estimate: os.estimate.handler(({ input: { exact, ...ask } }) => assistant.estimate(ask, exact)),
    estimateShots: os.estimateShots.handler(({ input: { exact, ...wish } }) =>
      assistant.estimateShots(wish, exact),
    ),
    preview: os.preview.handler(async ({ input }) => ({ request: await assistant.preview(input) })),
    previewShots: os.previewShots.handler(async ({ input }) => ({
      request: await assistant.previewShots(input),
    })),
    ask: os.ask.handler(async ({ input, signal }) => readable(await assistant.ask(input, signal))),
    conversations: {
      list: os.conversations.list.handler(({ input: { q, cursor, limit } }) =>
        conversations.list(q, cursor, limit),
      ),
      get: os.conversations.get.handler(({ input }) => conversations.get(input.id)),
      rename: os.conversations.rename.handler(({ input }) => conversations.rename(input.id, input.title)),
      remove: os.conversations.remove.handler(({ input }) => {
        conversations.remove(input.id)
        return done
      }),
      export: os.conversations.export.handler(({ input }) => conversations.export(input.id)),
    },
    styles: {
      list: os.styles.list.handler(() => ({ styles: styles.list() })),
      save: os.styles.save.handler(({ input }) => styles.save(input)),
      remove: os.styles.remove.handler(({ input }) => {
        styles.remove(input.id)
        return done
      }),
    },
    brief: {
      read: os.brief.read.handler(({ input }) => assistant.readBrief(input)),
      shots: os.brief.shots.handler(async ({ input, signal }) =>
        readable(await assistant.shots(input, signal)),
      ),
    },
  }
}

/** A stream as the contract carries it; a reader that leaves stops what makes it. */
function readable<T>(stream: Stream<T>): AsyncIteratorClass<T> {
  return new AsyncIteratorClass<T>(
    () => stream.next(),
    async () => stream.stop(),
  )
}
