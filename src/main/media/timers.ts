import type { Clock } from '../ports'

/** Timers that end together, so that none keeps a closed studio alive. */
export interface Timers {
  /** Calls `run` once after `ms` milliseconds, unless stopped before. */
  after(ms: number, run: () => void): void
  stop(): void
}

export function createTimers(clock: Clock): Timers {
  const pending = new Set<() => void>()
  return {
    after(ms, run) {
      const cancel = clock.after(ms, () => {
        pending.delete(cancel)
        run()
      })
      pending.add(cancel)
    },
    stop() {
      for (const cancel of pending) cancel()
      pending.clear()
    },
  }
}
