import type { MediaTask } from '@shared/contract'

/** What the page says to its rendering thread. `base` is the page's address, which task addresses are relative to. */
export type ToThread = { type: 'run'; task: MediaTask; base: string } | { type: 'stop'; taskId: string }

export type FailReason = 'unsupported' | 'source' | 'crashed'

/** What the thread answers. Exactly one of `made`, `failed` or `stopped` ends a task. */
export type FromThread =
  | { type: 'progress'; taskId: string; done: number; total: number }
  | { type: 'made'; taskId: string; bytes: ArrayBuffer; sha256: string }
  | { type: 'failed'; taskId: string; reason: FailReason; message: string }
  | { type: 'stopped'; taskId: string }

/** A failure with the reason main is told. */
export class RenderError extends Error {
  override readonly name = 'RenderError'
  constructor(
    readonly reason: FailReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
