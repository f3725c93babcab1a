import { expect, test } from 'vitest'
import type { RelayShape } from '../../simulators/runway'
import { drain, firstId, input, openBench, refusal } from './kit'

const model = 'runway-relay-gen4-turbo'
const assets = [input('first', '/nowhere/photo.jpg')]
const shapes: RelayShape[] = ['reverse', 'official', 'wrapped', 'founding']

test.each(shapes)('a gateway of the shape %s: from create to file', async (relayShape) => {
  const { runway, provider, begun } = await openBench({ behaviour: { relayShape, pollsUntilDone: 2 } })
  const call = await begun(model, { assets })
  expect(runway.tasks[0]?.body).toEqual({
    promptImage: `https://images.example.com/${firstId}.jpg`,
    model: 'runwayml-gen4_turbo-5',
    ratio: '1280:720',
    duration: 5,
  })
  const [sent] = runway.of('create')
  expect(sent?.headers.authorization).toBe(`Bearer ${runway.relayKey}`)
  expect(sent?.headers['x-runway-version']).toBeUndefined()
  const kinds = [(await provider.poll(call)).kind, (await provider.poll(call)).kind]
  expect(kinds.every((kind) => kind === 'queued' || kind === 'processing')).toBe(true)
  const done = await provider.poll(call)
  if (done.kind !== 'succeeded') throw new Error(`it is ${done.kind}`)
  expect(done).not.toHaveProperty('cost')
  const [output] = done.outputs
  const { bytes } = await drain(
    await provider.open(call, output ?? { ref: '', bytes: null, sha256: null }, 0),
  )
  expect(bytes.equals(runway.video)).toBe(true)
})

test.each(shapes)('a failure in the shape %s says why', async (relayShape) => {
  const { runway, provider, begun } = await openBench({ behaviour: { relayShape, pollsUntilDone: 0 } })
  runway.failNext('The image is too dark')
  const call = await begun(model, { assets })
  expect(await provider.poll(call)).toMatchObject({
    kind: 'failed',
    error: {
      detail: { key: 'runway.relayFailed', charged: 'unknown', values: { reason: 'The image is too dark' } },
    },
  })
})

test('a fresh task that the gateway does not know yet still waits; an old one is lost', async () => {
  const { provider, call, begun } = await openBench({
    behaviour: { unknownPolls: 2, pollsUntilDone: Number.POSITIVE_INFINITY },
  })
  const fresh = await begun(model, { assets })
  expect(await provider.poll(fresh)).toEqual({ kind: 'queued' })
  const { providerJobId } = fresh.job
  const old = call(model, { providerJobId, submitAttemptedAt: Date.now() - 3_600_000 })
  expect(await provider.poll(old)).toEqual({ kind: 'lost' })
  expect((await provider.poll(fresh)).kind).toBe('processing')
})

test('a console that answers with its page is a wrong address: nothing was begun', async () => {
  const { runway, provider, call, begun } = await openBench()
  runway.fault('create', { kind: 'html' })
  expect(await refusal(provider.submit(call(model, {}, { assets })))).toMatchObject({
    key: 'runway.relayPage',
    retry: 'never',
    sent: false,
    charged: 'no',
  })
  expect(runway.tasks).toEqual([])
  const running = await begun(model, { assets })
  runway.fault('task', { kind: 'html' })
  expect(await refusal(provider.poll(running))).toMatchObject({ key: 'runway.relayPage', retry: 'later' })
  expect((await provider.poll(running)).kind).toBe('queued')
})

test('an answer that is lost, or names no task, may have begun one', async () => {
  const { runway, provider, call } = await openBench()
  runway.fault('create', { kind: 'drop_after' })
  expect(await refusal(provider.submit(call(model, {}, { assets })))).toMatchObject({
    sent: true,
    charged: 'unknown',
  })
  runway.fault('create', { kind: 'answer', body: { code: 'success', message: '', data: null } })
  expect(await refusal(provider.submit(call(model, {}, { assets })))).toMatchObject({
    key: 'wire.protocol',
    sent: true,
    charged: 'unknown',
  })
})

test('a refusal under the status of a success says why, and is never called free', async () => {
  const { runway, provider, call } = await openBench()
  const body = { error: { message: 'The ratio is not supported', code: 'bad_request' } }
  runway.fault('create', { kind: 'answer', body })
  expect(await refusal(provider.submit(call(model, {}, { assets })))).toMatchObject({
    key: 'runway.refused',
    retry: 'never',
    charged: 'unknown',
    values: { reason: 'The ratio is not supported · bad_request' },
  })
})

test('without a place for the image nothing is sent', async () => {
  const { runway, provider, call } = await openBench()
  const address = () => Promise.reject(new Error('no hosting'))
  await expect(provider.submit(call(model, {}, { assets, address }))).rejects.toThrow('no hosting')
  expect(runway.requests).toEqual([])
})

test.each([
  'http://images.example.com/a.jpg',
  'https://10.0.0.1/a.jpg',
  'file:///a.jpg',
  'a.jpg',
  `https://a.example.com/${'a'.repeat(2048)}`,
])('an image at %s would be refused by Runway: nothing is sent', async (url) => {
  const { runway, provider, call } = await openBench()
  const address = () => Promise.resolve(url)
  expect(await refusal(provider.submit(call(model, {}, { assets, address })))).toMatchObject({
    key: 'runway.imageAddress',
    retry: 'never',
    sent: false,
  })
  expect(runway.requests).toEqual([])
})

test('there is no cancel: the engine hears that it can only stop watching, and nothing is asked', async () => {
  const { runway, provider, begun } = await openBench()
  const call = await begun(model, { assets })
  const before = runway.requests.length
  expect(await refusal(provider.cancel?.(call) ?? Promise.resolve())).toMatchObject({
    key: 'runway.noCancel',
    retry: 'never',
  })
  expect(runway.requests.length).toBe(before)
})

test('a key of Runway’s never goes to a relay, nor the other way about', async () => {
  const { runway, provider, call, secrets } = await openBench()
  delete secrets['relayKey']
  expect(await refusal(provider.submit(call(model, {}, { assets })))).toMatchObject({ key: 'runway.noKey' })
  expect(runway.requests).toEqual([])
})
