import { z } from 'zod'

/** Shots of one video, at most, and characters of the text of one. */
export const mostShots = 6
export const mostShotText = 512
/** Elements of one video, at most. */
export const mostElements = 3

const ShotText = z
  .string()
  .max(mostShotText)
  .check(({ value, issues }) => {
    if (value.trim() === '') issues.push({ code: 'custom', input: value, params: { key: 'kling.shotText' } })
  })

/**
 * Several shots in one video, as kling-v3 takes them (KlingAI API documentation, "Text to Video": `multi_shot`,
 * `shot_type`, `multi_prompt`): `intelligence` leaves the cut to the model, `customize` has a text and whole seconds for
 * each, in order, which together are the length of the video.
 */
export const MultiShot = z.discriminatedUnion('shot_type', [
  z.strictObject({ shot_type: z.literal('intelligence') }),
  z.strictObject({
    shot_type: z.literal('customize'),
    multi_prompt: z
      .array(z.strictObject({ prompt: ShotText, duration: z.int().min(1) }))
      .min(1)
      .max(mostShots),
  }),
])
export type MultiShot = z.output<typeof MultiShot>

/** The fields of a request for shots: numbered from 1, lengths as texts like everywhere in that API. */
export function shotFields(shots: MultiShot | undefined): Record<string, unknown> {
  if (shots === undefined) return {}
  if (shots.shot_type === 'intelligence') return { multi_shot: true, shot_type: shots.shot_type }
  const multi_prompt = shots.multi_prompt.map(({ prompt, duration }, place) => ({
    index: place + 1,
    prompt,
    duration: String(duration),
  }))
  return { multi_shot: true, shot_type: shots.shot_type, multi_prompt }
}

/** Seconds of all shots together; null where the model cuts by itself. */
export function secondsOfShots(shots: MultiShot): number | null {
  if (shots.shot_type === 'intelligence') return null
  return shots.multi_prompt.reduce((sum, { duration }) => sum + duration, 0)
}

/** Ids of up to three elements of the account, as a person types them: they are whole numbers (`element_list`). */
export const Elements = z
  .string()
  .max(200)
  .check(({ value, issues }) => {
    const ids = elementIds(value)
    if (ids.length >= 1 && ids.length <= mostElements && ids.every((id) => /^[1-9]\d{0,18}$/.test(id))) return
    issues.push({ code: 'custom', input: value, params: { key: 'kling.elements' } })
  })

/** The ids in such a text. */
export function elementIds(text: string): string[] {
  return text.split(/[\s,]+/).filter((id) => id !== '')
}
