import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from './database'

const day = 24 * 60 * 60 * 1000
const pattern = /^history-(\d{13,})\.db$/
const beforePattern = /^before-v\d+-(\d{13,})\.db$/

/** How many automatic backups are kept, and how many made before a migration. */
const kept = { automatic: 5, beforeMigration: 2 }

export interface Backup {
  path: string
  /** When it was made, milliseconds since 1970. */
  at: number
}

/** The automatic backups in a folder, newest first. */
export function backupsIn(folder: string, names = pattern): Backup[] {
  let files: string[] = []
  try {
    files = readdirSync(folder)
  } catch {
    // No folder, no backups.
  }
  return files
    .flatMap((file) => {
      const at = names.exec(file)?.[1]
      return at === undefined ? [] : [{ path: join(folder, file), at: Number(at) }]
    })
    .sort((a, b) => b.at - a.at)
}

/** Makes the automatic backup if the last one is a day old (or `force`), and lets the oldest go. */
export async function backUp(db: Connection, folder: string, now: number, force: boolean): Promise<void> {
  const newest = backupsIn(folder)[0]
  // One from the future was made under a wrong clock, and says nothing of today.
  if (!force && newest && newest.at <= now && now - newest.at < day) return
  await copy(db, join(folder, `history-${now}.db`), folder)
  for (const old of backupsIn(folder).slice(kept.automatic)) rmSync(old.path, { force: true })
}

/** Copies a database before its schema is changed. */
export async function backUpBefore(
  db: Connection,
  folder: string,
  now: number,
  version: number,
): Promise<void> {
  await copy(db, join(folder, `before-v${version}-${now}.db`), folder)
  for (const old of backupsIn(folder, beforePattern).slice(kept.beforeMigration))
    rmSync(old.path, { force: true })
}

async function copy(db: Connection, path: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const part = `${path}.part`
  rmSync(part, { force: true })
  try {
    await db.backup(part)
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}
