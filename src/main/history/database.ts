import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { StudioError } from '@shared/problems'
import { schemaVersion, versionOf } from './migrations'
import { teachSearch } from './search'

export type Connection = Database.Database

/** Opens a database for work: write-ahead log, foreign keys, and a wait for another reader's lock. */
export function connect(path: string): Connection {
  const db = new Database(path, { timeout: 5_000 })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -32768')
  teachSearch(db)
  return db
}

/** Whether an error says that the file itself is broken, or no database at all. */
export function saysDamaged(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}

/**
 * Looks at a database without changing a byte of it. Throws `unavailable` for one that a newer program has
 * written; answers false for one that is damaged.
 */
export function isSound(path: string): boolean {
  if (!existsSync(path)) return true
  // Read from the header, because even opening a file may write beside it.
  refuseNewer(versionInHeader(path))
  const trusted = wasClosedWell(path)
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: 5_000 })
    const version = versionOf(db)
    refuseNewer(version)
    if (version > 0 && !db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'job'`).get()) return false
    return trusted || db.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (saysDamaged(error)) return false
    throw error
  } finally {
    db?.close()
  }
}

const markOf = (path: string) => `${path}.closed`
const Mark = z.object({ size: z.number(), mtimeMs: z.number() })

/** Notes how a database was left, so that the next start need not check all of it. */
export function markClosed(path: string): void {
  const { size, mtimeMs } = statSync(path)
  writeFileSync(markOf(path), JSON.stringify({ size, mtimeMs }))
}

/** From here on the file changes: without a new mark the next start checks it. */
export function unmark(path: string): void {
  rmSync(markOf(path), { force: true })
}

function wasClosedWell(path: string): boolean {
  try {
    const mark = Mark.parse(JSON.parse(readFileSync(markOf(path), 'utf8')))
    const { size, mtimeMs } = statSync(path)
    return size === mark.size && mtimeMs === mark.mtimeMs && !existsSync(`${path}-wal`)
  } catch {
    return false
  }
}

function refuseNewer(version: number): void {
  if (version > schemaVersion)
    throw new StudioError('unavailable', 'history.newer', { values: { version, known: schemaVersion } })
}

/** `user_version` as the file's header has it; 0 for anything that is not a database. */
function versionInHeader(path: string): number {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, 100, 0)
  } finally {
    closeSync(file)
  }
  return header.toString('latin1', 0, 15) === 'SQLite format 3' ? header.readInt32BE(60) : 0
}
