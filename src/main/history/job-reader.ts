import type { Database } from 'better-sqlite3'
import type { JobError } from '@shared/contract'
import { sentence } from '@shared/problems'
import { runningStates } from '@shared/words'
import type { Clock, StudioPorts } from '../ports'
import { parseJob } from './columns'
import type { JobRecord } from './types'

/** What a job says whose row cannot be read. */
export function unreadable(): JobError {
  const { message, hint } = sentence('job.unreadable')
  return { code: 'internal', key: 'job.unreadable', message, hint: hint ?? null }
}

/** Turns rows into jobs; one that cannot be read is left out, and the engine is freed of it. */
export interface JobReader {
  one(row: unknown): JobRecord | null
  many(rows: readonly unknown[]): JobRecord[]
}

/**
 * A row that cannot be read is logged, never deleted; if work on it was going on, it comes to need
 * attention, so that nothing waits for it. `changed` hears its `seq` then.
 */
export function createJobReader(
  db: Database,
  clock: Clock,
  log: StudioPorts['log'],
  changed: (seqs: number[]) => void,
): JobReader {
  const park = db.prepare(`
    UPDATE job SET state = 'needs_attention', next_at = NULL, waiting = NULL, updated_at = @at,
      error_raw = coalesce(error_raw, error), error = @error
    WHERE seq = @seq AND state IN (SELECT value FROM json_each(@running))`)
  const note = db.prepare(`
    INSERT INTO job_event (job_seq, at, from_state, to_state, kind, data)
    VALUES (@seq, @at, @from, 'needs_attention', 'unreadable', '{}')`)

  const setAside = (row: Record<string, unknown>, why: string) => {
    const seq = Number(row['seq'])
    log.error({ seq, why }, 'a job of the history cannot be read')
    const parked = db.transaction(() => {
      const at = clock.now()
      const error = JSON.stringify(unreadable())
      if (park.run({ seq, at, error, running: JSON.stringify(runningStates) }).changes === 0) return false
      note.run({ seq, at, from: row['state'] })
      return true
    })()
    if (parked) changed([seq])
  }

  const one = (row: unknown) => {
    if (row === undefined) return null
    const stored = row as Record<string, unknown>
    const parsed = parseJob(stored)
    if (parsed.success) return parsed.data
    setAside(stored, parsed.error.issues.map((issue) => issue.path.join('.')).join(', '))
    return null
  }

  return {
    one,
    many: (rows) => rows.map(one).filter((job) => job !== null),
  }
}
