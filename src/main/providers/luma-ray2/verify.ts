import type { Inspection } from '../types'
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
 * Sums up the bytes of an object from `offset` on. The last chunk of one whose length is known is let through only once
 * the checksum of the whole agrees: a reader that has all bytes has the right ones. `wrong` is called when it does not.
 */
export function verifier(
  running: Running,
  from: { offset: number; sum: Sum; bytes: number | null },
  wrong: () => void,
): Inspection {
  let { sum, offset: at } = from
  let sure = false

  function compare(): void {
    sure = sum.base64() === running.expected.value
    if (sure) return
    wrong()
    throw new WrongChecksum('The checksum of the object is another one')
  }

  return {
    chunk(bytes) {
      sum = sum.plus(bytes)
      at += bytes.byteLength
      if (at === from.bytes) compare()
      running.note(at, sum)
    },
    end() {
      // One that was cut short is taken up again; its reader sees that bytes are missing.
      if (!sure && (from.bytes === null || at >= from.bytes)) compare()
    },
  }
}
