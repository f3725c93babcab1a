import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JobInput } from '../../../src/shared/contract'
import { readParams, type Model } from '../../../src/main/providers'
import { models } from '../../../src/main/providers/jimeng/models'
import en from '../../../src/renderer/messages/en.json' with { type: 'json' }
import zh from '../../../src/renderer/messages/zh-CN.json' with { type: 'json' }

const named = (id: string): Model => {
  const model = models.find(({ info }) => info.id === id)
  if (!model) throw new Error(id)
  return model
}
const standard = named('jimeng-3')
const pro = named('jimeng-3-pro')
const relay = named('jimeng-relay')

test.each([
  ['a ratio that Jimeng has not', standard, { aspect_ratio: '2:1' }],
  ['five seconds, where frames are counted', standard, { frames: 5 }],
  ['frames as a text', standard, { frames: '121' }],
  ['a camera that it has not', standard, { template_id: 'spin' }],
  ['a seed below zero, which would be a random one', standard, { seed: -1 }],
  ['a resolution of Pro, which has but one', pro, { resolution: '720P' }],
  ['a camera of Pro, which has none', pro, { template_id: 'robo_arm' }],
  ['a ratio that the relay does not name', relay, { aspect_ratio: '3:4' }],
  ['frames through the relay', relay, { frames: 241 }],
])('%s is refused, not dropped', (_name, model, params) => {
  expect(readParams(model, params).params).toBeNull()
})

test('what was left alone stays out, but for the resolution that names the service', () => {
  expect(readParams(standard, {}).params).toEqual({ resolution: '720P' })
  expect(readParams(pro, {}).params).toEqual({})
  expect(readParams(relay, {}).params).toEqual({})
  const all = { aspect_ratio: '21:9', frames: 241, resolution: '1080P', seed: 7 }
  expect(readParams(standard, all).params).toEqual(all)
})

test('a camera move is made at 720P only, and a strength is of a move', () => {
  const keys = (params: Record<string, unknown>) =>
    readParams(standard, params).issues.map(({ path, key }) => [path.join('.'), key])
  expect(keys({ template_id: 'robo_arm', resolution: '1080P' })).toEqual([
    ['params.template_id', 'jimeng.cameraResolution'],
  ])
  expect(keys({ camera_strength: 'weak' })).toEqual([['params.camera_strength', 'jimeng.strengthAlone']])
  expect(keys({ template_id: 'robo_arm', camera_strength: 'weak' })).toEqual([])
})

const first: JobInput = { role: 'first', assetId: 'a' }
const last: JobInput = { role: 'last', assetId: 'b' }

test.each<[string, Model, Record<string, unknown>, JobInput[], [string, string][]]>([
  [
    'a ratio beside an image',
    standard,
    { aspect_ratio: '1:1' },
    [first],
    [['params.aspect_ratio', 'jimeng.ratioFollows']],
  ],
  [
    'a ratio beside an image of Pro',
    pro,
    { aspect_ratio: '1:1' },
    [first],
    [['params.aspect_ratio', 'jimeng.ratioFollows']],
  ],
  ['a last frame alone', standard, {}, [last], [['inputs.0', 'jimeng.lastAlone']]],
  [
    'a camera move over nothing',
    standard,
    { template_id: 'handheld' },
    [],
    [['params.template_id', 'jimeng.cameraFirst']],
  ],
  [
    'a camera move to a last frame',
    standard,
    { template_id: 'handheld' },
    [first, last],
    [['params.template_id', 'jimeng.cameraLast']],
  ],
  ['a ratio of text', standard, { aspect_ratio: '1:1' }, [], []],
  ['first and last frame', standard, {}, [last, first], []],
])('%s', (_name, model, params, inputs, found) => {
  const issues = model.check?.({ prompt: 'x', params, inputs }) ?? []
  expect(issues.map(({ path, key }) => [path.join('.'), key])).toEqual(found)
})

test('a price is told where one is known, and never for 1080P, Pro or a relay', () => {
  expect(standard.estimate({ resolution: '720P' })).toEqual({ micros: 1_400_000, currency: 'CNY' })
  expect(standard.estimate({ resolution: '720P', frames: 241 })).toEqual({
    micros: 2_800_000,
    currency: 'CNY',
  })
  expect(standard.estimate({ resolution: '1080P' })).toBeNull()
  expect(pro.estimate({})).toBeNull()
  expect(relay.estimate({})).toBeNull()
  expect(pro.info.price.unit).toBe('unknown')
})

test('the card has the shape of the video: of the ratio, or of the nearest to the image', () => {
  expect(standard.ratio({}, null)).toBeCloseTo(16 / 9)
  expect(standard.ratio({ aspect_ratio: '9:16' }, null)).toBeCloseTo(9 / 16)
  expect(standard.ratio({}, { width: 1000, height: 1100 })).toBe(1)
  expect(standard.ratio({}, { width: 3000, height: 1200 })).toBeCloseTo(21 / 9)
  expect(relay.ratio({ aspect_ratio: '4:3' }, { width: 10, height: 10 })).toBeCloseTo(4 / 3)
})

test('each kind of account has its own models', () => {
  expect(models.map(({ info }) => [info.id, info.servedBy?.in])).toEqual([
    ['jimeng-3', ['official']],
    ['jimeng-3-pro', ['official']],
    ['jimeng-relay', ['relay']],
  ])
})

test('every parameter and choice has a word in both languages', () => {
  for (const { params, info } of models) {
    const { properties = {} } = z.toJSONSchema(params, { io: 'input' })
    for (const [name, schema] of Object.entries(properties)) {
      const { title = '', enum: choices } = schema as { title?: string; enum?: string[] }
      for (const catalogue of [en, zh]) {
        expect(catalogue.param, name).toHaveProperty(title)
        if (!['cameraTemplate', 'cameraStrength'].includes(title)) continue
        const words: Record<string, Record<string, string>> = catalogue.choice
        expect(Object.keys(words[title] ?? {}).filter((key) => key !== 'unset')).toEqual(choices)
      }
    }
    for (const catalogue of [en, zh]) expect(catalogue.model).toHaveProperty(info.id)
  }
})
