import { expect, test } from 'vitest'
import { readParams } from '../../../src/main/providers'
import { wan22 } from '../../../src/main/providers/wan22/models'
import { predictBody, requestOf } from '../../../src/main/providers/wan22/request'
import { deploymentRule, endpointOf, functionRule } from '../../../src/main/providers/wan22/settings'
import { assetRow, firstId } from '../luma-ray2/kit'
import { wanJob } from './kit'

const keysOf = (params: Record<string, unknown>) => readParams(wan22, params).issues.map(({ key }) => key)

test('left alone, a job sends its prompt and nothing else: the function has its own defaults', () => {
  expect(predictBody(wanJob(), () => '')).toEqual({ prompt: 'A lighthouse in a storm' })
})

test('what was chosen goes out under the names of the function, unchanged, with the bare base64 of the first frame', () => {
  const params = {
    width: 704,
    height: 1280,
    num_frames: 97,
    num_inference_steps: 30,
    guidance_scale: 4.5,
    fps: 16,
    negative_prompt: 'blurry',
    seed: 0,
  }
  const job = wanJob({ params, inputs: [{ role: 'first', assetId: firstId }] })
  expect(predictBody(job, () => 'aGk=')).toEqual({
    prompt: 'A lighthouse in a storm',
    ...params,
    image_base64: 'aGk=',
  })
})

test('the preview names the picture, shows no key, and is sent to the frozen address', () => {
  const job = wanJob({
    endpoint: 'https://api.aws.us-east-1.cerebrium.ai/v4/p-1/a/predict',
    inputs: [{ role: 'first', assetId: firstId }],
  })
  const request = requestOf(job, () => assetRow({ name: 'cat.png', bytes: 1_234_567 }))
  expect(request).toMatchObject({
    method: 'POST',
    url: 'https://api.aws.us-east-1.cerebrium.ai/v4/p-1/a/predict',
    headers: { authorization: 'Bearer •••' },
    body: { image_base64: '<base64 of cat.png, 1.2 MB>' },
  })
})

test.each([
  [{ num_frames: 120 }, 'wan22.frames'],
  [{ num_frames: 125 }, 'field.max'],
  [{ num_frames: 21 }, 'field.min'],
  [{ width: 1290 }, 'field.step'],
  [{ width: 0 }, 'field.min'],
  [{ height: 2080 }, 'field.max'],
  [{ num_inference_steps: 101 }, 'field.max'],
  [{ guidance_scale: 0.5 }, 'field.min'],
  [{ fps: 61 }, 'field.max'],
  [{ image_url: 'ftp://host/a.png' }, 'wan22.imageUrl'],
  [{ model_id: 'another' }, 'field.unknown'],
])('%j is refused with the rule it breaks, before anything is sent', (params, key) => {
  expect(keysOf(params)).toContain(key)
})

test('every fourth number of frames is taken, and both own sizes', () => {
  for (let frames = 25; frames <= 121; frames += 4) expect(keysOf({ num_frames: frames })).toEqual([])
  expect(keysOf({ width: 704, height: 1280 })).toEqual([])
})

test('an image address beside a first frame is refused, since the function would drop the picture', () => {
  const inputs = [{ role: 'first' as const, assetId: firstId }]
  const params = { image_url: 'https://host/a.png' }
  expect(wan22.check?.({ prompt: '', params, inputs })).toMatchObject([
    { path: ['params', 'image_url'], key: 'wan22.twoImages' },
  ])
  expect(wan22.check?.({ prompt: '', params, inputs: [] })).toEqual([])
})

test('the usual time goes by steps as the app’s author tells it, and by how much there is to draw', () => {
  const minutes = (steps: number) => (wan22.seconds({ num_inference_steps: steps }) ?? 0) / 60
  expect([20, 30, 50, 100].map(minutes)).toEqual([2.5, 3.5, 6, 12.5])
  expect(minutes(40)).toBeCloseTo(4.75)
  expect(wan22.seconds({})).toBe(360)
  expect(wan22.seconds({ num_frames: 61, width: 640, height: 352 })).toBeLessThan(60)
  expect(wan22.seconds({ num_inference_steps: 1, num_frames: 25 })).toBe(30)
})

test('its price is not known, and nothing is made up', () => {
  expect(wan22.info.price.unit).toBe('unknown')
  expect(wan22.estimate({})).toBeNull()
})

test.each([
  ['https://api.aws.us-east-1.cerebrium.ai/v4/p-194bc83f/wan22-ti2v', null],
  ['https://api.aws.eu-west-2.cerebrium.ai/v4/p-194bc83f/wan22-ti2v/', null],
  ['https://gateway.example/cerebrium/v4/p-194bc83f/app', null],
  ['http://127.0.0.1:4000/v4/p-1/app', null],
  ['http://api.example/v4/p-1/app', 'wire.addressPlain'],
  ['https://user:secret@api.example/v4/p-1/app', 'wire.addressSecret'],
  ['https://api.aws.us-east-1.cerebrium.ai/v4/p-194bc83f', 'wan22.address'],
  ['https://api.aws.us-east-1.cerebrium.ai', 'wan22.address'],
  ['https://api.aws.us-east-1.cerebrium.ai/v4/p-1/app/predict', 'wan22.addressFunction'],
])('the address %s is judged before a paid call could go astray', (address, key) => {
  expect(deploymentRule(address)).toBe(key)
})

test('function and address make the place that is called', () => {
  expect(endpointOf({ address: 'https://h/v4/p-1/a/', function: 'run_2' })).toBe('https://h/v4/p-1/a/run_2')
  expect(functionRule('_private')).toBe('wan22.function')
  expect(functionRule('a/b')).toBe('wan22.function')
})
