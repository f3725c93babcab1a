import type { Migration } from './index'

/**
 * Input images that lie at an image hosting for a job. A row is written before its object is, and goes only when the
 * object is gone: nothing lies anywhere that is not known here. It belongs to no job's row, since it may outlive it.
 */
export const hosted: Migration = {
  version: 7,
  up(db) {
    db.exec(`
      CREATE TABLE hosted (
        id TEXT PRIMARY KEY,
        job_id TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        connection_id TEXT NOT NULL,
        place TEXT NOT NULL,
        object_key TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('begun', 'there', 'leaving')),
        tries INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER,
        created_at INTEGER NOT NULL,
        CHECK ((state = 'leaving') = (next_at IS NOT NULL))
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX hosted_of_job ON hosted (job_id, asset_id) WHERE state <> 'leaving';
      CREATE INDEX hosted_leaving ON hosted (next_at) WHERE state = 'leaving';
      CREATE INDEX hosted_at ON hosted (connection_id);
    `)
  },
}
