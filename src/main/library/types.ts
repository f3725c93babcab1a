import type { JobRecord } from '../history'
import type { OutputBody } from '../providers'
import type { LibraryStatus, VideoFile } from '@shared/contract'

export interface ReceivedVideo {
  bytes: number
  sha256: string
  width: number
  height: number
  fps: number
  durationMs: number
}

export interface Receive {
  job: JobRecord
  /** As {@link Library.plan} gave it. */
  outputPath: string
  /** Opens the source from `offset` on; called again after an interruption. */
  open(offset: number): Promise<OutputBody>
  /** What the provider said of the file, checked where given. */
  expect: { bytes: number | null; sha256: string | null }
  signal: AbortSignal
  progress(received: number, total: number | null): void
}

/** The folder of videos that the person owns. Paths given out are relative, with forward slashes. */
export interface Library {
  /** Absolute path of the folder. */
  folder(): string
  status(): Promise<LibraryStatus>
  /** Makes the folder and begins to use it; videos made before stay where they are and are still found. */
  setFolder(path: string): Promise<LibraryStatus>
  /** A free name for this job's video, `YYYY-MM/…mp4` unless `file` says another ending, from the person's template. */
  plan(job: JobRecord, file?: VideoFile): string
  /**
   * `.part` beside the target, resume, length, checksum, container, fsync, sidecar, rename.
   * Throws StudioError with code `storage` (full, unplugged, not writable: the job waits) or
   * ProviderError `bad_output` (what came is not a video).
   */
  receive(what: Receive): Promise<ReceivedVideo>
  /** A whole, checked video that a kill left under its final name, or null. */
  settled(job: JobRecord, outputPath: string): Promise<ReceivedVideo | null>
  /** Absolute path of a job's video, or null when it is not there. */
  pathOf(job: Pick<JobRecord, 'outputPath'>): Promise<string | null>
  /** Removes `.part` files that belong to no running job. */
  sweep(keep: ReadonlySet<string>): Promise<void>
  /** Removes a job's video and sidecar: to the bin where there is one. */
  discard(job: Pick<JobRecord, 'id' | 'outputPath'>): Promise<void>
  /** Brings the sidecars of finished jobs up to date; what cannot be written is logged and left. */
  retell(ids: readonly string[], signal: AbortSignal): Promise<void>
  /** Copies a job's video to `path`. */
  exportTo(job: JobRecord, path: string): Promise<string>
  /** Takes a moved video back: refused unless the checksum agrees. Answers the new outputPath. */
  locate(job: JobRecord, path: string): Promise<string>
  rebuild(): Promise<{ found: number; added: number; unreadable: number }>
}

/** What keeps the history honest about files that others move and delete. */
export interface Presence {
  /**
   * Absolute path of a finished job's video, or null. Marks the job (or clears the mark) and tells so when the file
   * has gone or come back since the history was last told.
   */
  seek(job: JobRecord): Promise<string | null>
  /** Looks after every video, slowly, in the background. */
  start(): void
  close(): void
}
