import type { ConverseStreamCommandInput, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime'
import type { assistantWaits } from '@shared/words'
import { sdk } from '../aws'
import type { Clock, Random } from '../ports'
import type { ClaudeClients } from './clients'
import { failureOf, saying, type About, type Failure } from './errors'

/** Calls of one question at most, the first included. */
export const mostTries = 5
/** Waits grow from these, doubled at each try; the service says itself how long only seldom. */
const firstWaitMs = { throttled: 1000, not_ready: 2000, unavailable: 400, network: 400 }
const longestWaitMs = 20_000

export interface SendOptions {
  clients: ClaudeClients
  request: ConverseStreamCommandInput
  about: Pick<About, 'model' | 'region' | 'bearer'>
  clock: Clock
  random: Random
  signal: AbortSignal
  /** Told just before each call is made. */
  onTry: () => void
  onWait: (ms: number, why: (typeof assistantWaits)[number]) => void
  onWords: (text: string) => void
}

/** What came of a call: all there is to know, whether it ended well or not. */
export interface Came {
  text: string
  requestId: string | null
  stopReason: string | null
  tokens: { input: number; output: number } | null
  /** From the call that was answered on, in milliseconds. */
  firstWordMs: number | null
  latencyMs: number
  /** Why it did not end as an answer does; null where it did. */
  failure: Failure | null
  /** The caller gave it up. */
  stopped: boolean
}

/**
 * Asks once, and streams the answer. What failed before a word came, and was certainly not worked on, is tried again
 * with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"); after the first word, never. It throws
 * nothing that the service, the network or the keychain does.
 */
export async function send(options: SendOptions): Promise<Came> {
  const { clock, random, signal, onTry, onWait } = options
  for (let tries = 1; ; tries += 1) {
    if (signal.aborted) return gone(clock.now(), clock.now())
    onTry()
    const came = await once(options, tries)
    const again = came.failure?.again ?? null
    if (again === null || came.stopped || tries >= mostTries) return came
    const most = Math.min(longestWaitMs, firstWaitMs[again] * 2 ** (tries - 1))
    const ms = Math.round(Math.max(came.failure?.retryAfterMs ?? 0, random.fraction() * most))
    onWait(ms, again)
    await pause(clock, ms, signal)
    if (signal.aborted) return { ...came, stopped: true }
  }
}

async function once(options: SendOptions, tries: number): Promise<Came> {
  const { clients, request, about, clock, signal, onWords } = options
  const began = clock.now()
  const came = { ...gone(began, began), stopped: false }
  const ended = (change: Partial<Came>): Came => ({ ...came, ...change, latencyMs: clock.now() - began })
  const failed = (error: unknown): Came => {
    if (signal.aborted) return ended({ stopped: true })
    const failure = failureOf(error, { ...about, tries, begun: came.text !== '' })
    return ended({ failure, requestId: came.requestId ?? failure.requestId })
  }
  try {
    const { ConverseStreamCommand } = await sdk.runtime()
    const runtime = await clients.runtime()
    const answer = await runtime.send(new ConverseStreamCommand(request), { abortSignal: signal })
    came.requestId = answer.$metadata.requestId ?? null
    for await (const event of untilAborted(answer.stream ?? [], signal)) {
      const text = take(event, came)
      if (text === '') continue
      came.firstWordMs ??= clock.now() - began
      came.text += text
      onWords(text)
    }
  } catch (error) {
    return failed(error)
  }
  if (signal.aborted) return ended({ stopped: true })
  if (came.stopReason !== null) return ended({})
  // The body ended in good order although the answer had not: something in between closed it.
  const key = came.text === '' ? 'assistant.lost' : 'assistant.broken'
  const error = saying('network', key)
  return ended({
    failure: {
      error,
      again: null,
      retryAfterMs: null,
      charged: 'unknown',
      requestId: null,
      raw: error.message,
    },
  })
}

/** Takes what an event tells into `came`; answers the words in it. */
function take(event: ConverseStreamOutput, came: Came): string {
  if (event.messageStop) came.stopReason = event.messageStop.stopReason ?? 'unknown'
  const usage = event.metadata?.usage
  if (usage?.inputTokens !== undefined && usage.outputTokens !== undefined) {
    const { inputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0, outputTokens } = usage
    came.tokens = {
      input: inputTokens + cacheReadInputTokens + cacheWriteInputTokens,
      output: outputTokens,
    }
  }
  // Thoughts are no part of the answer.
  return event.contentBlockDelta?.delta?.text ?? ''
}

/** The same events, ending at once when the caller gives up: the SDK's iterator waits for the next frame to notice. */
async function* untilAborted<T>(
  source: AsyncIterable<T> | Iterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  const { promise, resolve } = Promise.withResolvers<{ done: true; value: undefined }>()
  const stop = () => resolve({ done: true, value: undefined })
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      const next = await Promise.race([Promise.resolve(iterator.next()), promise])
      if (next.done === true) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // What the SDK still holds is let go; that it was cut off is no news.
    if (signal.aborted) Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

const gone = (began: number, now: number): Came => ({
  text: '',
  requestId: null,
  stopReason: null,
  tokens: null,
  firstWordMs: null,
  latencyMs: now - began,
  failure: null,
  stopped: true,
})

/** Waits, or until the caller gives up. */
function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(ms, done)
    signal.addEventListener('abort', done)
  })
}
