import { z } from 'zod'

/** What oRPC sends over a socket: a call (`u` its address), an item of a stream, or the end of a call. */
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

/** Whether a message can be read as a call; the library would write a stack to standard error for one that cannot. */
export function isCall(data: unknown): boolean {
  try {
    return Message.safeParse(JSON.parse(headOf(data))).success
  } catch {
    return false
  }
}

function headOf(data: unknown): string {
  if (typeof data === 'string') return data
  if (!(data instanceof Uint8Array)) return ''
  const end = data.indexOf(delimiter)
  return new TextDecoder().decode(end === -1 ? data : data.subarray(0, end))
}
