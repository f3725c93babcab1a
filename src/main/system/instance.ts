import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'

/** What `server.json` tells scripts while a browser shell runs. */
const ServerFile = z.object({ url: z.string(), token: z.string(), pid: z.int() })
export type ServerFile = z.infer<typeof ServerFile>

/** How long another studio may take from taking the folder to telling its address. */
const startingMs = 2_000

/** The data folder belongs to another running studio. */
export class DataFolderTaken extends Error {
  override readonly name = 'DataFolderTaken'
  /** `server` is null where the other one has no address: it runs in its own window. */
  constructor(readonly server: ServerFile | null) {
    super(
      server
        ? `Dailies already runs on this data folder at ${server.url}/?token=${server.token}`
        : 'Dailies already runs on this data folder, in its own window.',
    )
  }
}

/** A data folder held by this process alone. */
export interface Instance {
  /** Writes `server.json`, readable by its owner only. */
  announce(server: ServerFile): void
  /** Removes `server.json` and lets go of the folder. */
  release(): void
}

/**
 * Takes the data folder, making it where needed. The lock is the operating system's and dies with the process,
 * so one left by a crash never keeps anybody out. Another studio that is just closing is waited for `waitMs`.
 * Throws {@link DataFolderTaken}.
 */
export async function takeDataFolder(dataDir: string, waitMs = 0): Promise<Instance> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'server.json')
  const lock = new Database(join(dataDir, 'instance.lock'), { timeout: waitMs })
  try {
    // Nothing is ever written, so there is nothing a journal file could be good for.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new DataFolderTaken(await readServer(path))
  }
  // Whatever a killed studio left behind tells an address that is no more.
  rmSync(path, { force: true })
  return {
    announce(server) {
      writeFileSync(`${path}.part`, `${JSON.stringify(server)}\n`, { mode: 0o600 })
      renameSync(`${path}.part`, path)
    },
    release() {
      rmSync(path, { force: true })
      lock.close()
    },
  }
}

/** The other one may only just be starting: its file is waited for a moment. */
async function readServer(path: string): Promise<ServerFile | null> {
  for (let waited = 0; ; waited += 100) {
    try {
      return ServerFile.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      if (waited >= startingMs) return null
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
