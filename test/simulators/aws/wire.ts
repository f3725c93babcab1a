import { createReadStream } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Damage } from './faults'

/** Bytes in memory, or a stretch of a file (`end` is the first byte that is not part of it). */
export type Body = Uint8Array | { path: string; start: number; end: number }

/** Bytes one after the other; `cut` breaks the connection. */
export type Frames = AsyncGenerator<Uint8Array | 'cut', void>

/** An answer as a value, so that it can be damaged before it is sent. */
export interface Reply {
  status: number
  headers?: Record<string, string>
  body?: Body
  /** Instead of a body: bytes as they come about, for a stream that may be broken off. */
  frames?: Frames
  /** Code of the AWS error this is, for the record. */
  error?: string
}

/** An answer that is thrown from the depth of an operation. */
export class Refused extends Error {
  constructor(readonly reply: Reply) {
    super(reply.error ?? `status ${reply.status}`)
  }
}

export const bodyLength = (body: Body | undefined): number =>
  body === undefined ? 0 : 'path' in body ? body.end - body.start : body.byteLength

/** Part of a body: from `start` to before `end`. */
export function sliceOf(body: Body, start: number, end: number): Body {
  if ('path' in body) return { path: body.path, start: body.start + start, end: body.start + end }
  return body.subarray(start, end)
}

export const xmlEscape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A successful answer of a JSON service. */
export function json(value: unknown, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) }
}

/** A failure of a JSON service: the name in a header, the sentence in the body (restJson1). */
export function jsonError(status: number, code: string, message: string): Reply {
  const reply = json({ message }, status)
  return { ...reply, error: code, headers: { ...reply.headers, 'x-amzn-errortype': code } }
}

/** An answer of an XML service. */
export function xml(text: string, status = 200, headers: Record<string, string> = {}): Reply {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body }
}

export const newRequestId = (): string => randomUUID()

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Sends a stream as it comes about, until its end, its cut, or the client's leaving. */
export async function sendFrames(
  response: ServerResponse,
  { status, headers = {} }: Reply,
  frames: Frames,
): Promise<void> {
  response.writeHead(status, headers)
  response.flushHeaders()
  response.on('close', () => void frames.return())
  for await (const frame of frames) {
    if (response.destroyed) return
    if (frame === 'cut') {
      await flushed(response)
      return void response.destroy()
    }
    if (!response.write(frame))
      await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  response.end()
}

/** Sends an answer, whole or damaged. Resolves when the last byte is out or the connection is gone. */
export async function send(
  response: ServerResponse,
  reply: Reply,
  how: { head: boolean; damage: Damage | null; wait: (ms: number) => Promise<void> },
): Promise<void> {
  const { damage } = how
  if (damage?.kind === 'drop_after') return void response.destroy()
  const length = bodyLength(reply.body)
  const headers: Record<string, string | number> = { 'content-length': length, ...reply.headers }
  if (damage?.kind === 'wrong_checksum') spoilChecksums(headers)
  // A 304 has no body, and so no length of one.
  if (reply.status === 304) delete headers['content-length']
  response.writeHead(reply.status, headers)
  if (how.head || reply.body === undefined) return void response.end()
  const cut = damage?.kind === 'half' ? length >> 1 : damage?.kind === 'truncated' ? damage.after : length
  try {
    if (cut < length) {
      const part = sliceOf(reply.body, 0, cut)
      await pipeline(readable(part), response, { end: false })
      await flushed(response)
      response.destroy()
    } else if (damage?.kind === 'flipped') {
      await pipeline(readable(reply.body), flipMiddle(length), response)
    } else if (damage?.kind === 'slow') {
      await pipeline(slowly(reply.body, damage, how.wait), response)
    } else if ('path' in reply.body) {
      await pipeline(readable(reply.body), response)
    } else {
      response.end(reply.body)
    }
  } catch {
    // The client went away; there is nobody left to tell.
    response.destroy()
  }
}

function readable(body: Body): Readable {
  if (!('path' in body)) return Readable.from(body.byteLength > 0 ? [body] : [])
  if (body.end <= body.start) return Readable.from([])
  return createReadStream(body.path, { start: body.start, end: body.end - 1, highWaterMark: 1 << 20 })
}

/** Waits until what was written has been handed to the system, so that a cut does not swallow it. */
function flushed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const socket = response.socket
    if (!socket || socket.destroyed) return resolve()
    socket.once('close', resolve)
    response.write(Buffer.alloc(0), () => resolve())
    if (socket.writableLength === 0) resolve()
    else socket.once('drain', resolve)
  })
}

function flipMiddle(length: number) {
  const middle = length >> 1
  return async function* (source: AsyncIterable<Uint8Array>) {
    let at = 0
    for await (const chunk of source) {
      const index = middle - at
      at += chunk.byteLength
      if (index < 0 || index >= chunk.byteLength) yield chunk
      else {
        const changed = Buffer.from(chunk)
        changed.writeUInt8(changed.readUInt8(index) ^ 0xff, index)
        yield changed
      }
    }
  }
}

async function* slowly(
  body: Body,
  { chunk, everyMs }: { chunk: number; everyMs: number },
  wait: (ms: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bodyLength(body); at += chunk) {
    if (at > 0) await wait(everyMs)
    yield* readable(sliceOf(body, at, Math.min(at + chunk, bodyLength(body))))
  }
}

function spoilChecksums(headers: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^x-amz-checksum-(crc|sha)/.test(name)) continue
    const bytes = Buffer.from(String(value), 'base64')
    bytes.writeUInt8(bytes.readUInt8(0) ^ 0xff, 0)
    headers[name] = bytes.toString('base64')
  }
}
