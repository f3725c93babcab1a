import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A finished, checked result in the spool folder. */
export interface Finished {
  path: string
  bytes: number
  sha256: string
}

/** Results nobody fetched for this long are swept. */
const staleMs = 14 * 24 * 3600 * 1000

/**
 * The finished results of a spool folder, each with a small `.json` beside it that makes it count: a kill
 * between the two leaves a file without a note, which the next start sweeps like every `.part`.
 */
export class Shelf {
  #found = new Map<string, Finished>()

  constructor(
    private readonly folder: string,
    now: number,
  ) {
    mkdirSync(folder, { recursive: true })
    const names = readdirSync(folder)
    const kept = new Set<string>()
    for (const name of names.filter((n) => n.endsWith('.json'))) {
      const found = readNote(folder, name, now)
      if (!found) continue
      this.#found.set(name.slice(0, -'.json'.length), found.finished)
      kept.add(name).add(found.file)
    }
    for (const name of names)
      if (!kept.has(name)) rmSync(join(folder, name), { force: true, recursive: true })
  }

  get(taskId: string): Finished | null {
    return this.#found.get(taskId) ?? null
  }

  /** Gives a checked file its final name and remembers it for good. */
  async keep(taskId: string, part: string, extension: string, facts: Omit<Finished, 'path'>, now: number) {
    const file = `${taskId}.${extension}`
    const finished = { ...facts, path: join(this.folder, file) }
    await rename(part, finished.path)
    const note = join(this.folder, `${taskId}.json`)
    const handle = await open(`${note}.tmp`, 'w', 0o600)
    try {
      await handle.writeFile(JSON.stringify({ file, bytes: facts.bytes, sha256: facts.sha256, at: now }))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(`${note}.tmp`, note)
    this.#found.set(taskId, finished)
    return finished
  }

  /** Removes a result: the note first, so that a kill in between leaves nothing that counts. */
  async drop(taskId: string): Promise<void> {
    const finished = this.#found.get(taskId)
    if (!finished) return
    this.#found.delete(taskId)
    await rm(join(this.folder, `${taskId}.json`), { force: true })
    await rm(finished.path, { force: true })
  }
}

function readNote(folder: string, name: string, now: number): { file: string; finished: Finished } | null {
  try {
    const note = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>
    const { file, bytes, sha256, at } = note
    if (typeof file !== 'string' || typeof bytes !== 'number' || typeof sha256 !== 'string') return null
    if (file.includes('/') || file.includes('\\') || typeof at !== 'number' || now - at > staleMs) return null
    const path = join(folder, file)
    return statSync(path).size === bytes ? { file, finished: { path, bytes, sha256 } } : null
  } catch {
    return null
  }
}
