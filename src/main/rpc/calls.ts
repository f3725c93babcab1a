import { z } from 'zod'

/** What oRPC sends over a socket or a port: a call (`u` its address), an item of a stream, or the end of a call. */
const Message = z.union([
  z.object({
    i: z.string(),
    t: z.literal(1).optional(),
    p: z.object({
      u: z.string().refine((address) => address.startsWith('/') || URL.canParse(address)),
      h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
    }),
  }),
  z.object({ i: z.string(), t: z.literal(3), p: z.object({}) }),
  z.object({ i: z.string(), t: z.literal(4) }),
])

/** Ends the JSON of a message that carries bytes. */
const delimiter = 0xff

/** The number that a page gave a call, by which its answer finds back; null for a message that is no call. */
export function callIn(data: unknown): string | null {
  try {
    return Message.parse(JSON.parse(headOf(data))).i
  } catch {
    return null
  }
}

function headOf(data: unknown): string {
  if (typeof data === 'string') return data
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data
  if (!(bytes instanceof Uint8Array)) return ''
  const end = bytes.indexOf(delimiter)
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end))
}
