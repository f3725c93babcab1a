import type { Approval, Ask, Exchange, ShotsWish, StudioEvent } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../../api'
import { refusalOf, type MoneyRefusal } from '../../money'
import { useAssistant } from './draft'
import { createLive, type Live } from './live'
import { wishOfSampling, withSampling } from './sampling'

/** An answer that is being waited for or written. */
export interface Writing {
  ask: Ask
  live: Live
  /** Null until it is kept. */
  exchange: Exchange | null
  /** When the next try is made, and why it is waited for; null while nothing is waited for. */
  waiting: { until: number; why: string } | null
}

/** Why nothing was sent. Money can be said yes to. */
export type Refusal = ({ kind: 'money'; money: MoneyRefusal } | { kind: 'problem'; problem: Problem }) & {
  /** What was refused; it means nothing for other words. */
  of: string
}

/** An error before anything was sent, as what it was of. */
export function refusalFrom(error: unknown, of: Ask | ShotsWish): Refusal {
  const money = refusalOf(error)
  const about = { of: JSON.stringify(of) }
  return money ? { kind: 'money', money, ...about } : { kind: 'problem', problem: problemOf(error), ...about }
}

/** What became of a result. */
export type Fate = 'accepted' | 'refused'

interface TalkState {
  /** The exchanges of the present conversation, oldest first. */
  exchanges: Exchange[]
  writing: Writing | null
  refusal: Refusal | null
  /** The refused wish was one to go on with an answer that had come so far. */
  refusedRest: { ask: Ask; start: string } | null
  fates: Readonly<Record<string, Fate>>
  /** Why the conversation could not be read. */
  unread: Problem | null
}

const empty = { exchanges: [], refusal: null, refusedRest: null, unread: null }

/** The conversation on screen. */
export const useTalk = create<TalkState>(() => ({ ...empty, writing: null, fates: {} }))

let control: AbortController | null = null

/** An exchange in its place: instead of the one with its id, else last. */
function withExchange(exchanges: readonly Exchange[], exchange: Exchange): Exchange[] {
  const known = exchanges.some(({ id }) => id === exchange.id)
  return known ? exchanges.map((own) => (own.id === exchange.id ? exchange : own)) : [...exchanges, exchange]
}

function change(patch: Partial<Writing>): void {
  useTalk.setState(({ writing }) => ({ writing: writing && { ...writing, ...patch } }))
}

/** Asks for words. `start` is what an answer that goes on has already. What is refused is said, and nothing typed goes. */
export async function ask(wish: Ask, approved?: Approval, start = ''): Promise<void> {
  if (useTalk.getState().writing) return
  const live = createLive(start)
  const mine = new AbortController()
  control = mine
  useTalk.setState({
    writing: { ask: wish, live, exchange: null, waiting: null },
    refusal: null,
    refusedRest: null,
  })
  try {
    const request = approved ? { ...wish, approved } : wish
    const events = await api.assistant.ask(request, { signal: mine.signal })
    for await (const event of events) {
      switch (event.type) {
        case 'begun':
          begun(event.exchange)
          break
        case 'words':
          if (useTalk.getState().writing?.waiting) change({ waiting: null })
          live.append(event.text)
          break
        case 'waiting':
          change({ waiting: { until: Date.now() + event.ms, why: event.why } })
          break
        case 'ended':
          ended(event.exchange)
          break
      }
    }
    // A stream that ends without saying how was cut off on its way here.
    if (useTalk.getState().writing?.live === live) await cutOff(live)
  } catch (error) {
    if (!mine.signal.aborted) {
      const refusedRest = wish.goOnFrom === undefined ? null : { ask: wish, start }
      useTalk.setState({ refusal: refusalFrom(error, wish), refusedRest })
    }
    await cutOff(live)
  }
}

function begun(exchange: Exchange): void {
  change({ exchange })
  // Kept from here on, so the line is free for the next words.
  useAssistant.setState({ conversationId: exchange.conversationId, words: '' })
}

function ended(exchange: Exchange): void {
  useTalk.setState(({ exchanges }) => ({ exchanges: withExchange(exchanges, exchange), writing: null }))
  giveBack(exchange)
}

