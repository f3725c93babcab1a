import { AsyncIteratorClass } from '@orpc/server'
import type { StudioEvent } from '@shared/contract'
import type { Events } from '../events'

/** How many different things may wait for one slow listener before it is told to read everything again. */
const maxWaiting = 2_000
const maxRemoved = 10_000

/**
 * Events that wait for one listener. What a later event makes stale is dropped, so a listener that stops
 * reading costs a bounded amount of memory and finds the newest state when it goes on.
 */
export class EventQueue {
  #waiting = new Map<string, StudioEvent>()

  /** Takes an event, coalescing it with what waits. */
  push(event: StudioEvent): void {
    switch (event.type) {
      case 'job': {
        const before = this.#waiting.get(`job:${event.job.id}`)
        const created = event.created || (before?.type === 'job' && before.created)
        this.#waiting.delete(`progress:${event.job.id}`)
        this.#waiting.set(`job:${event.job.id}`, { ...event, created })
        break
      }
      case 'progress':
        this.#waiting.set(`progress:${event.id}`, event)
        break
      case 'removed':
        this.#remove(event)
        break
      case 'reload':
        this.#reload()
        break
      case 'notice':
        this.#waiting.set(`notice:${event.notice.id}`, event)
        break
      case 'show':
      case 'queue':
      case 'settings':
      case 'library':
      case 'connections':
      case 'update':
        this.#waiting.set(event.type, event)
        break
      case 'conversation':
        this.#waiting.set(`conversation:${event.id}`, event)
        break
      case 'command':
        this.#waiting.set(`command:${event.command}`, event)
        break
      case 'prompts':
        this.#waiting.set(`prompts:${event.name}`, event)
        break
      case 'opened': {
        const before = this.#waiting.get('opened')
        const earlier = before?.type === 'opened' ? before.assets : []
        this.#waiting.set('opened', { type: 'opened', assets: [...earlier, ...event.assets] })
        break
      }
    }
    if (this.#waiting.size > maxWaiting) this.#reload()
  }

  /** The oldest event that waits, or undefined. */
  shift(): StudioEvent | undefined {
    for (const [key, event] of this.#waiting) {
      this.#waiting.delete(key)
      return event
    }
    return undefined
  }

  get size(): number {
    return this.#waiting.size
  }

  #remove(event: Extract<StudioEvent, { type: 'removed' }>): void {
    for (const id of event.ids) {
      this.#waiting.delete(`job:${id}`)
      this.#waiting.delete(`progress:${id}`)
    }
    const before = this.#waiting.get('removed')
    if (before?.type !== 'removed') {
      this.#waiting.set('removed', event)
    } else if (before.ids.length + event.ids.length > maxRemoved) {
      this.#reload()
    } else {
      this.#waiting.set('removed', {
        type: 'removed',
        seqs: [...before.seqs, ...event.seqs],
        ids: [...before.ids, ...event.ids],
      })
    }
  }

  /** Everything about rows gives way to one request to read them again. */
  #reload(): void {
    for (const [key, event] of this.#waiting) {
      if (
        event.type !== 'settings' &&
        event.type !== 'library' &&
        event.type !== 'connections' &&
        event.type !== 'opened' &&
        event.type !== 'prompts'
      ) {
        this.#waiting.delete(key)
      }
    }
    this.#waiting.set('reload', { type: 'reload' })
  }
}

/**
 * Everything that changes from the moment of this call on, until `signal` aborts or the reader stops.
 * It listens at once, not at the first read, so nothing falls between an answer and the first event.
 */
export function createFeed(events: Events, signal: AbortSignal | undefined): AsyncIteratorClass<StudioEvent> {
  const queue = new EventQueue()
  let wake: (() => void) | null = null
  let closed = signal?.aborted ?? false
  const awaken = () => {
    wake?.()
    wake = null
  }
  let stop = events.listen((event) => {
    queue.push(event)
    awaken()
  })
  const close = () => {
    closed = true
    stop()
    stop = () => {}
    signal?.removeEventListener('abort', close)
    awaken()
  }
  if (closed) close()
  else signal?.addEventListener('abort', close)

  return new AsyncIteratorClass<StudioEvent>(
    async () => {
      for (;;) {
        if (closed) return { done: true, value: undefined }
        const event = queue.shift()
        if (event) return { done: false, value: event }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async () => close(),
  )
}
