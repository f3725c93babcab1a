import type { InputRule, Money, Price } from '@shared/contract'
import { issue } from '@shared/problems'
import type { Model } from '../types'
import { catalog, type Traits } from './catalog'
import { checkOf } from './check'
import { mostMasks } from './motion'
import { KlingParams, paramsOf } from './params'
import { turbo, TurboParams, turboPrice } from './turbo'

/** The price list's own unit: what one unit of a resource pack costs, in millionths of a US dollar. */
export const unitMicros = 140_000

const docs = 'https://app.klingai.com/global/dev/document-api'

const listed = {
  unit: 'second',
  currency: 'USD',
  date: '2026-11-21',
  source: 'Kling’s global price list in US dollars, as public code that bills by it has it',
} as const

/** Price a second by mode and sound, the dearest last. */
function priceOf({ price, sound }: Traits): Price {
  const tiers = Object.entries(price).flatMap(([mode, { silent, sound: sounding }]) => [
    { when: sound.length > 0 ? { mode, sound: 'off' } : { mode }, micros: silent },
    ...(sounding === undefined ? [] : [{ when: { mode, sound: 'on' }, micros: sounding }]),
  ])
  tiers.sort((a, b) => a.micros - b.micros)
  return { ...listed, micros: tiers[0]?.micros ?? 0, tiers }
}

/** What a video with these parameters comes to at this price; null where they do not say which tier or how long. */
export function costOf({ currency, tiers = [] }: Price, params: Record<string, unknown>): Money | null {
  const seconds = params['duration']
  const tier = tiers.find(({ when }) => Object.entries(when).every(([name, value]) => params[name] === value))
  if (typeof seconds !== 'number' || !tier) return null
  return { micros: tier.micros * seconds, currency }
}

/** Images as Kling takes them (KlingAI API documentation, "Image to Video"); no longest side is documented for these. */
const image = (role: InputRule['role'], required: boolean, max: number): InputRule => ({
  role,
  required,
  max,
  mimes: ['image/jpeg', 'image/png'],
  maxBytes: 10 * 1024 * 1024,
  minSide: 300,
  maxSide: 65_536,
  minRatio: 0.4,
  maxRatio: 2.5,
  sent: 'bytes',
})

/** Seconds until a video of five seconds is there, and for each more: a start only, jobs of the connection replace it. */
const usual = (seconds: number) => 150 + 20 * Math.max(0, seconds - 5)

function modelOf(traits: Traits): Model {
  const inputs = [
    image('first', !traits.text, 1),
    image('last', false, 1),
    // One area that stays still, beside those that move.
    ...(traits.masks ? [image('mask', false, mostMasks + 1)] : []),
  ]
  const price = priceOf(traits)
  return {
    info: {
      id: traits.id,
      provider: 'kling',
      label: traits.label,
      summary: traits.summary,
      prompt: { required: traits.text ? 'without_image' : 'never', max: 2500 },
      inputs,
      price,
      typicalSeconds: usual(5),
      // How many run at a time hangs on the resource pack; one too many waits its turn.
      concurrency: 2,
      cancel: 'stops_watching',
      docs,
      servedBy: null,
    },
    params: paramsOf(traits),
    inputs,
    shared: { ...(traits.text ? { ratio: 'aspect_ratio' } : {}), duration: 'duration' },
    estimate: (params) => costOf(price, params),
    seconds: (params) => usual(KlingParams.parse(params).duration),
    ratio: (params, first) => ratioOf(KlingParams.parse(params).aspect_ratio, first),
    check: checkOf(traits),
  }
}

function turboModel(): Model {
  const inputs = [{ ...image('first', false, 1), maxBytes: 50 * 1024 * 1024 }]
  const tiers = Object.entries(turboPrice).map(([resolution, micros]) => ({ when: { resolution }, micros }))
  const price: Price = { ...listed, micros: turboPrice['720p'], tiers }
  return {
    info: {
      id: turbo.id,
      provider: 'kling',
      label: 'Kling 3.0 Turbo',
      summary: 'Text or a first frame to video, quick, 3 to 15 seconds, always with sound',
      prompt: { required: 'without_image', max: 2500 },
      inputs,
      price,
      typicalSeconds: usual(5),
      concurrency: 2,
      cancel: 'stops_watching',
      docs,
      // Relays pass on the older API only.
      servedBy: { field: 'kind', in: ['global', 'china'] },
    },
    params: TurboParams,
    inputs,
    shared: { ratio: 'aspect_ratio', duration: 'duration', resolution: 'resolution' },
    estimate: (params) => costOf(price, params),
    seconds: (params) => usual(TurboParams.parse(params).duration),
    ratio: (params, first) => ratioOf(TurboParams.parse(params).aspect_ratio, first),
    check({ params, inputs: given }) {
      const both = given.length > 0 && TurboParams.parse(params).aspect_ratio !== undefined
      return both ? [issue(['params', 'aspect_ratio'], 'kling.ratioOfImage')] : []
    },
  }
}

/** Width over height of a video: that of its image, else the one that was chosen. */
function ratioOf(chosen = '16:9', first: { width: number; height: number } | null): number {
  if (first) return first.width / first.height
  const [across = 16, down = 9] = chosen.split(':').map(Number)
  return across / down
}

/** All of Kling's models that Dailies offers. */
export const klingModels: Model[] = [...catalog.map(modelOf), turboModel()]
