import type { JobRecord } from '../history'
import type { Engine } from './engine'

/** How long a removal can be undone. */
export const undoMs = 15_000
/** After a file could not be moved to the bin. */
const againMs = 60_000

export interface Removal {
  /** Jobs were marked as removed: from now on their time to be restored runs. */
  begin(): void
  /** Whether a removal is past undoing, since its file is being cleared away. */
  isPast(id: string): boolean
  /** A removed job has ended: it can go when its time has come. */
  ended(job: JobRecord): void
  /** When something can be purged, or null. */
  next(): number | null
  /** Purges what is due. */
  work(now: number): void
  /** Purges what was removed before the program last stopped, whatever the clock said then. */
  recover(): void
}

/** Clears away removed jobs when their removal can no longer be undone. */
export function createRemoval(engine: Engine): Removal {
  const { store, clock } = engine
  const going = new Set<string>()
  let next: number | null = null

  function due(at: number) {
    next = Math.min(next ?? Infinity, at)
    engine.arm(next)
  }

  async function purge(before: number): Promise<void> {
    for (const job of store.purgeable(before)) {
      if (going.has(job.id) || engine.closing.aborted) continue
      going.add(job.id)
      try {
        // Restored while others were cleared away: it stays.
        if ((store.get(job.id)?.removedAt ?? null) !== null) await forget(engine, job)
      } catch (error) {
        engine.log.warn({ err: error, job: job.id }, 'a removed job could not be cleared away')
        due(clock.now() + againMs)
      } finally {
        going.delete(job.id)
      }
    }
  }

  return {
    begin: () => due(clock.now() + undoMs + 1),
    isPast: (id) => going.has(id),
    ended(job) {
      if (job.removedAt !== null) due(Math.max(clock.now(), job.removedAt + undoMs + 1))
    },
    next: () => next,
    work(now) {
      if (next === null || next > now) return
      next = null
      engine.background('clearing away removed jobs', purge(now - undoMs))
    },
    recover() {
      engine.background('clearing away removed jobs', purge(Number.MAX_SAFE_INTEGER))
    },
  }
}

/** The file first, then the row: a kill in between leaves a row that the next start clears away. */
async function forget(engine: Engine, job: JobRecord): Promise<void> {
  if (job.removedFile === 'trash' && job.outputPath !== null) await engine.library.discard(job)
  await engine.derivatives.forget(job.id)
  engine.store.purge([job.id])
}
