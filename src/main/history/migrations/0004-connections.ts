import type { Migration } from './index'

/**
 * Accounts at providers, what each job froze of its account and price, and a ledger: what was spent outlives the row
 * of a job that was cleared away.
 */
export const connections: Migration = {
  version: 4,
  up(db) {
    db.exec(`
      CREATE TABLE connection (
        id TEXT PRIMARY KEY,
        provider TEXT NOT NULL,
        label TEXT NOT NULL,
        enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
        settings TEXT NOT NULL,
        secrets TEXT NOT NULL,
        concurrency INTEGER,
        budget_micros INTEGER,
        budget_currency TEXT,
        tested TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        removed_at INTEGER,
        CHECK ((budget_micros IS NULL) = (budget_currency IS NULL))
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE job ADD COLUMN place TEXT;
      ALTER TABLE job ADD COLUMN price TEXT;
      CREATE INDEX job_by_provider_id ON job (provider, provider_job_id) WHERE provider_job_id IS NOT NULL;

      CREATE TABLE ledger (
        job_id TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        state TEXT NOT NULL,
        provider TEXT NOT NULL,
        model TEXT NOT NULL,
        connection_id TEXT,
        charged TEXT NOT NULL,
        cost_micros INTEGER,
        cost_currency TEXT,
        cost_kind TEXT,
        estimate_micros INTEGER,
        estimate_currency TEXT,
        duration_ms INTEGER,
        prompt TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      -- Its money alone: what a person deletes of their words is gone, and what was free needs no account.
      CREATE TRIGGER job_into_ledger BEFORE DELETE ON job
        WHEN (old.submit_attempted_at IS NOT NULL OR old.charged <> 'no')
          AND coalesce(old.cost_micros, old.estimate_micros, 1) <> 0
      BEGIN
        INSERT OR REPLACE INTO ledger VALUES (
          old.id, coalesce(old.submit_attempted_at, old.created_at), old.state, old.provider, old.model,
          old.connection_id, old.charged, old.cost_micros, old.cost_currency, old.cost_kind, old.estimate_micros,
          old.estimate_currency, old.duration_ms, '');
      END;
      CREATE TRIGGER job_out_of_ledger AFTER INSERT ON job BEGIN
        DELETE FROM ledger WHERE job_id = new.id;
      END;
      CREATE VIEW spending AS
        SELECT id AS job_id, coalesce(submit_attempted_at, created_at) AS at, state, provider, model, connection_id,
          charged, cost_micros, cost_currency, cost_kind, estimate_micros, estimate_currency, duration_ms,
          substr(prompt, 1, 280) AS prompt
        FROM job
        UNION ALL SELECT * FROM ledger;
    `)
  },
}
