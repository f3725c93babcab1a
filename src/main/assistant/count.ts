import type { Message } from '@aws-sdk/client-bedrock-runtime'
import { classify, sdk } from '../aws'
import type { Clock } from '../ports'
import { partsOf } from './catalog'
import type { ClaudeClients } from './clients'
import { aroundMessage, imageTokens, roughTokens } from './tokens'

/** What is counted. */
export interface Countable {
  system: string
  messages: Message[]
  /** Sides of the images in it. */
  pictures: readonly { width: number; height: number }[]
}

/** A count that takes longer is not waited for. */
const longestMs = 4000

/** Counts tokens before a request is sent. */
export interface Counter {
  /** By our own careful guess. */
  guess(what: Countable): number
  /** By the service where it does (it costs nothing), else by guess. */
  count(
    clients: ClaudeClients,
    model: string,
    what: Countable,
    signal: AbortSignal,
  ): Promise<{ tokens: number; counted: boolean }>
}

/** Remembers which models the service does not count for, so that they are not asked for at each question. */
export function createCounter(clock: Clock): Counter {
  const uncounted = new Set<string>()
  return {
    guess,
    async count(clients, model, what, signal) {
      // CountTokens takes foundation models alone: it refuses the ids of inference profiles.
      const { foundation } = partsOf(model)
      const key = `${clients.settings.region} ${foundation}`
      if (uncounted.has(key) || !foundation.startsWith('anthropic.'))
        return { tokens: guess(what), counted: false }
      const input = { converse: { system: [{ text: what.system }], messages: what.messages } }
      const late = new AbortController()
      const cancel = clock.after(longestMs, () => late.abort())
      try {
        const { CountTokensCommand } = await sdk.runtime()
        const runtime = await clients.runtime()
        const { inputTokens } = await runtime.send(new CountTokensCommand({ modelId: foundation, input }), {
          abortSignal: AbortSignal.any([signal, late.signal]),
        })
        if (inputTokens !== undefined) return { tokens: inputTokens, counted: true }
      } catch (error) {
        // Models that launched for profiles only are not counted, and some policies do not allow it.
        const { kind } = classify(error)
        if (kind === 'validation' || kind === 'accessDenied' || kind === 'notFound') uncounted.add(key)
      } finally {
        cancel()
      }
      return { tokens: guess(what), counted: false }
    },
  }
}

function guess({ system, messages, pictures }: Countable): number {
  const said = messages.reduce((sum, { content = [] }) => {
    const texts = content.reduce((all, block) => all + roughTokens(block.text ?? ''), 0)
    return sum + texts + aroundMessage
  }, 0)
  const seen = pictures.reduce((sum, picture) => sum + imageTokens(picture), 0)
  return roughTokens(system) + said + seen
}
