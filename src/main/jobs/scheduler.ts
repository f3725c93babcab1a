import type { Clock } from '../ports'

/** Work that falls due within this many milliseconds is done together. */
const togetherMs = 20
/** Longest single wait: a timer that sleeps longer would overflow, or oversleep when the system's clock is set. */
const longestMs = 600_000

/** After a look at the table that failed (a full disk under the database). */
const brokenMs = 5_000

/** One timer for all that waits. */
export interface Scheduler {
  /** Something falls due at `at` (milliseconds since 1970). */
  arm(at: number): void
  stop(): void
}

/** `work` does what is due; `next` tells when something will be, or null; what they throw goes to `onError`. */
export function createScheduler(options: {
  clock: Clock
  work: (now: number) => void
  next: () => number | null
  onError: (error: unknown) => void
}): Scheduler {
  const { clock, work, next, onError } = options
  let timer: { at: number; cancel: () => void } | null = null
  let stopped = false

  function tick() {
    timer = null
    try {
      work(clock.now())
      const at = next()
      if (at !== null) arm(Math.max(at, clock.now() + togetherMs))
    } catch (error) {
      onError(error)
      arm(clock.now() + brokenMs)
    }
  }

  function arm(at: number) {
    if (stopped || (timer !== null && timer.at <= at)) return
    timer?.cancel()
    const wait = Math.min(longestMs, Math.max(0, at - clock.now()))
    timer = { at, cancel: clock.after(wait, tick) }
  }

  return {
    arm,
    stop() {
      stopped = true
      timer?.cancel()
      timer = null
    },
  }
}
