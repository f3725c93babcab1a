import type { Migration } from './index'

/**
 * Jobs that are kept waiting, and an order of the queue that a person may change. Without a turn of its own a job has
 * its `seq`; moves exchange turns among jobs, so that they stay unique and a new job comes last.
 */
export const queue: Migration = {
  version: 6,
  up(db) {
    db.exec(`
      ALTER TABLE job ADD COLUMN turn INTEGER;
      ALTER TABLE job ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1));
    `)
  },
}
