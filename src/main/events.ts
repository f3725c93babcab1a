import type { StudioEvent } from '@shared/contract'

type Listener = (event: StudioEvent) => void

/** Where services tell what changed; shells and rpc listen. */
export interface Events {
  publish(event: StudioEvent): void
  listen(listener: Listener): () => void
}

/** Makes the one bus of a studio. A listener that throws does not keep others from hearing. */
export function createEvents(onError: (error: unknown) => void): Events {
  const listeners = new Set<Listener>()
  return {
    publish(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          onError(error)
        }
      }
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
