import { z } from 'zod'
import { issue } from '@shared/problems'
import type { InputRule, Price } from '@shared/contract'
import type { Model } from '../types'

/** What the deployed function takes where a parameter is left out (its signature, `predict` of the app's main.py). */
const usual = { width: 1280, height: 704, frames: 121, steps: 50, guidance: 5, fps: 24 } as const

/** Latents are made of 4 x 16 x 16 pixels in patches of 2 x 2: sides go by 32, frames are one more than a multiple of 4. */
const side = (title: string, fallback: number, more: object = {}) =>
  z
    .int()
    .min(32)
    .max(2048)
    .multipleOf(32)
    .optional()
    .meta({ title, default: fallback, 'x-ui': { place: 'more', control: 'number', unit: 'px', ...more } })

/** The model's own two sizes (Wan2.2 repository, `SUPPORTED_SIZES['ti2v-5B']`), and the ratios that they stand for. */
const ownSizes = { '1280×704': '16:9', '704×1280': '9:16' }

/**
 * The keyword arguments of the deployed function, under their own names. It has a default for each, so that none is
 * sent unless the person chose; what it takes and what the model can do are two things, and the narrower counts.
 */
export const WanParams = z.strictObject({
  width: side('width', usual.width, { pair: { with: 'height', title: 'ratio', as: ownSizes } }),
  height: side('height', usual.height),
  num_frames: z
    .int()
    .min(25)
    .max(121)
    .check(({ value, issues }) => {
      if (value % 4 !== 1) issues.push({ code: 'custom', input: value, params: { key: 'wan22.frames' } })
    })
    .optional()
    .meta({
      title: 'duration',
      default: usual.frames,
      'x-ui': {
        place: 'chip',
        control: 'slider',
        step: 4,
        // At the usual 24 frames a second; the form shows the exact length.
        as: { 25: 1, 49: 2, 73: 3, 97: 4, 121: 5 },
        frames: { rate: 'fps', usual: usual.fps },
      },
    }),
  num_inference_steps: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({ title: 'steps', default: usual.steps, 'x-ui': { place: 'chip', control: 'slider', step: 1 } }),
  guidance_scale: z
    .number()
    .min(1)
    .max(20)
    .optional()
    .meta({ title: 'guidance', default: usual.guidance, 'x-ui': { place: 'more', control: 'slider' } }),
  fps: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .meta({ title: 'fps', default: usual.fps, 'x-ui': { place: 'more', control: 'slider', unit: 'fps' } }),
  negative_prompt: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .meta({ title: 'negativePrompt', 'x-ui': { place: 'more', control: 'text' } }),
  seed: z
    .int()
    .min(0)
    .max(4_294_967_295)
    .optional()
    .meta({ title: 'seed', 'x-ui': { place: 'chip', control: 'seed' } }),
  image_url: z
    .string()
    .max(2048)
    .check(({ value, issues }) => {
      const url = URL.canParse(value) ? new URL(value) : null
      if (url && ['https:', 'http:'].includes(url.protocol) && url.password === '') return
      issues.push({ code: 'custom', input: value, params: { key: 'wan22.imageUrl' } })
    })
    .optional()
    .meta({ title: 'imageUrl', 'x-ui': { place: 'more', control: 'text' } }),
})
export type WanParams = z.output<typeof WanParams>

/**
 * Nothing is charged per video: Cerebrium bills the seconds its GPU runs, at a rate of the account that no call tells
 * (docs.cerebrium.ai, pricing by compute).
 */
const price: Price = {
  unit: 'unknown',
  micros: 0,
  currency: 'USD',
  date: '2026-11-21',
  source: 'docs.cerebrium.ai: compute time is billed',
}

/** Seconds by steps, the middle of what the app's author tells of an L40 at the full size and length. */
const bySteps = [
  [0, 0],
  [20, 150],
  [30, 210],
  [50, 360],
  [100, 750],
] as const

/**
 * Seconds of one job: by steps, and in proportion to the pixels of all frames, since that is what the model works on.
 * A start only; what jobs of the connection really took replaces it.
 */
function secondsOf(params: Record<string, unknown>): number {
  const { width, height, num_frames, num_inference_steps } = WanParams.parse(params)
  const steps = num_inference_steps ?? usual.steps
  const above = bySteps.findIndex(([at]) => at >= steps)
  const [to, most] = bySteps[above] ?? [100, 750]
  const [from, least] = bySteps[above - 1] ?? [0, 0]
  const whole = least + ((steps - from) / (to - from)) * (most - least)
  const pixels = (width ?? usual.width) * (height ?? usual.height) * (num_frames ?? usual.frames)
  const share = pixels / (usual.width * usual.height * usual.frames)
  return Math.max(fewestSeconds, Math.round(whole * share))
}

/** Loading the model takes its time however little is asked of it. */
const fewestSeconds = 30

const inputs: InputRule[] = [
  {
    role: 'first',
    required: false,
    max: 1,
    mimes: ['image/jpeg', 'image/png', 'image/webp'],
    // The app takes what Pillow reads and sets no limit: these keep a request within what gateways let through.
    maxBytes: 10 * 1024 * 1024,
    minSide: 32,
    maxSide: 4096,
    minRatio: 1 / 4,
    maxRatio: 4,
    sent: 'bytes',
  },
]

/** Wan2.2 TI2V 5B, as a function deployed at Cerebrium. */
export const wan22: Model = {
  info: {
    id: 'wan22-ti2v-5b',
    provider: 'wan22',
    label: 'Wan2.2 TI2V 5B',
    summary: 'Video from text or a first frame, on your own GPU deployment at Cerebrium',
    // The model reads 512 tokens; a longer prompt is cut there by the model itself.
    prompt: { required: 'always', max: 2000 },
    inputs,
    price,
    typicalSeconds: 360,
    // A deployment runs one call a container, and how many containers it may have is the account's secret.
    concurrency: 1,
    cancel: 'stops_watching',
    docs: 'https://github.com/Wan-Video/Wan2.2',
    servedBy: null,
  },
  params: WanParams,
  inputs,
  shared: { duration: 'num_frames', seed: 'seed' },
  estimate: () => null,
  seconds: secondsOf,
  ratio(params) {
    const { width, height } = WanParams.parse(params)
    return (width ?? usual.width) / (height ?? usual.height)
  },
  // The function would quietly take the address and drop the picture.
  check: ({ params, inputs }) =>
    params['image_url'] !== undefined && inputs.length > 0
      ? [issue(['params', 'image_url'], 'wan22.twoImages')]
      : [],
}
