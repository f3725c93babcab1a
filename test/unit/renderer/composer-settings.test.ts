import { describe, expect, it } from 'vitest'
import { eachOf } from '../../../src/renderer/state/composer/each'
import { accepts, fieldsOf } from '../../../src/renderer/state/composer/fields'
import {
  canonical,
  carriedOver,
  moreOf,
  setOver,
  settingsOf,
  type Form,
} from '../../../src/renderer/state/composer/settings'

const chip = { place: 'chip' }
const animatic: Form = {
  model: 'animatic',
  fields: fieldsOf({
    type: 'object',
    properties: {
      ratio: { title: 'ratio', enum: ['16:9', '1:1', '9:16'], default: '16:9', 'x-ui': { ...chip } },
      duration: {
        title: 'duration',
        type: 'integer',
        minimum: 2,
        maximum: 10,
        default: 5,
        'x-ui': { ...chip, control: 'slider', unit: 's' },
      },
      resolution: {
        title: 'resolution',
        default: 720,
        anyOf: [
          { type: 'number', const: 720 },
          { type: 'number', const: 1080 },
        ],
        'x-ui': { ...chip },
      },
      seed: {
        title: 'seed',
        type: 'integer',
        minimum: 0,
        maximum: 4294967295,
        'x-ui': { ...chip, control: 'seed' },
      },
      title: { title: 'title', type: 'boolean', default: true, 'x-ui': { place: 'more' } },
    },
  }),
}
const ray: Form = {
  model: 'ray2',
  fields: fieldsOf({
    properties: {
      aspectRatio: { title: 'ratio', enum: ['16:9', '21:9', '9:16'], 'x-ui': { ...chip } },
      duration: { title: 'duration', enum: ['5s', '9s'], 'x-ui': { ...chip } },
      resolution: { title: 'resolution', enum: ['540p', '720p'], 'x-ui': { ...chip } },
      loop: { title: 'loop', type: 'boolean', 'x-ui': { place: 'more' } },
    },
  }),
}

const titled = (forms: Form[], title: string, params = {}) =>
  settingsOf(forms, params).find((setting) => setting.title === title)

describe('fields of a description', () => {
  it('reads ranges, defaults, choices and units, so a form never invents them', () => {
    expect(animatic.fields.map((field) => [field.name, field.control])).toEqual([
      ['ratio', 'choice'],
      ['duration', 'slider'],
      ['resolution', 'choice'],
      ['seed', 'seed'],
      ['title', 'switch'],
    ])
    expect(animatic.fields[1]).toMatchObject({ min: 2, max: 10, step: 1, unit: 's', fallback: 5 })
    expect(animatic.fields[2]?.options).toEqual([720, 1080])
  })

  it('takes an optional number for a number, not for something that cannot be shown', () => {
    const [field] = fieldsOf({
      properties: { scale: { anyOf: [{ type: 'number', multipleOf: 0.5 }, { type: 'null' }] } },
    })
    expect(field).toMatchObject({ control: 'number', step: 0.5, title: 'scale' })
  })

  it('leaves out what no control can show instead of drawing a broken one', () => {
    expect(fieldsOf({ properties: { mask: { type: 'array' }, camera: { type: 'object' } } })).toEqual([])
    expect(fieldsOf({})).toEqual([])
  })

  it('does not take a bound that only says "any safe integer" for a limit to show', () => {
    const [field] = fieldsOf({
      properties: { n: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 } },
    })
    expect(field).toMatchObject({ min: null, max: null })
  })

  it('refuses a value between two steps rather than rounding it', () => {
    const field = animatic.fields[1]
    expect(field && accepts(field, 5)).toBe(true)
    expect(field && accepts(field, 5.5)).toBe(false)
    expect(field && accepts(field, 11)).toBe(false)
    expect(field && accepts(field, '5')).toBe(false)
  })
})

