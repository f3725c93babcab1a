import type { Database } from 'better-sqlite3'
import type { Derivative, DerivativeKind, DerivativeStore } from './types'

/** Keeps which posters, previews and last frames are wanted, ready or given up. */
export function createDerivativeStore(db: Database): DerivativeStore {
  const select = `
    SELECT job.id AS jobId, d.kind, d.state, d.sha256, d.bytes, d.attempts, d.error
    FROM derivative d JOIN job ON job.seq = d.job_seq`
  const want = db.prepare(`
    INSERT INTO derivative (job_seq, kind, state, updated_at)
      SELECT seq, @kind, 'wanted', @at FROM job WHERE id = @jobId
    ON CONFLICT (job_seq, kind) DO UPDATE
      SET state = 'wanted', sha256 = NULL, bytes = NULL, attempts = 0, error = NULL, updated_at = @at
      WHERE state <> 'wanted'`)
  const get = db.prepare<[string, DerivativeKind], Derivative>(`${select} WHERE job.id = ? AND d.kind = ?`)
  const wanted = db.prepare<[number], Derivative>(
    `${select} WHERE d.state = 'wanted' AND job.removed_at IS NULL ORDER BY d.job_seq DESC, d.kind LIMIT ?`,
  )
  const of = `job_seq = (SELECT seq FROM job WHERE id = @jobId) AND kind = @kind`
  const ready = db.prepare(`
    UPDATE derivative SET state = 'ready', sha256 = @sha256, bytes = @bytes, error = NULL, updated_at = @at
    WHERE ${of}`)
  const failed = db.prepare(`
    UPDATE derivative SET state = iif(@final, 'failed', 'wanted'), attempts = attempts + 1, error = @error,
      sha256 = NULL, bytes = NULL, updated_at = @at
    WHERE ${of}`)

  return {
    want: db.transaction((jobId: string, kinds: readonly DerivativeKind[], at: number) => {
      for (const kind of kinds) want.run({ jobId, kind, at })
    }),
    get: (jobId, kind) => get.get(jobId, kind) ?? null,
    wanted: (limit) => wanted.all(limit),
    ready: (jobId, kind, sha256, bytes, at) => void ready.run({ jobId, kind, sha256, bytes, at }),
    failed: (jobId, kind, error, final, at) =>
      void failed.run({ jobId, kind, error, final: final ? 1 : 0, at }),
  }
}