/** Words of a wish that was not answered stand in the line again, where nothing else was typed meanwhile. */
function giveBack({ answer, words, goesOnFrom }: Exchange): void {
  if (answer === '' && goesOnFrom === null && useAssistant.getState().words === '')
    useAssistant.setState({ words })
}

/** The answer ended here without its last event: what came stays, and how it ended is read where it is kept. */
async function cutOff(live: Live): Promise<void> {
  const { writing } = useTalk.getState()
  if (writing?.live !== live) return
  const { exchange } = writing
  if (exchange === null) {
    useTalk.setState({ writing: null })
    return
  }
  const { id, conversationId } = exchange
  useTalk.setState(({ exchanges }) => ({
    exchanges: withExchange(exchanges, { ...exchange, answer: live.text, state: 'stopped' }),
    writing: null,
  }))
  giveBack({ ...exchange, answer: live.text })
  for (let tries = 0; tries < 10; tries += 1) {
    const history = await api.assistant.conversations.get({ id: conversationId }).then(
      (conversation) => conversation.history,
      () => [],
    )
    const kept = history.find((own) => own.id === id)
    if (kept && kept.state !== 'streaming') {
      if (useAssistant.getState().conversationId === conversationId)
        useTalk.setState(({ exchanges }) => ({ exchanges: withExchange(exchanges, kept) }))
      return
    }
    await new Promise((resolve) => window.setTimeout(resolve, 250))
  }
}

/** Ends what is being written; what came stays. Answers whether there was something. */
export function stop(): boolean {
  if (useTalk.getState().writing === null) return false
  control?.abort()
  return true
}

let read = 0

/** Reads the conversation that goes on, or none. */
export async function readTalk(id: string | null): Promise<void> {
  read += 1
  const mine = read
  if (id === null) {
    useTalk.setState(empty)
    return
  }
  if (useTalk.getState().exchanges[0]?.conversationId === id || useTalk.getState().writing) return
  try {
    const { history } = await api.assistant.conversations.get({ id })
    if (mine === read) useTalk.setState({ ...empty, exchanges: history })
  } catch (error) {
    if (mine !== read) return
    const problem = problemOf(error)
    useTalk.setState({ ...empty, unread: problem.code === 'NOT_FOUND' ? null : problem })
    if (problem.key === 'assistant.conversationGone') useAssistant.setState({ conversationId: null })
  }
}

/** Goes to another conversation, or begins one. One that is gone back to is talked in as it was. */
export function goTo(conversationId: string | null): void {
  stop()
  useTalk.setState({ ...empty })
  useAssistant.setState({ conversationId, tab: 'write' })
  void readTalk(conversationId).then(() => {
    const { exchanges } = useTalk.getState()
    const last = exchanges.findLast(({ action }) => action !== 'shots')
    if (last === undefined || last.conversationId !== conversationId) return
    const { styleId, sampling } = last
    const { samplings } = useAssistant.getState()
    useAssistant.setState({
      styleId,
      samplings: withSampling({ styleId, samplings }, wishOfSampling(sampling)),
    })
  })
}

/** Takes in what another page, or a script, did to the conversation on screen. */
export function hearTalk(event: StudioEvent): void {
  const { conversationId } = useAssistant.getState()
  if (conversationId === null || useTalk.getState().writing !== null) return
  if (event.type !== 'reload' && (event.type !== 'conversation' || event.id !== conversationId)) return
  void readAgain(conversationId)
}

/** Reads the conversation on screen once more; what stands there stays until it is known anew. */
async function readAgain(id: string): Promise<void> {
  try {
    const { history } = await api.assistant.conversations.get({ id })
    const here = useAssistant.getState().conversationId === id && useTalk.getState().writing === null
    if (here) useTalk.setState({ exchanges: history, unread: null })
  } catch (error) {
    if (problemOf(error).key !== 'assistant.conversationGone') return
    if (useAssistant.getState().conversationId !== id) return
    useTalk.setState({ ...empty })
    useAssistant.setState({ conversationId: null })
  }
}

/** Notes what became of a result; null takes the note back. */
export function settle(id: string, fate: Fate | null): void {
  useTalk.setState(({ fates }) => {
    const { [id]: _before, ...others } = fates
    return { fates: fate === null ? others : { ...others, [id]: fate } }
  })
}
