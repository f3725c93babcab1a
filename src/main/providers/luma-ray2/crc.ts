import { crc32 } from 'node:zlib'
import { Crc64 } from './crc64'

/** A sum over bytes that come in pieces. */
export interface Sum {
  /** Memory in which bytes are added without being copied first. */
  readonly memory?: readonly Uint8Array[]
  add(bytes: Uint8Array): void
  /** As S3 tells it: base64 of the big-endian value. */
  base64(): string
}

class Crc32 implements Sum {
  #value = 0
  add(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value)
  }
  base64(): string {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(this.#value)
    return sum.toString('base64')
  }
}

/** What an object is told to sum up to. */
export interface Expected {
  /** Begins a sum of that kind. */
  start(): Promise<Sum>
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
  if (whole(told.ChecksumCRC32)) return { value: told.ChecksumCRC32, start: async () => new Crc32() }
  if (whole(told.ChecksumCRC64NVME)) return { value: told.ChecksumCRC64NVME, start: () => Crc64.create() }
  return null
}
