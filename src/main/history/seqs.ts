const comma = ','.charCodeAt(0)
const zero = '0'.charCodeAt(0)

/** A set of rows by their `seq`: a bit for each number up to the largest, which lies below 2 ** 32. */
export class Seqs {
  readonly #bits: Int32Array

  private constructor(largest: number) {
    this.#bits = new Int32Array((largest >>> 5) + 1)
  }

  static of(numbers: readonly number[]): Seqs {
    const seqs = new Seqs(numbers.reduce((most, number) => Math.max(most, number), 0))
    for (const number of numbers) seqs.#put(number)
    return seqs
  }

  /** Reads a list like `1,23,456` in ASCII, the largest last. */
  static read(list: Uint8Array): Seqs {
    const seqs = new Seqs(numberAt(list, list.lastIndexOf(comma) + 1))
    for (let at = 0; at < list.length; at += 1) {
      let number = 0
      for (; at < list.length && list[at] !== comma; at += 1) number = number * 10 + (list[at] ?? zero) - zero
      seqs.#put(number)
    }
    return seqs
  }

  has(seq: number): boolean {
    return (((this.#bits[seq >>> 5] ?? 0) >>> (seq & 31)) & 1) === 1
  }

  /** All of them, ascending. */
  list(): number[] {
    const numbers: number[] = []
    for (let at = 0; at < this.#bits.length; at += 1)
      for (let bits = this.#bits[at] ?? 0; bits !== 0; bits &= bits - 1)
        numbers.push(at * 32 + 31 - Math.clz32(bits & -bits))
    return numbers
  }

  #put(seq: number): void {
    const at = seq >>> 5
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (seq & 31))
  }
}

/** The number that begins here. */
function numberAt(list: Uint8Array, from: number): number {
  let number = 0
  for (let at = from; at < list.length && list[at] !== comma; at += 1)
    number = number * 10 + (list[at] ?? zero) - zero
  return number
}
