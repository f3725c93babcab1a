import { z } from 'zod'

/** The one model that only the API of 2026 has: our id, and its name in the path there. */
export const turbo = { id: 'kling-v3-turbo', wire: 'kling-3.0-turbo' } as const

const resolutions = ['720p', '1080p'] as const
const ratios = ['16:9', '9:16', '1:1'] as const

/**
 * What can be chosen of Kling 3.0 Turbo (KlingAI API documentation, "Kling 3.0 Turbo"): sound is always on, and there is no
 * last frame. What the price hangs on is always sent.
 */
export const TurboParams = z.strictObject({
  resolution: z
    .enum(resolutions)
    .default('720p')
    .meta({ title: 'resolution', 'x-ui': { place: 'chip', control: 'choice' } }),
  duration: z
    .literal([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
    .default(5)
    .meta({ title: 'duration', 'x-ui': { place: 'chip', control: 'choice', unit: 's' } }),
  aspect_ratio: z
    .enum(ratios)
    .optional()
    .meta({ title: 'ratio', default: '16:9', 'x-ui': { place: 'chip', control: 'choice' } }),
  watermark: z
    .boolean()
    .optional()
    .meta({ title: 'watermark', default: false, 'x-ui': { place: 'more', control: 'switch' } }),
})

/** Millionths of a US dollar for a second. */
export const turboPrice: Record<(typeof resolutions)[number], number> = { '720p': 112_000, '1080p': 140_000 }
