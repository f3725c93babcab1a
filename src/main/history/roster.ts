import type { Database } from 'better-sqlite3'
import type { JobSort, JobState, ParsedJobFilter } from '@shared/contract'
import { jobStates } from '@shared/words'
import { Order } from './order'
import type { Seqs } from './seqs'

/** The numbers jobs are sorted by; −1 where a job has none. */
type Key = 'created' | 'duration' | 'bytes' | 'cost'
type OrderName = Key | 'shortness'

/** Longer than any video, in milliseconds; shortness is counted down from it. */
const longest = 2 ** 32 - 2

/** Which order each sort walks, and from which end. Jobs without the number come last, later jobs before earlier. */
const sorts: Record<JobSort, { order: OrderName; from: 'top' | 'bottom' }> = {
  newest: { order: 'created', from: 'top' },
  oldest: { order: 'created', from: 'bottom' },
  longest: { order: 'duration', from: 'top' },
  shortest: { order: 'shortness', from: 'top' },
  largest: { order: 'bytes', from: 'top' },
  costliest: { order: 'cost', from: 'top' },
}

type Row = [
  seq: number,
  state: JobState,
  provider: string,
  model: string,
  favourite: 0 | 1,
  shown: 0 | 1,
  created: number,
  duration: number,
  bytes: number,
  cost: number,
]

const select = `
  SELECT seq, state, provider, model, favourite, removed_at IS NULL, created_at,
    ifnull(duration_ms, -1), ifnull(bytes, -1), ifnull(cost_micros, -1) FROM job`

/** Where a list stood: the key and `seq` of the last job given. */
export interface Place {
  key: number
  seq: number
}

/** Whether the job in a slot belongs to a list. */
export type Test = (slot: number) => boolean

const stateNumbers = new Map(jobStates.map((state, number) => [state, number]))

/**
 * What the gallery filters and sorts by, of every job, in memory: some fifty bytes each. One pass over it
 * answers any filter in any order in a millisecond or two, which no set of indexes does for all of them
 * together. The table stays the truth: after each write the rows written are read again. A slot is a job's
 * place here, in order of seq.
 */
