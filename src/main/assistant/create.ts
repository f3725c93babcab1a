import type { AskEstimate, ParsedAsk } from '@shared/contract'
import { StudioError } from '@shared/problems'
import { asking, exchangeOf, seen } from './asking'
import { createBriefs } from './brief'
import { checkAllowed } from './checks'
import { createPool } from './clients'
import { createCounter } from './count'
import { messagesOf } from './conversation'
import { asMarkdown, fileName } from './export'
import { createLists } from './lists'
import { strangerOf } from './models'
import { createPreparer, roomFor, type Prepared } from './prepare'
import { wordTurn } from './prompt'
import { requestOf, shownRequest } from './request'
import { createRunning } from './running'
import { cutWords } from './scribe'
import { ClaudeSettings } from './settings'
import { prepareShots, shooting } from './shots'
import { builtInStyles } from './styles'
import { seedModels, usualOf } from './models'
import type { Assistant, AssistantDeps } from './types'

/** Makes the prompt assistant. What was streaming when the program last ended is marked as broken off. */
export function createAssistant(deps: AssistantDeps): Assistant {
  const { store, settings, connections, clock, random, clean, events } = deps
  const pool = createPool(deps)
  const lists = createLists(pool, clock, clean)
  const counter = createCounter(clock)
  const prepare = createPreparer(deps, { pool, lists, counter })
  const briefs = createBriefs(deps)
  const running = createRunning()
  const onConversation = (id: string) => events.publish({ type: 'conversation', id })
  const askingDeps = { store, pool, clock, random, clean, onConversation }

  for (const { id, charged, answer } of store.streaming()) {
    const state = answer === '' && charged === 'no' ? 'failed' : 'broken'
    store.end(id, { answer, state, charged, error: cutWords('assistant.interrupted', answer) })
  }
  const unhooks = [
    connections.onChange((id) => {
      pool.drop(id)
      lists.forget(id)
      const record = connections.record(id)
      if (!record || record.removedAt !== null || !record.enabled)
        void running.cut('assistant.connectionGone', id)
    }),
    events.listen((event) => {
      if (event.type === 'settings' && !event.settings.assistant) void running.cut('assistant.switchedOff')
    }),
  ]

  /** Whether what was prepared may be sent, and for how much at most. */
  async function admit(prepared: Prepared, approved: ParsedAsk['approved'], signal: AbortSignal | undefined) {
    const { cost } = await prepare.estimate(prepared, true, signal)
    signal?.throwIfAborted()
    // While tokens were counted the connection or the assistant may have been switched off.
    checkAllowed(settings.get())
    prepare.account(prepared.access.id)
    prepare.guard(prepared, cost, approved)
    const at = clock.now()
    return {
      id: random.id(at),
      conversationId: prepared.conversationId ?? random.id(at),
      at,
      estimate: cost,
    }
  }

  async function estimated(prepared: Prepared, exact: boolean): Promise<AskEstimate> {
    const { assistant, assistantConsent } = settings.get()
    const told = await prepare.estimate(prepared, exact && assistant && assistantConsent)
    return { ...told, refused: refusalOf(() => prepare.guard(prepared, told.cost, undefined)) }
  }

  const conversation = (id: string) => {
    const found = store.conversation(id)
    if (!found) throw new StudioError('not_found', 'assistant.conversationGone')
    return found
  }
  const whole = (id: string) => ({ ...conversation(id), history: store.history(id).map(seen) })

  return {
    models: (connectionId, refresh) => lists.get(prepare.account(connectionId), refresh),
    estimate: async (ask, exact) => estimated(await prepare.ask(ask), exact),
    estimateShots: async (wish, exact) => estimated(await prepareShots(prepare, wish), exact),
    async preview(ask) {
      const { connectionId, model } = ask
      if (connectionId !== undefined && model !== undefined) {
        const prepared = await prepare.ask({ ...ask, connectionId, model })
        return shownRequest(requestOf(prepared), ClaudeSettings.parse(prepared.access.settings))
      }
      const chosen = strangerOf(model ?? usualOf(seedModels('us-west-2')) ?? '')
      const worded = wordTurn(ask, prepare.targets(ask.targets), prepare.style(ask.styleId))
      const alone = { picture: null, imageId: null, broken: null, pictures: new Map() }
      const messages = messagesOf([], { turn: worded.turn, ...alone })
      const maxTokens = roomFor(worded, chosen)
      const request = requestOf({ model: chosen, sent: worded, messages, maxTokens, sampling: ask.sampling })
      return shownRequest(request, ClaudeSettings.parse({}))
    },
    async previewShots(wish) {
      const prepared = await prepareShots(prepare, wish)
      return shownRequest(requestOf(prepared), ClaudeSettings.parse(prepared.access.settings))
    },
    async ask(ask, signal) {
      checkAllowed(settings.get())
      const prepared = await prepare.ask(ask)
      const made = await admit(prepared, ask.approved, signal)
      return running.follow(asking(prepared, exchangeOf(ask, prepared, made), askingDeps, signal))
    },
    async shots(wish, signal) {
      checkAllowed(settings.get())
      const prepared = await prepareShots(prepare, wish)
      const made = await admit(prepared, wish.approved, signal)
      return running.follow(shooting(prepared, wish, made, askingDeps, signal))
    },
    conversations: {
      list: (q, cursor, limit) => store.conversations(q, cursor, limit),
      get: whole,
      rename(id, title) {
        if (!store.rename(id, title)) throw new StudioError('not_found', 'assistant.conversationGone')
        onConversation(id)
        return conversation(id)
      },
      remove(id) {
        if (!store.remove(id)) throw new StudioError('not_found', 'assistant.conversationGone')
        onConversation(id)
      },
      export(id) {
        const all = whole(id)
        return { name: fileName(all.title), text: asMarkdown(all) }
      },
    },
    styles: {
      list: () => [...builtInStyles, ...store.styles()],
      save({ id, name, system }) {
        if (id !== undefined && store.style(id) === null)
          throw new StudioError('not_found', 'assistant.styleGone')
        const at = clock.now()
        return store.saveStyle({ id: id ?? random.id(at), name, system, at })
      },
      remove(id) {
        if (!store.removeStyle(id)) throw new StudioError('not_found', 'assistant.styleGone')
      },
    },
    readBrief: (from) => briefs.read(from),
    async close() {
      for (const unhook of unhooks) unhook()
      await running.cut('assistant.interrupted')
      pool.close()
    },
  }
}

function refusalOf(check: () => void): string | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof StudioError && error.code === 'conflict') return error.key
    throw error
  }
}
