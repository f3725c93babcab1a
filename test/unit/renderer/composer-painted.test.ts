import { describe, expect, it } from 'vitest'
import { klingModels } from '../../../src/main/providers/kling/models'
import { paramsSchema } from '../../../src/main/providers/describe'
import { readDraft, writeDraft } from '../../../src/renderer/state/composer/draft'
import { accepts, fieldsOf, type Field, type Params } from '../../../src/renderer/state/composer/fields'
import { barOf, barredBy, type Bar } from '../../../src/renderer/state/composer/only'
import {
  maskInputs,
  paintedOf,
  withoutPainted,
  withoutStale,
} from '../../../src/renderer/state/composer/painted'
import { requestsOf } from '../../../src/renderer/state/composer/requests'
import { carriedOver, settingsOf } from '../../../src/renderer/state/composer/settings'

const fields = (() => {
  const model = klingModels.find(({ info }) => info.id === 'kling-v1')
  if (!model) throw new Error('no kling-v1')
  return fieldsOf(paramsSchema(model))
})()
const named = (name: string): Field => {
  const found = fields.find((field) => field.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const path = [
  { x: 1, y: 2 },
  { x: 3, y: 4 },
]
const motion = {
  static_mask: 'm0',
  dynamic_masks: [
    { mask: 'm1', trajectories: path },
    { mask: 'm1', trajectories: path },
  ],
}
const zoom = { type: 'simple', config: { zoom: 5 } }

describe('controls of their own', () => {
  it('are shown, and where they do not work is read from the description', () => {
    expect(named('camera_control')).toMatchObject({ control: 'camera', place: 'more' })
    expect(named('motion')).toMatchObject({ control: 'motion', only: { needs: ['first'] } })
    expect(accepts(named('motion'), motion)).toBe(true)
    expect(accepts(named('camera_control'), 'zoom')).toBe(false)
  })

  it('never become a chip, choke one, or travel to another model', () => {
    const params: Record<string, Params> = { 'kling-v1': { camera_control: zoom, motion } }
    const form = { model: 'kling-v1', fields }
    expect(settingsOf([form], params).map(({ title }) => title)).toEqual(['mode', 'duration', 'ratio'])
    expect(carriedOver(params, [form], { model: 'other', fields })).toEqual({})
  })

  it.each<[string, Params, ('first' | 'last')[], Partial<Bar> | null]>([
    ['camera_control', {}, [], null],
    ['camera_control', { mode: 'pro' }, [], { kind: 'param', title: 'mode', values: ['std'] }],
    ['camera_control', { duration: 10 }, [], { kind: 'param', title: 'duration', values: [5] }],
    ['camera_control', {}, ['first', 'last'], { kind: 'withoutRole', role: 'last' }],
    ['camera_control', { motion }, ['first'], { kind: 'withoutParam', title: 'motion' }],
    ['motion', {}, ['first'], null],
    ['motion', {}, [], { kind: 'needs', role: 'first' }],
    ['motion', { mode: 'pro' }, ['first'], null],
    ['motion', { camera_control: zoom }, ['first'], { kind: 'withoutParam', title: 'camera_control' }],
  ])('%s with %j and %j is barred by %j', (name, params, roles, bar) => {
    const found = barOf(
      named(name),
      fields,
      params,
      roles.map((role) => ({ role })),
    )
    // Only what is named of a bar is looked at.
    const wanted = bar && found ? { ...found, ...bar } : bar
    expect(found).toEqual(wanted)
  })

  it('keep a last frame out only where no chosen model would take it', () => {
    const kling = { model: 'kling-v1', fields }
    expect(barredBy('last', [kling], { 'kling-v1': { camera_control: zoom } })).toBe('camera_control')
    expect(barredBy('last', [kling, { model: 'x', fields: [] }], { 'kling-v1': { motion } })).toBeNull()
    expect(barredBy('last', [kling], {})).toBeNull()
  })
})

describe('what was painted', () => {
  const composition = {
    prompt: 'A boat',
    models: ['kling-v1', 'luma-ray2'],
    params: { 'kling-v1': { motion } },
    inputs: [],
    count: 1,
    connections: {},
  }

  it('goes with its own model only, each mask once', () => {
    const [kling, luma] = requestsOf(composition, () => undefined)
    expect(kling?.inputs).toEqual([
      { role: 'mask', assetId: 'm0' },
      { role: 'mask', assetId: 'm1' },
    ])
    expect(luma?.inputs).toBeUndefined()
  })

  it('outlives a restart in the draft', () => {
    const kept = readDraft(JSON.parse(JSON.stringify(writeDraft({ ...composition, collapsed: false }))))
    expect(kept?.params['kling-v1']).toEqual({ motion })
  })

  it('is told from a camera move, and from nonsense', () => {
    expect(paintedOf(zoom)).toBeNull()
    expect(paintedOf({ dynamic_masks: [{ mask: 'a', trajectories: [{ x: 1 }, 7] }, 3] })).toEqual({
      dynamic_masks: [{ mask: 'a', trajectories: [] }],
    })
    expect(maskInputs({ camera_control: zoom, mode: 'std' })).toEqual([])
  })

  it('goes with its frame, but not what came with a frame of its own', () => {
    const before = { 'kling-v1': { motion, mode: 'std' }, other: { mode: 'pro' } }
    expect(withoutStale(before, before)).toEqual({ 'kling-v1': { mode: 'std' }, other: { mode: 'pro' } })
    const another = { 'kling-v1': { motion: structuredClone(motion) } }
    expect(withoutStale(another, before)).toBe(another)
    expect(withoutPainted(before)).toEqual({ 'kling-v1': { mode: 'std' }, other: { mode: 'pro' } })
  })
})
