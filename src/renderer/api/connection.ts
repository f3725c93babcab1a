import { create } from 'zustand'
import { openLine, RefusedError, type Link } from './link'

/** `refused`: the studio was started anew and wants its new address. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

/** How the page stands with the studio; also `useConnection.getState()` and `.subscribe()`. */
export const useConnection = create<ConnectionState>(() => 'connecting')

/** Thrown by a call that found no studio to talk to within its patience. */
export class LostError extends Error {
  override readonly name = 'LostError'
}

const PATIENCE_MS = 6000
const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 5000

let current: Link | null = null
const waiting = new Set<(link: Link) => void>()

/** The living link, or the next one that opens soon; a {@link LostError} where none does. */
export function nextLink(): Promise<Link> {
  if (current !== null) return Promise.resolve(current)
  return new Promise((resolve, reject) => {
    const take = (link: Link) => {
      clearTimeout(timer)
      resolve(link)
    }
    const timer = setTimeout(() => {
      waiting.delete(take)
      reject(new LostError('The studio does not answer.'))
    }, PATIENCE_MS)
    waiting.add(take)
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      window.removeEventListener('focus', go)
      resolve()
    }
    const timer = setTimeout(go, ms)
    // Somebody who comes back to the window should not wait for the timer.
    window.addEventListener('focus', go)
  })
}

/** Keeps one connection open for as long as the page lives; `onOpen` runs after each opening. */
export async function keepConnected(onOpen: () => void): Promise<never> {
  let wait = FIRST_WAIT_MS
  for (;;) {
    try {
      const line = await openLine()
      current = line.link
      wait = FIRST_WAIT_MS
      for (const take of waiting) take(line.link)
      waiting.clear()
      useConnection.setState('open', true)
      onOpen()
      await line.closed
      useConnection.setState('lost', true)
    } catch (error) {
      useConnection.setState(error instanceof RefusedError ? 'refused' : 'lost', true)
    }
    current = null
    await pause(wait)
    wait = Math.min(LONGEST_WAIT_MS, wait * 1.7)
  }
}
