import type { MediaOrder, MediaTask } from '@shared/contract'

export type MediaTaskState =
  /** `worker: false` while no page is open; `disk: true` while the disk takes no more. */
  | { kind: 'waiting'; worker: boolean; disk: boolean }
  | { kind: 'running'; done: number; total: number }
  /** Whole and checked, lying at `path` until {@link MediaTasks.forget}. */
  | { kind: 'done'; path: string; bytes: number; sha256: string }
  | { kind: 'failed'; reason: 'unsupported' | 'source' | 'crashed' | 'damaged'; message: string }
  | { kind: 'unknown' }

/** Hands work to the pages and takes what they made, as strictly as a download. */
export interface MediaTasks {
  /** Idempotent by `task.id`. A finished result left by an earlier run is found again. */
  enqueue(task: MediaTask): void
  state(taskId: string): MediaTaskState
  /** Stops it wherever it is; a page that works on it is told. */
  cancel(taskId: string): void
  /** Removes the result. */
  forget(taskId: string): Promise<void>
  onChange(listener: (taskId: string) => void): () => void
  /** The page's side, called by rpc. Ends when `signal` aborts; its tasks go to the next page. */
  orders(worker: string, signal: AbortSignal): AsyncGenerator<MediaOrder, void, void>
  progress(worker: string, taskId: string, done: number, total: number): void
  write(worker: string, taskId: string, offset: number, chunk: Uint8Array): Promise<void>
  finish(worker: string, taskId: string, bytes: number, sha256: string): Promise<void>
  fail(worker: string, taskId: string, reason: 'unsupported' | 'source' | 'crashed', message: string): void
  close(): Promise<void>
}

/** Posters, previews and last frames of finished videos, kept in the data folder. */
export interface Derivatives {
  /** Absolute path of a ready one, or null. */
  path(jobId: string, kind: 'poster' | 'preview' | 'last_frame'): string | null
  /** Asks for the poster and preview of a finished job. */
  want(jobId: string): void
  /**
   * Path of the last frame (PNG), which a page reads. Answers within half a second: throws `unavailable` with
   * `media.noWindow` where no page is open, `media.frameLater` while one is still reading, `media.noFrame` where it
   * could not be read. Whoever asks again after `frameLater` waits for the same reading.
   */
  lastFrame(jobId: string): Promise<string>
  forget(jobId: string): Promise<void>
  /** Takes up what was wanted when the program last stopped. */
  start(): void
  /** Finishes what is being stored and begins nothing new; call before the history closes. */
  close(): Promise<void>
}
