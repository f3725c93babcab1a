import type { Migration } from './index'

/** Posters, previews and last frames; videos made before get a poster and a preview asked for. */
export const derivatives: Migration = {
  version: 2,
  up(db) {
    db.exec(`
      CREATE TABLE derivative (
        job_seq INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('poster', 'preview', 'last_frame')),
        state TEXT NOT NULL CHECK (state IN ('wanted', 'ready', 'failed')),
        sha256 TEXT,
        bytes INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        updated_at INTEGER NOT NULL,
        PRIMARY KEY (job_seq, kind),
        CHECK (state <> 'ready' OR (sha256 IS NOT NULL AND bytes IS NOT NULL))
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX derivative_wanted ON derivative (job_seq DESC, kind) WHERE state = 'wanted';

      INSERT INTO derivative (job_seq, kind, state, updated_at)
        SELECT seq, kind.value, 'wanted', updated_at
        FROM job, json_each('["poster", "preview"]') AS kind
        WHERE state = 'completed' AND output_path IS NOT NULL;
    `)
  },
}
