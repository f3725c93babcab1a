import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** From this level on a line of the log is an error (pino's numbers). */
const errorLevel = 50

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

/** Which errors the log speaks of: our own words and the system's code, not what others said. Latest first. */
export function lastLogErrors(dataDir: string, most: number) {
  const found = new Map<string, { what: string; code: string; count: number; last: string }>()
  for (const { text } of logFiles(dataDir).toReversed()) {
    for (const line of text.split('\n')) {
      const read = errorIn(line)
      if (!read) continue
      const key = `${read.what}\n${read.code}`
      const count = (found.get(key)?.count ?? 0) + 1
      // Set anew, so that the last ones stand last.
      found.delete(key)
      found.set(key, { what: read.what, code: read.code, count, last: read.time })
    }
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
