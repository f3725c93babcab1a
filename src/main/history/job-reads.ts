import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { JobEvent } from '@shared/contract'
import { runningStates } from '@shared/words'
import { json, selectJob } from './columns'
import type { JobReader } from './job-reader'
import type { JobStore } from './types'

/** How many rows of the past are looked at for distinct prompts. */
const promptsLookedAt = 2_000
/** How many of the last finished jobs the usual time is taken of, and the fewest that say anything. */
const usual = { of: 200, fewest: 3 }

/** Written out, so that SQLite sees the condition of its indexes in it. */
const running = `state IN (${runningStates.map((state) => `'${state}'`).join(', ')})`

const StoredEvent = JobEvent.extend({ data: json(JobEvent.shape.data).catch({}) })

export type JobReads = Pick<
  JobStore,
  | 'get'
  | 'inStates'
  | 'due'
  | 'nextDueAt'
  | 'busy'
  | 'events'
  | 'usualMs'
  | 'unfinishedOf'
  | 'known'
  | 'purgeable'
  | 'prompts'
  | 'outputPathTaken'
  | 'withOutput'
  | 'videoTotals'
>

/** What the lifecycle asks of the job table. */
export function createJobReads(db: Database, reader: JobReader): JobReads {
  const get = db.prepare<[string]>(`${selectJob} WHERE id = ?`)
  const inStates = db.prepare<[string]>(
    `${selectJob} WHERE state IN (SELECT value FROM json_each(?)) ORDER BY created_at, seq`,
  )
  const due = db.prepare<[number, number]>(
    `${selectJob} INDEXED BY job_due WHERE next_at <= ? AND ${running} ORDER BY next_at, seq LIMIT ?`,
  )
  const nextDueAt = db
    .prepare<[], number>(
      `SELECT next_at FROM job INDEXED BY job_due
       WHERE next_at IS NOT NULL AND ${running} ORDER BY next_at LIMIT 1`,
    )
    .pluck()
  const busy = db
    .prepare<[string, string | null], number>(
      `SELECT count(*) FROM job WHERE model = ? AND connection_id IS ?
       AND state IN ('submitting', 'processing', 'downloading', 'cancelling')`,
    )
    .pluck()
  const events = db.prepare<[string]>(
    `SELECT e.id, e.at, e.from_state AS "from", e.to_state AS "to", e.kind, e.data
     FROM job_event e JOIN job ON job.seq = e.job_seq WHERE job.id = ? ORDER BY e.id`,
  )
  const took = db.prepare<[string, string | null, number], { ms: number; params: string }>(
    `SELECT finished_at - started_at AS ms, params FROM job
       WHERE model = ? AND connection_id IS ? AND state = 'completed' AND started_at IS NOT NULL
         AND finished_at > started_at
       ORDER BY finished_at DESC LIMIT ?`,
  )
  const unfinishedOf = db
    .prepare<{ id: string }, number>(
      `SELECT count(*) FROM job WHERE ${running} AND (connection_id = @id OR EXISTS (
         SELECT 1 FROM hosted WHERE hosted.connection_id = @id AND hosted.job_id = job.id AND hosted.state <> 'leaving'))`,
    )
    .pluck()
  const known = db
    .prepare<{ provider: string; names: string }, string>(
      `SELECT provider_job_id FROM job
       WHERE provider = @provider AND provider_job_id IN (SELECT value FROM json_each(@names))
       UNION ALL
       SELECT idempotency_token FROM job INDEXED BY job_by_state
       WHERE state IN ('queued', 'submitting', 'cancelling', 'needs_attention') AND provider = @provider
         AND provider_job_id IS NULL AND idempotency_token IN (SELECT value FROM json_each(@names))`,
    )
    .pluck()
  const purgeable = db.prepare<[number]>(
    `${selectJob} WHERE removed_at < ? AND NOT ${running} ORDER BY removed_at`,
  )
  const prompts = db
    .prepare<[number], string>(
      `SELECT prompt FROM job WHERE removed_at IS NULL ORDER BY created_at DESC, seq DESC LIMIT ?`,
    )
    .pluck()
  const outputPathTaken = db.prepare<[string]>(
    'SELECT 1 FROM job WHERE output_path = ? COLLATE NOCASE LIMIT 1',
  )
  const withOutput = db.prepare<[number, number]>(
    `${selectJob} INDEXED BY job_video
     WHERE seq > ? AND state = 'completed' AND output_path IS NOT NULL AND removed_at IS NULL
     ORDER BY seq LIMIT ?`,
  )
  const videoTotals = db.prepare<[], { videos: number; bytes: number }>(
    `SELECT count(*) AS videos, coalesce(sum(bytes), 0) AS bytes FROM job INDEXED BY job_video
     WHERE state = 'completed' AND output_path IS NOT NULL AND removed_at IS NULL`,
  )

  return {
    get: (id) => reader.one(get.get(id)),
    inStates: (states) => reader.many(inStates.all(JSON.stringify(states))),
    due: (now, limit) => reader.many(due.all(now, limit)),
    nextDueAt: () => nextDueAt.get() ?? null,
    busy: (connectionId, model) => busy.get(model, connectionId) ?? 0,
    events: (id) => events.all(id).flatMap((event) => StoredEvent.safeParse(event).data ?? []),
    usualMs(connectionId, model, weigh) {
      const times = took
        .all(model, connectionId, usual.of)
        .flatMap(({ ms, params }) => {
          const weight = weigh(readParams(params))
          return weight === null ? [] : [ms * weight]
        })
        .sort((a, b) => a - b)
      const middle = times[Math.floor(times.length / 2)]
      return times.length < usual.fewest || middle === undefined ? null : middle
    },
    unfinishedOf: (connectionId) => unfinishedOf.get({ id: connectionId }) ?? 0,
    known: (provider, ids) => new Set(known.all({ provider, names: JSON.stringify(ids) })),
    purgeable: (before) => reader.many(purgeable.all(before)),
    prompts(limit) {
      const distinct = new Set<string>()
      for (const prompt of prompts.iterate(promptsLookedAt)) {
        if (prompt.trim() !== '') distinct.add(prompt)
        if (distinct.size === limit) break
      }
      return [...distinct]
    },
    outputPathTaken: (path) => outputPathTaken.get(path) !== undefined,
    withOutput: (afterSeq, limit) => reader.many(withOutput.all(afterSeq, limit)),
    videoTotals: () => videoTotals.get() ?? { videos: 0, bytes: 0 },
  }
}

/** Parameters of an old row that cannot be read are like nobody's. */
function readParams(text: string): Record<string, unknown> {
  return json(z.record(z.string(), z.unknown())).safeParse(text).data ?? {}
}
