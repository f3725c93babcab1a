import { expect, test } from 'vitest'
import { z } from 'zod'
import { readParams } from '../../../src/main/providers'
import {
  gen45,
  gen4Turbo,
  models,
  relayTurbo,
  veo31,
  veo31Fast,
  wireModel,
} from '../../../src/main/providers/runway/models'
import { estimateOf } from '../../../src/main/providers/runway/prices'
import { RunwaySettings } from '../../../src/main/providers/runway/settings'
import en from '../../../src/renderer/messages/en.json' with { type: 'json' }
import zh from '../../../src/renderer/messages/zh-CN.json' with { type: 'json' }
import { firstId, lastId } from './kit'

const first = { role: 'first', assetId: firstId } as const
const last = { role: 'last', assetId: lastId } as const

test.each([
  ['gen4_turbo: a ratio of Veo', gen4Turbo, { ratio: '1920:1080' }],
  ['gen4_turbo: the ratio of gen3a_turbo', gen4Turbo, { ratio: '1280:768' }],
  ['gen4_turbo: the ratio in words', gen4Turbo, { ratio: '16:9' }],
  ['gen4_turbo: one second', gen4Turbo, { duration: 1 }],
  ['gen4_turbo: eleven seconds', gen4Turbo, { duration: 11 }],
  ['gen4_turbo: half a second more', gen4Turbo, { duration: 5.5 }],
  ['gen4_turbo: a duration as a text', gen4Turbo, { duration: '5' }],
  ['gen4_turbo: a seed beyond 32 bits', gen4Turbo, { seed: 4_294_967_296 }],
  ['gen4_turbo: a seed below nothing', gen4Turbo, { seed: -1 }],
  ['gen4_turbo: sound', gen4Turbo, { audio: true }],
  ['gen4_turbo: a watermark, which only relays know', gen4Turbo, { watermark: true }],
  ['gen4_turbo: a threshold that is none', gen4Turbo, { publicFigureThreshold: 'high' }],
  ['gen4.5: a ZIP of pictures, which is no video', gen45, { outputFormat: 'png_sequence' }],
  ['gen4.5: a ProRes profile of MP4', gen45, { proresProfile: '422' }],
  [
    'gen4.5: a ProRes profile that HDR has not',
    gen45,
    { outputFormat: 'hdr_prores', proresProfile: '4444 XQ' },
  ],
  ['gen4_turbo: a format', gen4Turbo, { outputFormat: 'prores' }],
  ['gen4.5: a negative prompt', gen45, { negativePrompt: 'rain' }],
  ['Veo: five seconds', veo31, { duration: 5 }],
  ['Veo: a square', veo31, { ratio: '960:960' }],
  ['Veo: moderation', veo31Fast, { publicFigureThreshold: 'low' }],
  ['Veo: an empty negative prompt', veo31Fast, { negativePrompt: '' }],
  ['relay: six seconds', relayTurbo, { duration: 6 }],
  ['relay: moderation', relayTurbo, { publicFigureThreshold: 'low' }],
  ['relay: a ratio that nobody has', relayTurbo, { ratio: '1:1' }],
])('%s is refused, not dropped', (_name, model, params) => {
  expect(readParams(model, params).params).toBeNull()
})

test('what the price hangs on and what Runway requires is always said; the rest stays out', () => {
  expect(readParams(gen4Turbo, {}).params).toEqual({ ratio: '1280:720', duration: 5 })
  expect(readParams(gen45, {}).params).toEqual({ ratio: '1280:720', duration: 5 })
  expect(readParams(veo31, {}).params).toEqual({ ratio: '1280:720', duration: 4 })
  expect(readParams(relayTurbo, {}).params).toEqual({ ratio: '1280:720', duration: 5 })
})

test.each([
  [gen4Turbo, { duration: 10 }, 500_000],
  [gen45, { duration: 2 }, 240_000],
  [gen45, { duration: 2, outputFormat: 'mp4' }, 240_000],
  [gen45, { duration: 2, outputFormat: 'prores', proresProfile: '422 LT' }, 340_000],
  [gen45, { duration: 2, outputFormat: 'hdr_prores' }, 640_000],
  [gen45, { duration: 2, outputFormat: 'hdr10' }, 640_000],
  [veo31, { duration: 8 }, 3_200_000],
  [veo31, { duration: 8, audio: true }, 3_200_000],
  [veo31, { duration: 8, audio: false }, 1_600_000],
  [veo31Fast, { duration: 6 }, 900_000],
  [veo31Fast, { duration: 6, audio: false }, 600_000],
])('$info.id with %o is estimated as %i micro-dollars', (model, params, micros) => {
  expect(model.estimate(params)).toEqual({ micros, currency: 'USD' })
})

