import { expect, test } from 'vitest'
import type { JobInput } from '../../../src/shared/contract'
import { readParams } from '../../../src/main/providers'
import { klingModels } from '../../../src/main/providers/kling/models'
import { firstId, lastId, maskIds } from './kit'

const model = (id: string) => {
  const found = klingModels.find(({ info }) => info.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const first: JobInput = { role: 'first', assetId: firstId }
const last: JobInput = { role: 'last', assetId: lastId }
const mask: JobInput = { role: 'mask', assetId: maskIds[0] ?? '' }
const zoom = { type: 'simple', config: { zoom: 5 } }
const brush = {
  dynamic_masks: [
    {
      mask: maskIds[0],
      trajectories: [
        { x: 1, y: 1 },
        { x: 9, y: 9 },
      ],
    },
  ],
}

/** Shots of so many seconds each. */
const cut = (...lengths: number[]) => ({
  shot_type: 'customize',
  multi_prompt: lengths.map((duration) => ({ prompt: 'A door opens', duration })),
})

/** The sentences with which a wish is refused. */
function keysOf(id: string, given: Record<string, unknown>, inputs: JobInput[] = [], prompt = 'A'): string[] {
  const { params, issues } = readParams(model(id), given)
  if (!params) return issues.map(({ key }) => key)
  return (model(id).check?.({ prompt, params, inputs }) ?? []).map(({ key }) => key)
}

test.each<[string, Record<string, unknown>, JobInput[], string[]]>([
  // The capability map, row by row: what is taken...
  ['kling-v1', {}, [first, last], []],
  ['kling-v1', { mode: 'pro' }, [first, last], []],
  ['kling-v1', { motion: brush }, [first, mask], []],
  ['kling-v1', { mode: 'pro', motion: brush }, [first, mask], []],
  ['kling-v1', { camera_control: zoom }, [first], []],
  ['kling-v1', { camera_control: zoom }, [], []],
  ['kling-v1', { camera_control: { type: 'down_back' } }, [], []],
  ['kling-v1-6', { mode: 'pro', duration: 10 }, [first, last], []],
  ['kling-v1-6', { mode: 'pro' }, [last], []],
  ['kling-v2-1', { mode: 'pro', duration: 10 }, [first, last], []],
  ['kling-v2-5-turbo', { mode: 'pro' }, [first, last], []],
  ['kling-v2-6', { mode: 'pro', sound: 'on' }, [first], []],
  ['kling-v3', { mode: '4k', duration: 15, sound: 'on' }, [first, last], []],
  ['kling-v3', { duration: 3 }, [], []],
  // ...and what is not, by the rule that it breaks.
  ['kling-v1', { duration: 10 }, [first, last], ['kling.tailSeconds']],
  ['kling-v1', {}, [last], ['kling.tailAlone']],
  ['kling-v1', { duration: 10, motion: brush }, [first, mask], ['kling.motionWhere']],
  ['kling-v1', { mode: 'pro', camera_control: zoom }, [], ['kling.cameraWhere']],
  ['kling-v1', { duration: 10, camera_control: zoom }, [], ['kling.cameraWhere']],
  ['kling-v1', { camera_control: zoom }, [first, last], ['kling.exclusive']],
  ['kling-v1', { motion: brush }, [first, last, mask], ['kling.exclusive']],
  ['kling-v1', { motion: brush, camera_control: zoom }, [first, mask], ['kling.exclusive']],
  ['kling-v1', { motion: brush }, [mask], ['kling.motionFirst']],
  ['kling-v1', { motion: brush }, [first], ['kling.motionMissing']],
  ['kling-v1', {}, [first, mask], ['kling.motionStray']],
  ['kling-v1', { motion: {} }, [first], ['kling.motionEmpty']],
  ['kling-v1', { sound: 'on' }, [], ['field.unknown']],
  ['kling-v1', { mode: '4k' }, [], ['field.choice']],
  ['kling-v1', { duration: 7 }, [], ['field.choice']],
  ['kling-v1', { aspect_ratio: '1:1' }, [first], ['kling.ratioOfImage']],
  ['kling-v1-6', {}, [first, last], ['kling.tailMode']],
  ['kling-v1-6', { camera_control: zoom }, [], ['field.unknown']],
  ['kling-v2-1', {}, [first, last], ['kling.tailMode']],
  ['kling-v2-1', { mode: 'pro' }, [last], ['kling.tailAlone']],
  ['kling-v2-1', { aspect_ratio: '1:1' }, [first], ['field.unknown']],
  ['kling-v2-5-turbo', {}, [first, last], ['kling.tailMode']],
  ['kling-v2-5-turbo', { cfg_scale: 0.5 }, [], ['field.unknown']],
  ['kling-v2-6', {}, [first, last], ['kling.tailMode']],
  ['kling-v2-6', { mode: 'pro', sound: 'on', voices: 'v-1,v-2' }, [], []],
  ['kling-v2-6', { mode: 'pro', voices: 'v-1' }, [], ['kling.voicesSound']],
  ['kling-v3', { sound: 'on', voices: 'a,b,c' }, [], ['kling.voices']],
  ['kling-v3', { multi_shot: { shot_type: 'intelligence' } }, [], []],
  ['kling-v3', { duration: 7, multi_shot: cut(3, 4) }, [], []],
  ['kling-v3', { duration: 7, multi_shot: cut(3, 3) }, [], ['kling.shotsSum']],
  ['kling-v3', { duration: 7, multi_shot: cut(1, 1, 1, 1, 1, 1, 1) }, [], ['field.length']],
  ['kling-v3', { multi_shot: cut() }, [], ['field.count']],
  [
    'kling-v3',
    { multi_shot: { shot_type: 'customize', multi_prompt: [{ prompt: ' ', duration: 5 }] } },
    [],
    ['kling.shotText'],
  ],
  ['kling-v3', { multi_shot: { shot_type: 'customize' } }, [], ['field.required']],
  ['kling-v3', { multi_shot: { shot_type: 'random' } }, [], ['field.invalid']],
  ['kling-v3', { elements: '829836802793406551, 7' }, [first], []],
  ['kling-v3', { elements: '1,2,3,4' }, [first], ['kling.elements']],
  ['kling-v3', { elements: 'abc' }, [first], ['kling.elements']],
  ['kling-v3', { elements: '7' }, [], ['kling.elementsImage']],
  ['kling-v3', { elements: '7', sound: 'on', voices: 'v-1' }, [first], ['kling.elementsVoices']],
  ['kling-v2-6', { multi_shot: { shot_type: 'intelligence' } }, [], ['field.unknown']],
  ['kling-v1', { voices: 'v-1' }, [], ['field.unknown']],
  ['kling-v1', { watermark: true }, [], []],
  ['kling-v2-6', { sound: 'on' }, [], ['kling.soundMode']],
  ['kling-v2-6', { mode: 'pro', sound: 'on' }, [first, last], ['kling.tailSound']],
  ['kling-v3', { duration: 2 }, [], ['field.choice']],
  ['kling-v3-turbo', { resolution: '1080p', duration: 15 }, [first], []],
  ['kling-v3-turbo', { aspect_ratio: '1:1' }, [first], ['kling.ratioOfImage']],
  ['kling-v3-turbo', { mode: 'pro' }, [], ['field.unknown']],
])('%s %j with %j: %j', (id, params, inputs, keys) => {
  expect(keysOf(id, params, inputs)).toEqual(keys)
})

test.each([
  [{ type: 'simple' }, 'kling.cameraOne'],
  [{ type: 'simple', config: {} }, 'kling.cameraOne'],
  [{ type: 'simple', config: { zoom: 0 } }, 'kling.cameraOne'],
  [{ type: 'simple', config: { zoom: 1, pan: -1 } }, 'kling.cameraOne'],
  [{ type: 'down_back', config: { zoom: 1 } }, 'kling.cameraPreset'],
  [{ type: 'simple', config: { zoom: 11 } }, 'field.max'],
  [{ type: 'simple', config: { zoom: -11 } }, 'field.min'],
  [{ type: 'advanced' }, 'field.choice'],
])('camera %j would be sent although Kling refuses it', (camera_control, key) => {
  expect(keysOf('kling-v1', { camera_control })).toEqual([key])
})

test.each([
  [1, 'field.count'],
  [78, 'field.length'],
])('a path of %i points would be sent although Kling takes 2 to 77', (count, key) => {
  const trajectories = Array.from({ length: count }, (_, x) => ({ x, y: x }))
  expect(
    keysOf('kling-v1', { motion: { dynamic_masks: [{ mask: maskIds[0], trajectories }] } }, [first]),
  ).toEqual([key])
})

test.each([
  ['kling-v1', {}, 140_000],
  ['kling-v1', { mode: 'pro', duration: 10 }, 980_000],
  ['kling-v2-1', {}, 280_000],
  ['kling-v2-5-turbo', { mode: 'pro' }, 350_000],
  ['kling-v2-6', { mode: 'pro', sound: 'on', duration: 10 }, 1_400_000],
  ['kling-v2-6', { mode: 'pro' }, 350_000],
  ['kling-v3', { mode: '4k', duration: 15 }, 6_300_000],
  ['kling-v3', { sound: 'on' }, 630_000],
  ['kling-v3-turbo', { resolution: '1080p' }, 700_000],
])('%s %j is estimated by the second, the mode and the sound', (id, given, micros) => {
  const { params } = readParams(model(id), given)
  expect(model(id).estimate(params ?? {})).toEqual({ micros, currency: 'USD' })
})

test('what the price hangs on is always in the request, the rest only when it was chosen', () => {
  expect(readParams(model('kling-v3'), {}).params).toEqual({ mode: 'std', duration: 5, sound: 'off' })
  expect(readParams(model('kling-v1'), {}).params).toEqual({ mode: 'std', duration: 5 })
})
