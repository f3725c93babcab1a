import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** From this level on a line of the log is an error (pino's numbers). */
const errorLevel = 50
/** Bytes of the log that a report looks at. */
const lookedAt = 512 * 1024

/** A file of the log, as it is on the disk. */
export interface LogFile {
  name: string
  text: string
}

export function logFolder(dataDir: string): string {
  return join(dataDir, 'logs')
}

/** Every file of the log, the newest first. */
export function logFiles(dataDir: string): LogFile[] {
  try {
    return readdirSync(logFolder(dataDir))
      .filter((name) => /^dailies(\.\d+)?\.log$/.test(name))
      .sort((a, b) => ageOf(a) - ageOf(b))
      .map((name) => ({ name, text: readFileSync(join(logFolder(dataDir), name), 'utf8') }))
  } catch {
    // No line was ever written.
    return []
  }
}

function ageOf(name: string): number {
  return Number(/\.(\d+)\.log$/.exec(name)?.[1] ?? 0)
}

/** The end of the newest file, without the line that was cut: a report is to be had at once. */
function newestLines(dataDir: string): string[] {
  try {
    const file = openSync(join(logFolder(dataDir), 'dailies.log'), 'r')
    try {
      const { size } = fstatSync(file)
      const from = Math.max(0, size - lookedAt)
      const bytes = Buffer.alloc(size - from)
      readSync(file, bytes, 0, bytes.byteLength, from)
      return bytes
        .toString('utf8')
        .split('\n')
        .slice(from === 0 ? 0 : 1)
    } finally {
      closeSync(file)
    }
  } catch {
    // No line was ever written.
    return []
  }
}

/** Which errors the log speaks of lately: our own words and the system's code, not what others said. Latest first. */
export function lastLogErrors(dataDir: string, most: number) {
  const found = new Map<string, { what: string; code: string; count: number; last: string }>()
  for (const line of newestLines(dataDir)) {
    const read = errorIn(line)
    if (!read) continue
    const key = `${read.what}\n${read.code}`
    const count = (found.get(key)?.count ?? 0) + 1
    // Set anew, so that the last ones stand last.
    found.delete(key)
    found.set(key, { what: read.what, code: read.code, count, last: read.time })
  }
  return [...found.values()].toReversed().slice(0, most)
}

function errorIn(line: string): { what: string; code: string; time: string } | null {
  // Most lines are none, and reading each of them would take long.
  if (!/"level":[56]0/.test(line)) return null
  try {
    const entry = JSON.parse(line) as {
      level?: number
      msg?: string
      time?: string
      err?: Record<string, unknown>
    }
    if ((entry.level ?? 0) < errorLevel) return null
    const { code, type } = entry.err ?? {}
    const named = typeof code === 'string' ? code : typeof type === 'string' ? type : ''
    return { what: entry.msg ?? '', code: named, time: entry.time ?? '' }
  } catch {
    return null
  }
}
