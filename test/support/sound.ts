import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'

const everyFile = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []

/** Paths of the videos in a library, from its folder on. */
export function videosIn(library: string): string[] {
  return everyFile(library).filter((name) => name.endsWith('.mp4'))
}

/** Unfinished files in a library. */
export function partsIn(library: string): string[] {
  return everyFile(library).filter((name) => name.includes('.part'))
}

/** The history of a studio that does not run. */
export function openHistory(dataDir: string): Database.Database {
  const file = readdirSync(dataDir).find((name) => /\.(db|sqlite)$/.test(name) && !name.includes('lock'))
  if (!file) throw new Error('There is no database.')
  return new Database(join(dataDir, file), { readonly: true })
}

/** What must hold at any instant: a sound database, and under a final name only whole, checked videos. */
export function expectSound(dataDir: string, library: string): void {
  const db = openHistory(dataDir)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  for (const name of videosIn(library)) {
    const sidecar = JSON.parse(readFileSync(join(library, name.replace(/\.mp4$/, '.json')), 'utf8')) as {
      video?: { sha256?: string }
    }
    const sha256 = createHash('sha256')
      .update(readFileSync(join(library, name)))
      .digest('hex')
    expect(sidecar.video?.sha256, `${name} is half a file`).toBe(sha256)
  }
}
