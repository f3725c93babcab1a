import type { AskEvent, Exchange, ParsedAsk } from '@shared/contract'
import type { AssistantStore, ExchangeRecord, NewExchange } from '../history'
import type { Clock, Random } from '../ports'
import type { ClaudePool } from './clients'
import type { Prepared } from './prepare'
import { requestOf } from './request'
import type { Cut, Underway } from './running'
import { createScribe, ending } from './scribe'
import { send } from './send'
import { ClaudeSettings } from './settings'
import { streamOf } from './stream'

export interface AskingDeps {
  store: AssistantStore
  pool: ClaudePool
  clock: Clock
  random: Random
  clean: (text: string) => string
  /** Told when a conversation is no longer what it was. */
  onConversation: (id: string) => void
}

/** Asks what was prepared, and tells what comes. From its first event on it is kept, whatever happens. */
export function asking(
  prepared: Prepared,
  exchange: NewExchange,
  deps: AskingDeps,
  outer: AbortSignal | undefined,
): Underway<AskEvent> {
  const { store, pool, clock, random, clean, onConversation } = deps
  let cut: Cut | null = null
  const finished = Promise.withResolvers<void>()
  const stream = streamOf<AskEvent>(
    async (push, signal) => {
      const before = prepared.broken?.answer ?? ''
      const scribe = createScribe(store, clock, { exchange, title: titleOf(exchange), before })
      push({ type: 'begun', exchange: seen(scribe.exchange) })
      const { region, signIn } = ClaudeSettings.parse(prepared.access.settings)
      const came = await send({
        clients: pool.get(prepared.access),
        request: requestOf(prepared),
        about: { model: prepared.model.label, region, bearer: signIn === 'key' },
        clock,
        random,
        signal,
        onTry: () => scribe.trying(),
        onWait(ms, why) {
          scribe.refused()
          push({ type: 'waiting', ms, why })
        },
        onWords(text) {
          scribe.words(text)
          push({ type: 'words', text })
        },
      })
      const how = { before, price: exchange.price, cut, clean }
      push({ type: 'ended', exchange: seen(scribe.end(ending(came, how))) })
      onConversation(exchange.conversationId)
    },
    joinWords,
    outer,
    () => finished.resolve(),
  )
  return {
    ...stream,
    connectionId: exchange.connectionId,
    done: finished.promise,
    cut(why) {
      cut ??= why
      stream.stop()
    },
  }
}

/** Words that wait for a slow reader wait as one. */
const joinWords = (before: AskEvent, next: AskEvent): AskEvent | null =>
  before.type === 'words' && next.type === 'words' ? { type: 'words', text: before.text + next.text } : null

/** An exchange as the page sees it. */
export function seen({ sent: _sent, price: _price, errorRaw: _raw, ...exchange }: ExchangeRecord): Exchange {
  return exchange
}

/** What a conversation is called until it is renamed: the beginning of what was said first. */
export function titleOf({ words, prompt, action }: Pick<NewExchange, 'words' | 'prompt' | 'action'>): string {
  const [line = ''] = (words.trim() || prompt.trim()).split('\n')
  const title = Array.from(line).slice(0, 80).join('').trim()
  return title === '' ? action : title
}

/** A question as it begins in the history. One that goes on repeats what was asked then. */
export function exchangeOf(
  ask: ParsedAsk,
  prepared: Prepared,
  made: { id: string; conversationId: string; at: number; estimate: Exchange['estimate'] },
): NewExchange {
  const { access, model, broken, sent } = prepared
  const asked = broken ?? {
    action: ask.action,
    words: ask.words,
    prompt: ask.prompt,
    targets: ask.targets,
    language: ask.language ?? null,
    imageId: ask.imageId ?? null,
    styleId: ask.styleId ?? null,
  }
  const { action, words, prompt, targets, language, imageId, styleId } = asked
  return {
    ...made,
    action,
    words,
    prompt,
    targets,
    language,
    imageId,
    styleId,
    goesOnFrom: broken?.id ?? null,
    connectionId: access.id,
    model: model.id,
    sent,
    price: model.price,
  }
}
