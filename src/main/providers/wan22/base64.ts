/** Characters that four of make three bytes. */
const quartet = 4
/** Characters decoded at once: the bytes of them stay in the processor's caches. */
const stretch = 64 * 1024

/** What arrives as base64 is none. */
export class BadBase64 extends Error {
  override readonly name = 'BadBase64'
}

/**
 * Decodes base64 (RFC 4648, with its padding or without) that comes in pieces, strictly: what Node's own decoder would
 * skip over is an error here. Uses one small buffer however long the text is.
 */
export class Base64Decoder {
  /** The beginning of a quartet that has not all come yet. */
  #open = ''
  #padded = false
  readonly #room = Buffer.allocUnsafeSlow((stretch / quartet) * 3)

  /**
   * Takes the next characters and gives the bytes they make to `take`, which must have done with them when its promise,
   * where it gives one, is kept. Throws {@link BadBase64}.
   */
  push(text: Buffer, take: (bytes: Uint8Array) => Promise<unknown> | null): Promise<unknown> | null {
    let at = 0
    if (this.#open !== '') {
      at = Math.min(quartet - this.#open.length, text.byteLength)
      this.#open += text.toString('latin1', 0, at)
      if (this.#open.length < quartet) return null
      const open = this.#open
      this.#open = ''
      const waiting = take(this.#decode(open))
      if (waiting !== null) return waiting.then(() => this.#rest(text, at, take))
    }
    return this.#rest(text, at, take)
  }

  /** Nothing follows. Answers the bytes that were still open. Throws {@link BadBase64} for a text that ends too soon. */
  end(): Uint8Array {
    const open = this.#open
    this.#open = ''
    if (open === '') return new Uint8Array()
    if (open.length === 1 || open.includes('=')) throw new BadBase64('it ends in the middle')
    return this.#decode(open.padEnd(quartet, '='))
  }

  #rest(
    text: Buffer,
    from: number,
    take: (bytes: Uint8Array) => Promise<unknown> | null,
  ): Promise<unknown> | null {
    let at = from
    while (text.byteLength - at >= quartet) {
      const whole = text.byteLength - at - ((text.byteLength - at) % quartet)
      const to = at + Math.min(stretch, whole)
      const waiting = take(this.#decode(text.toString('latin1', at, to)))
      at = to
      if (waiting !== null) return waiting.then(() => this.#rest(text, at, take))
    }
    this.#open = text.toString('latin1', at)
    if (this.#open !== '' && this.#padded) throw new BadBase64('it goes on after its end')
    return null
  }

  /** Whole quartets, of which only the last may be padded. */
  #decode(text: string): Uint8Array {
    if (this.#padded) throw new BadBase64('it goes on after its end')
    const pads = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
    const wanted = (text.length / quartet) * 3 - pads
    const bytes = this.#room.write(text, 'base64')
    // Node passes over whatever is no base64, so that fewer bytes come of it.
    if (bytes !== wanted) throw new BadBase64('it has characters that are none of it')
    this.#padded = pads > 0
    return this.#room.subarray(0, bytes)
  }
}
