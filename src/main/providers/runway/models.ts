import { z } from 'zod'
import type { InputRule, ModelInfo, Price } from '@shared/contract'
import type { Model } from '../types'
import {
  audio,
  duration,
  genRatios,
  negativePrompt,
  publicFigureThreshold,
  ratio,
  relayRatios,
  seed,
  shapeOf,
  veoRatios,
  watermark,
} from './params'
import { fileOf, outputFormat, pricedByFormat, profileFault, proresProfile } from './formats'
import { estimateOf, notPublished, perSecond, perSecondOf } from './prices'
import {
  checkLastFrame,
  checkPrompt,
  checkTextRatio,
  imageRule,
  mostAtAddress,
  mostPrompt,
  mostUpload,
  type Wish,
} from './rules'
import type { Kind } from './settings'

/** What one of the models differs in from the others. */
interface Traits {
  id: string
  kind: Kind
  label: string
  summary: string
  prompt: ModelInfo['prompt']['required']
  inputs: InputRule[]
  params: Model['params']
  price: Price
  /**
   * Seconds until such a video is there, from what people report of short ones. A start only: what jobs of the
   * connection really took replaces it.
   */
  seconds: number
  /** Of the video, that these seconds are for. */
  forSeconds: number
  rules: ((wish: Wish) => ReturnType<typeof checkPrompt>)[]
}

const tens = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const
const bytes = { sent: 'bytes', maxBytes: mostUpload } as const

function model(traits: Traits): Model {
  const { id, kind, label, summary, prompt, inputs, params, price, rules } = traits
  const seconds = (own: Record<string, unknown>) => {
    const length = typeof own['duration'] === 'number' ? own['duration'] : traits.forSeconds
    return Math.round((traits.seconds * length) / traits.forSeconds)
  }
  return {
    info: {
      id,
      provider: 'runway',
      label,
      summary,
      prompt: { required: prompt, max: mostPrompt },
      inputs,
      price,
      typicalSeconds: traits.seconds,
      // What the lowest tier runs of most models; Runway itself queues what is beyond an account's own number.
      concurrency: 2,
      cancel: kind === 'official' ? 'stops' : 'stops_watching',
      docs: kind === 'official' ? 'https://docs.dev.runwayml.com/guides/models/' : null,
      servedBy: { field: 'kind', in: [kind] },
    },
    params,
    inputs,
    shared: { ratio: 'ratio', duration: 'duration', seed: 'seed' },
    estimate: (own) => estimateOf(price, own),
    seconds,
    ratio: (own) => shapeOf(own['ratio']),
    file: (own) => fileOf(own['outputFormat']),
    check: (wish) => rules.flatMap((rule) => rule(wish)),
  }
}

/** Gen-4 Turbo, which animates an image and nothing else. */
export const gen4Turbo = model({
  id: 'runway-gen4-turbo',
  kind: 'official',
  label: 'Gen-4 Turbo',
  summary: 'Fast and cheap: video from a first frame, 2 to 10 seconds',
  prompt: 'never',
  inputs: [imageRule('first', { required: true, ...bytes })],
  params: z.strictObject({
    ratio: ratio(genRatios),
    duration: duration(tens, 5),
    seed,
    publicFigureThreshold,
  }),
  price: perSecond(5),
  seconds: 45,
  forSeconds: 5,
  rules: [checkPrompt],
})

/** Gen-4.5, from text or from an image. */
export const gen45 = model({
  id: 'runway-gen4-5',
  kind: 'official',
  label: 'Gen-4.5',
  summary: 'Video from text or a first frame, 2 to 10 seconds',
  prompt: 'always',
  inputs: [imageRule('first', { required: false, ...bytes })],
  params: z
    .strictObject({
      ratio: ratio(genRatios),
      duration: duration(tens, 5),
      seed,
      publicFigureThreshold,
      outputFormat,
      proresProfile,
    })
    .check(({ value, issues }) => {
      const key = profileFault(value)
      if (key) issues.push({ code: 'custom', path: ['proresProfile'], input: value, params: { key } })
    }),
  price: pricedByFormat(12),
  seconds: 120,
  forSeconds: 5,
  rules: [checkPrompt, checkTextRatio],
})

const veo = {
  kind: 'official',
  prompt: 'without_image',
  inputs: [
    imageRule('first', { required: false, ...bytes }),
    imageRule('last', { required: false, ...bytes }),
  ],
  params: z.strictObject({
    ratio: ratio(veoRatios),
    duration: duration([4, 6, 8], 4),
    seed,
    audio,
    negativePrompt,
  }),
  forSeconds: 4,
  rules: [checkPrompt, checkLastFrame],
} as const

/** Google's Veo 3.1, made by Runway. */
export const veo31 = model({
  ...veo,
  inputs: [...veo.inputs],
  rules: [...veo.rules],
  id: 'runway-veo3-1',
  label: 'Veo 3.1',
  summary: 'Video with sound from text, a first frame, or a first and a last frame',
  price: perSecondOf({ silent: 20, sound: 40 }),
  seconds: 100,
})

/** Its quicker sister. */
export const veo31Fast = model({
  ...veo,
  inputs: [...veo.inputs],
  rules: [...veo.rules],
  id: 'runway-veo3-1-fast',
  label: 'Veo 3.1 Fast',
  summary: 'Quicker and cheaper than Veo 3.1, with the same inputs',
  price: perSecondOf({ silent: 10, sound: 15 }),
  seconds: 60,
})

/** Gen-4 Turbo as relays sell it; the length names the model there, so that the two can never differ. */
export const relayTurbo = model({
  id: 'runway-relay-gen4-turbo',
  kind: 'relay',
  label: 'Gen-4 Turbo (relay)',
  summary: 'Video from a first frame through a relay service, 5 or 10 seconds',
  prompt: 'never',
  inputs: [imageRule('first', { required: true, sent: 'address', maxBytes: mostAtAddress })],
  params: z.strictObject({
    ratio: ratio(relayRatios),
    duration: duration([5, 10], 5),
    seed,
    watermark,
  }),
  price: notPublished,
  seconds: 90,
  forSeconds: 5,
  rules: [checkPrompt],
})

export const models = [gen4Turbo, gen45, veo31, veo31Fast, relayTurbo]

/** What a model is called in requests: by Runway, and by relays, where the length belongs to the name. */
export function wireModel(id: string, duration: unknown): string | null {
  switch (id) {
    case gen4Turbo.info.id:
      return 'gen4_turbo'
    case gen45.info.id:
      return 'gen4.5'
    case veo31.info.id:
      return 'veo3.1'
    case veo31Fast.info.id:
      return 'veo3.1_fast'
    case relayTurbo.info.id:
      return `runwayml-gen4_turbo-${String(duration)}`
    default:
      return null
  }
}
