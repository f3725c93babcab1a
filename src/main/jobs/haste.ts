import type { Engine } from './engine'

/** Calls for one job closer together than this are answered by one poll. */
const apartMs = 100

/** Polls a job sooner when its provider says that something changed. */
export interface Haste {
  forget(id: string): void
  close(): void
}

/** Listens to every provider that calls back. */
export function createHaste(engine: Engine): Haste {
  const polledAt = new Map<string, number>()

  function hasten(id: string) {
    const now = engine.clock.now()
    const last = polledAt.get(id) ?? -Infinity
    // A poll is set already.
    if (last > now) return
    const at = Math.max(now, last + apartMs)
    if (!engine.store.patch(id, ['processing'], now, { nextAt: at })) return
    polledAt.set(id, at)
    engine.arm(at)
  }

  const stops = engine.providers.all.flatMap((provider) => provider.onChange?.(hasten) ?? [])
  return {
    forget: (id) => void polledAt.delete(id),
    close() {
      for (const stop of stops) stop()
    },
  }
}
