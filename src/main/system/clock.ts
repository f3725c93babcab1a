import type { Clock } from '../ports'

/** The longest a Node timer takes; beyond, it would fire at once. */
const longest = 2_147_483_647

/** The wall clock and the event loop's timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), longest))
    return () => clearTimeout(timer)
  },
}
