import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ConnectionRecord, SpendingLine } from '../../../src/main/history'
import { migrate } from '../../../src/main/history/migrations'
import { teachSearch } from '../../../src/main/history/search'
import { tempFolder } from '../../support/folder'
import { finished, inserted, jobMaker, openTestHistory } from './support'

const always = [0, Number.MAX_SAFE_INTEGER] as const
const usd = (micros: number) => ({ micros, currency: 'USD' })

describe('the ledger', () => {
  const paid = { charged: 'yes', cost: usd(750_000), costKind: 'computed' } as const

  it('keeps what a paid job cost when its row is cleared away, and counts it once', async () => {
    const { history } = await openTestHistory()
    const job = jobMaker()({ estimate: usd(750_000), connectionId: 'c1' })
    history.jobs.adopt(finished(job, paid))
    const before = [...history.spending.lines(...always)]
    expect(before).toEqual([
      {
        jobId: job.id,
        at: job.createdAt,
        state: 'completed',
        provider: 'animatic',
        model: 'animatic-1',
        connectionId: 'c1',
        charged: 'yes',
        cost: usd(750_000),
        costKind: 'computed',
        estimate: usd(750_000),
        durationMs: 5000,
        prompt: job.prompt,
      } satisfies SpendingLine,
    ])
    history.jobs.purge([job.id])
    expect(history.jobs.get(job.id)).toBeNull()
    // What was deleted of the person's words is gone.
    expect([...history.spending.lines(...always)]).toEqual(before.map((line) => ({ ...line, prompt: '' })))
  })

  it('counts a job that was rebuilt from its sidecar once, however often it comes and goes', async () => {
    const { history } = await openTestHistory()
    const job = finished(jobMaker()(), paid)
    for (let round = 0; round < 3; round += 1) {
      history.jobs.adopt(job)
      expect([...history.spending.lines(...always)]).toHaveLength(1)
      history.jobs.purge([job.id])
      expect([...history.spending.lines(...always)]).toHaveLength(1)
    }
  })

  it('keeps no account of what was free', async () => {
    const { history } = await openTestHistory()
    const job = jobMaker()({ estimate: usd(0) })
    inserted(history, job)
    const at = job.createdAt
    history.jobs.move(job.id, ['queued'], 'submitting', at, { kind: 'submitting' }, { submitAttemptedAt: at })
    history.jobs.move(job.id, ['submitting'], 'failed', at, { kind: 'failed' })
    history.jobs.purge([job.id])
    expect([...history.spending.lines(...always)]).toEqual([])
  })

  it('keeps one that may have been charged, and nothing of one that was never sent', async () => {
    const { history, clock } = await openTestHistory()
    const [sent, unsent] = inserted(history, jobMaker(2)({ estimate: usd(1) }), jobMaker(3)())
    const event = { kind: 'submitting' }
    const at = clock.now()
    history.jobs.move(sent.id, ['queued'], 'submitting', at, event, { submitAttemptedAt: at })
    history.jobs.move(sent.id, ['submitting'], 'needs_attention', at, event, { charged: 'unknown' })
    history.jobs.move(unsent?.id ?? '', ['queued'], 'cancelled', at, event)
    history.jobs.purge([sent.id, unsent?.id ?? ''])
    expect([...history.spending.lines(...always)]).toMatchObject([
      { jobId: sent.id, at, state: 'needs_attention', charged: 'unknown', cost: null, estimate: usd(1) },
    ])
  })

  it('is asked by the time a job was sent, from the first moment on and without the last', async () => {
    const { history, clock } = await openTestHistory()
    const [job] = inserted(history, jobMaker()({ createdAt: 1000 }))
    const event = { kind: 'submitting' }
    history.jobs.move(job.id, ['queued'], 'submitting', clock.now(), event, { submitAttemptedAt: 5000 })
    const found = (from: number, to: number) => [...history.spending.lines(from, to)].length
    expect([found(1000, 2000), found(5000, 5001), found(4000, 5000)]).toEqual([0, 1, 0])
  })
})

