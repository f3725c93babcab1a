import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import type { Logger } from 'pino'
import { toProblem } from './problems'

/**
 * The contract, ready for its handlers. Whatever a handler, its input or its output does wrong
 * leaves here as one of the contract's own errors.
 */
export function createImplementer(log: Logger) {
  return implement(contract).use(async ({ next, path, signal }) => {
    try {
      return await next()
    } catch (error) {
      throw toProblem(error, (inner) => {
        // Nobody waits for the answer to a call that was given up.
        if (!signal?.aborted) log.error({ err: inner, call: path.join('.') }, 'a call failed')
      })
    }
  })
}

export type Implementer = ReturnType<typeof createImplementer>
