import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { Clock } from '../ports'
import { writeAll } from './files'

/** Bytes of one slab, and of a write while none waits behind it; `npm run bench -- download` found it best. */
export const slabBytes = 2 * 1024 * 1024
/** Slabs of one file: all the memory that bytes on their way to the disk can take. */
export const slabCount = 2
/** Milliseconds for which what came may lie in memory alone: what a kill can cost. */
const latestMs = 200
/** Bytes after which the disk is told to begin, so that the sync at the end finds little left to do. */
const syncStep = 16 * 1024 * 1024

/** Memory that gathers bytes for the disk. */
interface Slab {
  readonly memory: Uint8Array
  filled: number
  /** How many of the filled bytes are written or wait for it. */
  sent: number
  /** Pieces that are not written yet. */
  pieces: number
}

/** Bytes of a slab that follow in the file on those of the piece before. */
interface Piece {
  slab: Slab
  bytes: Uint8Array
}

/** Runs a step on the disk, and words its error. */
export type Disk = <T>(work: Promise<T>) => Promise<T>

/**
 * A file that grows at its end, and the checksum of all that is in it. Bytes are gathered in a few slabs and written
 * while more arrive; the first failure of a write or a sync is raised by every call after it, worded by `disk`.
 */
export class Tail {
  /** Length of the file, with what is still on its way to the disk. */
  bytes = 0
  #hash: Hash = createHash('sha256')
  readonly #idle: Slab[] = []
  readonly #memory = new Set<ArrayBufferLike>()
  /** Slabs that are still to be made, of memory that was lent where there is some. */
  #unmade = slabCount
  #lent: Uint8Array[] = []
  /** The slab being filled. */
  #slab: Slab | null = null
  /** Where in the file the next bytes to be written belong. */
  #at = 0
  #waiting: Piece[] = []
  /** The write on its way. One at a time: a file that a kill cut short has no holes, and the system's lock no queue. */
  #writing: Promise<void> | null = null
  #entering: Promise<void> | null = null
  #failure: { error: unknown } | null = null
  #cancelTimer: (() => void) | null = null
  #unsynced = 0
  #syncing: Promise<void> | null = null

  private constructor(
    readonly file: FileHandle,
    readonly disk: Disk,
    readonly clock: Clock,
  ) {}

  /** Goes on at the end of what the file holds. */
  static async of(file: FileHandle, disk: Disk, clock: Clock): Promise<Tail> {
    const tail = new Tail(file, disk, clock)
    await tail.#readUpTo((await disk(file.stat())).size)
    return tail
  }

