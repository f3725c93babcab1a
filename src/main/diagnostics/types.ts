import type { DiagnosticsChoice, SupportFile } from '@shared/contract'
import type { Logger } from 'pino'
import type { Connections } from '../connections'
import type { History } from '../history'
import type { Library } from '../library'
import type { Clock, Desk, Random, Run, Surroundings } from '../ports'

/** What the diagnostics are made of; the composition root hands it in. */
export interface DiagnosticsDeps {
  history: Pick<History, 'survey' | 'jobs' | 'settings'>
  connections: Pick<Connections, 'list' | 'keychain'>
  library: Pick<Library, 'status'>
  desk: Pick<Desk, 'capabilities' | 'dialogs' | 'open'>
  surroundings: Pick<Surroundings, 'home'>
  run: Run
  dataDir: string
  version: string
  /** Takes secrets out of text: the redactor that every log line passes. */
  clean: (text: string) => string
  clock: Clock
  random: Random
  log: Logger
}

/** A support bundle that was made and shown, and waits for a word on where to. */
export interface Prepared {
  id: string
  /** What it is to be called. */
  name: string
  files: SupportFile[]
  /** Length of the archive. */
  bytes: number
}

/** What a person can hand to somebody who helps them. Refusals are StudioError. */
export interface Diagnostics {
  /** What this is and how it is, in plain text without a prompt, a label, a secret or a person's name in a path; and how many dumps of crashes there are. */
  report(): Promise<{ text: string; dumps: number }>
  /** Packs a support bundle, keeps it in memory for a while in place of the one before, and says what is in it. */
  prepare(choice: DiagnosticsChoice): Promise<Prepared>
  /** The archive that {@link Diagnostics.prepare} answered; `not_found` when another took its place. */
  archive(id: string): { name: string; archive: Uint8Array<ArrayBuffer> }
  /** Writes it where the person says in the system's dialog; null when they closed it. */
  save(id: string): Promise<{ path: string } | null>
  /** Shows the folder of logs. */
  openLogs(): Promise<void>
  /** Lets go of a bundle; what is being packed is waited for. */
  close(): Promise<void>
}
