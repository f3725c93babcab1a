import { createORPCClient, DynamicLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract, StudioEvent } from '@shared/contract'
import { keepConnected, nextLink } from './connection'

/** Everything the studio can be asked for. A call made while the connection is down waits for it a little. */
export const api: ContractRouterClient<Contract> = createORPCClient(new DynamicLink(nextLink))

type Listener = (event: StudioEvent) => void

const listeners = new Set<Listener>()
const RESUBSCRIBE_MS = 500

/** Hears everything that changes; after a lost connection a `reload` event says that some was missed. */
export function subscribe(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(event: StudioEvent): void {
  for (const listener of listeners) {
    try {
      listener(event)
    } catch (error) {
      // One part of the page that stumbles must not keep the others from hearing.
      reportError(error)
    }
  }
}

let heard = false
let stream = 0

async function hear(): Promise<void> {
  stream += 1
  const mine = stream
  for (;;) {
    try {
      const events = await api.studio.events()
      if (heard) tell({ type: 'reload' })
      heard = true
      for await (const event of events) tell(event)
    } catch {
      // Whatever ended the stream, what follows is the same: listen again, unless a newer stream does.
    }
    await new Promise((resolve) => setTimeout(resolve, RESUBSCRIBE_MS))
    if (mine !== stream) return
  }
}

/** Opens the connection and the stream of events, for as long as the page lives. */
export function startConnection(): void {
  void keepConnected(() => void hear())
}
