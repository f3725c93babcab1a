import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { History, JobPatch, NewJob, SpendingLine, SpendingSum } from '../../../src/main/history'
import type { JobState } from '../../../src/shared/contract'
import { finished, jobMaker, openTestHistory } from './support'

const usd = (micros: number) => ({ micros, currency: 'USD' })

const make = jobMaker()

function job(history: History, at: number, state: JobState, patch: JobPatch = {}): NewJob {
  const made = make({ createdAt: at, estimate: usd(7), connectionId: 'aws' })
  history.jobs.insert([made])
  history.jobs.move(made.id, ['queued'], state, at + 1, { kind: 'submitting' }, patch)
  return made
}

const paid: JobPatch = { charged: 'yes', cost: usd(5), costKind: 'exact', durationMs: 5000 }
const all = (history: History) => [...history.spending.lines(0, Number.MAX_SAFE_INTEGER)]

/** The sums of lines, added up here and not by the database. */
function added(
  lines: SpendingLine[],
): Map<string, Pick<SpendingSum, 'jobs' | 'videos' | 'videoMs'> & { micros: number }> {
  const sums = new Map<string, { jobs: number; videos: number; videoMs: number; micros: number }>()
  for (const { state, charged, cost, estimate, durationMs } of lines) {
    const key = `${state} ${charged} ${cost === null ? 'estimate' : 'cost'}`
    const sum = sums.get(key) ?? { jobs: 0, videos: 0, videoMs: 0, micros: 0 }
    sum.jobs += 1
    sum.videos += durationMs === null ? 0 : 1
    sum.videoMs += durationMs ?? 0
    sum.micros += (cost ?? estimate)?.micros ?? 0
    sums.set(key, sum)
  }
  return sums
}

describe('what jobs cost', () => {
  it('counts in the month in which a job was sent, not in that in which it was made', async () => {
    const { history } = await openTestHistory()
    job(history, 100, 'completed', { ...paid, submitAttemptedAt: 900 })
    job(history, 200, 'queued')
    expect(all(history).map(({ at }) => at)).toEqual([200, 900])
    expect(history.spending.first(0)).toBe(200)
    expect(history.spending.first(201)).toBe(900)
    expect(history.spending.first(901)).toBeNull()
    expect(history.spending.sums(201, 900)).toEqual([])
  })

  it('outlives the row of a job that is cleared away, and is not counted twice when it comes back', async () => {
    const { history } = await openTestHistory()
    const gone = job(history, 100, 'completed', { ...paid, submitAttemptedAt: 150 })
    const doubtful = job(history, 200, 'needs_attention', { charged: 'unknown', submitAttemptedAt: 250 })
    const neverSent = job(history, 300, 'cancelled')
    const before = all(history)
    history.jobs.purge([gone.id, doubtful.id, neverSent.id])
    // The words that were deleted are gone with the row.
    expect(all(history)).toEqual(before.slice(0, 2).map((line) => ({ ...line, prompt: '' })))
    expect(history.spending.sums(0, 1000).map(({ charged, jobs }) => [charged, jobs])).toEqual(
      expect.arrayContaining([
        ['yes', 1],
        ['unknown', 1],
      ]),
    )
    expect(history.spending.first(0)).toBe(150)

    // As `rebuild from library` reads it back from its sidecar.
    history.jobs.adopt(finished(gone, { charged: 'yes', cost: usd(5), costKind: 'exact' }))
    expect(all(history).filter(({ jobId }) => jobId === gone.id)).toHaveLength(1)
    expect(all(history).reduce((sum, { cost }) => sum + (cost?.micros ?? 0), 0)).toBe(5)
  })

  it('adds up to the same by sums as line by line: no kind of amount is mixed with another', async () => {
    const { history } = await openTestHistory()
    for (let at = 0; at < 40; at += 1) {
      job(history, at, 'completed', at % 3 === 0 ? { ...paid, cost: null, costKind: null } : paid)
      job(history, at, 'failed', { charged: at % 2 === 0 ? 'unknown' : 'no', submitAttemptedAt: at })
    }
    history.jobs.purge(
      all(history)
        .slice(10, 20)
        .map(({ jobId }) => jobId),
    )
    const lines = [...history.spending.lines(5, 30)]
    const sums = new Map(
      history.spending
        .sums(5, 30)
        .map(({ state, charged, cost, estimate, jobs, videos, videoMs }) => [
          `${state} ${charged} ${cost === null ? 'estimate' : 'cost'}`,
          { jobs, videos, videoMs, micros: (cost ?? estimate)?.micros ?? 0 },
        ]),
    )
    expect(sums).toEqual(added(lines))
  })

  it('is added up from an index alone: a guard before each job must not read every row of a long history', async () => {
    const { dataDir, history } = await openTestHistory()
    job(history, 1, 'completed', paid)
    const db = new Database(join(dataDir, 'history.db'), { readonly: true })
    const plan = db
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT provider, state, sum(cost_micros), sum(estimate_micros), total(duration_ms)
         FROM spending_figures WHERE at >= 1 AND at < 2 GROUP BY provider, state`,
      )
      .all()
      .map(({ detail }) => detail)
    db.close()
    expect(plan.join('\n')).toMatch(/SEARCH job USING COVERING INDEX job_by_spending/)
    expect(plan.join('\n')).toMatch(/SEARCH ledger USING INDEX ledger_by_time/)
  })
})
