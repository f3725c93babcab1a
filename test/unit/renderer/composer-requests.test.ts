import { describe, expect, it } from 'vitest'
import type { AssetInfo, InputRule, JobPreview, ModelInfo } from '@shared/contract'
import { readDraft, writeDraft } from '../../../src/renderer/state/composer/draft'
import {
  obstaclesOf,
  outside,
  slotsOf,
  swapped,
  withInput,
  type ComposerInput,
} from '../../../src/renderer/state/composer/inputs'
import { beginRecall, newer, older, recalled } from '../../../src/renderer/state/composer/recall'
import {
  estimateOf,
  promptLength,
  promptMissing,
  requestsOf,
  type Composition,
} from '../../../src/renderer/state/composer/requests'

const rule: InputRule = {
  role: 'first',
  required: false,
  max: 1,
  mimes: ['image/png'],
  maxBytes: 1000,
  minSide: 100,
  maxSide: 2000,
  minRatio: 0.5,
  maxRatio: 2,
  sent: 'bytes',
}
const model = (patch: Partial<ModelInfo> = {}): ModelInfo => ({
  id: 'animatic',
  provider: 'animatic',
  label: 'Animatic',
  summary: '',
  params: {},
  prompt: { required: 'without_image', max: 100 },
  inputs: [rule, { ...rule, role: 'last' }],
  price: { unit: 'free', micros: 0, currency: 'USD', date: '2026-11-21', source: '' },
  typicalSeconds: 10,
  concurrency: 1,
  cancel: 'stops',
  docs: null,
  servedBy: null,
  ...patch,
})
const asset = (id: string, patch: Partial<AssetInfo> = {}): AssetInfo => ({
  id,
  name: `${id}.png`,
  width: 800,
  height: 600,
  mime: 'image/png',
  bytes: 900,
  alpha: false,
  createdAt: 1,
  notes: [],
  ...patch,
})
const empty: Composition = {
  prompt: '',
  models: ['animatic'],
  params: {},
  inputs: [],
  count: 1,
  connections: {},
}
const none = () => undefined

describe('requests', () => {
  it('omit what was left alone', () => {
    expect(requestsOf({ ...empty, prompt: 'a', params: { animatic: {} } }, none)).toEqual([
      { model: 'animatic', prompt: 'a' },
    ])
  })

  it('carry the parameters of their own model only, and every input', () => {
    const inputs: ComposerInput[] = [{ role: 'last', asset: asset('z') }]
    const params = { animatic: { duration: 3 }, gone: { x: 1 } }
    const composition = { ...empty, prompt: 'a', models: ['animatic', 'ray2'], params, inputs, count: 3 }
    expect(requestsOf(composition, none)).toEqual([
      {
        model: 'animatic',
        prompt: 'a',
        params: { duration: 3 },
        inputs: [{ role: 'last', assetId: 'z' }],
        count: 3,
      },
      { model: 'ray2', prompt: 'a', inputs: [{ role: 'last', assetId: 'z' }], count: 3 },
    ])
  })

  it('name the connection of those models that need one', () => {
    const composition = { ...empty, prompt: 'a', models: ['animatic', 'ray2'], connections: { luma: 'c2' } }
    const connectionOf = (model: string, chosen: Record<string, string>) =>
      model === 'ray2' ? chosen['luma'] : undefined
    expect(requestsOf(composition, connectionOf)).toEqual([
      { model: 'animatic', prompt: 'a' },
      { model: 'ray2', connectionId: 'c2', prompt: 'a' },
    ])
  })

  it('count a prompt in characters, so an emoji is not two', () => {
    expect(promptLength('灯塔🌊')).toBe(3)
  })

  it('need a prompt only where no image stands for it', () => {
    const withImage = { ...empty, prompt: '  ', inputs: [{ role: 'first' as const, asset: asset('a') }] }
    expect(promptMissing([model()], { ...empty, prompt: ' \n' })).toBe(true)
    expect(promptMissing([model()], withImage)).toBe(false)
    expect(promptMissing([model({ prompt: { required: 'always', max: 1 } })], withImage)).toBe(true)
  })
})

