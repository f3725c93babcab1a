import type { HeldValue } from '../../state/composer'
import { isObject } from '../../state/schema'

/** One shot of a video: what is seen in it, and its whole seconds. */
export interface Shot {
  prompt: string
  duration: number
}

/** How a video is cut: by the model, or shot by shot. */
export type Cut = { by: 'model' } | { by: 'hand'; shots: Shot[] }

/** Reads the value of a field; null where it says nothing of shots. */
export function readCut(value: HeldValue | undefined): Cut | null {
  if (!isObject(value)) return null
  if (value['shot_type'] === 'intelligence') return { by: 'model' }
  const list: unknown = value['multi_prompt']
  if (value['shot_type'] !== 'customize' || !Array.isArray(list)) return null
  const shots = list.flatMap((one: unknown) =>
    isObject(one) && typeof one['prompt'] === 'string' && typeof one['duration'] === 'number'
      ? [{ prompt: one['prompt'], duration: one['duration'] }]
      : [],
  )
  return { by: 'hand', shots }
}

/** The value that says so. */
export function writeCut(cut: Cut): HeldValue {
  if (cut.by === 'model') return { shot_type: 'intelligence' }
  return { shot_type: 'customize', multi_prompt: cut.shots }
}

/** Shots that divide a video of so many whole seconds as evenly as they can, each with a text if it has one. */
export function evenShots(texts: readonly string[], seconds: number): Shot[] {
  const least = Math.floor(seconds / texts.length)
  const longer = seconds - least * texts.length
  return texts.map((prompt, place) => ({ prompt, duration: Math.max(1, least + (place < longer ? 1 : 0)) }))
}

/** Seconds of all shots together. */
export const lengthOf = (shots: readonly Shot[]) => shots.reduce((sum, { duration }) => sum + duration, 0)
