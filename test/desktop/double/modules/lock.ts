import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a later start hands to the first. */
export interface Handover {
  argv: string[]
  cwd: string
  data: unknown
}

/**
 * One program a profile, between real processes: the first holds a file with its number; a later one leaves its words in
 * a folder that the first watches. Answers how to let go, or null to a later one.
 */
export function takeLock(
  folder: string,
  data: unknown,
  onSecond: (handover: Handover) => void,
): (() => void) | null {
  const lock = join(folder, 'double.lock')
  const post = join(folder, 'double.post')
  mkdirSync(post, { recursive: true })
  if (!claim(lock)) {
    const handover: Handover = { argv: process.argv, cwd: process.cwd(), data }
    const draft = join(folder, `double.${process.pid}.draft`)
    writeFileSync(draft, JSON.stringify(handover))
    renameSync(draft, join(post, `${process.pid}.json`))
    return null
  }
  const read = () => {
    for (const name of readdirSync(post)) {
      const handover = JSON.parse(readFileSync(join(post, name), 'utf8')) as Handover
      rmSync(join(post, name))
      onSecond(handover)
    }
  }
  const watcher = watch(post, read)
  watcher.unref()
  return () => {
    watcher.close()
    rmSync(lock, { force: true })
  }
}

function claim(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (alive(Number(readFileSync(lock, 'utf8')))) return false
    // Whoever held it was killed.
    writeFileSync(lock, String(process.pid))
    return true
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
