import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Notice } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { StudioPorts } from '../ports'
import { createAssetStore } from './asset-store'
import { createAssistantStore } from './assistant-store'
import { backUp, backUpBefore, backupsIn } from './backups'
import { createCards } from './cards'
import { createConnectionStore } from './connection-store'
import { connect, isSound, markClosed, saysDamaged, unmark } from './database'
import { createDerivativeStore } from './derivative-store'
import { createHostedStore } from './hosted-store'
import { createJobLists } from './job-lists'
import { createJobReader } from './job-reader'
import { createJobReads } from './job-reads'
import { createJobWrites } from './job-writes'
import { migrate, schemaVersion, versionOf } from './migrations'
import { createQueueStore } from './queue-store'
import { recover } from './recover'
import { Roster } from './roster'
import { createSearch } from './search'
import { createSettingStore } from './setting-store'
import { createSpendingStore } from './spending-store'
import { createSurvey } from './survey'
import type { History } from './types'

export interface HistoryOptions extends Pick<StudioPorts, 'clock' | 'log'> {
  dataDir: string
  /** Every job that is not finished is shown as waiting for safe mode to end. */
  safeMode?: boolean
}

/** A file without a single byte where there has been a history: a full disk or a crash of the system took it. */
function wasEmptied(path: string, backups: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.size === 0 && backupsIn(backups).length > 0
}

/**
 * Opens the history in `dataDir`, making, migrating or recovering it as needed. Throws `unavailable` for a
 * history that a newer program has written (it stays untouched) and `storage` where the folder or file
 * cannot be used.
 */
export async function openHistory(options: HistoryOptions): Promise<History> {
  const { dataDir, clock, log, safeMode = false } = options
  const path = join(dataDir, 'history.db')
  const folders = { backups: join(dataDir, 'backups'), damaged: join(dataDir, 'damaged') }
  const notices: Notice[] = []

  const mend = () => {
    const notice = recover(path, folders, clock.now())
    log.error({ notice }, 'the history was damaged')
    notices.push(notice)
  }
  const open = async () => {
    unmark(path)
    const db = connect(path)
    try {
      const version = versionOf(db)
      if (version > 0 && version < schemaVersion)
        await backUpBefore(db, folders.backups, clock.now(), version)
      migrate(db)
      return { db, roster: new Roster(db) }
    } catch (error) {
      db.close()
      throw error
    }
  }
  const prepare = async () => {
    mkdirSync(dataDir, { recursive: true })
    if (!isSound(path) || wasEmptied(path, folders.backups)) mend()
    try {
      return await open()
    } catch (error) {
      // A file left well may still have rotted on the disk since.
      if (!saysDamaged(error) || notices.length > 0) throw error
      mend()
      return await open()
    }
  }

  const { db, roster } = await prepare().catch((cause: unknown) => {
    if (cause instanceof StudioError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StudioError('storage', 'history.notOpened', { values: { reason }, cause })
  })
  const search = createSearch(db)
  const changed = (seqs: readonly number[]) => {
    if (roster.refresh(seqs)) search.forget()
  }
  const reader = createJobReader(db, clock, log, changed)
  const reads = createJobReads(db, reader)
  let backingUp: Promise<void> | null = null

  return {
    jobs: { ...reads, ...createJobWrites(db, reader, changed) },
    queue: createQueueStore(db, reader),
    lists: createJobLists(db, {
      roster,
      search,
      cards: createCards(db, log, safeMode),
      events: reads.events,
    }),
    assets: createAssetStore(db),
    assistant: createAssistantStore(db),
    derivatives: createDerivativeStore(db),
    settings: createSettingStore(db),
    survey: createSurvey(db),
    connections: createConnectionStore(db),
    spending: createSpendingStore(db),
    hosted: createHostedStore(db),
    notices,
    backup(force) {
      backingUp ??= backUp(db, folders.backups, clock.now(), force)
        .catch((error: unknown) => {
          // Closing in the middle of a backup ends it; the next start makes another.
          if (db.open) throw error
        })
        .finally(() => {
          backingUp = null
        })
      return backingUp
    },
    close() {
      if (!db.open) return
      // The last connection to close writes the log back into the file.
      db.close()
      markClosed(path)
    },
  }
}
