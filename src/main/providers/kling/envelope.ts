import { z } from 'zod'
import type { WireAnswer } from '../../wire'

/** What every answer of Kling's is wrapped in; gateways send the code as a text, or another shape altogether. */
export interface Envelope {
  /** Kling's own code, 0 for a success; null where there is none that is a number. */
  code: number | null
  /** A gateway's name for what went wrong. */
  word: string | null
  message: string
  requestId: string | null
  data: unknown
}

const Shape = z.object({
  code: z.union([z.number(), z.string()]).nullish().catch(null),
  message: z.string().nullish().catch(null),
  request_id: z.string().nullish().catch(null),
  data: z.unknown().optional(),
  error: z
    .object({
      message: z.string().nullish().catch(null),
      type: z.string().nullish().catch(null),
      code: z.union([z.number(), z.string()]).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})

/** Reads an answer; null where it is not of JSON with an object in it. */
export function envelopeOf({ json }: Pick<WireAnswer, 'json'>): Envelope | null {
  const read = Shape.safeParse(json)
  if (!read.success) return null
  const { code, message, request_id, data, error } = read.data
  const number = code === null || code === undefined || code === '' ? Number.NaN : Number(code)
  return {
    code: Number.isInteger(number) ? number : null,
    word: typeof code === 'string' ? code : error?.code == null ? (error?.type ?? null) : String(error.code),
    message: message ?? error?.message ?? '',
    requestId: request_id ?? null,
    data,
  }
}

/** Whether an answer is a success: by Kling's code, whatever the HTTP status. */
export function isGood(answer: WireAnswer): boolean {
  return answer.status < 300 && envelopeOf(answer)?.code === 0
}
