import type { MediaTask } from '@shared/contract'
import { RenderError, type FromThread, type ToThread } from './protocol'

export interface Made {
  bytes: ArrayBuffer
  sha256: string
}

/** A thread that does not answer a stop within this long is ended. */
const stopMs = 400
/** A thread with nothing to do gives its memory back. */
const idleMs = 30_000

/** One rendering thread, started when there is work and ended when there has been none for a while. */
export class Engine {
  #worker: Worker | null = null
  #idle: ReturnType<typeof setTimeout> | undefined

  /**
   * Renders one task; call again only after it settled. Rejects with {@link RenderError}, or with the reason
   * of `signal` within half a second of its abort.
   */
  async run(
    task: MediaTask,
    signal: AbortSignal,
    progress: (done: number, total: number) => void,
  ): Promise<Made> {
    signal.throwIfAborted()
    clearTimeout(this.#idle)
    const worker = (this.#worker ??= new Worker(new URL('./thread/main.ts', import.meta.url), {
      type: 'module',
      name: 'dailies-media',
    }))
    const result = Promise.withResolvers<Made>()
    const say = (message: ToThread) => worker.postMessage(message)
    let late: ReturnType<typeof setTimeout> | undefined

    const hear = ({ data }: MessageEvent<FromThread>) => {
      if (data.taskId !== task.id) return
      switch (data.type) {
        case 'progress':
          return progress(data.done, data.total)
        case 'made':
          return result.resolve({ bytes: data.bytes, sha256: data.sha256 })
        case 'failed':
          return result.reject(new RenderError(data.reason, data.message))
        case 'stopped':
          return result.reject(signal.reason)
      }
    }
    const crash = (event: Event) => {
      this.end()
      const message = event instanceof ErrorEvent ? event.message : 'the rendering thread stopped'
      result.reject(new RenderError('crashed', message))
    }
    const stop = () => {
      say({ type: 'stop', taskId: task.id })
      late = setTimeout(() => {
        this.end()
        result.reject(signal.reason)
      }, stopMs)
    }

    worker.addEventListener('message', hear)
    worker.addEventListener('error', crash)
    worker.addEventListener('messageerror', crash)
    signal.addEventListener('abort', stop, { once: true })
    say({ type: 'run', task, base: document.baseURI })
    try {
      return await result.promise
    } finally {
      clearTimeout(late)
      worker.removeEventListener('message', hear)
      worker.removeEventListener('error', crash)
      worker.removeEventListener('messageerror', crash)
      signal.removeEventListener('abort', stop)
      this.#idle = setTimeout(() => this.end(), idleMs)
    }
  }

  /** Ends the thread at once, whatever it does. */
  end(): void {
    clearTimeout(this.#idle)
    this.#worker?.terminate()
    this.#worker = null
  }
}
