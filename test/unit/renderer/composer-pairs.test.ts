import { describe, expect, it } from 'vitest'
import { paramsSchema } from '../../../src/main/providers/describe'
import { wan22 } from '../../../src/main/providers/wan22/models'
import { cellsInto } from '../../../src/renderer/batch/cells'
import { eachOf } from '../../../src/renderer/state/composer/each'
import { accepts, fieldsOf, type Params } from '../../../src/renderer/state/composer/fields'
import { namesOf, paired, valueIn, withPairs, withValue } from '../../../src/renderer/state/composer/pairs'
import {
  carriedOver,
  moreOf,
  setOver,
  settingsOf,
  type Form,
  type Setting,
} from '../../../src/renderer/state/composer/settings'

const wan: Form = { model: 'wan', fields: paired(fieldsOf(paramsSchema(wan22))) }
const kling: Form = {
  model: 'kling',
  fields: fieldsOf({
    properties: {
      ratio: { title: 'ratio', enum: ['16:9', '1:1', '9:16'], 'x-ui': { place: 'chip' } },
      duration: { title: 'duration', enum: [5, 10], default: 5, 'x-ui': { place: 'chip' } },
    },
  }),
}
const animatic: Form = {
  model: 'animatic',
  fields: fieldsOf({
    properties: {
      duration: {
        title: 'duration',
        type: 'integer',
        minimum: 2,
        maximum: 10,
        default: 5,
        'x-ui': { place: 'chip', control: 'slider', unit: 's' },
      },
    },
  }),
}

function titled(forms: Form[], title: string, params: Record<string, Params> = {}): Setting {
  const setting = settingsOf(forms, params).find((one) => one.title === title)
  if (!setting) throw new Error(`no ${title}`)
  return setting
}
const size = wan.fields.find(({ control }) => control === 'size')
if (!size) throw new Error('no size')

describe('a width and a height as one size', () => {
  it('is one chip with the model’s own two sizes first, and neither side is left among the rest', () => {
    const setting = titled([wan], 'ratio')
    expect(setting.control).toBe('size')
    expect(setting.options.map(({ written }) => written)).toEqual(['1280×704', '704×1280'])
    expect(setting.value).toMatchObject({ kind: 'one', written: '1280×704', byDefault: true })
    const names = moreOf(wan, settingsOf([wan], {})).map(({ name }) => name)
    expect(names).not.toContain('width')
    expect(names).not.toContain('height')
  })

  it('sets both parameters under their own names, and frees both', () => {
    const set = setOver({}, titled([wan], 'ratio'), '640×352')
    expect(set['wan']).toEqual({ width: 640, height: 352 })
    expect(setOver(set, titled([wan], 'ratio'), undefined)['wan']).toEqual({})
    expect(withValue(size, { seed: 1 }, '704×1280')).toEqual({ seed: 1, width: 704, height: 1280 })
  })

  it('reads a job that set one side only with the other as the function has it', () => {
    expect(valueIn(size, { width: 704 })).toBe('704×704')
    expect(valueIn(size, {})).toBeUndefined()
    expect(namesOf(size)).toEqual(['width', 'height'])
  })

  it('takes sides in steps of 32 only; nothing is rounded', () => {
    expect(accepts(size, '2048×32')).toBe(true)
    for (const wrong of ['1280×720', '0×704', '2080×704', '1280', '1280×', 1280]) {
      expect(accepts(size, wrong)).toBe(false)
    }
  })

  it('follows a ratio that is chosen for several models, and joins one that was chosen before', () => {
    const both = titled([wan, kling], 'ratio')
    expect(both.control).toBe('choice')
    expect(both.options.find(({ value }) => value === '1:1')?.missing).toEqual(['wan'])
    expect(setOver({}, both, '9:16')).toEqual({
      wan: { width: 704, height: 1280 },
      kling: { ratio: '9:16' },
    })
    expect(carriedOver({ kling: { ratio: '9:16' } }, [kling], wan)).toEqual({ width: 704, height: 1280 })
    expect(carriedOver({ wan: { width: 704, height: 1280 } }, [wan], kling)).toEqual({ ratio: '9:16' })
  })
})

describe('frames as a length', () => {
  it('is told at the frame rate that is set, exactly', () => {
    expect(titled([wan], 'duration').value).toMatchObject({ kind: 'one', written: '121/24' })
    expect(titled([wan], 'duration', { wan: { num_frames: 49, fps: 16 } }).value).toMatchObject({
      written: '49/16',
    })
  })

  it('goes by every fourth frame, counted from the least', () => {
    const frames = wan.fields.find(({ name }) => name === 'num_frames')
    expect(frames && [25, 29, 121].every((count) => accepts(frames, count))).toBe(true)
    expect(frames && [24, 26, 28, 120, 125].some((count) => accepts(frames, count))).toBe(false)
  })

  it('follows seconds that are chosen for several models', () => {
    expect(setOver({}, titled([wan, kling], 'duration'), 5)).toEqual({
      wan: { num_frames: 121 },
      kling: { duration: 5 },
    })
    expect(titled([wan, kling], 'duration').value).toMatchObject({ kind: 'one', value: 5 })
    expect(titled([wan, kling], 'duration').options.map(({ missing }) => missing)).toEqual([[], ['wan']])
  })

  it('beside a slider of seconds, seconds are what is drawn, and a length it has no frames for stays as it was', () => {
    const both = titled([wan, animatic], 'duration')
    expect(both.range).toEqual({ min: 2, max: 10, step: 1 })
    expect(both.lead?.model).toBe('animatic')
    expect(setOver({}, both, 3)).toEqual({ wan: { num_frames: 73 }, animatic: { duration: 3 } })
    expect(setOver({ wan: { num_frames: 73 } }, both, 8)).toEqual({
      wan: { num_frames: 73 },
      animatic: { duration: 8 },
    })
  })

  it('is never shown as that many seconds in the comparison of models', () => {
    const forms = [wan, kling]
    const params = { wan: { num_frames: 93 } }
    const settings = settingsOf(forms, params)
    const place = settings.findIndex(({ title }) => title === 'duration')
    const [cell] = eachOf(forms, settings, params).map(({ cells }) => cells[place])
    expect(cell).toMatchObject({ kind: 'value', shown: '93/24', differs: false })
  })
})

describe('a table of a batch', () => {
  const fields = withPairs(fieldsOf(paramsSchema(wan22)))

  it('may name the ratio, the size or either side, and seconds or frames', () => {
    expect(cellsInto(fields, { ratio: '9:16', duration: '5' }).params).toEqual({
      width: 704,
      height: 1280,
      num_frames: 121,
    })
    expect(cellsInto(fields, { ratio: '640 x 352', duration: '49' }).params).toEqual({
      width: 640,
      height: 352,
      num_frames: 49,
    })
    expect(cellsInto(fields, { width: '640' }).params).toEqual({ width: 640 })
  })

  it('says which cell fits nothing instead of taking the nearest', () => {
    const { params, bad } = cellsInto(fields, { ratio: '1:1', duration: '7' })
    expect(params).toEqual({})
    expect(bad.map(({ column }) => column)).toEqual(['ratio', 'duration'])
  })
})
