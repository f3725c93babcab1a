import { z } from 'zod'
import type { InputRule, JobInput } from '@shared/contract'
import { issue, type Issue } from '@shared/problems'

/** What Jimeng takes of an image (Volcengine docs 85621: JPEG or PNG, sides, ratio and size). */
export const image = (
  role: InputRule['role'],
  max: number,
  sent: InputRule['sent'] = 'bytes',
): InputRule => ({
  role,
  required: false,
  max,
  mimes: ['image/jpeg', 'image/png'],
  // 4.7 MB, taken as the smaller of the two megabytes there are.
  maxBytes: 4_700_000,
  minSide: 320,
  maxSide: 4096,
  minRatio: 1 / 3,
  maxRatio: 3,
  sent,
})

const ratios = ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9'] as const

/** Only for text: with an image the video follows the image. */
export const aspectRatio = z
  .enum(ratios)
  .optional()
  .meta({ title: 'ratio', default: '16:9', 'x-ui': { place: 'chip', control: 'choice' } })

/** 24 n + 1 frames at 24 a second. */
export const frames = z
  .literal([121, 241])
  .optional()
  .meta({
    title: 'duration',
    default: 121,
    'x-ui': { place: 'chip', control: 'choice', unit: 's', as: { 121: 5, 241: 10 } },
  })

/** Left alone, the service draws one: its own default is -1. */
export const seed = z
  .int()
  .min(0)
  .max(2_147_483_647)
  .optional()
  .meta({ title: 'seed', 'x-ui': { place: 'chip', control: 'seed' } })

/** Seconds of video. */
export const secondsOf = (count: number | undefined) => (count === 241 ? 10 : 5)

/** Width over height: as asked for, or with an image the nearest of those that Jimeng makes. */
export function shapeOf(asked: string | undefined, first: { width: number; height: number } | null): number {
  if (first === null) return valueOf(asked ?? '16:9')
  const own = first.width / first.height
  const distance = (ratio: string) => Math.abs(Math.log(valueOf(ratio) / own))
  return valueOf(ratios.reduce((best, one) => (distance(one) < distance(best) ? one : best)))
}

function valueOf(ratio: string): number {
  const [across = 16, down = 9] = ratio.split(':').map(Number)
  return across / down
}

/** A ratio beside an image, which the service would not keep to. */
export function checkRatio(asked: unknown, inputs: readonly JobInput[]): Issue[] {
  return asked !== undefined && inputs.length > 0
    ? [issue(['params', 'aspect_ratio'], 'jimeng.ratioFollows')]
    : []
}
