import type { Shot } from '@shared/contract'
import { z } from 'zod'

const mostShots = 100

/** A list of shots as the model has to give it. `limit`: characters a prompt may have. */
export const shotList = (limit: number) =>
  z.object({
    shots: z
      .array(
        z.object({
          number: z.int(),
          prompt: z.string().trim().min(1).max(limit),
          seconds: z.number().positive().max(600).nullable(),
          ratio: z
            .string()
            .regex(/^\d{1,4}:\d{1,4}$/)
            .nullable(),
          notes: z.string(),
        }),
      )
      .min(1)
      .max(mostShots)
      .superRefine((shots, context) => {
        for (const [at, { number }] of shots.entries()) {
          if (number === at + 1) continue
          context.addIssue({ code: 'custom', path: [at, 'number'], message: `must be ${at + 1}` })
        }
      }),
  })

/** What is asked for, in words that any model follows. */
export const shotFormat = `Answer with one JSON object and nothing else, no Markdown fence, in exactly this form:
{"shots":[{"number":1,"prompt":"…","seconds":5,"ratio":"16:9","notes":"…"}]}
- number counts from 1 without gaps.
- prompt is complete in itself: a model that makes one shot does not know the others. Repeat looks of people, places and products word for word wherever they appear again.
- seconds is a number, or null where it does not matter. ratio is like "16:9", or null.
- notes are for the person (purpose of the shot, sound, text to add later), in the language of the brief; "" where there are none.`

/** The list in an answer, or what is wrong with it. */
export function readShots(
  answer: string,
  limit: number,
): { shots: Shot[]; faults: [] } | { shots: null; faults: string[] } {
  const text = jsonIn(answer)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { shots: null, faults: [error instanceof Error ? error.message : 'no JSON'] }
  }
  const parsed = shotList(limit).safeParse(value)
  if (parsed.success) return { shots: parsed.data.shots, faults: [] }
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  return { shots: null, faults }
}

/** Shots that stand whole in an answer that is still coming, in order. */
export function shotsSoFar(answer: string, limit: number): Shot[] {
  const start = answer.indexOf('[', answer.indexOf('"shots"'))
  if (start < 0) return []
  const { element } = shotList(limit).shape.shots
  const shots: Shot[] = []
  for (const text of objectsIn(answer.slice(start + 1))) {
    const parsed = element.safeParse(parse(text))
    if (!parsed.success) break
    shots.push(parsed.data)
  }
  return shots
}

/** The outermost object of a text that may have words or a fence around it. */
function jsonIn(text: string): string {
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  return from < 0 || to < from ? text : text.slice(from, to + 1)
}

function* objectsIn(text: string): Generator<string> {
  let depth = 0
  let from = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (quoted) {
      if (sign === '\\') at += 1
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '{') {
      if (depth === 0) from = at
      depth += 1
    } else if (sign === '}') {
      depth -= 1
      if (depth === 0) yield text.slice(from, at + 1)
    } else if (sign === ']' && depth === 0) return
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
