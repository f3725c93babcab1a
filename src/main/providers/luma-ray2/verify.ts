import { Transform, type TransformCallback } from 'node:stream'
import type { Expected, Sum } from './crc'

/** So many places are remembered where a download that broke off can be taken up with its sum. */
const remembered = 256

/**
 * The sum of one object's bytes over all openings of its download. What a reader has really taken is only known when
 * it comes back with an offset, so the sums at the last places are kept.
 */
export class Running {
  #places: { at: number; sum: Sum }[]
  constructor(readonly expected: Expected) {
    this.#places = [{ at: 0, sum: expected.start }]
  }
  /** The sum of the first `at` bytes; null where it is not known. */
  at(at: number): Sum | null {
    return at === 0 ? this.expected.start : (this.#places.find((place) => place.at === at)?.sum ?? null)
  }
  note(at: number, sum: Sum): void {
    while ((this.#places.at(-1)?.at ?? -1) >= at) this.#places.pop()
    this.#places.push({ at, sum })
    if (this.#places.length > remembered) this.#places.shift()
  }
}

/** The bytes of a whole object are not the ones that S3 keeps the checksum of. */
export class WrongChecksum extends Error {
  override readonly name = 'WrongChecksum'
}

/**
 * Passes bytes on from `offset`, the last piece only once the checksum of the whole object agrees: a reader that has
 * all bytes has the right ones. `wrong` is called when it does not.
 */
export class Verifier extends Transform {
  #kept: Uint8Array | null = null
  #sum: Sum
  #at: number

  constructor(
    readonly running: Running,
    offset: number,
    sum: Sum,
    readonly bytes: number | null,
    readonly wrong: () => void,
  ) {
    super()
    this.#sum = sum
    this.#at = offset
  }

  override _transform(chunk: Uint8Array, _encoding: BufferEncoding, done: TransformCallback): void {
    const before = this.#kept
    this.#kept = chunk
    if (before) this.#pass(before)
    done()
  }

  override _flush(done: TransformCallback): void {
    const last = this.#kept
    const end = this.#at + (last?.byteLength ?? 0)
    // Cut short: the reader sees that bytes are missing and comes back for them.
    if (this.bytes !== null && end < this.bytes) {
      if (last) this.#pass(last)
      return done()
    }
    const sum = last ? this.#sum.plus(last) : this.#sum
    if (sum.base64() !== this.running.expected.value) {
      this.wrong()
      return done(new WrongChecksum('The checksum of the object is another one'))
    }
    if (last) this.#pass(last)
    done()
  }

  #pass(chunk: Uint8Array): void {
    this.#sum = this.#sum.plus(chunk)
    this.#at += chunk.byteLength
    this.running.note(this.#at, this.#sum)
    this.push(chunk)
  }
}
