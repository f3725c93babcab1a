import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { JobInput } from '../../../src/shared/contract'
import { bodyOf, requestOf } from '../../../src/main/providers/kling/request'
import { tempFolder } from '../../support/folder'
import { assetRow, firstId, jobRow, lastId, maskIds, openBench, token } from './kit'

const input = (role: JobInput['role'], assetId: string): JobInput => ({ role, assetId })
const image = (id: string) => `bytes-of-${id.slice(-2)}`
const [one = '', two = '', three = ''] = maskIds

test('text: the model is model_name, the length a text, and nothing is sent that was left alone', () => {
  const params = { mode: 'std', duration: 5 }
  expect(JSON.stringify(bodyOf(jobRow({ params }), image))).toBe(
    `{"model_name":"kling-v1","prompt":"A lighthouse in a storm","mode":"std","duration":"5","external_task_id":"${token}"}`,
  )
})

test('text: everything that was chosen goes verbatim', () => {
  const params = {
    mode: 'std',
    duration: 5,
    aspect_ratio: '9:16',
    cfg_scale: 0.25,
    negative_prompt: ' rain ',
    camera_control: { type: 'simple', config: { zoom: -2.5 } },
  }
  expect(bodyOf(jobRow({ params }), image)).toEqual({
    model_name: 'kling-v1',
    prompt: 'A lighthouse in a storm',
    negative_prompt: ' rain ',
    cfg_scale: 0.25,
    mode: 'std',
    duration: '5',
    aspect_ratio: '9:16',
    camera_control: { type: 'simple', config: { zoom: -2.5 } },
    external_task_id: token,
  })
})

test('voices become a list of their ids, and a watermark that was switched off is said to be off', () => {
  const params = { mode: 'pro', duration: 5, sound: 'on', voices: 'v-1, v-2', watermark: false }
  expect(bodyOf(jobRow({ model: 'kling-v2-6', params }), image)).toMatchObject({
    sound: 'on',
    voice_list: [{ voice_id: 'v-1' }, { voice_id: 'v-2' }],
    watermark_info: { enabled: false },
  })
})

test('shots go numbered, with their lengths as texts; what the model is to cut by itself has none', () => {
  const multi_prompt = [
    { prompt: ' A door opens ', duration: 3 },
    { prompt: 'She walks in', duration: 4 },
  ]
  const body = (multi_shot: unknown) =>
    bodyOf(jobRow({ model: 'kling-v3', params: { mode: 'std', duration: 7, multi_shot } }), image)
  expect(body({ shot_type: 'customize', multi_prompt })).toMatchObject({
    duration: '7',
    multi_shot: true,
    shot_type: 'customize',
    multi_prompt: [
      { index: 1, prompt: ' A door opens ', duration: '3' },
      { index: 2, prompt: 'She walks in', duration: '4' },
    ],
  })
  const cut = body({ shot_type: 'intelligence' })
  expect(cut).toMatchObject({ multi_shot: true, shot_type: 'intelligence' })
  expect(cut).not.toHaveProperty('multi_prompt')
})

