import type { Readable } from 'node:stream'

/** A body that is too large to be held: opened when it is sent, and destroyed when the call ends. */
export interface WireBody {
  /** Exactly as many bytes as the stream gives. */
  bytes: number
  open(): Readable
}

/** One HTTP request to a service, exactly as it goes over the wire. */
export interface WireCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers?: Readonly<Record<string, string>>
  /** Sent byte for byte; its length is announced. */
  body?: string | Uint8Array | WireBody
  signal: AbortSignal
  /** Milliseconds without a byte in either direction after which the call is given up; 60,000 when absent. */
  silenceMs?: number
  /** Called once the whole request was handed to a standing connection, which may be long before an answer. */
  onSent?: () => void
  /** Bytes of an answer that is read whole, at most; 8 MiB when absent. */
  maxBytes?: number
}

/** An answer whatever its status, read whole. Header names in lower case. */
export interface WireAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** The body as JSON; undefined where it is none. */
  json: unknown
}

/** An answer whose body is still to come. Whoever does not read it to its end destroys it. */
export interface WireStream {
  status: number
  headers: Readonly<Record<string, string>>
  stream: Readable
}

export type WireTrouble = 'unreachable' | 'proxyRefused' | 'broken' | 'timeout' | 'tooLarge' | 'aborted'

/** No answer, or not all of it. */
export class WireError extends Error {
  override readonly name = 'WireError'
  /** @param sent whether any byte of the request may have reached the service. */
  constructor(
    readonly trouble: WireTrouble,
    readonly sent: boolean,
    options: { cause?: unknown; message?: string } = {},
  ) {
    super(options.message ?? trouble, options.cause === undefined ? {} : { cause: options.cause })
  }
}

/** HTTP to services, through the proxy that the person chose. Nothing is repeated here and no redirect is followed. */
export interface Wire {
  /** Sends and reads the answer whole. Throws {@link WireError}. */
  send(call: WireCall): Promise<WireAnswer>
  /** Sends and answers as soon as the head of the answer is here. Throws {@link WireError}. */
  open(call: WireCall): Promise<WireStream>
}
