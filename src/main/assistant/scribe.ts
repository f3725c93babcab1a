import type { JobError, Money } from '@shared/contract'
import type { AssistantStore, ExchangeEnd, ExchangeRecord, NewExchange } from '../history'
import type { Clock } from '../ports'
import { saying } from './errors'
import { costOf } from './price'
import type { Cut } from './running'
import type { Came } from './send'
import { endOf } from './stops'

/** Words wait no longer than this before they are on the disk. */
const flushMs = 500

/** Keeps an exchange as it happens. */
export interface Scribe {
  readonly exchange: ExchangeRecord
  trying(): void
  /** What was tried was refused, and is waited with. */
  refused(): void
  words(text: string): void
  /** Whatever is not on the disk yet is, now. */
  flush(): void
  end(end: ExchangeEnd): ExchangeRecord
}

/** Begins an exchange in the history. `before` is what an answer that goes on has already. */
export function createScribe(
  store: AssistantStore,
  clock: Clock,
  { exchange, title, before }: { exchange: NewExchange; title: string; before: string },
): Scribe {
  let record = store.begin(exchange, title)
  let answer = before
  let cancel: (() => void) | null = null
  const { id } = record
  const flush = () => {
    cancel?.()
    cancel = null
    store.words(id, answer)
  }
  return {
    get exchange() {
      return record
    },
    trying: () => store.trying(id),
    refused: () => store.refused(id),
    words(text) {
      answer += text
      cancel ??= clock.after(flushMs, flush)
    },
    flush,
    end(end) {
      cancel?.()
      cancel = null
      store.end(id, end)
      record = store.exchange(id) ?? { ...record, ...end }
      return record
    },
  }
}

/** How an exchange ended, of what came. Costs are computed of the tokens that the service counted. */
export function ending(
  came: Came,
  {
    before,
    price,
    cut,
    clean,
  }: {
    before: string
    price: ExchangeRecord['price']
    /** What ended it where it was not the person. */
    cut: Cut | null
    clean: (text: string) => string
  },
): ExchangeEnd {
  const { requestId, stopReason, tokens, firstWordMs, latencyMs, failure } = came
  const answer = before + came.text
  const told = {
    answer,
    requestId,
    stopReason,
    tokensIn: tokens?.input ?? null,
    tokensOut: tokens?.output ?? null,
    firstWordMs,
    latencyMs,
  }
  if (came.stopped) {
    // A refusal that was being waited out cost nothing; a call that was cut off may have cost all of its answer.
    const charged = failure?.charged ?? 'unknown'
    return cut === null
      ? { ...told, charged, state: 'stopped' }
      : { ...told, charged, state: 'broken', error: cutWords(cut, answer) }
  }
  if (failure !== null) {
    const state = came.text === '' ? 'failed' : 'broken'
    const error = cleanError(failure.error, clean)
    return { ...told, charged: failure.charged, state, error, errorRaw: clean(failure.raw) }
  }
  const { state, error } = endOf(stopReason ?? '', came.text)
  return { ...told, ...charge(price, tokens), state, error }
}

/** What is said of an answer that was cut off when it had come so far. */
export function cutWords(cut: Cut, answer: string): JobError {
  const before = cut === 'assistant.interrupted' && answer === ''
  return saying('unavailable', before ? 'assistant.interruptedBefore' : cut)
}

/** What an answer cost that came to its end; without the service's count nobody can say. */
export function charge(
  price: ExchangeRecord['price'],
  tokens: Came['tokens'],
): { charged: 'yes' | 'unknown'; cost: Money | null; costKind: 'computed' | null } {
  const cost = tokens && costOf(price, tokens)
  return cost === null
    ? { charged: tokens === null ? 'unknown' : 'yes', cost: null, costKind: null }
    : { charged: 'yes', cost, costKind: 'computed' }
}

/** The same sentence without secrets that a service repeated. */
export function cleanError(error: JobError, clean: (text: string) => string): JobError {
  const values = error.values && {
    values: Object.fromEntries(
      Object.entries(error.values).map(([name, value]) => [
        name,
        typeof value === 'string' ? clean(value) : value,
      ]),
    ),
  }
  return { ...error, message: clean(error.message), ...values }
}
