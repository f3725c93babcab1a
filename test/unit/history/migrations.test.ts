import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations, schemaVersion, versionOf } from '../../../src/main/history/migrations'
import { teachSearch } from '../../../src/main/history/search'
import { tempFolder } from '../../support/folder'
import { openTestHistory } from './support'

const done = '01930000-0000-7000-8000-000000000001'
const waiting = '01930000-0000-7000-8000-000000000002'

/** A database file as the program of that schema version left it, with two jobs and a setting. */
function olderDatabase(version: number): string {
  const dataDir = tempFolder()
  const db = new Database(join(dataDir, 'history.db'))
  db.pragma('journal_mode = WAL')
  teachSearch(db)
  migrate(db, version)
  db.exec(`
    INSERT INTO job (id, state, prompt, provider, model, params, inputs, idempotency_token, created_at, updated_at,
      output_path, sha256, bytes, width, height, fps, duration_ms, favourite, charged)
    VALUES ('${done}', 'completed', '东京的猫 at night', 'animatic', 'animatic-1', '{"seed":7}', '[]', 't1', 10, 20,
      '2026-11/a.mp4', '${'a'.repeat(64)}', 1000, 1280, 720, 24.0, 5000, 1, 'yes');
    INSERT INTO job (id, prompt, provider, model, params, inputs, idempotency_token, created_at, updated_at, next_at)
    VALUES ('${waiting}', 'A fox', 'animatic', 'animatic-1', '{}', '[]', 't2', 30, 30, 40);
    INSERT INTO job_event (job_seq, at, from_state, to_state, kind, data)
    VALUES (1, 20, NULL, 'completed', 'completed', '{}');
    INSERT INTO setting VALUES ('theme', '"dark"');
  `)
  db.close()
  return dataDir
}

it.each(migrations.map(({ version }) => version))(
  'carries a history of schema %i over with nothing lost, and works on with it',
  async (version) => {
    const dataDir = olderDatabase(version)
    const { history } = await openTestHistory(dataDir)
    expect(history.notices).toEqual([])
    expect(history.jobs.get(done)).toMatchObject({
      state: 'completed',
      prompt: '东京的猫 at night',
      params: { seed: 7 },
      outputPath: '2026-11/a.mp4',
      favourite: true,
      charged: 'yes',
    })
    expect(history.jobs.due(40, 10).map((job) => job.id)).toEqual([waiting])
    expect(history.jobs.events(done)).toHaveLength(1)
    expect(history.settings.get().theme).toBe('dark')
    expect(history.lists.index({ q: '猫' }, 'newest', undefined, 10).seqs).toEqual([1])
    history.derivatives.want(done, ['poster'], 50)
    expect(history.derivatives.get(done, 'poster')).toMatchObject({ state: 'wanted' })
    history.jobs.purge([done])
    expect(history.lists.counts({}).all).toBe(1)
  },
)

it('asks for the pictures of videos made before there were any', async () => {
  const { history } = await openTestHistory(olderDatabase(1))
  expect(history.derivatives.wanted(10).map(({ jobId, kind }) => [jobId, kind])).toEqual([
    [done, 'poster'],
    [done, 'preview'],
  ])
})

it('keeps a copy of the file as it was before each migration, and none when there is nothing to migrate', async () => {
  const dataDir = olderDatabase(1)
  const { history } = await openTestHistory(dataDir)
  const [copy, ...others] = readdirSync(join(dataDir, 'backups'))
  expect(others).toEqual([])
  const before = new Database(join(dataDir, 'backups', copy ?? ''), { readonly: true })
  expect(versionOf(before)).toBe(1)
  expect(before.prepare('SELECT count(*) FROM job').pluck().get()).toBe(2)
  before.close()
  history.close()
  const again = await openTestHistory(dataDir)
  expect(readdirSync(join(dataDir, 'backups')).filter((file) => file.endsWith('.db'))).toEqual([copy])
  again.history.close()
  const fresh = await openTestHistory()
  expect(readdirSync(fresh.dataDir)).not.toContain('backups')
})

it('does a step whole or not at all, so that a start after a crash can do it again', () => {
  const db = new Database(join(tempFolder(), 'history.db'))
  // Without its function the third step fails after its table was made.
  expect(() => migrate(db)).toThrow(/search_text/)
  expect(versionOf(db)).toBe(2)
  expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name LIKE 'job_search%'`).pluck().get()).toBe(0)
  teachSearch(db)
  migrate(db)
  expect(versionOf(db)).toBe(schemaVersion)
  db.close()
})

it('numbers its steps without a gap', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
})
