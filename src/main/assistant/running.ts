import type { ProblemKey } from '@shared/problems'
import type { Stream } from './stream'

/** Why an answer was ended that the person did not stop. */
export type Cut = Extract<
  ProblemKey,
  'assistant.interrupted' | 'assistant.connectionGone' | 'assistant.switchedOff'
>

/** An answer under way, and who gives it. */
export type Underway<T> = Stream<T> & {
  connectionId: string
  /** Resolves when all of it is kept. */
  done: Promise<void>
  /** Ends it for a reason that is not the person's; what came is kept. */
  cut(why: Cut): void
}

/** The answers that are being written. */
export interface Running {
  follow<S extends Underway<unknown>>(stream: S): S
  /** Ends all of them, or those of one connection; resolves when what came of them is kept. */
  cut(why: Cut, connectionId?: string): Promise<void>
}

/** Keeps answers while they are written. */
export function createRunning(): Running {
  const streams = new Set<Underway<unknown>>()
  return {
    follow(stream) {
      streams.add(stream)
      void stream.done.then(() => streams.delete(stream))
      return stream
    },
    async cut(why, connectionId) {
      const meant = [...streams].filter(
        (one) => connectionId === undefined || one.connectionId === connectionId,
      )
      for (const stream of meant) stream.cut(why)
      await Promise.all(meant.map(({ done }) => done))
    },
  }
}
