import type { Migration } from './index'

/**
 * Sums by month without a look at whole rows: the index holds all that is added up, and the view asks for no more than
 * that. Its first column is the expression of the views, letter for letter, or it would not be used.
 */
export const spending: Migration = {
  version: 5,
  up(db) {
    db.exec(`
      CREATE INDEX job_by_spending ON job (
        coalesce(submit_attempted_at, created_at), provider, model, connection_id, state, charged, cost_kind,
        cost_micros, cost_currency, estimate_micros, estimate_currency, duration_ms);
      CREATE INDEX ledger_by_time ON ledger (at);
      CREATE VIEW spending_figures AS
        SELECT coalesce(submit_attempted_at, created_at) AS at, provider, model, connection_id, state, charged, cost_kind,
          cost_micros, cost_currency, estimate_micros, estimate_currency, duration_ms
        FROM job
        UNION ALL
        SELECT at, provider, model, connection_id, state, charged, cost_kind, cost_micros, cost_currency,
          estimate_micros, estimate_currency, duration_ms
        FROM ledger;
    `)
  },
}