test('ids of elements arrive digit by digit, though they are longer than a number is exact', async () => {
  const bench = await openBench()
  const change = {
    model: 'kling-v3',
    params: { mode: 'std', duration: 5, elements: '829836802793406551 7' },
    inputs: [input('first', firstId)],
  }
  const path = join(tempFolder(), 'photo.png')
  writeFileSync(
    path,
    await sharp({ create: { width: 400, height: 300, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  )
  const [first] = change.inputs
  if (!first) throw new Error('no input')
  await bench.provider.submit(bench.call(change, { assets: [{ input: first, asset: assetRow(), path }] }))
  expect(bench.kling.requests('submit').at(-1)?.body).toContain(
    '"element_list":[{"element_id":829836802793406551},{"element_id":7}]',
  )
  // What is shown has passed through numbers, and is shown as a text where those would change it.
  expect(bodyOf(jobRow(change), image)['element_list']).toEqual([
    { element_id: '829836802793406551' },
    { element_id: 7 },
  ])
})

test('images: both frames in their own fields, bare base64, and no empty prompt', () => {
  const inputs = [input('last', lastId), input('first', firstId)]
  const params = { mode: 'pro', duration: 10 }
  expect(bodyOf(jobRow({ model: 'kling-v2-1', prompt: '', params, inputs }), image)).toEqual({
    model_name: 'kling-v2-1',
    mode: 'pro',
    duration: '10',
    image: 'bytes-of-f1',
    image_tail: 'bytes-of-f2',
    external_task_id: token,
  })
})

test('the motion brush: each mask with its own path, the still area beside them', () => {
  const path = [
    { x: 279, y: 219 },
    { x: 417, y: 65 },
  ]
  const motion = {
    static_mask: one,
    dynamic_masks: [
      { mask: three, trajectories: path },
      { mask: two, trajectories: [...path].reverse() },
    ],
  }
  const inputs = [input('first', firstId), ...maskIds.map((id) => input('mask', id))]
  const body = bodyOf(jobRow({ params: { mode: 'pro', duration: 5, motion }, inputs }), image)
  expect(body).toMatchObject({
    image: 'bytes-of-f1',
    static_mask: 'bytes-of-a1',
    dynamic_masks: [
      { mask: 'bytes-of-a3', trajectories: path },
      { mask: 'bytes-of-a2', trajectories: [...path].reverse() },
    ],
  })
  expect(body).not.toHaveProperty('motion')
})

test('the preview is the request itself, with the images named and no secret in it', async () => {
  const job = jobRow({ inputs: [input('first', firstId)], endpoint: 'https://api-singapore.klingai.com' })
  const preview = requestOf(job, { kind: 'global' }, () => assetRow())
  expect(preview).toMatchObject({
    method: 'POST',
    url: 'https://api-singapore.klingai.com/v1/videos/image2video',
    headers: { authorization: 'Bearer •••' },
    body: { image: '<base64 of photo.png, 1.2 MB>' },
  })
  expect(requestOf(jobRow({ endpoint: 'https://yunwu.ai' }), { kind: 'relay' }, () => null).url).toBe(
    'https://yunwu.ai/kling/v1/videos/text2video',
  )
})

test.each([
  [{}, 'https://api-singapore.klingai.com'],
  [{ kind: 'china' }, 'https://api-beijing.klingai.com'],
  [{ kind: 'china', baseUrl: 'https://gate.example.com/kling/' }, 'https://gate.example.com/kling'],
  [{ kind: 'relay' }, 'https://yunwu.ai'],
])('a connection %j sends its jobs to %s, and a job in flight keeps it', async (settings, endpoint) => {
  const { provider } = await openBench()
  const parsed = provider.connection?.settings.parse(settings) ?? {}
  expect(provider.endpoint?.(parsed)).toBe(endpoint)
  expect(provider.place?.(parsed)).toEqual({ kind: parsed['kind'] })
})

test('the API of 2026 has another body: lengths are numbers and a picture is one of the contents', () => {
  const turbo = {
    model: 'kling-v3-turbo',
    params: { resolution: '1080p', duration: 15, aspect_ratio: '9:16' },
  }
  expect(bodyOf(jobRow(turbo), image)).toEqual({
    prompt: 'A lighthouse in a storm',
    settings: { resolution: '1080p', aspect_ratio: '9:16', duration: 15 },
    options: { external_task_id: token },
  })
  const inputs = [input('first', firstId)]
  const params = { resolution: '720p', duration: 3 }
  const job = jobRow({ ...turbo, params, inputs, endpoint: 'https://x.example' })
  expect(bodyOf(job, image)).toEqual({
    contents: [
      { type: 'prompt', text: 'A lighthouse in a storm' },
      { type: 'first_frame', url: 'bytes-of-f1' },
    ],
    settings: { resolution: '720p', duration: 3 },
    options: { external_task_id: token },
  })
  expect(requestOf(job, { kind: 'global' }, () => null).url).toBe(
    'https://x.example/image-to-video/kling-3.0-turbo',
  )
})
