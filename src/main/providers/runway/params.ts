import { z } from 'zod'

/**
 * The values of `ratio` that Runway's models take, in pixels, and the shapes that they stand for
 * (github.com/runwayml/openapi, `/v1/image_to_video` and `/v1/text_to_video`).
 */
const shapes: Record<string, string> = {
  '1280:720': '16:9',
  '720:1280': '9:16',
  '1104:832': '4:3',
  '832:1104': '3:4',
  '960:960': '1:1',
  '1584:672': '21:9',
  '1920:1080': '16:9 · 1080p',
  '1080:1920': '9:16 · 1080p',
  '1280:768': '5:3',
  '768:1280': '3:5',
  '1024:1024': '1:1 · 1024p',
}

/** Of gen4_turbo and gen4.5 with an image. */
export const genRatios = ['1280:720', '720:1280', '1104:832', '832:1104', '960:960', '1584:672'] as const
/** Of gen4.5 without one. */
export const textRatios: readonly string[] = ['1280:720', '720:1280']
/** Of Veo, with an image and without. */
export const veoRatios = ['1280:720', '720:1280', '1920:1080', '1080:1920'] as const
/** Of a relay: Runway's own, and those of the relay's examples, which Runway's list for gen4_turbo does not have. */
export const relayRatios = [...genRatios, '1280:768', '768:1280', '1920:1080', '1024:1024'] as const

/** Every request needs one: it is always sent. */
export function ratio<const T extends readonly [string, ...string[]]>(values: T) {
  const as = Object.fromEntries(values.flatMap((value) => (shapes[value] ? [[value, shapes[value]]] : [])))
  return z
    .enum(values)
    .default('1280:720' as T[number])
    .meta({ title: 'ratio', 'x-ui': { place: 'chip', control: 'choice', as } })
}

/** The price hangs on it, and where Runway does not require it no default of its own is documented: always sent. */
export function duration<const T extends readonly [number, ...number[]]>(values: T, usual: T[number]) {
  return z
    .literal(values)
    .default(usual)
    .meta({ title: 'duration', 'x-ui': { place: 'chip', control: 'choice', unit: 's' } })
}

export const seed = z
  .int()
  .min(0)
  .max(4_294_967_295)
  .optional()
  .meta({ title: 'seed', 'x-ui': { place: 'chip', control: 'seed' } })

/** `contentModeration.publicFigureThreshold`: `low` is less strict about people of public life. */
export const publicFigureThreshold = z
  .enum(['auto', 'low'])
  .optional()
  .meta({ title: 'publicFigures', default: 'auto', 'x-ui': { place: 'more', control: 'choice' } })

/** Whether Veo makes sound; it does unless told otherwise, and the price hangs on it. */
export const audio = z
  .boolean()
  .optional()
  .meta({ title: 'audio', default: true, 'x-ui': { place: 'more', control: 'switch' } })

/** What Veo is to keep out. */
export const negativePrompt = z
  .string()
  .min(1)
  .optional()
  .meta({ title: 'negativePrompt', 'x-ui': { place: 'more', control: 'text' } })

/** Whether the relay lays Runway's mark over the video. */
export const watermark = z
  .boolean()
  .optional()
  .meta({ title: 'watermark', default: false, 'x-ui': { place: 'more', control: 'switch' } })

/** Width over height of a `ratio` in pixels. */
export function shapeOf(ratio: unknown): number | null {
  const [, across, down] = /^(\d+):(\d+)$/.exec(typeof ratio === 'string' ? ratio : '') ?? []
  return across === undefined ? null : Number(across) / Number(down)
}
