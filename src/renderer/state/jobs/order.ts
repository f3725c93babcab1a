/**
 * The ordered list of `seq` of everything the gallery shows: 100,000 of them are 800 kB.
 * Immutable, so that a view may compare two of them by identity.
 */
export class JobOrder {
  static readonly empty = new JobOrder(new Float64Array(0))

  private constructor(private readonly seqs: Float64Array) {}

  /** Takes the seqs in their order; each must stand there once. */
  static of(seqs: readonly number[]): JobOrder {
    return seqs.length === 0 ? JobOrder.empty : new JobOrder(Float64Array.from(seqs))
  }

  get length(): number {
    return this.seqs.length
  }

  /** The seq at a place, undefined outside. */
  at(place: number): number | undefined {
    return this.seqs[place]
  }

  /** The place of a seq, -1 when it is not here. */
  indexOf(seq: number): number {
    return this.seqs.indexOf(seq)
  }

  has(seq: number): boolean {
    return this.seqs.includes(seq)
  }

  /** Seqs from `first` to before `end`, cut to what there is. */
  slice(first: number, end: number): number[] {
    return Array.from(this.seqs.subarray(Math.max(0, first), Math.max(0, end)))
  }

  /** Everything between two places, both included, whichever comes first. */
  between(a: number, b: number): number[] {
    return this.slice(Math.min(a, b), Math.max(a, b) + 1)
  }

  /** This list with another part behind it, none of which stands here yet. */
  append(seqs: readonly number[]): JobOrder {
    if (seqs.length === 0) return this
    const next = new Float64Array(this.seqs.length + seqs.length)
    next.set(this.seqs)
    next.set(seqs, this.seqs.length)
    return new JobOrder(next)
  }

  /**
   * This list with new seqs at their place. By creation time the place is known from the seq itself;
   * in every other order a new job, which has no length, size or cost yet, comes last.
   */
  insert(seqs: readonly number[], direction: 'newest' | 'oldest' | 'last'): JobOrder {
    const fresh = [...new Set(seqs)].filter((seq) => !this.has(seq))
    if (fresh.length === 0) return this
    if (direction === 'last') return this.append(fresh)
    const rising = direction === 'oldest'
    fresh.sort((a, b) => (rising ? a - b : b - a))
    const next = new Float64Array(this.seqs.length + fresh.length)
    let from = 0
    let to = 0
    for (const seq of fresh) {
      const place = this.#placeFor(seq, rising)
      next.set(this.seqs.subarray(from, place), to)
      to += place - from
      next[to] = seq
      to += 1
      from = place
    }
    next.set(this.seqs.subarray(from), to)
    return new JobOrder(next)
  }

  /** This list without some seqs; itself when none of them stands here. */
  without(seqs: readonly number[]): JobOrder {
    const gone = new Set(seqs)
    const next = this.seqs.filter((seq) => !gone.has(seq))
    return next.length === this.seqs.length ? this : new JobOrder(next)
  }

  #placeFor(seq: number, rising: boolean): number {
    let low = 0
    let high = this.seqs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.seqs[middle] ?? 0
      if (rising ? other < seq : other > seq) low = middle + 1
      else high = middle
    }
    return low
  }
}
