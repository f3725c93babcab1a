import { crc32 } from 'node:zlib'

/** A sum over bytes that can be taken down at any byte and taken up there again. */
export interface Sum {
  /** A sum of the same kind, further by these bytes; this one stays as it is. */
  plus(bytes: Uint8Array): Sum
  /** As S3 tells it: base64 of the big-endian value. */
  base64(): string
}

class Crc32 implements Sum {
  constructor(readonly value = 0) {}
  plus(bytes: Uint8Array): Sum {
    return new Crc32(crc32(bytes, this.value))
  }
  base64(): string {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(this.value)
    return sum.toString('base64')
  }
}

/**
 * CRC-64/NVME (NVM Express NVM Command Set Specification, 64b Protection Information), reflected, as two halves of 32
 * bits and eight bytes a step: S3 gives it to every object by default, and the SDK's own takes a quarter of the speed.
 */
class Crc64 implements Sum {
  constructor(
    readonly high = -1,
    readonly low = -1,
  ) {}
  plus(bytes: Uint8Array): Sum {
    let { high, low } = this
    const { highs, lows } = tables()
    let at = 0
    // A view of 32-bit words has to begin at a multiple of four.
    const lead = Math.min(bytes.length, -bytes.byteOffset & 3)
    const step = (until: number) => {
      for (; at < until; at += 1) {
        const index = (low ^ bytes[at]!) & 255
        low = ((low >>> 8) | (high << 24)) ^ lows[index]!
        high = (high >>> 8) ^ highs[index]!
      }
    }
    step(lead)
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, ((bytes.length - at) >> 3) << 1)
    for (let word = 0; word < words.length; word += 2) {
      const a = low ^ words[word]!
      const b = high ^ words[word + 1]!
      high =
        highs[1792 | (a & 255)]! ^
        highs[1536 | ((a >>> 8) & 255)]! ^
        highs[1280 | ((a >>> 16) & 255)]! ^
        highs[1024 | (a >>> 24)]! ^
        highs[768 | (b & 255)]! ^
        highs[512 | ((b >>> 8) & 255)]! ^
        highs[256 | ((b >>> 16) & 255)]! ^
        highs[b >>> 24]!
      low =
        lows[1792 | (a & 255)]! ^
        lows[1536 | ((a >>> 8) & 255)]! ^
        lows[1280 | ((a >>> 16) & 255)]! ^
        lows[1024 | (a >>> 24)]! ^
        lows[768 | (b & 255)]! ^
        lows[512 | ((b >>> 8) & 255)]! ^
        lows[256 | ((b >>> 16) & 255)]! ^
        lows[b >>> 24]!
    }
    at += words.length * 4
    step(bytes.length)
    return new Crc64(high, low)
  }
  base64(): string {
    const sum = Buffer.alloc(8)
    sum.writeInt32BE(~this.high, 0)
    sum.writeInt32BE(~this.low, 4)
    return sum.toString('base64')
  }
}

let made: { highs: Int32Array; lows: Int32Array } | null = null

/** Eight tables, one after the other: what a byte does to the sum that many bytes later. */
function tables() {
  if (made) return made
  const highs = new Int32Array(8 * 256)
  const lows = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte += 1) {
    let high = 0
    let low = byte
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = low & 1
      low = (low >>> 1) | (high << 31)
      high >>>= 1
      if (odd === 1) {
        high ^= 0x9a6c9329
        low ^= 0xac4bc9b5
      }
    }
    highs[byte] = high
    lows[byte] = low
  }
  for (let at = 256; at < highs.length; at += 1) {
    const high = highs[at - 256]!
    const low = lows[at - 256]!
    lows[at] = ((low >>> 8) | (high << 24)) ^ lows[low & 255]!
    highs[at] = (high >>> 8) ^ highs[low & 255]!
  }
  return (made = { highs, lows })
}

/** What an object is told to sum up to. */
export interface Expected {
  start: Sum
  value: string
}

/**
 * The checksum of a whole object among what S3 told of it, where there is one that can be computed here. One of a
 * multipart upload's parts (`COMPOSITE`, or with a `-N` at its end) says nothing of the bytes in a row.
 */
export function expectedOf(told: {
  ChecksumType?: string | undefined
  ChecksumCRC32?: string | undefined
  ChecksumCRC64NVME?: string | undefined
}): Expected | null {
  if (told.ChecksumType === 'COMPOSITE') return null
  const whole = (value: string | undefined): value is string => value !== undefined && !value.includes('-')
  if (whole(told.ChecksumCRC32)) return { start: new Crc32(), value: told.ChecksumCRC32 }
  if (whole(told.ChecksumCRC64NVME)) return { start: new Crc64(), value: told.ChecksumCRC64NVME }
  return null
}
