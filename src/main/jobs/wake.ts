import { runningStates } from '@shared/words'
import type { JobRecord } from '../history'
import { longestWait, together } from './backoff'
import type { Engine } from './engine'

/** Jobs taken up at once; the others follow within {@link spreadMs}, so that a thousand do not ask together. */
const atOnce = 16
const spreadMs = 5_000

/**
 * Tries now what waits for the network, and polls what runs: the computer woke, the network is back, or the clock was
 * set, which may have left something waiting for a moment that is days away.
 */
export function wake(engine: Engine): void {
  hurry(engine, (job) => job.state === 'processing' || job.waiting === 'network' || isMistimed(engine, job))
}

/** Whether a job waits for a moment that no clock would have given it that was right. */
export function isMistimed(engine: Engine, { nextAt, provider, retryAfter }: JobRecord): boolean {
  const floorMs = engine.providers.provider(provider)?.pollFloorMs ?? 0
  return nextAt !== null && nextAt > engine.clock.now() + longestWait(floorMs, retryAfter ?? 0)
}

/** A connection has changed: what waited for it, or failed to sign in, is tried now. */
export function wakeConnection(engine: Engine, connectionId: string): void {
  hurry(engine, (job) => job.connectionId === connectionId && job.waiting === 'connection')
}

function hurry(engine: Engine, which: (job: JobRecord) => boolean): void {
  const now = engine.clock.now()
  const jobs = engine.store.inStates(runningStates).filter(which)
  for (const [index, job] of jobs.entries()) {
    const at = index < atOnce ? now : together(now, engine.random.fraction() * spreadMs)
    if (job.nextAt !== null && job.nextAt <= at) continue
    if (engine.store.patch(job.id, [job.state], now, { nextAt: at })) engine.arm(at)
  }
}
