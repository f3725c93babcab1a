import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { Body } from './wire'

/** Which whole-object checksum an object carries. */
export type ChecksumKind = 'crc32' | 'crc64nvme' | 'none'

/** CRC-64/NVME, reflected: the polynomial of the NVM Express specification, as two halves of 32 bits. */
const polyHigh = 0x9a6c9329
const polyLow = 0xac4bc9b5
const tableHigh = new Uint32Array(256)
const tableLow = new Uint32Array(256)
for (let n = 0; n < 256; n += 1) {
  let high = 0
  let low = n
  for (let bit = 0; bit < 8; bit += 1) {
    const odd = low & 1
    low = ((low >>> 1) | (high << 31)) >>> 0
    high >>>= 1
    if (odd) {
      high = (high ^ polyHigh) >>> 0
      low = (low ^ polyLow) >>> 0
    }
  }
  tableHigh[n] = high
  tableLow[n] = low
}

class Crc64 {
  #high = 0xffffffff
  #low = 0xffffffff

  update(bytes: Uint8Array): void {
    let high = this.#high
    let low = this.#low
    for (let at = 0; at < bytes.length; at += 1) {
      const index = (low ^ (bytes[at] ?? 0)) & 0xff
      low = (((low >>> 8) | (high << 24)) ^ (tableLow[index] ?? 0)) >>> 0
      high = ((high >>> 8) ^ (tableHigh[index] ?? 0)) >>> 0
    }
    this.#high = high
    this.#low = low
  }

  base64(): string {
    const sum = Buffer.alloc(8)
    sum.writeUInt32BE(~this.#high >>> 0, 0)
    sum.writeUInt32BE(~this.#low >>> 0, 4)
    return sum.toString('base64')
  }
}

/** Sums of a whole object. */
export interface Sums {
  /** MD5 in hex: the ETag of an object that was put in one piece. */
  md5: string
  /** Base64 of the big-endian sum; absent for `none`. */
  checksum?: string
}

async function* chunksOf(body: Body): AsyncGenerator<Uint8Array> {
  if (!('path' in body)) yield body
  else if (body.end > body.start)
    yield* createReadStream(body.path, { start: body.start, end: body.end - 1, highWaterMark: 1 << 20 })
}

/** Reads a body once and answers its sums. */
export async function sumsOf(body: Body, kind: ChecksumKind): Promise<Sums> {
  const md5 = createHash('md5')
  const crc64 = new Crc64()
  let crc = 0
  for await (const chunk of chunksOf(body)) {
    md5.update(chunk)
    if (kind === 'crc32') crc = crc32(chunk, crc)
    if (kind === 'crc64nvme') crc64.update(chunk)
  }
  const sums = { md5: md5.digest('hex') }
  switch (kind) {
    case 'none':
      return sums
    case 'crc64nvme':
      return { ...sums, checksum: crc64.base64() }
    case 'crc32': {
      const sum = Buffer.alloc(4)
      sum.writeUInt32BE(crc)
      return { ...sums, checksum: sum.toString('base64') }
    }
  }
}
