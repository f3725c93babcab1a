import type { Migration } from './index'

/** Jobs and their events, input images, settings and small values. */
export const jobs: Migration = {
  version: 1,
  up(db) {
    db.exec(`
      CREATE TABLE job (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        batch_id TEXT,
        retry_of TEXT,
        state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN (
          'queued', 'submitting', 'processing', 'downloading', 'completed',
          'failed', 'cancelling', 'cancelled', 'needs_attention')),
        prompt TEXT NOT NULL,
        provider TEXT NOT NULL,
        model TEXT NOT NULL,
        connection_id TEXT,
        endpoint TEXT,
        params TEXT NOT NULL,
        inputs TEXT NOT NULL,
        request TEXT,
        provider_job_id TEXT,
        idempotency_token TEXT NOT NULL,
        submit_attempted_at INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER,
        retry_after INTEGER,
        started_at INTEGER,
        waiting TEXT,
        delayed INTEGER NOT NULL DEFAULT 0 CHECK (delayed IN (0, 1)),
        progress REAL,
        estimate_micros INTEGER,
        estimate_currency TEXT,
        price_date TEXT,
        cost_micros INTEGER,
        cost_currency TEXT,
        cost_kind TEXT CHECK (cost_kind IN ('exact', 'computed')),
        charged TEXT NOT NULL DEFAULT 'no' CHECK (charged IN ('yes', 'no', 'unknown')),
        error TEXT,
        error_raw TEXT,
        outputs TEXT,
        cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
        output_path TEXT,
        sha256 TEXT,
        bytes INTEGER,
        width INTEGER,
        height INTEGER,
        fps REAL,
        duration_ms INTEGER,
        file_missing INTEGER NOT NULL DEFAULT 0 CHECK (file_missing IN (0, 1)),
        ratio REAL,
        favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        finished_at INTEGER,
        removed_at INTEGER,
        removed_file TEXT CHECK (removed_file IN ('keep', 'trash')),
        CHECK ((estimate_micros IS NULL) = (estimate_currency IS NULL)),
        CHECK ((cost_micros IS NULL) = (cost_currency IS NULL)),
        CHECK ((removed_at IS NULL) = (removed_file IS NULL))
      ) STRICT;

      CREATE INDEX job_by_state ON job (state, created_at, seq);
      CREATE INDEX job_by_age ON job (created_at, seq) WHERE removed_at IS NULL;
      CREATE INDEX job_roster ON job (
        seq, state, provider, model, favourite, removed_at, created_at, duration_ms, bytes, cost_micros);
      CREATE INDEX job_by_batch ON job (batch_id) WHERE batch_id IS NOT NULL;
      CREATE INDEX job_due ON job (next_at, seq) WHERE next_at IS NOT NULL
        AND state IN ('queued', 'submitting', 'processing', 'downloading', 'cancelling');
      CREATE INDEX job_removed ON job (removed_at) WHERE removed_at IS NOT NULL;
      CREATE INDEX job_by_output ON job (output_path COLLATE NOCASE) WHERE output_path IS NOT NULL;
      CREATE INDEX job_busy ON job (model, connection_id)
        WHERE state IN ('submitting', 'processing', 'downloading', 'cancelling');
      CREATE INDEX job_usual ON job (model, finished_at, started_at)
        WHERE state = 'completed' AND started_at IS NOT NULL AND finished_at IS NOT NULL;
      CREATE INDEX job_video ON job (seq, bytes)
        WHERE state = 'completed' AND output_path IS NOT NULL AND removed_at IS NULL;

      CREATE TABLE job_event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_seq INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        from_state TEXT,
        to_state TEXT NOT NULL,
        kind TEXT NOT NULL,
        data TEXT NOT NULL
      ) STRICT;
      CREATE INDEX job_event_of_job ON job_event (job_seq, id);

      CREATE TABLE asset (
        id TEXT PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        mime TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        alpha INTEGER NOT NULL CHECK (alpha IN (0, 1)),
        notes TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE memo (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `)
  },
}