describe('settings over several models', () => {
  it('knows one ratio, duration or resolution in every way of writing it', () => {
    expect(canonical('ratio', '1280:720')).toBe('16:9')
    expect(canonical('ratio', '1280x720')).toBe('16:9')
    expect(canonical('ratio', 'adaptive')).toBe('adaptive')
    expect(canonical('duration', '5s')).toBe(5)
    expect(canonical('resolution', '1080P')).toBe(1080)
    expect(canonical('camera', '5s')).toBe('5s')
  })

  it('offers a value that only one model takes, but says who does not', () => {
    const ratio = titled([animatic, ray], 'ratio')
    expect(ratio?.options.map((option) => option.written)).toEqual(['16:9', '1:1', '9:16', '21:9'])
    expect(ratio?.options.map((option) => [option.value, option.missing])).toEqual([
      ['16:9', []],
      ['1:1', ['ray2']],
      ['9:16', []],
      ['7:3', ['animatic']],
    ])
  })

  it('turns a slider and a choice into the choices both take', () => {
    const duration = titled([animatic, ray], 'duration')
    expect(duration?.control).toBe('choice')
    expect(duration?.options).toEqual([
      { value: 5, written: '5s', missing: [] },
      { value: 9, written: '9s', missing: [] },
    ])
  })

  it('writes one choice to each model in its own words and type', () => {
    const duration = titled([animatic, ray], 'duration')
    expect(duration && setOver({}, duration, 9)).toEqual({
      animatic: { duration: 9 },
      ray2: { duration: '9s' },
    })
    const resolution = titled([animatic, ray], 'resolution')
    expect(resolution && setOver({}, resolution, 720)).toEqual({
      animatic: { resolution: 720 },
      ray2: { resolution: '720p' },
    })
  })

  it('leaves a model alone that does not take the value, and shows that they differ', () => {
    const ratio = titled([animatic, ray], 'ratio')
    const params = ratio ? setOver({ ray2: { aspectRatio: '16:9' } }, ratio, '1:1') : {}
    expect(params).toEqual({ animatic: { ratio: '1:1' }, ray2: { aspectRatio: '16:9' } })
    expect(titled([animatic, ray], 'ratio', params)?.value).toEqual({
      kind: 'mixed',
      written: ['1:1', '16:9'],
    })
  })

  it('frees a setting by removing it, so that the request omits it', () => {
    const seed = titled([animatic], 'seed', { animatic: { seed: 7 } })
    expect(seed?.value).toMatchObject({ kind: 'one', value: 7, byDefault: false })
    expect(seed && setOver({ animatic: { seed: 7 } }, seed, undefined)).toEqual({ animatic: {} })
    expect(titled([animatic], 'seed')?.value).toEqual({ kind: 'auto' })
  })

  it('gives a model that joins the choices already made, as far as it takes them', () => {
    const params = { animatic: { duration: 9, ratio: '1:1', resolution: 720 } }
    expect(carriedOver(params, [animatic], ray)).toEqual({ duration: '9s', resolution: '720p' })
  })

  it('keeps what a model was set to when it was chosen before', () => {
    const params = { animatic: { duration: 9 }, ray2: { duration: '5s' } }
    expect(carriedOver(params, [animatic], ray)).toEqual({ duration: '5s' })
  })

  it('shows each parameter once: as a chip or under More', () => {
    const settings = settingsOf([animatic, ray], {})
    expect(moreOf(animatic, settings).map((field) => field.name)).toEqual(['title'])
    expect(moreOf(ray, settings).map((field) => field.name)).toEqual(['loop'])
  })
})

describe('values that models write each in their own way', () => {
  const turbo: Form = {
    model: 'turbo',
    fields: fieldsOf({
      properties: {
        ratio: {
          title: 'ratio',
          enum: ['1280:720', '1104:832'],
          'x-ui': { ...chip, as: { '1104:832': '4:3' } },
        },
        frames: {
          title: 'duration',
          default: 121,
          enum: [121, 241],
          'x-ui': { ...chip, as: { 121: 5, 241: 10, 361: null } },
        },
      },
    }),
  }
  const square: Form = {
    model: 'square',
    fields: fieldsOf({
      properties: { ratio: { title: 'ratio', enum: ['16:9', '4:3'], 'x-ui': { ...chip } } },
    }),
  }

  it('would stand as two choices of one thing, or be shown as numbers nobody knows', () => {
    const ratio = titled([turbo, square], 'ratio')
    expect(ratio?.options.map(({ value, missing }) => [value, missing])).toEqual([
      ['16:9', []],
      ['4:3', []],
    ])
    const duration = titled([turbo, animatic], 'duration')
    expect(duration?.value).toMatchObject({ kind: 'one', value: 5, written: 5 })
  })

  it('would be sent in the words of another model', () => {
    const ratio = titled([turbo, square], 'ratio')
    expect(ratio && setOver({}, ratio, '4:3')).toEqual({
      turbo: { ratio: '1104:832' },
      square: { ratio: '4:3' },
    })
    expect(carriedOver({ animatic: { duration: 10 } }, [animatic], turbo)).toEqual({ frames: 241 })
    expect(carriedOver({ turbo: { frames: 241 } }, [turbo], animatic)).toEqual({ duration: 10 })
  })

  it('would differ without being shown to, or be sent otherwise than is shown', () => {
    const forms = [turbo, square, animatic]
    const params = { turbo: { ratio: '1104:832' }, square: { ratio: '4:3' }, animatic: {} }
    const settings = settingsOf(forms, params)
    const titles = settings.map(({ title }) => title)
    const cell = (model: string, title: string) =>
      eachOf(forms, settings, params).find((one) => one.model === model)?.cells[titles.indexOf(title)]
    expect(cell('turbo', 'ratio')).toEqual({ kind: 'value', shown: '4:3', sent: '1104:832', differs: false })
    expect(cell('square', 'ratio')).toEqual({ kind: 'value', shown: '4:3', sent: null, differs: false })
    expect(cell('animatic', 'ratio')).toMatchObject({ shown: '16:9', differs: true })
    expect(cell('turbo', 'duration')).toMatchObject({ shown: 5, sent: 121, differs: false })
    expect(cell('square', 'seed')).toEqual({ kind: 'none' })
    expect(cell('animatic', 'seed')).toEqual({ kind: 'auto' })
  })
})
