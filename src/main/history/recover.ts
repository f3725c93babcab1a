import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Notice } from '@shared/contract'
import { fill } from '@shared/problems'
import en from '@shared/messages/en.json' with { type: 'json' }
import { backupsIn } from './backups'
import { isSound } from './database'

const companions = ['', '-wal', '-shm'] as const

/**
 * Moves a damaged database aside, under a name with the time, and puts the newest sound backup in its place;
 * without one there is none, and the history starts empty. Answers what the person should know.
 */
export function recover(path: string, folders: { damaged: string; backups: string }, now: number): Notice {
  mkdirSync(folders.damaged, { recursive: true })
  const aside = join(folders.damaged, `history-${now}.db`)
  for (const suffix of companions) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix)

  const values = { file: join(basename(folders.damaged), basename(aside)) }
  for (const backup of backupsIn(folders.backups)) {
    copyFileSync(backup.path, path)
    if (isUsable(path))
      return notice('history.restored', { ...values, date: new Date(backup.at).toISOString().slice(0, 10) })
    for (const suffix of companions) rmSync(path + suffix, { force: true })
  }
  return notice('history.startedEmpty', values)
}

/** A backup may be damaged as well, or come from a newer program that once ran here. */
function isUsable(path: string): boolean {
  try {
    return isSound(path)
  } catch {
    return false
  }
}

function notice(key: 'history.restored' | 'history.startedEmpty', values: Notice['values']): Notice {
  return { id: key, level: 'warning', key, message: fill(en.notice[key], values), values }
}
