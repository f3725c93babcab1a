import type { Logger } from 'pino'
import type { Capabilities, JobState, SafeMode } from '@shared/contract'
import type { Keychain } from './connections/keychain'
import type { UpdateWay } from './updates/types'

/** Time as a parameter: nothing in the studio reads the wall clock or sets a timer past this. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Calls `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

/** Randomness as a parameter. */
export interface Random {
  /** A number in [0, 1). */
  fraction(): number
  /** A fresh UUID v7 for the moment `at` (milliseconds since 1970). */
  id(at: number): string
}

/** A job that ended, or a whole batch with its last job, as the person is told of it. */
export interface Ending {
  jobId: string
  state: Extract<JobState, 'completed' | 'failed' | 'needs_attention' | 'cancelled'>
  title: string
  body: string
}

/** What the shell alone can do for the person; each may be absent, `capabilities` says so. */
export interface Desk {
  readonly capabilities: Capabilities
  /** Shows a file selected in its folder. */
  reveal(path: string): Promise<void>
  /** Opens a file in the system's program for it. */
  open(path: string): Promise<void>
  /** Moves a file to the system's bin; false where there is none. */
  trash(path: string): Promise<boolean>
  /** System dialogs; null when the person closed them. Absent in the browser shell. */
  dialogs: {
    pickFolder(start: string): Promise<string | null>
    pickVideo(start: string): Promise<string | null>
    saveAs(start: string): Promise<string | null>
  } | null
  /** Starts dragging files out of the window. */
  dragOut: ((paths: string[], icon: string | null) => void) | null
  /** Tells of an ending when no window is in front. Null where the page does it. */
  notify: ((ending: Ending) => void) | null
  /** How the program is updated, or why not by itself. Absent where it is none of its own. */
  updates?: UpdateWay
}

/** Secrets in the operating system's keychain; see `connections/keychain.ts`. */
export type { Keychain } from './connections/keychain'

/** What lies around the program on this computer. */
export interface Surroundings {
  /** The person's home folder, where `~/.aws` is. */
  home: string
  env: Readonly<Record<string, string | undefined>>
  /** The proxy that the system has for an address, as `http://host:port`; null for none. */
  systemProxy(url: string): Promise<string | null>
  /** Calls back when the computer woke from sleep or the network came back; the answer stops it. */
  onWake(listener: () => void): () => void
}

/** How this run of the program began, and how it gives way to another. */
export interface Run {
  /** Why it runs in safe mode: it was asked to, or the starts before it ended too early; null in ordinary use. */
  safeMode: SafeMode | null
  /** Ends this run in order and begins another on the same data. */
  restart(safeMode: boolean): void
  /** The page has been drawn: this start has gone well. */
  painted(): void
}

export interface StudioPaths {
  /** Database, cache, spool, server.json, logs. */
  dataDir: string
  /** The library folder to start with when none was chosen yet. */
  defaultLibrary: string
  /** Set by `--library`: overrides what was chosen, for this run. */
  libraryOverride: string | null
  /** The built page. */
  pageDir: string
}

/** All that a studio needs from outside. */
export interface StudioPorts {
  clock: Clock
  random: Random
  paths: StudioPaths
  desk: Desk
  log: Logger
  keychain: Keychain
  /** Keeps this very value out of every log line from now on. */
  hide: (secret: string) => void
  /** Takes secrets out of text, as every log line is cleaned. */
  clean: (text: string) => string
  surroundings: Surroundings
  run: Run
  version: string
}