  /**
   * Where the next bytes may be put before they are appended, which spares copying them; null while there is no room or
   * an earlier chunk waits. What was put there must be appended at once, in the order in which it lies there.
   */
  room(): Uint8Array | null {
    if (this.#entering) return null
    const slab = (this.#slab ??= this.#take())
    return slab && slab.memory.subarray(slab.filled)
  }

  /** Makes its slabs of this memory, unless it has made some: what was lent before may be in use. */
  borrow(memory: readonly Uint8Array[]): void {
    if (this.#unmade === slabCount) this.#lent = [...memory]
  }

  /** Resolves when all that was appended has found its room and there is more of it. Raises nothing. */
  async free(): Promise<void> {
    await this.#entering?.catch(() => undefined)
    while (!this.#entering && (this.#slab ??= this.#take()) === null) await this.#writing
  }

  /** Whether these bytes lie in memory of this file, of which nothing may be freed. */
  holds({ buffer }: Uint8Array): boolean {
    return this.#memory.has(buffer)
  }

  /**
   * Copies a chunk in. Answers null when that is done, or a promise of it when every slab is on its way to the disk;
   * the chunk must stay as it is until then, and no other may be appended. Throws what the disk refused before.
   */
  append(chunk: Uint8Array): Promise<void> | null {
    this.#raise()
    this.#hash.update(chunk)
    this.bytes += chunk.byteLength
    const rest = this.#fill(chunk)
    if (rest === null) return null
    const entering = this.#enter(rest).finally(() => {
      this.#entering = null
    })
    this.#entering = entering
    // Its failure is kept, and raised by the next to wait for it.
    entering.catch(() => undefined)
    return entering
  }

  /** Resolves when all that was appended is written. */
  async settle(): Promise<void> {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    await this.#entering?.catch(() => undefined)
    this.#send()
    while (this.#writing) await this.#writing
    await this.#syncing
    this.#raise()
  }

  /** Resolves when all that was appended would survive a power cut. */
  async sync(): Promise<void> {
    await this.settle()
    await this.disk(this.file.sync())
  }

  /** Cuts the file back to `bytes`. */
  async rewind(bytes: number): Promise<void> {
    await this.settle()
    await this.disk(this.file.truncate(bytes))
    await this.#readUpTo(bytes)
  }

  /** Shows what was appended from `from` on, in order; what `look` raises ends it. */
  async replay(from: number, look: (part: Uint8Array) => void): Promise<void> {
    await this.settle()
    await this.#read(from, this.bytes, look)
  }

  /** Checksum of all that was appended, in hex. */
  digest(): string {
    return this.#hash.copy().digest('hex')
  }

  async #enter(chunk: Uint8Array): Promise<void> {
    for (let rest: Uint8Array | null = chunk; rest !== null; rest = this.#fill(rest)) {
      await this.#writing
      this.#raise()
    }
  }

  /** Copies what there is room for, sending slabs on their way; answers what is left over, or null. */
  #fill(chunk: Uint8Array): Uint8Array | null {
    let rest = chunk
    while (rest.byteLength > 0) {
      const slab = (this.#slab ??= this.#take())
      if (slab === null) return rest
      const { memory, filled } = slab
      const part = rest.subarray(0, memory.byteLength - filled)
      const lies = part.buffer === memory.buffer && part.byteOffset === memory.byteOffset + filled
      if (!lies) memory.set(part, filled)
      slab.filled += part.byteLength
      rest = rest.subarray(part.byteLength)
      if (slab.filled === memory.byteLength) this.#send()
    }
    if (this.#cancelTimer === null) this.#sendInTime()
    return null
  }

  #take(): Slab | null {
    const idle = this.#idle.pop() ?? this.#make()
    if (idle) Object.assign(idle, { filled: 0, sent: 0 })
    return idle
  }

  #make(): Slab | null {
    if (this.#unmade === 0) return null
    this.#unmade -= 1
    const memory = this.#lent.pop() ?? Buffer.allocUnsafeSlow(slabBytes)
    this.#memory.add(memory.buffer)
    return { memory, filled: 0, sent: 0, pieces: 0 }
  }

  /** Sends what there is now, and looks again later for as long as there is more. */
  #sendInTime(): void {
    this.#cancelTimer = null
    if (this.#slab === null || this.#slab.sent === this.#slab.filled) return
    this.#send()
    this.#cancelTimer = this.clock.after(latestMs, () => this.#sendInTime())
  }

  /** Sends what is new in the slab being filled; a full one is filled again once all of it is written. */
  #send(): void {
    const slab = this.#slab
    if (slab === null || slab.sent === slab.filled) return
    slab.pieces += 1
    this.#waiting.push({ slab, bytes: slab.memory.subarray(slab.sent, slab.filled) })
    slab.sent = slab.filled
    if (slab.filled === slab.memory.byteLength) this.#slab = null
    if (this.#writing === null) this.#begin()
  }

  /** Writes all that waits, and then what has come to wait meanwhile. */
  #begin(): void {
    const pieces = this.#waiting
    if (pieces.length === 0) return
    this.#waiting = []
    this.#writing = this.#write(pieces.map(({ bytes }) => bytes)).then(() => {
      this.#writing = null
      for (const { slab } of pieces) {
        slab.pieces -= 1
        if (slab.pieces === 0 && slab !== this.#slab) this.#idle.push(slab)
      }
      this.#begin()
    })
  }

  async #write(pieces: Uint8Array[]): Promise<void> {
    if (this.#failure) return
    const length = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
    await this.#watch(writeAll(this.file, pieces, this.#at))
    this.#at += length
    this.#unsynced += length
    if (this.#unsynced < syncStep || this.#syncing) return
    this.#unsynced = 0
    // The system tells a lost write once only: what this sync says must not be forgotten.
    this.#syncing = this.#watch(this.file.datasync()).finally(() => {
      this.#syncing = null
    })
  }

  async #watch(work: Promise<void>): Promise<void> {
    await this.disk(work).catch((error: unknown) => {
      this.#failure ??= { error }
    })
  }

  #raise(): void {
    if (this.#failure) throw this.#failure.error
  }

  async #readUpTo(bytes: number): Promise<void> {
    this.#hash = createHash('sha256')
    this.bytes = 0
    await this.#read(0, bytes, (part) => {
      this.#hash.update(part)
      this.bytes += part.byteLength
    })
    this.#at = this.bytes
  }

  async #read(from: number, to: number, look: (part: Uint8Array) => void): Promise<void> {
    const buffer = Buffer.allocUnsafeSlow(1024 * 1024)
    for (let at = from; at < to;) {
      const wanted = Math.min(buffer.byteLength, to - at)
      const { bytesRead } = await this.disk(this.file.read(buffer, 0, wanted, at))
      if (bytesRead === 0) break
      look(buffer.subarray(0, bytesRead))
      at += bytesRead
    }
  }
}
