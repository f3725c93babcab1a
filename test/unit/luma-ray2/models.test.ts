import { expect, test } from 'vitest'
import { z } from 'zod'
import { readParams } from '../../../src/main/providers'
import { costOf, lumaRay2, LumaParams } from '../../../src/main/providers/luma-ray2/models'
import en from '../../../src/renderer/messages/en.json' with { type: 'json' }
import zh from '../../../src/renderer/messages/zh-CN.json' with { type: 'json' }

test.each([
  ['a ratio that Ray2 has not', { ratio: '2:1' }],
  ['a duration as a number', { duration: 5 }],
  ['ten seconds, which only another service of Luma makes', { duration: '10s' }],
  ['1080p, likewise', { resolution: '1080p' }],
  ['a loop as a text', { loop: 'true' }],
  ['a seed, which it has not', { seed: 1 }],
  ['a negative prompt', { negative_prompt: 'rain' }],
])('%s is refused, not dropped', (_name, params) => {
  expect(LumaParams.safeParse(params).success).toBe(false)
})

test('what the price hangs on is always said; what was left alone stays out', () => {
  expect(readParams(lumaRay2, {}).params).toEqual({ duration: '5s', resolution: '540p' })
  expect(readParams(lumaRay2, { ratio: '9:21', loop: false }).params).toEqual({
    ratio: '9:21',
    duration: '5s',
    resolution: '540p',
    loop: false,
  })
})

test.each([
  ['5s', '540p', 3_750_000],
  ['9s', '540p', 6_750_000],
  ['5s', '720p', 7_500_000],
  ['9s', '720p', 13_500_000],
])('%s at %s is estimated as %i micro-dollars', (duration, resolution, micros) => {
  expect(lumaRay2.estimate({ duration, resolution })).toEqual({ micros, currency: 'USD' })
})

test('nothing is made up: without a duration or a tier that fits there is no cost', () => {
  const { price } = lumaRay2.info
  expect(costOf(price, {})).toBeNull()
  expect(costOf(price, { duration: '5s' })).toBeNull()
  expect(costOf(price, { duration: '5s', resolution: '4k' })).toBeNull()
})

test.each([
  ['5 s at 540p', { width: 960, height: 540, durationMs: 5_041 }, 3_750_000],
  ['upright, 9 s at 720p', { width: 720, height: 1280, durationMs: 8_958 }, 13_500_000],
])('a video of %s that was not asked for here has the cost of one that was', (_name, video, micros) => {
  expect(lumaRay2.costOf?.(lumaRay2.info.price, video)).toEqual({ micros, currency: 'USD' })
})

test.each([
  ['a square, whose resolution nobody can tell', { width: 720, height: 720, durationMs: 5_000 }],
  ['another length', { width: 960, height: 540, durationMs: 7_000 }],
  ['another size', { width: 1920, height: 1080, durationMs: 5_000 }],
  ['no length', { width: 960, height: 540, durationMs: 0 }],
])('no cost is made up of %s', (_name, video) => {
  expect(lumaRay2.costOf?.(lumaRay2.info.price, video)).toBeNull()
})

test('the frozen price counts, not today’s', () => {
  const old = { ...lumaRay2.info.price, tiers: [{ when: { resolution: '720p' }, micros: 2_000_000 }] }
  expect(costOf(old, { duration: '9s', resolution: '720p' })?.micros).toBe(18_000_000)
  const { tiers: _tiers, ...flat } = old
  expect(costOf({ ...flat, micros: 1_000_000 }, { duration: '9s', resolution: '720p' })?.micros).toBe(
    9_000_000,
  )
})

test('the form is drawn from the schema: every parameter has a title, a place and a name in both languages', () => {
  const { properties = {} } = z.toJSONSchema(LumaParams, { io: 'input' })
  expect(Object.keys(properties)).toEqual(['ratio', 'duration', 'resolution', 'loop'])
  for (const [name, property] of Object.entries(properties)) {
    const { title, 'x-ui': ui } = property as { title: 'ratio' | 'loop'; 'x-ui': { place: string } }
    expect(title).toBe(name)
    expect(['chip', 'more']).toContain(ui.place)
    expect([en.param[title], zh.param[title]]).not.toContain(undefined)
  }
  expect(properties['ratio']).toMatchObject({ default: '16:9' })
})

test('the card knows its shape: of the ratio, else of the first frame', () => {
  expect(lumaRay2.ratio({ ratio: '9:21' }, { width: 100, height: 100 })).toBeCloseTo(9 / 21)
  expect(lumaRay2.ratio({}, { width: 1024, height: 2048 })).toBe(0.5)
  expect(lumaRay2.ratio({}, null)).toBeCloseTo(16 / 9)
})

test('a longer or larger video is expected to take longer', () => {
  const seconds = (duration: string, resolution: string) => lumaRay2.seconds({ duration, resolution }) ?? 0
  expect(seconds('9s', '540p')).toBeGreaterThan(seconds('5s', '540p'))
  expect(seconds('5s', '720p')).toBeGreaterThan(seconds('5s', '540p'))
})

test('limits of the images are those of the model card', () => {
  expect(lumaRay2.inputs.map(({ role }) => role)).toEqual(['first', 'last'])
  for (const rule of lumaRay2.inputs)
    expect(rule).toMatchObject({
      required: false,
      max: 1,
      mimes: ['image/jpeg', 'image/png'],
      maxBytes: 26_214_400,
      minSide: 512,
      maxSide: 4096,
      minRatio: 1 / 8,
      maxRatio: 8,
    })
  expect(lumaRay2.info.prompt).toEqual({ required: 'always', max: 5000 })
})
