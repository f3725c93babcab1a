import { z } from 'zod'
import type { InputRule, Money, Price } from '@shared/contract'
import type { Model } from '../types'

/** The model's name at Bedrock (Amazon Bedrock User Guide, "Luma AI Ray2"). */
export const wireModel = 'luma.ray-v2:0'

const ratios = ['1:1', '16:9', '9:16', '4:3', '3:4', '21:9', '9:21'] as const
const durations = ['5s', '9s'] as const
const resolutions = ['540p', '720p'] as const

/**
 * What can be chosen of a Ray2 video (Amazon Bedrock User Guide, "Luma AI models"). The price hangs on duration and
 * resolution and the service's own defaults are not documented, so these two are always sent; ratio and loop are not,
 * unless the person chose.
 */
export const LumaParams = z.strictObject({
  ratio: z
    .enum(ratios)
    .optional()
    .meta({ title: 'ratio', default: '16:9', 'x-ui': { place: 'chip', control: 'choice' } }),
  duration: z
    .enum(durations)
    .default('5s')
    .meta({ title: 'duration', 'x-ui': { place: 'chip', control: 'choice' } }),
  // 540p, since 720p costs twice as much: nobody pays double for a choice they did not make.
  resolution: z
    .enum(resolutions)
    .default('540p')
    .meta({ title: 'resolution', 'x-ui': { place: 'chip', control: 'choice' } }),
  loop: z
    .boolean()
    .optional()
    .meta({ title: 'loop', default: false, 'x-ui': { place: 'more', control: 'switch' } }),
})
export type LumaParams = z.output<typeof LumaParams>

/** Seconds of video that a duration stands for. */
const lengths: Record<LumaParams['duration'], number> = { '5s': 5, '9s': 9 }

/** Per second of video. Two accounts of it agree; the page of AWS Marketplace itself could not be read. */
const price: Price = {
  unit: 'second',
  micros: 750_000,
  currency: 'USD',
  date: '2026-09-23',
  source: 'AWS Marketplace price, as two independent users of it report',
  tiers: [
    { when: { resolution: '540p' }, micros: 750_000 },
    { when: { resolution: '720p' }, micros: 1_500_000 },
  ],
}

/**
 * What a video with these parameters comes to at this price; null where they do not say which tier or how long, as
 * with a job that was not made here.
 */
export function costOf(
  { micros, currency, tiers = [] }: Price,
  params: Record<string, unknown>,
): Money | null {
  const duration = z.enum(durations).safeParse(params['duration'])
  if (!duration.success) return null
  const fits = ({ when }: { when: Record<string, unknown> }) =>
    Object.entries(when).every(([name, value]) => params[name] === value)
  const tier = tiers.find(fits)
  if (tiers.length > 0 && !tier) return null
  return { micros: (tier?.micros ?? micros) * lengths[duration.data], currency }
}

/** A frame may be missing or added at the end. */
const lengthSlackMs = 500

/**
 * The parameters of a finished video that price it; null where it is not certain. Only at 16:9 is the size of a
 * resolution known: what AWS names 540p of a square is not documented.
 */
function paramsOf(video: {
  width: number
  height: number
  durationMs: number
}): Record<string, unknown> | null {
  const [short, long] = [Math.min(video.width, video.height), Math.max(video.width, video.height)]
  const resolution = resolutions.find((name) => Number.parseInt(name, 10) === short)
  const duration = durations.find(
    (name) => Math.abs(video.durationMs - lengths[name] * 1000) <= lengthSlackMs,
  )
  const wide = Math.abs(long / short - 16 / 9) < 0.01
  return resolution && duration && wide ? { resolution, duration } : null
}

/**
 * Seconds until such a video is there: 72 were measured for 5 s at 540p, guides say 2 to 5 minutes for 5 s and 4 to 8
 * for 9 s. A start only; what jobs of the connection really took replaces it.
 */
const usual: Record<LumaParams['duration'], Record<LumaParams['resolution'], number>> = {
  '5s': { '540p': 75, '720p': 150 },
  '9s': { '540p': 180, '720p': 300 },
}

const image = (role: 'first' | 'last'): InputRule => ({
  role,
  required: false,
  max: 1,
  mimes: ['image/jpeg', 'image/png'],
  maxBytes: 25 * 1024 * 1024,
  minSide: 512,
  maxSide: 4096,
  // No limit of ratios is documented: these are what the sides allow.
  minRatio: 512 / 4096,
  maxRatio: 4096 / 512,
  sent: 'bytes',
})
const inputs = [image('first'), image('last')]

/** Luma Ray2 on Amazon Bedrock. */
export const lumaRay2: Model = {
  info: {
    id: 'luma-ray2',
    provider: 'luma-ray2',
    label: 'Luma Ray2',
    summary: 'Video from text, a first frame, a last frame or both, on Amazon Bedrock',
    // An empty prompt is accepted, becomes a job and fails, with images too.
    prompt: { required: 'always', max: 5000 },
    inputs,
    price,
    typicalSeconds: usual['5s']['540p'],
    // The account's quota of concurrent requests, as new accounts have it.
    concurrency: 1,
    cancel: 'stops_watching',
    docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-luma.html',
    servedBy: null,
  },
  params: LumaParams,
  inputs,
  shared: { ratio: 'ratio', duration: 'duration', resolution: 'resolution' },
  estimate: (params) => costOf(price, LumaParams.parse(params)),
  costOf(at, video) {
    const params = paramsOf(video)
    return params && costOf(at, params)
  },
  seconds(params) {
    const { duration, resolution } = LumaParams.parse(params)
    return usual[duration][resolution]
  },
  ratio(params, first) {
    const { ratio } = LumaParams.parse(params)
    if (ratio === undefined) return first ? first.width / first.height : 16 / 9
    const [across = 16, down = 9] = ratio.split(':').map(Number)
    return across / down
  },
}