test('nothing is made up: a relay names no price, and a job without a length has none', () => {
  expect(relayTurbo.estimate({ duration: 5 })).toBeNull()
  expect(relayTurbo.info.price.unit).toBe('unknown')
  expect(estimateOf(gen45.info.price, {})).toBeNull()
})

const wrong = (model: typeof gen45, wish: Partial<Parameters<NonNullable<typeof gen45.check>>[0]>) =>
  (model.check?.({ prompt: 'A heron', params: {}, inputs: [], ...wish }) ?? []).map(
    ({ path, key, values }) => ({
      path: path.join('.'),
      key,
      values,
    }),
  )

test.each(models)('$info.id measures the prompt as Runway does: an emoji counts two', (model) => {
  expect(wrong(model, { prompt: '🦩'.repeat(500), inputs: [first], params: { ratio: '1280:720' } })).toEqual(
    [],
  )
  expect(
    wrong(model, { prompt: `${'🦩'.repeat(500)}.`, inputs: [first], params: { ratio: '1280:720' } }),
  ).toEqual([{ path: 'prompt', key: 'runway.prompt', values: { length: 1001, max: 1000 } }])
})

test('gen4.5 makes two of its ratios from words alone, and all six from an image', () => {
  const params = { ratio: '960:960' }
  expect(wrong(gen45, { params })).toMatchObject([{ path: 'params.ratio', key: 'runway.textRatio' }])
  expect(wrong(gen45, { params, inputs: [first] })).toEqual([])
  expect(wrong(gen45, { params: { ratio: '720:1280' } })).toEqual([])
})

test('Veo takes no last frame alone', () => {
  expect(wrong(veo31, { inputs: [last] })).toMatchObject([{ path: 'inputs.0', key: 'runway.lastAlone' }])
  expect(wrong(veo31Fast, { inputs: [last, first] })).toEqual([])
  expect(wrong(veo31Fast, {})).toEqual([])
})

test('a model is offered by the kind of account that has it, and called by one name there', () => {
  expect(models.map(({ info }) => [info.id, info.servedBy?.in.join(), wireModel(info.id, 5)])).toEqual([
    ['runway-gen4-turbo', 'official', 'gen4_turbo'],
    ['runway-gen4-5', 'official', 'gen4.5'],
    ['runway-veo3-1', 'official', 'veo3.1'],
    ['runway-veo3-1-fast', 'official', 'veo3.1_fast'],
    ['runway-relay-gen4-turbo', 'relay', 'runwayml-gen4_turbo-5'],
  ])
  expect(relayTurbo.inputs.map(({ sent }) => sent)).toEqual(['address'])
  expect(relayTurbo.info.label).not.toBe(gen4Turbo.info.label)
})

test('one choice of shape and length goes for all models: each value says what it stands for', () => {
  const shapes = (model: typeof gen45) => {
    const { properties = {} } = z.toJSONSchema(model.params, { io: 'input' })
    return (properties['ratio'] as { 'x-ui': { as: Record<string, string> } })['x-ui'].as
  }
  expect(shapes(gen45)).toEqual({
    '1280:720': '16:9',
    '720:1280': '9:16',
    '1104:832': '4:3',
    '832:1104': '3:4',
    '960:960': '1:1',
    '1584:672': '21:9',
  })
  // Two values of one shape would hide each other.
  for (const model of models) {
    const meant = Object.values(shapes(model))
    expect(new Set(meant).size).toBe(meant.length)
  }
  expect(gen45.ratio({ ratio: '1584:672' }, null)).toBeCloseTo(1584 / 672)
})

test.each(models)('$info.id: every parameter has a place, and a name in both languages', (model) => {
  const { properties = {} } = z.toJSONSchema(model.params, { io: 'input' })
  for (const property of Object.values(properties)) {
    const { title, 'x-ui': ui } = property as { title: keyof typeof en.param; 'x-ui': { place: string } }
    expect(['chip', 'more']).toContain(ui.place)
    expect([en.param[title], zh.param[title]]).not.toContain(undefined)
  }
  const id = model.info.id as keyof typeof en.model
  expect(en.model[id]).toBe(model.info.summary)
  expect(zh.model[id]).toBeDefined()
})

test.each([
  ['a relay without an address', { kind: 'relay' }],
  ['an address without TLS', { kind: 'relay', relayUrl: 'http://yunwu.ai' }],
  ['an address with a key in it', { kind: 'relay', relayUrl: 'https://yunwu.ai?key=1' }],
  ['a kind that is none', { kind: 'mirror' }],
  ['a setting more', { kind: 'official', region: 'us' }],
])('%s is refused', (_name, settings) => {
  expect(RunwaySettings.safeParse(settings).success).toBe(false)
})
