import { ORPCError } from '@orpc/client'
import { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import {
  encodeResponseMessage,
  MessageType,
  ServerPeer,
  type EncodedMessage,
} from '@orpc/standard-server-peer'
import { StudioError } from '@shared/problems'
import type { Logger } from 'pino'
import { callIn } from './calls'
import { fromStudio, type Problem } from './problems'
import type { Router } from './router'

/** Takes up the conversation with one page; `send` hands it a message. */
export type Talk = (send: (message: EncodedMessage) => void | Promise<void>) => {
  /** Takes a message of the page, whatever it is; never rejects. */
  hear: (message: unknown) => Promise<void>
  /** The page is gone: what it still waits for is given up. */
  close: () => void
}

/**
 * The contract over messages, the same for a socket and a port. Whatever comes in, what goes out is one of the contract's
 * answers or errors: messages that are no calls go to the log and no further, calls that cannot be read or found are
 * refused with a sentence. `onAnswer` is told the name of each procedure that answered, `studio.events`.
 */
export function createTalk(router: Router, log: Logger, onAnswer: (call: string) => void = () => {}): Talk {
  const handler = new StandardRPCHandler(router, {
    interceptors: [
      async (options) => {
        try {
          const result = await options.next()
          if (result.matched) return result
        } catch (error) {
          if (error instanceof ORPCError && error.defined) throw error
          // Procedures throw the contract's errors only, so this one is from reading what was sent.
          throw unreadable(error)
        }
        const path = options.request.url.pathname
        throw fromStudio(new StudioError('not_found', 'path.notFound', { values: { path } }))
      },
    ],
    clientInterceptors: [
      async (options) => {
        const answer: unknown = await options.next()
        onAnswer(options.path.join('.'))
        return answer
      },
    ],
  })
  const answer = createServerPeerHandleRequestFn(handler, {})

  return (send) => {
    const peer = new ServerPeer(send)
    return {
      async hear(message) {
        const call = callIn(message)
        if (call === null) {
          log.warn('a message of a page was no call')
          return
        }
        try {
          await peer.message(message as EncodedMessage, answer)
        } catch (error) {
          log.warn({ err: error }, 'a call could not be read or answered')
          await refuse(call, unreadable(error)).catch(() => undefined)
        }
      },
      close: () => peer.close(),
    }

    async function refuse(call: string, problem: Problem): Promise<void> {
      const body = { json: problem.toJSON() }
      const response = { status: problem.status, headers: {}, body }
      await send(await encodeResponseMessage(call, MessageType.RESPONSE, response))
    }
  }
}

function unreadable(cause: unknown): Problem {
  return fromStudio(new StudioError('invalid_request', 'request.malformed', { cause }))
}