export class Roster {
  readonly #row
  readonly #names = new Map<string, number>()
  readonly #orders = new Map<OrderName, Order>()
  #length = 0
  #seqs = new Float64Array(1024)
  #states = new Uint8Array(1024)
  #providers = new Uint16Array(1024)
  #models = new Uint16Array(1024)
  #favourites = new Uint8Array(1024)
  #shown = new Uint8Array(1024)
  #keys: Record<Key, Float64Array> = {
    created: new Float64Array(1024),
    duration: new Float64Array(1024),
    bytes: new Float64Array(1024),
    cost: new Float64Array(1024),
  }

  constructor(db: Database) {
    this.#row = db.prepare<[number], Row>(`${select} WHERE seq = ?`).raw()
    const all = db.prepare<[], Row>(`${select} INDEXED BY job_roster ORDER BY seq`).raw()
    for (const row of all.iterate()) this.#put(this.#length, row)
  }

  /** Reads rows again that were written; true when one of them is new or was deleted. */
  refresh(seqs: readonly number[]): boolean {
    let others = false
    for (const seq of seqs) {
      const row = this.#row.get(seq)
      const slot = this.slotOf(seq)
      const known = this.#seqs[slot] === seq && slot < this.#length
      if (!row) {
        if (known) this.#shown[slot] = 0
        others = true
        continue
      }
      others ||= !known
      const orders = [...this.#orders.values()]
      if (known) for (const order of orders) order.remove(slot)
      this.#put(slot, row)
      for (const order of orders) order.insert(slot)
    }
    return others
  }

  /** The slot of a job, or of the first one after it. */
  slotOf(seq: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#seqs[middle] ?? 0) < seq) low = middle + 1
      else high = middle
    }
    return low
  }

  /** A test of all conditions of a filter but the words. Only jobs of `among` pass, if there is one. */
  test(filter: ParsedJobFilter, among: Seqs | null): Test {
    const states = filter.state && tableOf(filter.state.map((state) => stateNumbers.get(state) ?? 0))
    const providers = filter.provider && tableOf(filter.provider.map((name) => this.#names.get(name) ?? -1))
    const models = filter.model && tableOf(filter.model.map((name) => this.#names.get(name) ?? -1))
    const { from = -Infinity, to = Infinity, favourite } = filter
    const dated = from > -Infinity || to < Infinity
    return (slot) =>
      this.#shown[slot] === 1 &&
      (!among || among.has(this.#seqs[slot] ?? 0)) &&
      (!states || states[this.#states[slot] ?? 0] === 1) &&
      (!providers || providers[this.#providers[slot] ?? 0] === 1) &&
      (!models || models[this.#models[slot] ?? 0] === 1) &&
      (favourite === undefined || (this.#favourites[slot] === 1) === favourite) &&
      (!dated || ((this.#keys.created[slot] ?? 0) >= from && (this.#keys.created[slot] ?? 0) <= to))
  }

  /** Up to `limit` jobs after `after`, in order; `last` is null when there are no more. */
  list(
    test: Test,
    sort: JobSort,
    after: Place | null,
    limit: number,
  ): { seqs: number[]; last: Place | null } {
    const { order: name, from } = sorts[sort]
    const order = this.#order(name)
    const step = from === 'top' ? -1 : 1
    const seqs: number[] = []
    let last: Place | null = null
    for (let place = this.#start(order, from, after); place >= 0 && place < order.length; place += step) {
      const slot = order.at(place)
      if (!test(slot)) continue
      if (seqs.length === limit) return { seqs, last }
      const seq = this.#seqs[slot] ?? 0
      seqs.push(seq)
      last = { key: order.keyOf(slot), seq }
    }
    return { seqs, last: null }
  }

  /** Calls `tell` for each job that passes. */
  each(test: Test, tell: (state: JobState, favourite: boolean) => void): void {
    for (let slot = 0; slot < this.#length; slot += 1)
      if (test(slot)) tell(jobStates[this.#states[slot] ?? 0] ?? 'failed', this.#favourites[slot] === 1)
  }

  #start(order: Order, from: 'top' | 'bottom', after: Place | null): number {
    if (!after) return from === 'top' ? order.length - 1 : 0
    const slot = this.slotOf(after.seq)
    const place = order.placeOf(after.key, slot)
    if (from === 'top') return place - 1
    const there = place < order.length && order.at(place) === slot && this.#seqs[slot] === after.seq
    return there && order.keyOf(slot) === after.key ? place + 1 : place
  }

  #order(name: OrderName): Order {
    const known = this.#orders.get(name)
    if (known) return known
    // The arrays are replaced when they grow: looked up at each call.
    const made = new Order(
      this.#length,
      name === 'shortness'
        ? (slot) => {
            const duration = this.#keys.duration[slot] ?? -1
            return duration < 0 ? -1 : Math.max(0, longest - duration)
          }
        : (slot) => this.#keys[name][slot] ?? -1,
    )
    this.#orders.set(name, made)
    return made
  }

  #put(slot: number, row: Row): void {
    if (slot === this.#seqs.length) this.#grow()
    const [seq, state, provider, model, favourite, shown, created, duration, bytes, cost] = row
    this.#length = Math.max(this.#length, slot + 1)
    this.#seqs[slot] = seq
    this.#states[slot] = stateNumbers.get(state) ?? 0
    this.#providers[slot] = this.#numberOf(provider)
    this.#models[slot] = this.#numberOf(model)
    this.#favourites[slot] = favourite
    this.#shown[slot] = shown
    this.#keys.created[slot] = Math.max(-1, created)
    this.#keys.duration[slot] = Math.max(-1, duration)
    this.#keys.bytes[slot] = Math.max(-1, bytes)
    this.#keys.cost[slot] = Math.max(-1, cost)
  }

  #grow(): void {
    this.#seqs = larger(this.#seqs)
    this.#states = larger(this.#states)
    this.#providers = larger(this.#providers)
    this.#models = larger(this.#models)
    this.#favourites = larger(this.#favourites)
    this.#shown = larger(this.#shown)
    for (const key of Object.keys(this.#keys) as Key[]) this.#keys[key] = larger(this.#keys[key])
  }

  /** The number of a provider's or model's name. */
  #numberOf(name: string): number {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    this.#names.set(name, this.#names.size)
    return this.#names.size - 1
  }
}

function larger<T extends Float64Array | Uint8Array | Uint16Array>(array: T): T {
  const made = new (array.constructor as new (length: number) => T)(array.length * 2)
  made.set(array)
  return made
}

/** A table that is 1 at these numbers; −1 is nowhere. */
function tableOf(numbers: readonly number[]): Uint8Array {
  const table = new Uint8Array(Math.max(...numbers, 0) + 1)
  for (const number of numbers) if (number >= 0) table[number] = 1
  return table
}
