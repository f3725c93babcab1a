import type { Migration } from './index'

/**
 * What was asked of the assistant and what came, in conversations that can be searched, and styles of one's own. An
 * exchange counts in the spending like a job; a conversation that is deleted leaves its sums in the ledger.
 */
export const assistant: Migration = {
  version: 8,
  up(db) {
    db.exec(`
      CREATE TABLE conversation (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX conversation_by_time ON conversation (updated_at, seq);

      CREATE TABLE exchange (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        action TEXT NOT NULL,
        words TEXT NOT NULL,
        prompt TEXT NOT NULL,
        answer TEXT NOT NULL DEFAULT '',
        shots TEXT,
        state TEXT NOT NULL DEFAULT 'streaming'
          CHECK (state IN ('streaming', 'done', 'stopped', 'broken', 'failed', 'refused')),
        goes_on_from TEXT,
        connection_id TEXT NOT NULL,
        model TEXT NOT NULL,
        targets TEXT NOT NULL,
        language TEXT,
        image_id TEXT,
        style_id TEXT,
        sent TEXT NOT NULL,
        request_id TEXT,
        stop_reason TEXT,
        tokens_in INTEGER,
        tokens_out INTEGER,
        first_word_ms INTEGER,
        latency_ms INTEGER,
        tries INTEGER NOT NULL DEFAULT 0,
        price TEXT,
        estimate_micros INTEGER,
        estimate_currency TEXT,
        cost_micros INTEGER,
        cost_currency TEXT,
        cost_kind TEXT,
        charged TEXT NOT NULL DEFAULT 'no' CHECK (charged IN ('yes', 'no', 'unknown')),
        error TEXT,
        error_raw TEXT
      ) STRICT;
      CREATE INDEX exchange_by_conversation ON exchange (conversation_id, seq);
      CREATE INDEX exchange_streaming ON exchange (seq) WHERE state = 'streaming';
      CREATE INDEX exchange_by_spending ON exchange (
        at, model, connection_id, state, charged, cost_kind, cost_micros, cost_currency, estimate_micros,
        estimate_currency);

      CREATE TABLE style (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        system TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE VIRTUAL TABLE conversation_search USING fts5 (
        text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7'
      );
      CREATE TRIGGER conversation_search_insert AFTER INSERT ON conversation BEGIN
        INSERT INTO conversation_search (rowid, text) VALUES (new.seq, search_text(new.title));
      END;
      CREATE TRIGGER conversation_search_update AFTER UPDATE OF title ON conversation BEGIN
        DELETE FROM conversation_search WHERE rowid = old.seq;
        INSERT INTO conversation_search (rowid, text) VALUES (new.seq, search_text(new.title));
      END;
      CREATE TRIGGER conversation_search_delete AFTER DELETE ON conversation BEGIN
        DELETE FROM conversation_search WHERE rowid = old.seq;
      END;
      CREATE VIRTUAL TABLE exchange_search USING fts5 (
        text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7'
      );
      -- Once when it is asked and once when it has ended: not at every word that comes.
      CREATE TRIGGER exchange_search_insert AFTER INSERT ON exchange BEGIN
        INSERT INTO exchange_search (rowid, text)
        VALUES (new.seq, search_text(new.words || ' ' || new.prompt || ' ' || new.answer));
      END;
      CREATE TRIGGER exchange_search_update AFTER UPDATE OF state ON exchange BEGIN
        DELETE FROM exchange_search WHERE rowid = old.seq;
        INSERT INTO exchange_search (rowid, text)
        VALUES (new.seq, search_text(new.words || ' ' || new.prompt || ' ' || new.answer));
      END;
      CREATE TRIGGER exchange_search_delete AFTER DELETE ON exchange BEGIN
        DELETE FROM exchange_search WHERE rowid = old.seq;
      END;

      CREATE VIEW exchange_money AS
        SELECT id, at,
          CASE state WHEN 'done' THEN 'completed' WHEN 'stopped' THEN 'cancelled' WHEN 'streaming' THEN 'processing'
            ELSE 'failed' END AS state,
          'claude' AS provider, model, connection_id, charged, cost_micros, cost_currency, cost_kind, estimate_micros,
          estimate_currency
        FROM exchange;
      CREATE TRIGGER exchange_into_ledger BEFORE DELETE ON exchange
        WHEN old.charged <> 'no' AND coalesce(old.cost_micros, old.estimate_micros, 1) <> 0
      BEGIN
        INSERT OR REPLACE INTO ledger
        SELECT id, at, state, provider, model, connection_id, charged, cost_micros, cost_currency, cost_kind,
          estimate_micros, estimate_currency, NULL, ''
        FROM exchange_money WHERE id = old.id;
      END;

      DROP VIEW spending;
      CREATE VIEW spending AS
        SELECT id AS job_id, coalesce(submit_attempted_at, created_at) AS at, state, provider, model, connection_id,
          charged, cost_micros, cost_currency, cost_kind, estimate_micros, estimate_currency, duration_ms,
          substr(prompt, 1, 280) AS prompt
        FROM job
        UNION ALL SELECT * FROM ledger
        UNION ALL
        SELECT money.id, money.at, money.state, provider, money.model, money.connection_id, money.charged,
          money.cost_micros, money.cost_currency, money.cost_kind, money.estimate_micros, money.estimate_currency, NULL,
          substr(CASE exchange.words WHEN '' THEN exchange.prompt ELSE exchange.words END, 1, 280)
        FROM exchange_money AS money JOIN exchange ON exchange.id = money.id;
      DROP VIEW spending_figures;
      CREATE VIEW spending_figures AS
        SELECT coalesce(submit_attempted_at, created_at) AS at, provider, model, connection_id, state, charged, cost_kind,
          cost_micros, cost_currency, estimate_micros, estimate_currency, duration_ms
        FROM job
        UNION ALL
        SELECT at, provider, model, connection_id, state, charged, cost_kind, cost_micros, cost_currency,
          estimate_micros, estimate_currency, duration_ms
        FROM ledger
        UNION ALL
        SELECT at, 'claude', model, connection_id,
          CASE state WHEN 'done' THEN 'completed' WHEN 'stopped' THEN 'cancelled' WHEN 'streaming' THEN 'processing'
            ELSE 'failed' END,
          charged, cost_kind, cost_micros, cost_currency, estimate_micros, estimate_currency, NULL
        FROM exchange;
    `)
  },
}
