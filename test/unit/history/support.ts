import { join } from 'node:path'
import Database from 'better-sqlite3'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import {
  openHistory,
  type AdoptedJob,
  type History,
  type JobRecord,
  type NewJob,
} from '../../../src/main/history'
import { ManualClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'

export const log = pino({ level: 'silent' })

/** A history of its own, on a real file, closed when the test ends. */
export async function openTestHistory(
  dataDir = tempFolder(),
  clock = new ManualClock(),
): Promise<{ history: History; clock: ManualClock; dataDir: string }> {
  const history = await openHistory({ dataDir, clock, log })
  onTestFinished(() => history.close())
  return { history, clock, dataDir }
}

/** Does something to the database file as another program would. */
export function meddle(dataDir: string, sql: string): void {
  const db = new Database(join(dataDir, 'history.db'))
  db.exec(sql)
  db.close()
}

/** Makes jobs to insert, each with an id of its own; what is not given is the plainest. */
export function jobMaker(seed = 1) {
  const random = seededRandom(seed)
  return (given: Partial<NewJob> = {}): NewJob => {
    const createdAt = given.createdAt ?? Date.UTC(2026, 10, 21, 9)
    return {
      id: random.id(createdAt),
      batchId: null,
      retryOf: null,
      prompt: 'A lighthouse at dawn',
      provider: 'animatic',
      model: 'animatic-1',
      connectionId: null,
      endpoint: null,
      params: { seed: 7 },
      inputs: [],
      request: null,
      idempotencyToken: random.id(createdAt),
      estimate: null,
      priceDate: null,
      price: null,
      place: null,
      ratio: 16 / 9,
      createdAt,
      ...given,
    }
  }
}

/** A finished job as a sidecar tells it. */
export function finished(job: NewJob, given: Partial<AdoptedJob> = {}): AdoptedJob {
  return {
    ...job,
    cost: null,
    costKind: null,
    charged: 'no',
    outputPath: `2026-11/${job.id}.mp4`,
    sha256: 'a'.repeat(64),
    bytes: 1_000_000,
    width: 1280,
    height: 720,
    fps: 24,
    durationMs: 5_000,
    finishedAt: job.createdAt + 60_000,
    favourite: false,
    providerJobId: null,
    ...given,
  }
}

/** Inserts jobs and answers them in order, each certain to be there. */
export function inserted(history: History, ...jobs: NewJob[]): [JobRecord, ...JobRecord[]] {
  const [first, ...rest] = history.jobs.insert(jobs)
  if (!first) throw new Error('nothing was inserted')
  return [first, ...rest]
}
