import type { JobRow } from '@shared/contract'
import type { JobOrder } from './order'
import type { RowCache } from './rows'

/** Rows are asked for in whole chunks, so that slow scrolling asks seldom. */
export const chunk = 60

/** The places to have rows for when `first` to `last` are on the screen: whole chunks, one more on each side. */
export function windowAround(first: number, last: number, length: number): { first: number; end: number } {
  const start = Math.floor(Math.max(0, first) / chunk) - 1
  const stop = Math.floor(Math.max(0, last) / chunk) + 2
  return { first: Math.min(length, Math.max(0, start * chunk)), end: Math.min(length, stop * chunk) }
}

interface Source {
  cache: RowCache
  order(): JobOrder
  /** Asks the studio for rows, at most 500 at a time. */
  fetch(seqs: number[]): Promise<JobRow[]>
}

/**
 * Fetches the rows of what is on the screen. One question is under way at a time and the next one is
 * about the latest place, so that flying through 100,000 cards asks for what is passed only as fast
 * as answers come.
 */
export class RowWindow {
  #wanted: { first: number; last: number } | null = null
  #busy = false

  constructor(private readonly source: Source) {}

  /** Places now on the screen. */
  show(first: number, last: number): void {
    this.#wanted = { first, last }
    if (!this.#busy) void this.#run()
  }

  /** Asks again for what is on the screen, after rows became stale or a connection came back. */
  again(): void {
    if (this.#wanted) this.show(this.#wanted.first, this.#wanted.last)
  }

  async #run(): Promise<void> {
    this.#busy = true
    try {
      for (;;) {
        const at = this.#wanted
        if (!at) return
        const seqs = this.#missing(at)
        if (seqs.length === 0) return
        const rows = await this.source.fetch(seqs)
        this.source.cache.put(rows)
        // A seq without a row was removed meanwhile; asking again would never end.
        if (rows.length === 0) return
      }
    } catch {
      // The connection tells the person; what is missing is asked for again when it is back.
    } finally {
      this.#busy = false
    }
  }

  #missing(at: { first: number; last: number }): number[] {
    const order = this.source.order()
    // What is seen comes first, its surroundings after.
    const seen = this.source.cache.missing(order.slice(at.first, at.last + 1))
    if (seen.length > 0) return seen.slice(0, 500)
    const around = windowAround(at.first, at.last, order.length)
    return this.source.cache.missing(order.slice(around.first, around.end)).slice(0, 500)
  }
}
