import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openHistory } from '../../../src/main/history'
import { schemaVersion } from '../../../src/main/history/migrations'
import { ManualClock } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { inserted, jobMaker, log, meddle, openTestHistory } from './support'

const hour = 60 * 60 * 1000
const open = (dataDir: string, clock = new ManualClock()) => openHistory({ dataDir, clock, log })

/** A data folder with a closed history of `count` jobs. */
async function closedHistory(count = 1) {
  const { history, dataDir } = await openTestHistory()
  const make = jobMaker()
  const jobs = history.jobs.insert(Array.from({ length: count }, () => make()))
  history.close()
  return { dataDir, path: join(dataDir, 'history.db'), jobs }
}

/** Writes rubbish over a stretch of a file. */
function damage(path: string, from: number, length = 4096) {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, from, from + length)
  writeFileSync(path, bytes)
}

const filesOf = (folder: string) =>
  new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file)).toString('base64')]))

it('refuses a history of a newer program with a sentence, and leaves it byte for byte', async () => {
  const { dataDir } = await closedHistory()
  meddle(dataDir, `PRAGMA user_version = ${schemaVersion + 1}`)
  const before = filesOf(dataDir)
  await expect(open(dataDir)).rejects.toMatchObject({ code: 'unavailable', key: 'history.newer' })
  expect(filesOf(dataDir)).toEqual(before)
})

it('refuses a newer history also while its version stands in the write-ahead log only', async () => {
  const { dataDir, path } = await closedHistory()
  const elsewhere = tempFolder()
  const db = new Database(path)
  db.pragma(`user_version = ${schemaVersion + 1}`)
  // The files as a kill would leave them: the log not yet written back.
  for (const file of ['history.db', 'history.db-wal'])
    copyFileSync(join(dataDir, file), join(elsewhere, file))
  db.close()
  const before = filesOf(elsewhere)
  await expect(open(elsewhere)).rejects.toMatchObject({ key: 'history.newer' })
  const after = filesOf(elsewhere)
  // Reading a log may make a `-shm` beside it; what was there must be as it was.
  expect(new Map([...before.keys()].map((file) => [file, after.get(file)]))).toEqual(before)
})

it('would start empty without a word where a full disk left not one byte of the history', async () => {
  const { history, dataDir } = await openTestHistory()
  inserted(history, jobMaker()())
  await history.backup(true)
  history.close()
  writeFileSync(join(dataDir, 'history.db'), '')
  const again = await openTestHistory(dataDir)
  expect(again.history.notices).toMatchObject([{ key: 'history.restored' }])
  expect(again.history.lists.counts({}).all).toBe(1)
})

it.each([
  ['is no database at all', (path: string) => writeFileSync(path, 'Dear diary, '.repeat(2000))],
  ['has a broken header', (path: string) => damage(path, 0, 100)],
  ['has a broken page in its middle', (path: string) => damage(path, 4096 * 3)],
  ['was cut short', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 9000))],
])('moves a history aside that %s, and starts empty, saying so', async (_what, spoil) => {
  const { dataDir, path } = await closedHistory(50)
  spoil(path)
  const damaged = readFileSync(path)
  const clock = new ManualClock()
  const { history } = await openTestHistory(dataDir, clock)
  expect(history.lists.counts({}).all).toBe(0)
  expect(history.notices).toMatchObject([{ key: 'history.startedEmpty', level: 'warning' }])
  expect(history.notices[0]?.message).toMatch(/Rebuild from library/)
  expect(readFileSync(join(dataDir, 'damaged', `history-${clock.now()}.db`)).equals(damaged)).toBe(true)
  inserted(history, jobMaker(2)())
  history.close()
  const again = await openTestHistory(dataDir)
  expect(again.history.notices).toEqual([])
  expect(again.history.lists.counts({}).all).toBe(1)
})

