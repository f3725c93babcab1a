import { Agent as HttpAgent, type ClientRequestArgs, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, type RequestOptions } from 'node:https'
import type { OnReadOpts } from 'node:net'
import { Readable, type Duplex } from 'node:stream'

/** Bytes that one reading brings at most where nobody said where they shall land; as much as Node takes by itself. */
const readBytes = 64 * 1024
/** The same while there is no room: Node wants to know before a reading that has just been stopped. */
const scrapBytes = 4 * 1024

/** Memory that the bytes of an answer shall land in. */
export interface Landing {
  /** Where the next bytes shall land; null while that cannot be told: then they land in memory of their own. */
  room(): Uint8Array | null
  /** Resolves when there is likely to be room; until then nothing more is read. */
  free(): Promise<void>
}

interface Site {
  room: Landing['room']
  take(view: Buffer): void
}

const sites = new WeakMap<Duplex, Site>()
const attending = new WeakSet<Duplex>()

/**
 * The body of an answer that nobody has begun to read, past the HTTP parser, which copies each chunk: its bytes land
 * where `landing` says, asked before each reading. Such chunks must be taken the moment they come, and `room`
 * answers null while that cannot be promised. The connection is not kept for the next call. Answers what it was given
 * where this cannot be: length unknown, all there or broken off already, or through a proxy.
 */
export function landed(answer: IncomingMessage, landing: Landing): Readable {
  const { socket, headers } = answer
  const length = /^\d+$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : 0
  const begun = answer.readableFlowing !== null || answer.readableDidRead
  const missing = length - answer.readableLength
  // One that has broken off already will not tell of it again.
  if (!attending.has(socket) || begun || answer.destroyed || answer.complete || missing <= 0) return answer
  return new Landed(answer, landing, missing)
}

class Landed extends Readable {
  readonly #answer: IncomingMessage
  readonly #landing: Landing
  #missing: number
  /** There is no room: what lands elsewhere would be copied. */
  #waiting = false

  constructor(answer: IncomingMessage, landing: Landing, missing: number) {
    super()
    this.#answer = answer
    this.#landing = landing
    this.#missing = missing
    answer.on('error', (error) => this.destroy(error))
    answer.once('close', () => {
      if (this.#missing > 0) this.destroy(new Error('The connection closed in the middle of the answer'))
    })
    sites.set(answer.socket, { room: () => landing.room(), take: (view) => this.#take(view) })
    const early: unknown = answer.read()
    if (early instanceof Uint8Array) this.push(early)
  }

  #take(view: Buffer): void {
    const ours = view.subarray(0, this.#missing)
    this.#missing -= ours.byteLength
    if (!this.push(ours)) this.#answer.socket.pause()
    if (this.#missing === 0) this.push(null)
    else if (this.#landing.room() === null) void this.#wait()
  }

  async #wait(): Promise<void> {
    if (this.#waiting) return
    this.#waiting = true
    this.#answer.socket.pause()
    await this.#landing.free()
    this.#waiting = false
    if (!this.destroyed && this.readableLength < this.readableHighWaterMark) this.#answer.socket.resume()
  }

  override _read(): void {
    if (!this.#waiting) this.#answer.socket.resume()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#answer.destroy()
    done(error)
  }
}

/** A connection pool whose answers can land in memory of their reader's; see {@link landed}. */
export class LandingHttpAgent extends HttpAgent {
  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    return attended((onread) => super.createConnection({ ...options, ...onread }, callback))
  }
}

/** As {@link LandingHttpAgent}, under TLS. */
export class LandingHttpsAgent extends HttpsAgent {
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    return attended((onread) => super.createConnection({ ...options, ...onread }, callback))
  }
}

/** Makes a socket that reads into memory it is given, and tells of what it read as any other does. */
function attended(
  make: (more: { onread: OnReadOpts }) => Duplex | null | undefined,
): Duplex | null | undefined {
  const own = Buffer.allocUnsafeSlow(readBytes)
  const scrap = own.subarray(0, scrapBytes)
  let socket: Duplex | null | undefined
  const site = () => (socket ? sites.get(socket) : undefined)
  const onread: OnReadOpts = {
    buffer() {
      const here = site()
      return here ? (here.room() ?? scrap) : own
    },
    callback(bytes, into) {
      const there = Buffer.from(into.buffer, into.byteOffset, bytes)
      // What landed in the socket's own memory is kept by its readers for as long as they like.
      const view = into.buffer === own.buffer ? Buffer.from(there) : there
      const here = site()
      if (here) here.take(view)
      else socket?.emit('data', view)
      return true
    },
  }
  socket = make({ onread })
  if (socket) attending.add(socket)
  return socket
}
