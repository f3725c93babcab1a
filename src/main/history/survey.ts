import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { JobState } from '@shared/contract'
import { runningStates } from '@shared/words'
import { schemaVersion } from './migrations'
import type { Survey } from './types'

const States = z.array(z.object({ state: JobState, count: z.int() }))
const Failures = z.array(z.object({ code: z.string(), key: z.string(), count: z.int(), last: z.int() }))
const running = `state IN (${runningStates.map((state) => `'${state}'`).join(', ')})`

/** All that a person wrote, or the assistant for them. A word of a parameter's own list is no text. */
const written = `
  SELECT prompt FROM job
  UNION SELECT atom FROM job, json_tree(job.params) WHERE json_tree.type = 'text' AND atom GLOB '*[^-A-Za-z0-9_.:/]*'
  UNION SELECT words FROM exchange UNION SELECT prompt FROM exchange UNION SELECT answer FROM exchange
  UNION SELECT title FROM conversation
  UNION SELECT name FROM style UNION SELECT system FROM style
  UNION SELECT name FROM asset
  UNION SELECT label FROM connection
  UNION SELECT atom FROM memo, json_tree(memo.value) WHERE memo.name = 'draft' AND json_tree.type = 'text'
    AND atom GLOB '*[^-A-Za-z0-9_.:/]*'`

/** Looks over the whole history, for a report about it. */
export function createSurvey(db: Database): Survey {
  return {
    schema: schemaVersion,
    states: () =>
      States.parse(
        db
          .prepare(
            'SELECT state, count(*) AS count FROM job WHERE removed_at IS NULL GROUP BY state ORDER BY state',
          )
          .all(),
      ),
    failures: (limit) =>
      Failures.parse(
        db
          .prepare(
            `SELECT coalesce(error ->> '$.code', '?') AS code, coalesce(error ->> '$.key', '?') AS key,
               count(*) AS count, max(updated_at) AS last
             FROM job WHERE error IS NOT NULL AND json_valid(error) AND removed_at IS NULL
             GROUP BY 1, 2 ORDER BY last DESC LIMIT ?`,
          )
          .all(limit),
      ),
    lastJobs: (limit) =>
      z
        .array(z.string())
        .parse(
          db
            .prepare(`SELECT id FROM job WHERE removed_at IS NULL ORDER BY ${running} DESC, seq DESC LIMIT ?`)
            .pluck()
            .all(limit),
        ),
    *texts() {
      for (const text of db.prepare(written).pluck().iterate()) if (typeof text === 'string') yield text
    },
  }
}
