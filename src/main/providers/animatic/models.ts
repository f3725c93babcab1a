import { z } from 'zod'
import type { InputRule, Money } from '@shared/contract'
import { cameraMoves, easings } from '@shared/words'
import type { Model } from '../types'

const ratios = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'] as const
const resolutions = ['540p', '720p', '1080p'] as const

/** What can be chosen of an animatic; form, validation and local API are made of it. */
export const AnimaticParams = z.strictObject({
  ratio: z
    .enum(ratios)
    .default('16:9')
    .meta({ title: 'ratio', 'x-ui': { place: 'chip', control: 'choice' } }),
  duration: z
    .number()
    .min(2)
    .max(10)
    .multipleOf(0.5)
    .default(5)
    .meta({ title: 'duration', 'x-ui': { place: 'chip', control: 'slider', unit: 's' } }),
  resolution: z
    .enum(resolutions)
    .default('720p')
    .meta({ title: 'resolution', 'x-ui': { place: 'chip', control: 'choice' } }),
  camera: z
    .enum(cameraMoves)
    .default('push_in')
    .meta({ title: 'camera', 'x-ui': { place: 'chip', control: 'choice' } }),
  easing: z
    .enum(easings)
    .default('ease_in_out')
    .meta({ title: 'easing', 'x-ui': { place: 'more', control: 'choice' } }),
  title: z
    .boolean()
    .default(true)
    .meta({ title: 'title', 'x-ui': { place: 'more', control: 'switch' } }),
  fps: z
    .literal([24, 30])
    .default(24)
    .meta({ title: 'fps', 'x-ui': { place: 'more', control: 'choice', unit: 'fps' } }),
  seed: z
    .int()
    .min(0)
    .max(4_294_967_295)
    .optional()
    .meta({ title: 'seed', 'x-ui': { place: 'chip', control: 'seed' } }),
})
export type AnimaticParams = z.output<typeof AnimaticParams>

const sides: Record<AnimaticParams['resolution'], number> = { '540p': 540, '720p': 720, '1080p': 1080 }

/** Width and height in pixels; the shorter side is the resolution, both are even as H.264 wants them. */
export function sizeOf({ ratio, resolution }: Pick<AnimaticParams, 'ratio' | 'resolution'>): {
  width: number
  height: number
} {
  const [across = 16, down = 9] = ratio.split(':').map(Number)
  const short = sides[resolution]
  const long = Math.round((short * Math.max(across, down)) / Math.min(across, down) / 2) * 2
  return across >= down ? { width: long, height: short } : { width: short, height: long }
}

const image = (role: 'first' | 'last'): InputRule => ({
  role,
  required: false,
  max: 1,
  mimes: ['image/jpeg', 'image/png', 'image/webp'],
  maxBytes: 64 * 1024 * 1024,
  minSide: 16,
  maxSide: 16_384,
  minRatio: 0.1,
  maxRatio: 10,
  sent: 'bytes',
})
const inputs = [image('first'), image('last')]

/** What people can change is what decides the time: pixels times frames. */
function seconds(params: Record<string, unknown>): number {
  const { duration, fps, ...shape } = AnimaticParams.parse(params)
  const { width, height } = sizeOf(shape)
  return Math.max(2, Math.round((duration * fps * width * height) / 24 / 921_600))
}

export const animatic: Model = {
  info: {
    id: 'animatic',
    provider: 'animatic',
    label: 'Animatic',
    summary: 'A moving storyboard of your prompt or image, made on this computer',
    prompt: { required: 'without_image', max: 20_000 },
    inputs,
    price: { unit: 'free', micros: 0, currency: 'USD', date: '2026-11-21', source: 'Dailies' },
    typicalSeconds: 5,
    concurrency: 1,
    cancel: 'stops',
    docs: null,
    servedBy: null,
  },
  params: AnimaticParams,
  inputs,
  shared: { ratio: 'ratio', duration: 'duration', resolution: 'resolution', seed: 'seed' },
  estimate: (): Money => ({ micros: 0, currency: 'USD' }),
  seconds,
  ratio(params) {
    const { width, height } = sizeOf(AnimaticParams.parse(params))
    return width / height
  },
}
