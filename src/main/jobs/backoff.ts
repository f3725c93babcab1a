import type { Random } from '../ports'

const firstRetryMs = 1_000
const longestRetryMs = 60_000
const longestPollMs = 30_000

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
 * never adds more than about 5 %, between the provider's floor and half a minute.
 */
export function pollDelay(elapsedMs: number, floorMs: number, random: Random): number {
  const wanted = Math.max(floorMs, Math.min(longestPollMs, elapsedMs / 20))
  return Math.ceil(wanted * (1 + 0.2 * random.fraction()))
}
