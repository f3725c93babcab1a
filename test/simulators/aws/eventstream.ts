import { crc32 } from 'node:zlib'

// Written from the AWS documentation "Event stream encoding" (Amazon Transcribe Developer Guide): prelude, its CRC,
// headers of type 7 (string), payload, CRC of all that is before it. Shares no code with the reader under test.

/** One frame of `application/vnd.amazon.eventstream`. */
export function frame(headers: Record<string, string>, payload: unknown): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const key = Buffer.from(name)
      const text = Buffer.from(value)
      const sizes = Buffer.alloc(3)
      sizes.writeUInt8(7, 0)
      sizes.writeUInt16BE(text.byteLength, 1)
      return Buffer.concat([Buffer.from([key.byteLength]), key, sizes, text])
    }),
  )
  const body = Buffer.from(JSON.stringify(payload))
  const prelude = Buffer.alloc(8)
  prelude.writeUInt32BE(12 + head.byteLength + body.byteLength + 4, 0)
  prelude.writeUInt32BE(head.byteLength, 4)
  const before = Buffer.concat([prelude, sum(prelude), head, body])
  return Buffer.concat([before, sum(before)])
}

/** An event by its name. */
export const eventFrame = (type: string, payload: unknown): Buffer =>
  frame({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, payload)

/** A failure in the middle of a stream. */
export const exceptionFrame = (type: string, message: string): Buffer =>
  frame(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    { message },
  )

function sum(bytes: Buffer): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(crc32(bytes), 0)
  return out
}