it('restores the newest backup that is sound, passing over one that is damaged as well', async () => {
  const clock = new ManualClock()
  const { history, dataDir } = await openTestHistory(undefined, clock)
  const make = jobMaker()
  inserted(history, make())
  await history.backup(false)
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  clock.advance(25 * hour)
  inserted(history, make())
  await history.backup(false)
  const newest = join(dataDir, 'backups', `history-${clock.now()}.db`)
  history.close()
  damage(newest, 0, 100)
  damage(join(dataDir, 'history.db'), 4096)

  const again = await openTestHistory(dataDir, clock)
  expect(again.history.lists.counts({}).all).toBe(1)
  expect(again.history.notices).toMatchObject([{ key: 'history.restored', values: { date: day } }])
  expect(existsSync(newest)).toBe(true)
})

it('takes the log of a damaged history away with it, so that it cannot spoil the backup', async () => {
  const { dataDir, path } = await closedHistory()
  writeFileSync(path, 'rubbish')
  writeFileSync(`${path}-wal`, 'more rubbish')
  const clock = new ManualClock()
  const { history } = await openTestHistory(dataDir, clock)
  expect(history.notices).toHaveLength(1)
  const aside = `history-${clock.now()}.db`
  expect(readdirSync(join(dataDir, 'damaged'))).toEqual(expect.arrayContaining([aside, `${aside}-wal`]))
})

it('notices damage that left the size and the time of the file as they were', async () => {
  const { dataDir, path } = await closedHistory(200)
  const { atime, mtime } = statSync(path)
  for (let page = 1; page < 12; page += 1) damage(path, 4096 * page)
  utimesSync(path, atime, mtime)
  const { history } = await openTestHistory(dataDir)
  expect(history.notices).toMatchObject([{ key: 'history.startedEmpty' }])
})

it('goes on after a kill: what was committed to the log is there', async () => {
  const { history, dataDir } = await openTestHistory()
  const [{ id }] = inserted(history, jobMaker()())
  const elsewhere = tempFolder()
  for (const file of ['history.db', 'history.db-wal'])
    copyFileSync(join(dataDir, file), join(elsewhere, file))
  const again = await openTestHistory(elsewhere)
  expect(again.history.jobs.get(id)).toMatchObject({ id, state: 'queued' })
  expect(again.history.notices).toEqual([])
})

it('says that a folder cannot be used instead of failing without words', async () => {
  const file = join(tempFolder(), 'occupied')
  writeFileSync(file, '')
  await expect(open(file)).rejects.toMatchObject({ code: 'storage', key: 'history.notOpened' })
  const folder = tempFolder()
  mkdirSync(join(folder, 'history.db'))
  await expect(open(folder)).rejects.toMatchObject({ code: 'storage', key: 'history.notOpened' })
})

it('backs up once a day at most, more often when asked, and keeps the last five', async () => {
  const clock = new ManualClock()
  const { history, dataDir } = await openTestHistory(undefined, clock)
  const backups = () => readdirSync(join(dataDir, 'backups')).filter((file) => file.endsWith('.db'))
  await Promise.all([history.backup(false), history.backup(false)])
  clock.advance(23 * hour)
  await history.backup(false)
  expect(backups()).toHaveLength(1)
  await history.backup(true)
  expect(backups()).toHaveLength(2)
  for (let day = 0; day < 6; day += 1) {
    clock.advance(24 * hour)
    await history.backup(false)
  }
  expect(backups()).toHaveLength(5)
  expect(backups().sort().at(-1)).toBe(`history-${clock.now()}.db`)
})

it('closes in the middle of a backup without an error and without half a backup', async () => {
  const { history, dataDir } = await openTestHistory()
  const make = jobMaker()
  history.jobs.insert(Array.from({ length: 500 }, () => make({ prompt: 'x'.repeat(3_000) })))
  const backup = history.backup(true)
  history.close()
  await backup
  expect(readdirSync(join(dataDir, 'backups'))).toEqual([])
  history.close()
})