describe('estimate', () => {
  const preview = (patch: Partial<JobPreview>): JobPreview => ({
    model: 'a',
    count: 1,
    estimate: null,
    priceDate: null,
    seconds: null,
    params: {},
    request: { transport: 'local', method: 'RENDER', url: '', headers: {}, body: null },
    ...patch,
  })

  it('never shows a sum as whole when one price is not known', () => {
    const usd = preview({ estimate: { micros: 7_500_000, currency: 'USD' }, seconds: 60 })
    const sum = estimateOf([usd, preview({ model: 'b' })], () => 1)
    expect(sum).toEqual({
      jobs: 2,
      money: [{ micros: 7_500_000, currency: 'USD' }],
      unknown: true,
      seconds: null,
    })
  })

  it('keeps currencies apart and counts time in the lanes a model has', () => {
    const usd = preview({ count: 4, estimate: { micros: 4, currency: 'USD' }, seconds: 10 })
    const cny = preview({ model: 'b', estimate: { micros: 2, currency: 'CNY' }, seconds: 15 })
    expect(estimateOf([usd, cny], (id) => (id === 'a' ? 2 : 1))).toEqual({
      jobs: 5,
      money: [
        { micros: 4, currency: 'USD' },
        { micros: 2, currency: 'CNY' },
      ],
      unknown: false,
      seconds: 20,
    })
  })
})

describe('inputs', () => {
  it('name what is outside a limit, and whether a crop would help', () => {
    expect(outside(rule, asset('a'))).toBeNull()
    expect(outside(rule, asset('a', { width: 3000 }))).toMatchObject({ key: 'ratio', fits: true })
    expect(outside(rule, asset('a', { width: 90, height: 90 }))).toMatchObject({ key: 'small' })
    expect(outside(rule, asset('a', { width: 2500, height: 2000 }))).toMatchObject({ key: 'large' })
    expect(outside(rule, asset('a', { mime: 'image/webp' }))).toMatchObject({ key: 'mime' })
  })

  it('are never dropped in silence: a model without the role says so', () => {
    const inputs: ComposerInput[] = [{ role: 'mask', asset: asset('m') }]
    expect(obstaclesOf(model(), inputs)).toMatchObject([{ key: 'role', role: 'mask' }])
    expect(slotsOf([model()], inputs).map((slot) => slot.role)).toEqual(['first', 'last', 'mask'])
  })

  it('show no slot for masks, which are painted and not dropped', () => {
    const mask = { ...rule, role: 'mask' as const, max: 7 }
    expect(slotsOf([model({ inputs: [rule, mask] })], []).map((slot) => slot.role)).toEqual(['first'])
  })

  it('show no slot that no chosen model takes', () => {
    expect(slotsOf([model({ inputs: [] })], [])).toEqual([])
  })

  it('replace in a single slot and grow in a row of references', () => {
    const first = withInput([], { role: 'first', asset: asset('a') }, 1)
    expect(withInput(first, { role: 'first', asset: asset('b') }, 1).map((i) => i.asset.id)).toEqual(['b'])
    const row = withInput([], { role: 'reference', asset: asset('a') }, 2)
    expect(withInput(row, { role: 'reference', asset: asset('b') }, 2)).toHaveLength(2)
  })

  it('swap first and last also when only one is there', () => {
    expect(swapped([{ role: 'first', asset: asset('a') }])[0]?.role).toBe('last')
  })
})

describe('earlier prompts', () => {
  it('come back one by one and end where the walk began', () => {
    let walk = beginRecall(['third', 'second', 'first'], 'typed')
    walk = older(older(walk))
    expect(recalled(walk)).toBe('second')
    walk = newer(newer(walk))
    expect(recalled(walk)).toBe('typed')
    expect(recalled(newer(walk))).toBe('typed')
  })

  it('stay at the oldest, and an empty history keeps the text', () => {
    expect(recalled(older(older(beginRecall(['one'], ''))))).toBe('one')
    expect(recalled(older(beginRecall([], 'typed')))).toBe('typed')
  })

  it('do not offer the very text that stands there', () => {
    expect(recalled(older(beginRecall(['same', 'before'], 'same')))).toBe('before')
  })
})

describe('draft', () => {
  it('comes back as it was left', () => {
    const draft = {
      prompt: '灯塔\n雾',
      models: ['animatic', 'ray2'],
      params: { animatic: { duration: 3, title: false, ratio: '1:1' } },
      inputs: [{ role: 'first' as const, asset: asset('a') }],
      count: 4,
      connections: { 'luma-ray2': 'c1' },
      collapsed: true,
    }
    expect(readDraft(JSON.parse(JSON.stringify(writeDraft(draft))))).toEqual(draft)
  })

  it('of another shape loses only what does not fit', () => {
    expect(readDraft(null)).toBeNull()
    expect(readDraft({ version: 9 })).toBeNull()
    expect(
      readDraft({
        version: 1,
        prompt: 3,
        models: ['a', 1],
        params: { a: { x: { deep: 1 }, y: 2 }, b: 4 },
        inputs: [{ role: 'nose', asset: asset('a') }, { role: 'first' }],
        count: 1e9,
        connections: { a: 'one', b: 2 },
      }),
    ).toEqual({
      prompt: '',
      models: ['a'],
      params: { a: { y: 2 } },
      inputs: [],
      count: 50,
      connections: { a: 'one' },
      collapsed: false,
    })
  })
})
