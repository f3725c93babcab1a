import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** So many dumps of crashes are kept. */
const keptMost = 5

/** A dump of the program's memory at a crash. */
export interface CrashDump {
  /** The file's own name. */
  name: string
  path: string
  bytes: number
  /** Milliseconds since 1970. */
  at: number
}

/** Where the dumps of crashes lie; they never leave this computer by themselves. */
export function crashFolder(dataDir: string): string {
  return join(dataDir, 'crashes')
}

/** The dumps that there are, the latest first. */
export function crashDumps(dataDir: string): CrashDump[] {
  const folder = crashFolder(dataDir)
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.dmp'))
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name)
        // One that is moved by its writer just now is found the next time.
        const stats = statSync(path, { throwIfNoEntry: false })
        return stats ? [{ name: entry.name, path, bytes: stats.size, at: Math.round(stats.mtimeMs) }] : []
      })
      .sort((a, b) => b.at - a.at)
  } catch {
    // No folder: nothing has ever crashed.
    return []
  }
}

/** Removes all but the latest dumps, with what was written beside them. */
export function pruneCrashDumps(dataDir: string): void {
  for (const { path } of crashDumps(dataDir).slice(keptMost)) {
    for (const beside of [path, path.replace(/\.dmp$/, '.meta')]) rmSync(beside, { force: true })
  }
}
