import type { Inspection } from '../types'
import type { Expected, Sum } from './crc'

/** The sum of one object's first bytes. */
interface Summed {
  readonly sum: Sum
  bytes: number
}

/** The bytes of a whole object are not the ones that S3 keeps the checksum of. */
export class WrongChecksum extends Error {
  override readonly name = 'WrongChecksum'
}

/** The checksum of one object over all openings of its download. */
export class Running {
  #held: Summed | null = null
  constructor(readonly expected: Expected) {}

  /**
   * Sums up the bytes of the object from `offset` on, beginning where the last opening left off if that is there. The
   * last chunk of one whose length is known is let through only once the checksum of the whole agrees: a reader that
   * has all bytes has the right ones. `wrong` is called when it does not. An opening ends the inspection before it.
   */
  async inspection(
    { offset, bytes }: { offset: number; bytes: number | null },
    wrong: () => void,
  ): Promise<Inspection> {
    const left = this.#held?.bytes === offset ? this.#held.sum : null
    const held: Summed = left ? { sum: left, bytes: offset } : { sum: await this.expected.start(), bytes: 0 }
    this.#held = held
    let sure = false

    const compare = (): void => {
      sure = held.sum.base64() === this.expected.value
      if (sure) return
      wrong()
      throw new WrongChecksum('The checksum of the object is another one')
    }

    return {
      seen: held.bytes,
      ...(held.sum.memory && { memory: held.sum.memory }),
      chunk: (part) => {
        if (this.#held !== held) throw new Error('The download was opened anew')
        held.sum.add(part)
        held.bytes += part.byteLength
        if (held.bytes === bytes) compare()
      },
      end() {
        // One that was cut short is taken up again; its reader sees that bytes are missing.
        if (!sure && (bytes === null || held.bytes >= bytes)) compare()
      },
    }
  }
}
