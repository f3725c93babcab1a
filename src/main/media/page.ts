import type { MediaOrder, MediaTask } from '@shared/contract'

/** A page renders one animatic at a time, and makes one small picture beside it. */
export type Lane = 'render' | 'small'

export function laneOf(task: MediaTask): Lane {
  return task.kind === 'animatic' ? 'render' : 'small'
}

/** An open page that takes orders: what it works on, and what it is to be told next. */
export class Page {
  readonly lanes: Record<Lane, string | null> = { render: null, small: null }
  #orders: MediaOrder[] = []
  #wake: (() => void) | null = null
  #left = false

  constructor(readonly worker: string) {}

  get load(): number {
    return Number(this.lanes.render !== null) + Number(this.lanes.small !== null)
  }

  tell(order: MediaOrder): void {
    this.#orders.push(order)
    this.#wake?.()
  }

  leave(): void {
    this.#left = true
    this.#wake?.()
  }

  /** Orders as they come, until {@link leave} or `signal`. */
  async *listen(signal: AbortSignal): AsyncGenerator<MediaOrder, void, void> {
    const abort = () => this.leave()
    if (signal.aborted) this.leave()
    signal.addEventListener('abort', abort, { once: true })
    try {
      while (!this.#left) {
        const order = this.#orders.shift()
        if (order) yield order
        else await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', abort)
      this.#left = true
    }
  }
}
