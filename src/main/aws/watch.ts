import type { MiddlewareStack } from '@smithy/types'
import { classify, markSent, neverLeft } from './failure'
import type { AwsCredentials } from './credentials'

/**
 * Lets a client tell, of a call that failed without an answer, whether one of its attempts may have arrived; and lets
 * it read the credentials anew, once, when AWS says that temporary ones have ended.
 */
export function watch<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  credentials: AwsCredentials,
): void {
  const arrived = new WeakSet<object>()

  stack.add(
    (next, context) => async (args) => {
      try {
        const answer = await next(args)
        if (Number(statusOf(answer.response)) >= 500) arrived.add(context)
        return answer
      } catch (error) {
        if (!neverLeft(error)) arrived.add(context)
        throw error
      }
    },
    { step: 'deserialize', name: 'dailiesAttempt', priority: 'low' },
  )

  stack.add(
    (next, context) => async (args) => {
      const once = () =>
        next(args).catch((error: unknown) => {
          markSent(error, arrived.has(context))
          throw error
        })
      try {
        return await once()
      } catch (error) {
        if (classify(error).kind !== 'expiredToken' || !repeatable(args.input)) throw error
        credentials.invalidate()
        return once()
      }
    },
    { step: 'initialize', name: 'dailiesCall', priority: 'high' },
  )
}

function statusOf(response: unknown): unknown {
  return typeof response === 'object' && response !== null && 'statusCode' in response
    ? response.statusCode
    : undefined
}

/** A stream that has been read once cannot be sent again. */
function repeatable(input: object): boolean {
  const body = 'Body' in input ? input.Body : undefined
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array
}
