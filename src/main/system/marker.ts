import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeMode } from '@shared/contract'
import { z } from 'zod'

/** From so many starts in a row on that ended too early, the next one is a safe one. */
const tooMany = 2

const Kept = z.object({ starts: z.int().min(1) })

/** The mark of a start that has not gone well yet. */
export interface StartMark {
  /** Why this start is to be a safe one; null in ordinary use. */
  safeMode: SafeMode | null
  /** The start has gone well, or the program has ended in order. */
  clear(): void
}

/**
 * Writes `starting.json` into the data folder, which the caller holds alone. What is found there is of starts that
 * neither went well nor ended in order: after two of them in a row this one is safe, asked for or not.
 */
export function markStart(dataDir: string, asked: boolean): StartMark {
  const path = join(dataDir, 'starting.json')
  const before = read(path)
  write(path, before + 1)
  return {
    safeMode: before >= tooMany ? 'crashed' : asked ? 'asked' : null,
    clear: () => rmSync(path, { force: true }),
  }
}

function read(path: string): number {
  try {
    return Kept.parse(JSON.parse(readFileSync(path, 'utf8'))).starts
  } catch {
    // None, or one that was cut off: it says nothing.
    return 0
  }
}

/** A disk that takes no more must not keep the program from starting. */
function write(path: string, starts: number): void {
  try {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(`${path}.part`, `${JSON.stringify({ starts })}\n`, { mode: 0o600 })
    renameSync(`${path}.part`, path)
  } catch {
    // Then this start is not counted.
  }
}
