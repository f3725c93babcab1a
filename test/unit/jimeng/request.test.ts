import { expect, test } from 'vitest'
import type { JobInput } from '../../../src/shared/contract'
import { createBody, requestOf, submitBody } from '../../../src/main/providers/jimeng/request'
import { assetRow, jimengJob } from './kit'

const first: JobInput = { role: 'first', assetId: 'a' }
const last: JobInput = { role: 'last', assetId: 'b' }
const data = ({ assetId }: JobInput) => `base64-${assetId}`

test.each<[string, string, Record<string, unknown>, JobInput[], Record<string, unknown>]>([
  ['text', 'jimeng-3', { resolution: '720P' }, [], { req_key: 'jimeng_t2v_v30' }],
  [
    'text at 1080P, whose name ends in p',
    'jimeng-3',
    { resolution: '1080P', aspect_ratio: '4:3', frames: 241, seed: 0 },
    [],
    { req_key: 'jimeng_t2v_v30_1080p', aspect_ratio: '4:3', frames: 241, seed: 0 },
  ],
  [
    'a first frame',
    'jimeng-3',
    { resolution: '720P' },
    [first],
    { req_key: 'jimeng_i2v_first_v30', binary_data_base64: ['base64-a'] },
  ],
  [
    'a first frame at 1080P, whose name does not',
    'jimeng-3',
    { resolution: '1080P' },
    [first],
    { req_key: 'jimeng_i2v_first_v30_1080', binary_data_base64: ['base64-a'] },
  ],
  [
    'a last frame given before the first, which goes second',
    'jimeng-3',
    { resolution: '720P' },
    [last, first],
    { req_key: 'jimeng_i2v_first_tail_v30', binary_data_base64: ['base64-a', 'base64-b'] },
  ],
  [
    'both at 1080P',
    'jimeng-3',
    { resolution: '1080P' },
    [first, last],
    { req_key: 'jimeng_i2v_first_tail_v30_1080', binary_data_base64: ['base64-a', 'base64-b'] },
  ],
  [
    'a camera move',
    'jimeng-3',
    { resolution: '720P', template_id: 'crane_push', camera_strength: 'strong' },
    [first],
    {
      req_key: 'jimeng_i2v_recamera_v30',
      binary_data_base64: ['base64-a'],
      template_id: 'crane_push',
      camera_strength: 'strong',
    },
  ],
  ['Pro', 'jimeng-3-pro', { frames: 121 }, [], { req_key: 'jimeng_ti2v_v30_pro', frames: 121 }],
  [
    'Pro with a first frame',
    'jimeng-3-pro',
    {},
    [first],
    { req_key: 'jimeng_ti2v_v30_pro', binary_data_base64: ['base64-a'] },
  ],
])('%s goes to its own service, verbatim, and nothing else with it', (_name, model, params, inputs, body) => {
  expect(submitBody(jimengJob({ model, params, inputs, prompt: 'Rain' }), data)).toEqual({
    prompt: 'Rain',
    ...body,
  })
})

test('an image without words is sent without words', () => {
  const body = submitBody(jimengJob({ inputs: [first], prompt: '' }), data)
  expect(body).toEqual({ req_key: 'jimeng_i2v_first_v30', binary_data_base64: ['base64-a'] })
})

test('a relay is told only what was chosen', () => {
  const job = jimengJob({ model: 'jimeng-relay', params: {}, prompt: 'Rain' })
  const at = ({ assetId }: JobInput) => `https://images.test/${assetId}`
  expect(createBody(job, at)).toEqual({ model: 'jimeng-video-3.0', prompt: 'Rain' })
  const reference: JobInput = { role: 'reference', assetId: 'c' }
  const params = { aspect_ratio: '9:16', size: '720P' }
  expect(createBody({ ...job, params, inputs: [reference] }, at)).toEqual({
    model: 'jimeng-video-3.0',
    prompt: 'Rain',
    aspect_ratio: '9:16',
    size: '720P',
    images: ['https://images.test/c'],
  })
})

test('the preview names images, shows no key, and goes where the job was frozen to', () => {
  const job = jimengJob({ inputs: [first] })
  const official = requestOf(job, { kind: 'official', endpoint: 'https://v.test' }, () => assetRow())
  expect(official.url).toBe('https://v.test/?Action=CVSync2AsyncSubmitTask&Version=2022-08-31')
  expect(official.body).toMatchObject({ binary_data_base64: ['<base64 of photo.jpg>'] })
  expect(official.headers['authorization']).toContain('Signature=•••')
  const relay = jimengJob({
    model: 'jimeng-relay',
    params: {},
    inputs: [{ role: 'reference', assetId: 'c' }],
  })
  const shown = requestOf(relay, { kind: 'relay', endpoint: 'https://r.test' }, () => null)
  expect(shown).toMatchObject({
    url: 'https://r.test/v1/video/create',
    headers: { authorization: 'Bearer •••' },
    body: { images: ['<address of c>'] },
  })
})