describe('accounts in the history', () => {
  const account: ConnectionRecord = {
    id: '01930000-0000-7000-8000-00000000000a',
    provider: 'fake',
    label: 'Mine',
    enabled: true,
    settings: { region: 'north', nested: { list: [1, '二'] } },
    secrets: [{ name: 'key', configured: true, last4: 'abcd', kept: 'keychain' }],
    concurrency: 4,
    budget: usd(5_000_000),
    tested: { at: 7, ok: true, who: 'somebody' },
    createdAt: 5,
    updatedAt: 6,
    removedAt: null,
  }

  it('come back as they were after the next start', async () => {
    const { history, dataDir } = await openTestHistory()
    history.connections.insert(account)
    history.close()
    const next = await openTestHistory(dataDir)
    expect(next.history.connections.all()).toEqual([account])
  })

  it('that were removed are found by id only, and change no more', async () => {
    const { history } = await openTestHistory()
    history.connections.insert(account)
    expect(history.connections.update(account.id, { removedAt: 9, secrets: [] })).toBe(true)
    expect(history.connections.all()).toEqual([])
    expect(history.connections.get(account.id)).toMatchObject({ label: 'Mine', removedAt: 9 })
    expect(history.connections.update(account.id, { label: 'Back', removedAt: null })).toBe(false)
    expect(history.connections.update('nobody', { label: 'x' })).toBe(false)
  })
})

it('a job taken in twice, by two who both found it unknown, is there once', async () => {
  const { history, clock } = await openTestHistory()
  const newJob = jobMaker()
  const begun = (providerJobId: string) => ({
    ...newJob(),
    providerJobId,
    startedAt: null,
    charged: 'unknown' as const,
    nextAt: clock.now(),
  })
  expect(history.jobs.insertBegun([begun('a'), begun('a'), begun('b')])).toHaveLength(2)
  expect(history.jobs.insertBegun([begun('b'), begun('c')])).toMatchObject([
    { providerJobId: 'c', state: 'processing' },
  ])
  expect(history.lists.counts({}).all).toBe(3)
})

it('a history of the version before there were accounts keeps all its jobs and what they cost', async () => {
  const dataDir = tempFolder()
  const db = new Database(join(dataDir, 'history.db'))
  db.pragma('journal_mode = WAL')
  teachSearch(db)
  migrate(db, 3)
  const insert = db.prepare(`
    INSERT INTO job (id, state, prompt, provider, model, connection_id, params, inputs, idempotency_token, created_at,
      updated_at, submit_attempted_at, provider_job_id, next_at, charged, cost_micros, cost_currency, cost_kind)
    VALUES (@id, @state, 'A fox', 'animatic', 'animatic-1', NULL, '{}', '[]', @id, 10, 20, @sent, @theirs, @next,
      @charged, @micros, @currency, @kind)`)
  const ids = [1, 2, 3].map((n) => `01930000-0000-7000-8000-00000000000${n}`)
  const nothing = {
    sent: null,
    theirs: null,
    next: null,
    charged: 'no',
    micros: null,
    currency: null,
    kind: null,
  }
  const money = { charged: 'yes', micros: 900_000, currency: 'USD', kind: 'exact' }
  insert.run({ ...nothing, id: ids[0], state: 'failed', sent: 15, theirs: 't', ...money })
  insert.run({ ...nothing, id: ids[1], state: 'queued', next: 40 })
  insert.run({
    ...nothing,
    id: ids[2],
    state: 'processing',
    sent: 16,
    theirs: 'u',
    next: 41,
    charged: 'unknown',
  })
  db.close()

  const { history } = await openTestHistory(dataDir)
  expect(history.notices).toEqual([])
  expect(ids.map((id) => history.jobs.get(id))).toMatchObject([
    { state: 'failed', place: null, price: null, cost: usd(900_000), costKind: 'exact', charged: 'yes' },
    { state: 'queued', nextAt: 40 },
    { state: 'processing', providerJobId: 'u', nextAt: 41 },
  ])
  expect(history.jobs.due(50, 10).map(({ id }) => id)).toEqual(ids.slice(1))
  expect(history.jobs.known('animatic', ['t', 'u', 'v'])).toEqual(new Set(['t', 'u']))
  expect([...history.spending.lines(...always)].map(({ jobId, at }) => [jobId, at])).toEqual([
    [ids[1], 10],
    [ids[0], 15],
    [ids[2], 16],
  ])
  history.jobs.purge([ids[0] ?? ''])
  expect([...history.spending.lines(...always)]).toHaveLength(3)
  expect(history.connections.all()).toEqual([])
})
