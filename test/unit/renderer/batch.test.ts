import type { AssetInfo, InputRule, JobPreview, ModelInfo } from '@shared/contract'
import { describe, expect, it } from 'vitest'
import { cellsInto } from '../../../src/renderer/batch/cells'
import { entriesOf, splitOf, tableOf } from '../../../src/renderer/batch/entries'
import { rowsOf, strangeColumns, videosOf, type Plan } from '../../../src/renderer/batch/plan'
import { batchEstimate, quoteKey, type Quote } from '../../../src/renderer/batch/sum'
import { fieldsOf } from '../../../src/renderer/state/composer/fields'
import type { Composition } from '../../../src/renderer/state/composer/requests'

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
const model = (id: string, patch: Partial<ModelInfo> = {}): ModelInfo => ({
  id,
  provider: id,
  label: `The ${id}`,
  summary: '',
  params: {
    properties: {
      ratio: {
        title: 'ratio',
        enum: ['1280:720', '1104:832'],
        'x-ui': { place: 'chip', as: { '1104:832': '4:3' } },
      },
      frames: { title: 'duration', enum: [121, 241], 'x-ui': { as: { 121: 5, 241: 10 } } },
      sound: { title: 'sound', type: 'boolean' },
      seed: { title: 'seed', type: 'integer', minimum: 0, maximum: 99, 'x-ui': { control: 'seed' } },
    },
  },
  prompt: { required: 'without_image', max: 20 },
  inputs: [rule],
  price: { unit: 'video', micros: 1, currency: 'USD', date: '2026-11-21', source: '' },
  typicalSeconds: 10,
  concurrency: 2,
  cancel: 'stops',
  docs: null,
  servedBy: null,
  ...patch,
})
const ray = model('ray')
const plain = model('plain', { params: {}, inputs: [] })
const models = [ray, plain]
const image = (id: string, patch: Partial<AssetInfo> = {}): AssetInfo => ({
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
const composition: Composition = {
  prompt: 'not this one',
  models: ['ray'],
  params: { ray: { ratio: '1280:720' } },
  inputs: [],
  count: 7,
  connections: {},
}
const plan = (patch: Partial<Plan> = {}): Plan => ({
  entries: [{ prompt: 'a', cells: {} }],
  images: [],
  role: 'first',
  seeds: null,
  count: 1,
  ...patch,
})
const rows = (patch: Partial<Plan> = {}, change: Partial<Composition> = {}) =>
  rowsOf(plan(patch), {
    composition: { ...composition, ...change },
    models,
    connectionOf: (id) => (id === 'ray' ? 'mine' : undefined),
  })
const entry = (prompt: string, cells: Record<string, string> = {}) => ({ prompt, cells })

describe('prompts of a text', () => {
  it('would be made of empty lines, or be torn at every line of a paragraph', () => {
    expect(entriesOf('one\r\n\n  two  \n', 'lines').map(({ prompt }) => prompt)).toEqual(['one', 'two'])
    expect(entriesOf('one\nmore\n \n\ntwo', 'paragraphs').map(({ prompt }) => prompt)).toEqual([
      'one\nmore',
      'two',
    ])
  })

  it('would be read in the other way than they were written', () => {
    expect(splitOf('one\ntwo')).toBe('lines')
    expect(splitOf('one\nmore\n\ntwo')).toBe('paragraphs')
    expect(splitOf('one')).toBe('lines')
  })
})

describe('prompts of a table', () => {
  it('would be cut at a comma within quotation marks, or bring the names of the columns', async () => {
    const table = await tableOf('\uFEFFPrompt,Ratio\n"a boat, at ""dusk""",4:3\n\nb,\n')
    expect(table).toEqual({
      kind: 'read',
      columns: ['ratio'],
      entries: [entry('a boat, at "dusk"', { ratio: '4:3' }), entry('b')],
    })
  })

  it('would be guessed where no column says so, except where there is only one', async () => {
    expect(await tableOf('a,b\nc,d\n')).toEqual({ kind: 'noPrompt', columns: ['a', 'b'] })
    expect(await tableOf('a boat\na car\n')).toMatchObject({ entries: [entry('a boat'), entry('a car')] })
  })

  it('would lose the end of a file with an open quotation mark in silence', async () => {
    expect(await tableOf('prompt\nfine\n"never closed\nmore\n')).toMatchObject({ kind: 'broken' })
  })

  it('would drop a line that sets something and has no words', async () => {
    expect(await tableOf('prompt;seed\n;4\n')).toMatchObject({ entries: [entry('', { seed: '4' })] })
  })
})

describe('cells', () => {
  const fields = fieldsOf(ray.params)

  it('would be sent as the person writes them and not as the model does', () => {
    expect(cellsInto(fields, { ratio: '4:3', duration: '10s', sound: 'Yes', seed: '7' })).toEqual({
      params: { ratio: '1104:832', frames: 241, sound: true, seed: 7 },
      bad: [],
    })
  })

  it('would be rounded or dropped where the model does not take them', () => {
    expect(cellsInto(fields, { ratio: '5:7', seed: '1.5', sound: 'maybe' })).toMatchObject({
      params: {},
      bad: [{ column: 'ratio', choices: ['1280:720', '1104:832'] }, { column: 'seed' }, { column: 'sound' }],
    })
  })

  it('would be asked of nobody in silence', () => {
    expect(strangeColumns(['ratio', 'count', 'mood'], [ray])).toEqual(['mood'])
  })
})

describe('rows of a batch', () => {
  it('would leave out a combination, or keep the composer’s own image beside the batch’s', () => {
    const made = rows(
      { entries: [entry('a'), entry('b')], images: [image('x'), image('y')] },
      { models: ['ray', 'plain'], inputs: [{ role: 'first', asset: image('old') }] },
    )
    expect(made).toHaveLength(8)
    const [first] = made
    expect(first?.request).toEqual({
      model: 'ray',
      connectionId: 'mine',
      prompt: 'a',
      params: { ratio: '1280:720' },
      inputs: [{ role: 'first', assetId: 'x' }],
    })
    expect(new Set(made.map(({ key }) => key)).size).toBe(8)
  })

  it('would ask for one seed of a range, or give one to a model that has none', () => {
    const [seeded, seedless] = rows({ seeds: { from: 3, to: 6 }, images: [] }, { models: ['ray', 'plain'] })
    expect(seeded?.request).toMatchObject({ params: { seed: 3 }, count: 4 })
    expect(seeded && videosOf(seeded)).toBe(4)
    expect(seedless?.request.params).toBeUndefined()
    expect(seedless).toMatchObject({ seedless: true })
    expect(rows({ seeds: { from: 98, to: 101 } })[0]?.trouble).toEqual({ kind: 'seed', seed: 101, max: 99 })
  })

  it('would not follow what a line of a table says of itself', () => {
    const line = entry('a', { model: 'The Plain', count: '3' })
    expect(rows({ entries: [line], count: 9 }).map(({ request }) => request)).toEqual([
      { model: 'plain', prompt: 'a', count: 3 },
    ])
    expect(rows({ entries: [entry('a', { model: 'nobody' })] })[0]?.trouble).toEqual({
      kind: 'model',
      name: 'nobody',
    })
    expect(rows({ entries: [entry('a', { count: 'many' })] })[0]?.trouble).toMatchObject({ kind: 'count' })
  })

  it('would be sent although the model refuses them', () => {
    expect(rows({ entries: [entry('x'.repeat(21))] })[0]?.trouble).toEqual({
      kind: 'tooLong',
      length: 21,
      limit: 20,
    })
    expect(rows({ entries: [entry('')] })[0]?.trouble).toEqual({ kind: 'prompt' })
    expect(rows({ entries: [entry('')], images: [image('x')] })[0]?.trouble).toBeNull()
    const tall = image('tall', { width: 200, height: 1000 })
    expect(rows({ images: [tall] })[0]?.trouble).toMatchObject({ kind: 'obstacle' })
  })
})

describe('the sum of a batch', () => {
  it('would count rows of one price once, or let the same model do all at once', () => {
    const made = rows({ entries: [entry('a'), entry('b'), entry('c')] })
    const preview: JobPreview = {
      model: 'ray',
      count: 1,
      estimate: { micros: 500_000, currency: 'USD' },
      priceDate: null,
      seconds: 60,
      params: {},
      request: { transport: 'http', method: 'POST', url: '', headers: {}, body: null },
    }
    const [first] = made
    const quotes = new Map<string, Quote>(first ? [[quoteKey(first.request), { preview }]] : [])
    expect(batchEstimate(made, quotes, () => 2)).toEqual({
      jobs: 3,
      money: [{ micros: 1_500_000, currency: 'USD' }],
      unknown: false,
      seconds: 120,
    })
  })
})
