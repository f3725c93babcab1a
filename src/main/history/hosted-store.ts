import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { runningStates } from '@shared/words'
import { json } from './columns'
import type { HostedImage, HostedStore } from './types'

const Stored = z.object({
  id: z.string(),
  jobId: z.string(),
  assetId: z.string(),
  connectionId: z.string(),
  place: json(z.record(z.string(), z.unknown())),
  key: z.string(),
  state: z.enum(['begun', 'there', 'leaving']),
  tries: z.int(),
  nextAt: z.int().nullable(),
  createdAt: z.int(),
}) satisfies z.ZodType<HostedImage>

type Row = Record<string, unknown>

/** Keeps which input images lie at an image hosting, and which of them are to go. */
export function createHostedStore(db: Database): HostedStore {
  const select = `
    SELECT id, job_id AS jobId, asset_id AS assetId, connection_id AS connectionId, place, object_key AS key, state,
      tries, next_at AS nextAt, created_at AS createdAt
    FROM hosted`
  const begin = db.prepare(`
    INSERT INTO hosted (id, job_id, asset_id, connection_id, place, object_key, state, created_at)
    VALUES (@id, @jobId, @assetId, @connectionId, @place, @key, 'begun', @createdAt)`)
  const of = db.prepare<[string, string], Row>(
    `${select} WHERE job_id = ? AND asset_id = ? AND state <> 'leaving'`,
  )
  const there = db.prepare(`UPDATE hosted SET state = 'there' WHERE id = ? AND state = 'begun'`)
  const leave = db.prepare(
    `UPDATE hosted SET state = 'leaving', next_at = @at WHERE job_id = @jobId AND (state <> 'leaving' OR next_at > @at)`,
  )
  const drop = db.prepare(
    `UPDATE hosted SET state = 'leaving', next_at = @at WHERE id = @id AND state <> 'leaving'`,
  )
  // What needs attention may yet be read by the provider: it stays until it is settled.
  const waiting = [...runningStates, 'needs_attention'].map((state) => `'${state}'`).join(', ')
  const unclaimed = db.prepare(`
    UPDATE hosted SET state = 'leaving', next_at = @at
    WHERE state <> 'leaving'
      AND NOT EXISTS (SELECT 1 FROM job WHERE job.id = hosted.job_id AND job.state IN (${waiting}))`)
  const due = db.prepare<[number, number], Row>(
    `${select} WHERE state = 'leaving' AND next_at <= ? ORDER BY next_at LIMIT ?`,
  )
  const next = db
    .prepare<[], number | null>(`SELECT min(next_at) FROM hosted WHERE state = 'leaving'`)
    .pluck()
  const failed = db.prepare(
    `UPDATE hosted SET tries = tries + 1, next_at = @at WHERE id = @id AND state = 'leaving'`,
  )
  const soon = db.prepare(
    `UPDATE hosted SET next_at = @at WHERE connection_id = @connectionId AND state = 'leaving' AND next_at > @at AND tries > 0`,
  )
  const gone = db.prepare('DELETE FROM hosted WHERE id = ?')
  const at = db.prepare<[string], Row>(`${select} WHERE connection_id = ? ORDER BY created_at, id`)
  const places = db.prepare<[], string>('SELECT DISTINCT connection_id FROM hosted').pluck()

  const read = (row: Row): HostedImage => Stored.parse(row)
  return {
    begin: ({ place, ...image }) => void begin.run({ ...image, place: JSON.stringify(place) }),
    of(jobId, assetId) {
      const row = of.get(jobId, assetId)
      return row === undefined ? null : read(row)
    },
    there: (id) => void there.run(id),
    leave: (jobId, at) => leave.run({ jobId, at }).changes,
    drop: (id, at) => void drop.run({ id, at }),
    leaveUnclaimed: (at) => unclaimed.run({ at }).changes,
    due: (now, limit) => due.all(now, limit).map(read),
    nextAt: () => next.get() ?? null,
    failed: (id, at) => void failed.run({ id, at }),
    soon: (connectionId, at) => soon.run({ connectionId, at }).changes,
    gone: (id) => void gone.run(id),
    at: (connectionId) => at.all(connectionId).map(read),
    connections: () => places.all(),
  }
}
