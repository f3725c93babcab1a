/**
 * Slots of the roster in ascending order of a key, then of the slot. The key of a slot must not change while it is
 * in: take it out, change it, put it back.
 */
export class Order {
  #slots: Uint32Array
  #length: number

  constructor(
    count: number,
    readonly keyOf: (slot: number) => number,
  ) {
    this.#slots = Uint32Array.from({ length: count }, (_, slot) => slot)
    this.#length = count
    if (!this.#inOrder()) this.#slots.sort((a, b) => keyOf(a) - keyOf(b) || a - b)
  }

  get length(): number {
    return this.#length
  }

  at(place: number): number {
    return this.#slots[place] ?? 0
  }

  /** How many slots come before this key and slot. */
  placeOf(key: number, slot: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.at(middle)
      const difference = this.keyOf(other) - key || other - slot
      if (difference < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  insert(slot: number): void {
    if (this.#length === this.#slots.length) {
      const larger = new Uint32Array(Math.max(1024, this.#length * 2))
      larger.set(this.#slots)
      this.#slots = larger
    }
    const place = this.placeOf(this.keyOf(slot), slot)
    this.#slots.copyWithin(place + 1, place, this.#length)
    this.#slots[place] = slot
    this.#length += 1
  }

  remove(slot: number): void {
    const place = this.placeOf(this.keyOf(slot), slot)
    if (place === this.#length || this.at(place) !== slot) return
    this.#slots.copyWithin(place, place + 1, this.#length)
    this.#length -= 1
  }

  #inOrder(): boolean {
    for (let place = 1; place < this.#length; place += 1)
      if (this.keyOf(this.at(place - 1)) > this.keyOf(this.at(place))) return false
    return true
  }
}
