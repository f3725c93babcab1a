import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import {
  Charged,
  Id,
  JobError,
  JobInput,
  JobState,
  JobVideo,
  Money,
  WaitReason,
  type JobDetail,
  type JobEvent,
  type JobRow,
} from '@shared/contract'
import { runningStates } from '@shared/words'
import type { StudioPorts } from '../ports'
import { amount, flag, json, parseJob, selectJob } from './columns'
import { unreadable } from './job-reader'
import type { JobRecord } from './types'

const version = (kind: string) =>
  `(SELECT substr(sha256, 1, 12) FROM derivative
    WHERE job_seq = job.seq AND kind = '${kind}' AND state = 'ready')`

/** A card's columns: no parameters, and of the prompt what a card can show (SQL counts whole characters). */
const selectCard = `
  SELECT seq, id, batch_id AS batchId, coalesce(turn, seq) AS turn, state, substr(prompt, 1, 280) AS prompt, provider, model,
    created_at AS createdAt, updated_at AS updatedAt, started_at AS startedAt, usual_ms AS usualMs, finished_at AS finishedAt,
    favourite, progress, CASE WHEN paused AND state = 'queued' THEN 'paused' ELSE waiting END AS waiting, delayed, estimate_micros AS estimateMicros,
    estimate_currency AS estimateCurrency, cost_micros AS costMicros, cost_currency AS costCurrency,
    charged, error, output_path AS outputPath, width, height, fps,
    duration_ms AS durationMs, bytes, provider_job_id AS providerJobId, file_missing AS fileMissing, ratio, inputs,
    ${version('poster')} AS poster, ${version('preview')} AS preview
  FROM job`

const StoredCard = z.object({
  seq: z.int(),
  id: Id,
  batchId: z.string().nullable(),
  turn: z.int(),
  state: JobState,
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  createdAt: z.int(),
  updatedAt: z.int(),
  startedAt: z.int().nullable(),
  usualMs: z.int().nullable(),
  finishedAt: z.int().nullable(),
  favourite: flag,
  progress: z.number().min(0).max(1).nullable().catch(null),
  waiting: WaitReason.nullable().catch(null),
  delayed: flag,
  estimate: Money.nullable(),
  cost: Money.nullable(),
  charged: Charged,
  error: json(JobError).nullable().catch(unreadable),
  video: JobVideo.nullable().catch(null),
  ratio: z.number().nullable(),
  poster: z.string().nullable(),
  preview: z.string().nullable(),
  inputs: json(z.array(JobInput)).catch([]),
  providerJobId: z.string().nullable(),
})

type Stored = Record<string, unknown>

const isRunning = (state: JobState) => runningStates.some((running) => running === state)

/** Reads jobs as the gallery shows them. A row that cannot be read is left out of lists and logged. */
export interface Cards {
  /** In the order asked for. */
  rows(seqs: readonly number[]): JobRow[]
  row(id: string): JobRow | null
  detail(id: string, events: () => JobEvent[]): JobDetail | null
}

/** Prepares the reading of cards. Removed jobs are not found; in safe mode all that is unfinished waits for its end. */
export function createCards(db: Database, log: StudioPorts['log'], safeMode: boolean): Cards {
  const bySeqs = db.prepare<[string], Stored>(
    `${selectCard} WHERE seq IN (SELECT value FROM json_each(?)) AND removed_at IS NULL`,
  )
  const byId = db.prepare<[string], Stored>(`${selectCard} WHERE id = ? AND removed_at IS NULL`)
  const whole = db.prepare<[string], Stored>(`${selectJob} WHERE id = ?`)
  const stopped = db
    .prepare<[number], number>(
      `SELECT 1 FROM job_event WHERE job_seq = ? AND kind = 'stopped_watching' LIMIT 1`,
    )
    .pluck()
  const label = db.prepare<[string | null], string>('SELECT label FROM connection WHERE id = ?').pluck()

  const card = (stored: Stored): JobRow | null => {
    const parsed = StoredCard.safeParse({
      ...stored,
      estimate: amount(stored, 'estimate'),
      cost: amount(stored, 'cost'),
      video: stored['state'] === 'completed' && stored['outputPath'] !== null ? videoOf(stored) : null,
    })
    if (!parsed.success) {
      log.error({ seq: stored['seq'], issues: parsed.error.issues }, 'a card of the history cannot be read')
      return null
    }
    const { inputs, providerJobId, ...row } = parsed.data
    if (safeMode && isRunning(row.state) && row.waiting !== 'paused') row.waiting = 'safe_mode'
    return {
      ...row,
      firstInput: inputs[0]?.assetId ?? null,
      known: providerJobId !== null,
      fetchable: isFetchable(row, providerJobId, () => stopped.get(row.seq) !== undefined),
    }
  }

  return {
    rows(seqs) {
      const found = new Map(bySeqs.all(JSON.stringify(seqs)).map((stored) => [stored['seq'], stored]))
      return seqs.flatMap((seq) => {
        const stored = found.get(seq)
        return (stored && card(stored)) ?? []
      })
    },
    row(id) {
      const stored = byId.get(id)
      return stored ? card(stored) : null
    },
    detail(id, events) {
      const stored = byId.get(id)
      const row = stored && card(stored)
      const job = whole.get(id)
      if (!row || !job) return null
      const parsed = parseJob(job)
      if (parsed.success)
        return {
          ...row,
          ...details(parsed.data, label.get(parsed.data.connectionId) ?? null),
          events: events(),
        }
      // What a card shows can still be read; the sentence stands for the rest.
      const prompt = String(job['prompt'])
      return { ...row, ...nothing, prompt, error: unreadable(), events: events() }
    },
  }
}

type Details = Omit<JobDetail, Exclude<keyof JobRow, 'prompt'> | 'events'>

const nothing: Omit<Details, 'prompt'> = {
  params: {},
  inputs: [],
  connectionId: null,
  connection: null,
  endpoint: null,
  providerJobId: null,
  attempts: 0,
  priceDate: null,
  price: null,
  costKind: null,
  errorRaw: null,
  file: null,
  sha256: null,
  retryOf: null,
  request: null,
}

/** What a job's page shows beyond its card. */
function details(job: JobRecord, connection: string | null): Details {
  return {
    prompt: job.prompt,
    params: job.params,
    inputs: job.inputs,
    connectionId: job.connectionId,
    connection,
    endpoint: job.endpoint,
    providerJobId: job.providerJobId,
    attempts: job.attempts,
    priceDate: job.priceDate,
    price: job.price,
    costKind: job.costKind,
    errorRaw: job.errorRaw,
    file: job.outputPath,
    sha256: job.sha256,
    retryOf: job.retryOf,
    request: job.request,
  }
}

/** Whether a provider that took the job may still have a video that is not (or no longer) in the library. */
function isFetchable(
  { state, charged, error, video }: Pick<JobRow, 'state' | 'charged' | 'error' | 'video'>,
  providerJobId: string | null,
  wasLeft: () => boolean,
): boolean {
  if (providerJobId === null) return false
  if (state === 'completed') return video?.missing === true
  if (charged === 'no' || error?.code === 'moderated') return false
  // What was cancelled at the provider is gone; what was only left alone there has gone on.
  return state === 'failed' || (state === 'cancelled' && wasLeft())
}

/** The facts of a finished video; parsing refuses them unless all are there. */
function videoOf({ width, height, fps, durationMs, bytes, fileMissing, outputPath }: Stored) {
  const file = String(outputPath).endsWith('.mov') ? 'mov' : 'mp4'
  return { width, height, fps, durationMs, bytes, file, missing: fileMissing === 1 }
}
