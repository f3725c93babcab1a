import type { Migration } from './index'

/** How long such a job usually takes, as it was known when work on it began: its card counts down from it. */
export const usual: Migration = {
  version: 9,
  up(db) {
    db.exec('ALTER TABLE job ADD COLUMN usual_ms INTEGER')
  },
}
