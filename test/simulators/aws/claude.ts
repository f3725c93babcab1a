import type { Clock } from '../../../src/main/ports'
import type { ClaudeRequest } from './claude-requests'

/** How an answer goes: what is not said is as usual. */
export interface Script {
  /** The words, one frame each. */
  words?: string[]
  /** Milliseconds before each frame of words. */
  frameMs?: number
  /** Milliseconds before the first event of the stream. */
  firstMs?: number
  stopReason?: string
  usage?: { inputTokens: number; outputTokens: number }
  /** Milliseconds that the metrics tell. */
  latencyMs?: number
  /** What happens after so many frames of words. */
  breaks?: {
    after: number
    /** An exception event, a broken connection, a body that just ends, a frame with a wrong sum, or no more bytes at all. */
    kind: 'exception' | 'cut' | 'end' | 'garbled' | 'silence'
    /** Of an exception: its member in the stream, such as `throttlingException`. */
    name?: string
    message?: string
  }
}

/** The model behind the wire: answers by script, else by repeating what it was told. */
export class Claude {
  readonly #clock: Clock
  #scripts: Script[] = []
  /** Requests that were answered, the newest last: each is on the bill. */
  readonly answered: ClaudeRequest[] = []
  /** The first-use form was filled in. */
  form = true

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The next answers, one each. */
  script(...scripts: Script[]): void {
    this.#scripts.push(...scripts)
  }

  /** Takes a request on, and the script for it. */
  take(
    request: ClaudeRequest,
  ): Required<Pick<Script, 'words' | 'stopReason' | 'usage' | 'latencyMs'>> & Script {
    this.answered.push(request)
    const script = this.#scripts.shift() ?? {}
    const words = script.words ?? usualWords(request)
    return {
      stopReason: 'end_turn',
      usage: { inputTokens: tokensIn(request), outputTokens: tokensOf(words.join('')) },
      latencyMs: 120,
      ...script,
      words,
    }
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, resolve))
  }
}

/** Tokens by the simulators' own rule: four characters each, and so they can be told beforehand. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4)

/** Tokens of a request by the same rule; an image counts 1000. */
export function tokensIn({ system, messages }: Pick<ClaudeRequest, 'system' | 'messages'>): number {
  const said = messages.flatMap(({ content }) => content)
  return tokensOf(system) + said.reduce((sum, part) => sum + ('text' in part ? tokensOf(part.text) : 1000), 0)
}

/** The prompt of the last turn in other words, so that what comes back shows what was understood. */
function usualWords({ messages }: ClaudeRequest): string[] {
  const last = messages.at(-1)?.content.find((part) => 'text' in part)
  const text = last && 'text' in last ? last.text : ''
  const prompt = /<(?:prompt|brief)>\n([\s\S]*?)\n<\/(?:prompt|brief)>/.exec(text)?.[1] ?? text
  return `Slow dolly in: ${prompt.trim()}, soft light from the left.`.split(/(?<= )/)
}
