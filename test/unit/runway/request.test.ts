import { expect, test } from 'vitest'
import type { JobRecord } from '../../../src/main/history'
import { createRunway } from '../../../src/main/providers/runway'
import { createOf, fitsInline, requestOf } from '../../../src/main/providers/runway/request'
import { systemClock } from '../../../src/main/system'
import { seededRandom } from '../../support/clock'
import { assetRow, firstId, lastId, openWire, row } from './kit'

const image = ({ role }: { role: string }) => `https://images.example.com/${role}.jpg`
const official = (model: string, change: Partial<JobRecord> = {}) =>
  createOf(row(model, change), 'official', image)
const frames = [
  { role: 'first', assetId: firstId },
  { role: 'last', assetId: lastId },
] as const

test('gen4_turbo: only what was chosen, and no empty text, which Runway refuses', () => {
  expect(official('runway-gen4-turbo')).toEqual({
    path: '/v1/image_to_video',
    body: {
      model: 'gen4_turbo',
      promptImage: 'https://images.example.com/first.jpg',
      ratio: '1280:720',
      duration: 5,
    },
  })
})

test('gen4_turbo with all that it takes; moderation is an object of its own on the wire', () => {
  const params = { ratio: '1584:672', duration: 10, seed: 4_294_967_295, publicFigureThreshold: 'low' }
  expect(official('runway-gen4-turbo', { prompt: 'A heron', params }).body).toEqual({
    model: 'gen4_turbo',
    promptImage: 'https://images.example.com/first.jpg',
    promptText: 'A heron',
    ratio: '1584:672',
    duration: 10,
    seed: 4_294_967_295,
    contentModeration: { publicFigureThreshold: 'low' },
  })
})

test('gen4.5 goes to one address with words alone and to another with an image', () => {
  expect(official('runway-gen4-5', { prompt: 'A heron' })).toEqual({
    path: '/v1/text_to_video',
    body: { model: 'gen4.5', promptText: 'A heron', ratio: '1280:720', duration: 5 },
  })
  const { path, body } = official('runway-gen4-5', { prompt: 'A heron', inputs: [frames[0]] })
  expect(path).toBe('/v1/image_to_video')
  expect(body).toMatchObject({ model: 'gen4.5', promptImage: 'https://images.example.com/first.jpg' })
})

test('Veo: a first and a last frame each say where they stand, whatever order they came in', () => {
  const params = {
    ratio: '1080:1920',
    duration: 8,
    seed: 0,
    audio: false,
    negativePrompt: 'text, rain',
  }
  const { path, body } = official('runway-veo3-1', {
    prompt: 'Dusk',
    params,
    inputs: frames.toReversed(),
  })
  expect(path).toBe('/v1/image_to_video')
  expect(body).toEqual({
    model: 'veo3.1',
    promptImage: [
      { uri: 'https://images.example.com/first.jpg', position: 'first' },
      { uri: 'https://images.example.com/last.jpg', position: 'last' },
    ],
    promptText: 'Dusk',
    ...params,
  })
})

test('Veo left alone says nothing of sound, which it makes by itself', () => {
  expect(official('runway-veo3-1-fast', { prompt: 'Dusk' })).toEqual({
    path: '/v1/text_to_video',
    body: { model: 'veo3.1_fast', promptText: 'Dusk', ratio: '1280:720', duration: 4 },
  })
})

test.each([
  [5, 'runwayml-gen4_turbo-5'],
  [10, 'runwayml-gen4_turbo-10'],
])('relay: %i seconds and the name of the model always agree', (duration, model) => {
  const params = { ratio: '1280:768', duration, watermark: false, seed: 3 }
  expect(createOf(row('runway-relay-gen4-turbo', { prompt: 'A heron', params }), 'relay', image)).toEqual({
    path: '/runwayml/v1/image_to_video',
    body: {
      promptImage: 'https://images.example.com/first.jpg',
      model,
      promptText: 'A heron',
      ratio: '1280:768',
      duration,
      watermark: false,
      seed: 3,
    },
  })
})

test('what is shown before sending names the images and hides the key', () => {
  const asset = (id: string) =>
    id === firstId
      ? assetRow({ id, name: 'boat.jpg', bytes: 2_000_000 })
      : assetRow({ id, name: 'pier.png', mime: 'image/png', bytes: 9_000_000 })
  const job = row('runway-veo3-1', {
    prompt: 'Dusk',
    inputs: [...frames],
    endpoint: 'https://api.dev.runwayml.com',
    place: { kind: 'official' },
  })
  expect(requestOf(job, asset)).toEqual({
    transport: 'http',
    method: 'POST',
    url: 'https://api.dev.runwayml.com/v1/image_to_video',
    headers: {
      authorization: 'Bearer •••',
      accept: 'application/json',
      'x-runway-version': '2024-11-06',
      'content-type': 'application/json',
    },
    body: {
      model: 'veo3.1',
      promptImage: [
        { uri: 'data:image/jpeg;base64,<boat.jpg>', position: 'first' },
        { uri: 'runway://<upload of pier.png>', position: 'last' },
      ],
      promptText: 'Dusk',
      ratio: '1280:720',
      duration: 4,
    },
  })
  const relay = row('runway-relay-gen4-turbo', { endpoint: 'https://yunwu.ai', place: { kind: 'relay' } })
  const shown = requestOf(relay, asset)
  expect(shown.url).toBe('https://yunwu.ai/runwayml/v1/image_to_video')
  expect(shown.headers).not.toHaveProperty('x-runway-version')
  expect(shown.body).toMatchObject({ promptImage: '<https address of boat.jpg>' })
})

test.each([
  // 22 or 23 characters of head, then four for each three bytes.
  ['image/png', 3_932_142, true],
  ['image/png', 3_932_143, false],
  ['image/jpeg', 3_932_142, true],
  ['image/webp', 3_932_143, false],
])('%s of %i bytes fits into a data URI of 5 MB: %s', (mime, bytes, fits) => {
  const length = `data:${mime};base64,`.length + Math.ceil(bytes / 3) * 4
  expect(length <= 5 * 1024 * 1024).toBe(fits)
  expect(fitsInline({ mime, bytes })).toBe(fits)
})

test('where a job goes is frozen: the address as typed without its last slash, and the kind of service', () => {
  const provider = createRunway({
    wire: openWire(),
    clock: systemClock,
    random: seededRandom(),
    asset: () => null,
  })
  expect(provider.endpoint?.({ kind: 'official' })).toBe('https://api.dev.runwayml.com')
  expect(provider.endpoint?.({ kind: 'official', baseUrl: 'https://proxy.example.com/runway/' })).toBe(
    'https://proxy.example.com/runway',
  )
  expect(provider.endpoint?.({ kind: 'relay', relayUrl: 'https://yunwu.ai/' })).toBe('https://yunwu.ai')
  expect(provider.place?.({ kind: 'relay', relayUrl: 'https://yunwu.ai/' })).toEqual({ kind: 'relay' })
})
