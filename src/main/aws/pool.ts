import type { AwsClients } from './clients'
import type { AwsSettings } from './settings'

/** The clients of all connections, each made once for its settings. */
export interface AwsPool {
  /** Clients of a connection; made afresh when its settings are no longer the ones they were made with. */
  get(connectionId: string, settings: AwsSettings): AwsClients
  /** Ends the clients of a connection: it was changed, disabled or removed. */
  drop(connectionId: string): void
  close(): void
}

/**
 * Keeps the clients of the `size` connections used last, so that sockets and credentials serve many calls.
 * @param make makes the clients of a connection; see `createAws`.
 */
export function createAwsPool(
  make: (connectionId: string, settings: AwsSettings) => AwsClients,
  size = 16,
): AwsPool {
  const kept = new Map<string, { key: string; clients: AwsClients }>()

  function drop(connectionId: string): void {
    kept.get(connectionId)?.clients.close()
    kept.delete(connectionId)
  }

  return {
    get(connectionId, settings) {
      const key = JSON.stringify(settings)
      const known = kept.get(connectionId)
      if (known?.key === key) {
        kept.delete(connectionId)
        kept.set(connectionId, known)
        return known.clients
      }
      drop(connectionId)
      const clients = make(connectionId, settings)
      kept.set(connectionId, { key, clients })
      for (const oldest of kept.keys()) {
        if (kept.size <= size) break
        drop(oldest)
      }
      return clients
    },
    drop,
    close() {
      for (const id of kept.keys()) drop(id)
    },
  }
}
