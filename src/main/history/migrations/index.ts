import type { Database } from 'better-sqlite3'
import { jobs } from './0001-jobs'
import { derivatives } from './0002-derivatives'
import { search } from './0003-search'
import { connections } from './0004-connections'
import { spending } from './0005-spending'
import { queue } from './0006-queue'
import { hosted } from './0007-hosted'
import { assistant } from './0008-assistant'
import { usual } from './0009-usual'

/** One step of the schema. Never changed once released: a later step mends an earlier one. */
export interface Migration {
  version: number
  up(db: Database): void
}

/** All steps in order; step n brings `user_version` to n. */
export const migrations: readonly Migration[] = [
  jobs,
  derivatives,
  search,
  connections,
  spending,
  queue,
  hosted,
  assistant,
  usual,
]

/** The version of the schema this program writes. */
export const schemaVersion = migrations.length

/** The version a database stands at; 0 when it is new. */
export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** Brings a database up to `upTo`, each step whole or not at all. */
export function migrate(db: Database, upTo = schemaVersion): void {
  for (const step of migrations) {
    if (step.version <= versionOf(db) || step.version > upTo) continue
    db.transaction(() => {
      step.up(db)
      db.pragma(`user_version = ${step.version}`)
    }).immediate()
  }
}
