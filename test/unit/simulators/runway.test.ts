import { expect, onTestFinished, test } from 'vitest'
import { startRunway, type RunwayOptions } from '../../simulators/runway'

async function open(options: RunwayOptions = {}) {
  const runway = await startRunway(options)
  onTestFinished(() => runway.close())
  const headers = { authorization: `Bearer ${runway.apiKey}`, 'x-runway-version': '2024-11-06' }
  const send = async (method: string, path: string, body?: unknown, change: Record<string, string> = {}) => {
    const answer = await fetch(`${runway.url}${path}`, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...change,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> }
  }
  return { runway, send }
}

const image = 'https://images.example.com/a.jpg'
const turbo = { model: 'gen4_turbo', promptImage: image, ratio: '1280:720', duration: 5 }
const text45 = { model: 'gen4.5', promptText: 'A heron', ratio: '1280:720', duration: 5 }
const veo = { model: 'veo3.1', promptText: 'A heron', ratio: '1920:1080' }

test.each([
  [
    'the least of gen4_turbo',
    '/v1/image_to_video',
    { model: 'gen4_turbo', promptImage: image, ratio: '1584:672' },
  ],
  ['gen4.5 with an image', '/v1/image_to_video', { ...text45, promptImage: image, ratio: '960:960' }],
  ['gen4.5 with words', '/v1/text_to_video', text45],
  [
    'Veo with both frames',
    '/v1/image_to_video',
    {
      ...veo,
      promptImage: [
        { uri: image, position: 'first' },
        { uri: image, position: 'last' },
      ],
      duration: 8,
      audio: false,
      negativePrompt: 'rain',
      seed: 0,
    },
  ],
  ['Veo with words', '/v1/text_to_video', veo],
])('%s is taken', async (_name, path, body) => {
  const { runway, send } = await open()
  const answer = await send('POST', path, body)
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual({
    id: runway.tasks[0]?.id,
    estimatedCost: { credits: expect.any(Number) as number },
  })
})

test.each([
  ['a field that nobody knows', '/v1/image_to_video', { ...turbo, watermark: false }],
  ['gen4_turbo without an image', '/v1/text_to_video', { ...turbo, promptImage: undefined, promptText: 'x' }],
  ['a ratio of another model', '/v1/image_to_video', { ...turbo, ratio: '1280:768' }],
  ['a duration that is no whole number', '/v1/image_to_video', { ...turbo, duration: 4.5 }],
  ['a duration as a text', '/v1/image_to_video', { ...turbo, duration: '5' }],
  ['an empty prompt', '/v1/image_to_video', { ...turbo, promptText: '' }],
  ['a prompt of 1001 units', '/v1/image_to_video', { ...turbo, promptText: `${'🦩'.repeat(500)}.` }],
  [
    'a last frame for gen4_turbo',
    '/v1/image_to_video',
    { ...turbo, promptImage: [{ uri: image, position: 'last' }] },
  ],
  [
    'an address without TLS',
    '/v1/image_to_video',
    { ...turbo, promptImage: 'http://images.example.com/a.jpg' },
  ],
  ['an address that is a number', '/v1/image_to_video', { ...turbo, promptImage: 'https://10.0.0.1/a.jpg' }],
  ['a GIF', '/v1/image_to_video', { ...turbo, promptImage: 'data:image/gif;base64,R0lGODlh' }],
  ['an upload that never was', '/v1/image_to_video', { ...turbo, promptImage: 'runway://none-at-all' }],
  ['a square from words', '/v1/text_to_video', { ...text45, ratio: '960:960' }],
  ['gen4.5 without a duration', '/v1/text_to_video', { ...text45, duration: undefined }],
  ['five seconds of Veo', '/v1/text_to_video', { ...veo, duration: 5 }],
  ['a last frame alone', '/v1/image_to_video', { ...veo, promptImage: [{ uri: image, position: 'last' }] }],
  ['moderation for Veo', '/v1/text_to_video', { ...veo, contentModeration: {} }],
  ['a seed of 33 bits', '/v1/text_to_video', { ...veo, seed: 4_294_967_296 }],
])('%s is refused, and not on the bill', async (_name, path, body) => {
  const { runway, send } = await open()
  const answer = await send('POST', path, body)
  expect(answer.status).toBe(400)
  expect(answer.body['error']).toEqual(expect.any(String))
  expect(runway.tasks).toEqual([])
})

test('a version, a key of the right form, and the right key are asked for', async () => {
  const { send } = await open()
  const asked = async (change: Record<string, string>) =>
    (await send('GET', '/v1/organization', undefined, change)).status
  expect(await asked({ 'x-runway-version': '2023-01-01' })).toBe(400)
  expect(await asked({ authorization: 'Bearer sk-0' })).toBe(401)
  expect(await asked({ authorization: `Bearer key_${'0'.repeat(128)}` })).toBe(401)
  expect(await asked({})).toBe(200)
})

test('a DELETE of a finished task throws its video away, as the real one does', async () => {
  const { runway, send } = await open({ behaviour: { pollsUntilDone: 0 } })
  const { body } = await send('POST', '/v1/text_to_video', text45)
  const path = `/v1/tasks/${String(body['id'])}`
  expect((await send('GET', path)).body).toMatchObject({ status: 'SUCCEEDED', cost: { credits: 60 } })
  expect((await send('DELETE', path)).status).toBe(204)
  expect((await send('GET', path)).status).toBe(404)
  expect(runway.tasks.length).toBe(1)
})

test('the store takes the fields first and the file last, and no key', async () => {
  const { runway, send } = await open()
  const { body } = await send('POST', '/v1/uploads', { filename: 'a.jpg', type: 'ephemeral' })
  const fields = body['fields'] as Record<string, string>
  const put = async (entries: [string, string | Blob][], headers: Record<string, string> = {}) => {
    const form = new FormData()
    for (const [name, value] of entries) {
      if (typeof value === 'string') form.append(name, value)
      else form.append(name, value, 'a.jpg')
    }
    return (await fetch(String(body['uploadUrl']), { method: 'POST', body: form, headers })).status
  }
  const file: [string, Blob] = ['file', new Blob(['abc'], { type: 'image/jpeg' })]
  const own = Object.entries(fields)
  expect(await put([file, ...own])).toBe(400)
  expect(await put([...own.slice(1), file])).toBe(403)
  expect(await put([...own, file], { authorization: 'Bearer key' })).toBe(400)
  expect(runway.uploads[0]?.bytes).toBeNull()
  expect(await put([...own, file])).toBe(204)
  expect(runway.uploads[0]?.bytes?.toString()).toBe('abc')
  expect((await send('POST', '/v1/uploads', { filename: 'a.jpg' })).status).toBe(400)
})

test.each([
  ['a length that is not the model’s', { duration: 10 }],
  ['no length, which is ten there', { duration: undefined }],
  ['a ratio of nobody', { ratio: '16:9' }],
  ['a data URI', { promptImage: 'data:image/png;base64,AA==' }],
  ['a field more', { fps: 24 }],
])('the relay refuses %s', async (_name, change) => {
  const { runway } = await open()
  const send = (body: unknown) =>
    fetch(`${runway.url}/runwayml/v1/image_to_video`, {
      method: 'POST',
      headers: { authorization: `Bearer ${runway.relayKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const good = { promptImage: image, model: 'runwayml-gen4_turbo-5', duration: 5, ratio: '1280:768' }
  expect((await send({ ...good, ...change })).status).toBe(400)
  expect(runway.tasks).toEqual([])
  expect((await send(good)).status).toBe(200)
})
