/**
 * Slots of the roster in ascending order of a key (a whole number from −1 on), then of the slot. The key of
 * a slot must not change while it is in: take it out, change it, put it back.
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
    if (!this.#inOrder()) this.#sort()
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

  /** By digits of 16 bits, the lowest first: several times as quick as comparing, and stable. */
  #sort(): void {
    const count = this.#length
    let slots = this.#slots
    let keys = new Float64Array(count)
    let largest = 0
    for (let at = 0; at < count; at += 1) {
      const key = this.keyOf(at) + 1
      keys[at] = key
      if (key > largest) largest = key
    }
    const digits = new Uint16Array(count)
    for (let unit = 1; unit <= largest; unit *= 65_536) {
      const places = new Uint32Array(65_537)
      for (let at = 0; at < count; at += 1) {
        const digit = Math.floor((keys[at] ?? 0) / unit) % 65_536
        digits[at] = digit
        places[digit + 1] = (places[digit + 1] ?? 0) + 1
      }
      for (let digit = 1; digit < places.length; digit += 1)
        places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0)
      const sortedKeys = new Float64Array(count)
      const sortedSlots = new Uint32Array(count)
      for (let at = 0; at < count; at += 1) {
        const digit = digits[at] ?? 0
        const place = places[digit] ?? 0
        places[digit] = place + 1
        sortedKeys[place] = keys[at] ?? 0
        sortedSlots[place] = slots[at] ?? 0
      }
      keys = sortedKeys
      slots = sortedSlots
    }
    this.#slots = slots
  }
}
