import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import type { Redactor } from './redact'

const maxBytes = 4 * 1024 * 1024
const kept = 3
/** One line must not push all others out. */
const longestLine = 128 * 1024

/**
 * The log of a studio: JSON lines in `dataDir/logs`, a bounded number of files of bounded size, each line redacted.
 * A disk that takes no more lines never stops the program.
 */
export function createLog(dataDir: string, redactor: Redactor): { log: Logger; close(): void } {
  const file = new RotatingFile(join(dataDir, 'logs'), 'dailies')
  const log = pino(
    { level: 'info', base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => file.write(shortened(redactor.clean(line))) },
  )
  return { log, close: () => file.close() }
}

/** A line of bearable length that is still JSON; the beginning tells what it was about. */
function shortened(line: string): string {
  if (line.length <= longestLine) return line
  const cut = {
    level: 40,
    msg: 'a line too long for the log',
    length: line.length,
    begins: line.slice(0, 2_000),
  }
  return `${JSON.stringify(cut)}\n`
}

/** A file that makes way for a fresh one when it is full: `name.log`, `name.1.log`, … */
class RotatingFile {
  #fd: number | null = null
  #bytes = 0

  constructor(
    readonly folder: string,
    readonly name: string,
  ) {}

  write(line: string): void {
    try {
      if (this.#fd === null) this.#open()
      if (this.#bytes > maxBytes) this.#rotate()
      if (this.#fd !== null) this.#bytes += writeSync(this.#fd, line)
    } catch {
      this.close()
    }
  }

  close(): void {
    if (this.#fd === null) return
    closeSync(this.#fd)
    this.#fd = null
  }

  #path(age: number): string {
    return join(this.folder, age === 0 ? `${this.name}.log` : `${this.name}.${age}.log`)
  }

  #open(): void {
    mkdirSync(this.folder, { recursive: true })
    this.#fd = openSync(this.#path(0), 'a', 0o600)
    this.#bytes = statSync(this.#path(0)).size
  }

  #rotate(): void {
    this.close()
    for (let age = kept - 1; age >= 0; age--) {
      if (existsSync(this.#path(age))) renameSync(this.#path(age), this.#path(age + 1))
    }
    // Also what an earlier version kept more of.
    for (const name of readdirSync(this.folder)) {
      if (this.#age(name) > kept) rmSync(join(this.folder, name), { force: true })
    }
    this.#open()
  }

  /** How many files are newer than the one of this name; NaN for a file that is none of ours. */
  #age(name: string): number {
    return name.startsWith(`${this.name}.`)
      ? Number(/^\.(\d+)\.log$/.exec(name.slice(this.name.length))?.[1])
      : NaN
  }
}
