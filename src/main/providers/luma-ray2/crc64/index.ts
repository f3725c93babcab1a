import { createCRC64, type IHasher } from 'hash-wasm'
import { ones, overX, polynomial } from './field'
import { assembled } from './module'

/** Distances in bytes over which `fold.wat` cancels a byte; the last is the degree of its multiple. */
const distances = [79_628, 102_160, 117_338, 144_025] as const
const span = distances[3]
/** Bytes of the ring that holds what was folded, and of the memory behind it that takes what is to be. */
const ringBytes = 256 * 1024
const stageBytes = 256 * 1024
/** And of each piece of memory behind that, in which bytes are folded where they lie. */
const lentBytes = 2 * 1024 * 1024
const lentPieces = 2

interface Fold {
  readonly memory: WebAssembly.Memory
  readonly fold: (at: number, from: number, bytes: number) => number
}

let compiled: WebAssembly.Module | undefined

/**
 * CRC-64/NVME of bytes that come in pieces, at the speed of memory: they are folded into the last {@link span} by
 * `fold.wat`, and only those are summed up by table, when the sum is asked for. About a millisecond a sum.
 */
export class Crc64 {
  readonly memory: readonly Uint8Array[]
  readonly #ring: Uint8Array
  readonly #stage: Uint8Array
  readonly #fold: Fold['fold']
  readonly #byTable: IHasher
  /** Place of the next byte in the ring. */
  #at = 0

  private constructor(byTable: IHasher) {
    compiled ??= new WebAssembly.Module(Buffer.from(assembled, 'base64'))
    const { memory, fold } = new WebAssembly.Instance(compiled).exports as unknown as Fold
    this.#ring = new Uint8Array(memory.buffer, 0, ringBytes)
    this.#stage = new Uint8Array(memory.buffer, ringBytes, stageBytes)
    this.memory = Array.from({ length: lentPieces }, (_, at) => {
      return new Uint8Array(memory.buffer, ringBytes + stageBytes + at * lentBytes, lentBytes)
    })
    this.#fold = fold
    this.#byTable = byTable
    // Eight bytes before the first, which leave every coefficient of the register set.
    Buffer.from(this.#ring.buffer).writeBigUInt64LE(overX(ones, 64), ringBytes - 8)
  }

  /** The sum of no bytes yet. */
  static async create(): Promise<Crc64> {
    return new Crc64(await createCRC64(polynomial.toString(16)))
  }

  /** Adds bytes at the end. */
  add(bytes: Uint8Array): void {
    if (bytes.buffer === this.#ring.buffer) {
      this.#at = this.#fold(this.#at, bytes.byteOffset, bytes.byteLength)
      return
    }
    for (let done = 0; done < bytes.byteLength; done += stageBytes) {
      const part = bytes.subarray(done, done + stageBytes)
      this.#stage.set(part)
      this.#at = this.#fold(this.#at, ringBytes, part.byteLength)
    }
  }

  /** The sum of all bytes so far: base64 of the big-endian value. More may be added after it. */
  base64(): string {
    // What was folded past the end stands for a message that is longer by the span, hence the division by as much.
    const table = Buffer.from(this.#byTable.init().update(this.#overhang()).digest('binary'))
    const sum = Buffer.alloc(8)
    sum.writeBigUInt64BE(overX(table.readBigUInt64BE() ^ ones, 8 * span))
    return sum.toString('base64')
  }

  /** What the bytes folded so far leave behind the last of them. */
  #overhang(): Uint8Array {
    const left = new Uint8Array(span)
    for (const distance of distances) {
      for (let ahead = 0; ahead < distance; ahead += 1) {
        const at = (this.#at + ahead - distance + ringBytes) % ringBytes
        left[ahead] = (left[ahead] ?? 0) ^ (this.#ring[at] ?? 0)
      }
    }
    return left
  }
}
