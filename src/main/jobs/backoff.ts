import type { Random } from '../ports'

const firstRetryMs = 1_000
const longestRetryMs = 60_000
const longestPollMs = 60_000

/**
 * Milliseconds to wait after the `failures`-th failure in a row (from 1): doubling up to a minute, a fifth up or down
 * so that many jobs do not come back together, and never sooner than the provider asked.
 */
export function retryDelay(failures: number, random: Random, retryAfterMs = 0): number {
  const step = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 10))
  const jittered = step * (0.8 + 0.4 * random.fraction())
  return Math.round(Math.max(jittered, retryAfterMs * (1 + 0.1 * random.fraction())))
}

/**
 * Milliseconds until the next poll of a job that has been going for `elapsedMs`: a twentieth of that, so that waiting
 * never adds more than about 5 %, between the provider's floor and a minute.
 */
export function pollDelay(elapsedMs: number, floorMs: number, random: Random): number {
  const wanted = Math.max(floorMs, Math.min(longestPollMs, elapsedMs / 20))
  return Math.ceil(wanted * (1 + 0.2 * random.fraction()))
}

/** The longest that anything of a job waits; what is due later was timed by a clock that has been set back since. */
export function longestWait(floorMs: number, retryAfterMs = 0): number {
  return Math.ceil(1.2 * Math.max(longestPollMs, longestRetryMs, floorMs, retryAfterMs)) + 1_024
}

/**
 * The moment `delayMs` from `now`, put off by up to a sixteenth of the wait (a second at most) to one that other jobs
 * fall on too: waking up costs more than the poll, and a thousand jobs polled in groups cost a third of what they do
 * one by one.
 */
export function together(now: number, delayMs: number): number {
  const gridMs = 2 ** Math.floor(Math.log2(Math.min(1024, Math.max(16, delayMs) / 16)))
  return Math.ceil((now + delayMs) / gridMs) * gridMs
}
