import type { JobRow } from '@shared/contract'

type Listener = () => void

/**
 * The cards' rows that are at hand, the least recently seen dropped first. Each row is listened to by
 * itself, so that progress of one job draws one card.
 */
export class RowCache {
  readonly #rows = new Map<number, JobRow>()
  readonly #seqOf = new Map<string, number>()
  readonly #stale = new Set<number>()
  readonly #listeners = new Map<number | string, Set<Listener>>()

  /** `limit`: how many rows are kept; rows that are listened to are kept beyond it. */
  constructor(private readonly limit: number) {}

  get size(): number {
    return this.#rows.size
  }

  get(seq: number): JobRow | undefined {
    return this.#rows.get(seq)
  }

  byId(id: string): JobRow | undefined {
    const seq = this.#seqOf.get(id)
    return seq === undefined ? undefined : this.#rows.get(seq)
  }

  /** The rows at hand that meet a condition, in no order. */
  where(meets: (row: JobRow) => boolean): JobRow[] {
    return [...this.#rows.values()].filter(meets)
  }

  /** Takes rows as the studio told them. An older telling of a row never replaces a newer one. */
  put(rows: readonly JobRow[]): void {
    for (const row of rows) {
      const known = this.#rows.get(row.seq)
      this.#stale.delete(row.seq)
      if (known && known.updatedAt > row.updatedAt) continue
      this.#rows.delete(row.seq)
      this.#rows.set(row.seq, row)
      this.#seqOf.set(row.id, row.seq)
      this.#tell(row)
    }
    this.#evict()
  }

  /** Changes a row that is at hand; nothing otherwise. */
  patch(seq: number, change: Partial<JobRow>): void {
    const row = this.#rows.get(seq)
    if (!row) return
    this.#rows.set(seq, { ...row, ...change })
    this.#tell(row)
  }

  remove(seqs: readonly number[]): void {
    for (const seq of seqs) {
      const row = this.#rows.get(seq)
      if (!row) continue
      this.#drop(row)
      this.#tell(row)
    }
  }

  /** Rows stay on the screen but are asked for again when next seen. */
  markStale(): void {
    for (const seq of this.#rows.keys()) this.#stale.add(seq)
  }

  /** Of these, the ones to ask for; the others count as just seen. */
  missing(seqs: readonly number[]): number[] {
    const wanted: number[] = []
    for (const seq of seqs) {
      const row = this.#rows.get(seq)
      if (row) {
        this.#rows.delete(seq)
        this.#rows.set(seq, row)
      }
      if (!row || this.#stale.has(seq)) wanted.push(seq)
    }
    return wanted
  }

  /** Calls `listener` whenever the row with this seq or id changes, comes or goes. */
  listen(key: number | string, listener: Listener): () => void {
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key)
    }
  }

  #tell(row: JobRow): void {
    for (const listener of this.#listeners.get(row.seq) ?? []) listener()
    for (const listener of this.#listeners.get(row.id) ?? []) listener()
  }

  #drop(row: JobRow): void {
    this.#seqOf.delete(row.id)
    this.#rows.delete(row.seq)
    this.#stale.delete(row.seq)
  }

  #evict(): void {
    if (this.#rows.size <= this.limit) return
    for (const row of this.#rows.values()) {
      if (this.#rows.size <= this.limit) return
      if (!this.#listeners.has(row.seq) && !this.#listeners.has(row.id)) this.#drop(row)
    }
  }
}
