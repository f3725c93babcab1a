import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../../support/folder'
import { drain, input, openBench, refusal } from './kit'

const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex')

/** A JPEG of so many bytes on the disk, as the engine hands it over. */
function picture(role: 'first' | 'last', bytes: number) {
  const path = join(tempFolder(), `${role}.jpg`)
  const data = Buffer.alloc(bytes, role)
  jpeg.copy(data)
  writeFileSync(path, data)
  return { data, asset: input(role, path, { bytes, name: 'the boat.jpg' }) }
}

test('an image goes along as it is; Runway is told its version and the key', async () => {
  const { runway, provider, call } = await openBench()
  const { data, asset } = picture('first', 1000)
  const { told } = await provider.submit(call('runway-gen4-turbo', {}, { assets: [asset] }))
  expect(told).toEqual({ estimatedCredits: 25 })
  const [sent] = runway.of('create')
  expect(sent?.headers).toMatchObject({
    authorization: `Bearer ${runway.apiKey}`,
    'x-runway-version': '2024-11-06',
  })
  expect(runway.tasks[0]?.body).toMatchObject({
    model: 'gen4_turbo',
    promptImage: `data:image/jpeg;base64,${data.toString('base64')}`,
  })
})

test('an image beyond a data URI is uploaded byte for byte, and the store hears nothing of the key', async () => {
  const { runway, provider, call } = await openBench()
  const { data, asset } = picture('first', 4_000_000)
  await provider.submit(call('runway-gen4-turbo', {}, { assets: [asset] }))
  const [upload] = runway.uploads
  expect(upload?.bytes?.equals(data)).toBe(true)
  // The person's own name for the file is none of Runway's business.
  expect(upload?.filename).toBe('image.jpg')
  expect(runway.tasks[0]?.body).toMatchObject({ promptImage: upload?.uri })
  const [stored] = runway.of('store')
  expect(stored?.headers.authorization).toBeUndefined()
  expect(Number(stored?.headers['content-length'])).toBe(stored?.bodyBytes)
  expect(stored?.bodyBytes).toBeGreaterThan(4_000_000)
})

test.each([
  ['the upload is refused', 'uploads', { kind: 'status', status: 503 }, 'unavailable'],
  ['the upload breaks off', 'uploads', { kind: 'drop_after' }, 'network'],
  ['the store breaks off', 'store', { kind: 'drop' }, 'network'],
  ['the store fails', 'store', { kind: 'status', status: 500 }, 'unavailable'],
  [
    'the store would lie beyond TLS',
    'uploads',
    {
      kind: 'answer',
      body: { runwayUri: 'runway://x', uploadUrl: 'http://store.example.com/', fields: {} },
    },
    'unavailable',
  ],
] as const)('where %s nothing was begun, and all of it is done again', async (_name, at, fault, code) => {
  const { runway, provider, call } = await openBench()
  const { asset } = picture('first', 4_000_000)
  runway.fault(at, fault)
  const wish = call('runway-gen4-turbo', {}, { assets: [asset] })
  expect(await refusal(provider.submit(wish))).toMatchObject({
    code,
    retry: 'later',
    sent: false,
    charged: 'no',
  })
  expect(runway.of('create')).toEqual([])
  await provider.submit(wish)
  expect(runway.tasks.length).toBe(1)
})

test('a file that is gone is said to be gone, and nothing is sent', async () => {
  const { runway, provider, call } = await openBench()
  const asset = input('first', join(tempFolder(), 'none.jpg'), { bytes: 1000 })
  expect(await refusal(provider.submit(call('runway-gen4-turbo', {}, { assets: [asset] })))).toMatchObject({
    key: 'asset.notFound',
    retry: 'never',
    sent: false,
  })
  expect(runway.requests).toEqual([])
})

test('a first and a last frame: each is brought over once', async () => {
  const { runway, provider, call } = await openBench()
  const first = picture('first', 4_000_000)
  const last = picture('last', 1000)
  const inputs = [first.asset.input, last.asset.input]
  const assets = [first.asset, last.asset]
  await provider.submit(call('runway-veo3-1', { inputs }, { assets }))
  expect(runway.uploads.length).toBe(1)
  expect(runway.tasks[0]?.body).toMatchObject({
    promptImage: [
      { uri: runway.uploads[0]?.uri, position: 'first' },
      { uri: `data:image/jpeg;base64,${last.data.toString('base64')}`, position: 'last' },
    ],
  })
})

test('from waiting to the file', async () => {
  const { runway, provider, begun } = await openBench({ behaviour: { pollsUntilDone: 2 } })
  const call = await begun('runway-gen4-5')
  expect(await provider.poll(call)).toEqual({ kind: 'queued' })
  expect(await provider.poll(call)).toEqual({ kind: 'processing', progress: 0.42 })
  const done = await provider.poll(call)
  expect(done).toMatchObject({ kind: 'succeeded', cost: { micros: 600_000, currency: 'USD' } })
  const [output] = done.kind === 'succeeded' ? done.outputs : []
  const { bytes } = await drain(
    await provider.open(call, output ?? { ref: '', bytes: null, sha256: null }, 0),
  )
  expect(bytes.equals(runway.video)).toBe(true)
  // Signed addresses are for everybody who has them: no key goes there.
  expect(runway.of('file')[0]?.headers.authorization).toBeUndefined()
})

test('an address that has expired asks for another poll, which brings a fresh one', async () => {
  const { runway, provider, begun } = await openBench({ behaviour: { pollsUntilDone: 0 } })
  const call = await begun('runway-gen4-5')
  const output = async () => {
    const status = await provider.poll(call)
    const [first] = status.kind === 'succeeded' ? status.outputs : []
    return first ?? { ref: '', bytes: null, sha256: null }
  }
  const old = await output()
  runway.expire()
  expect(await refusal(provider.open(call, old, 0))).toMatchObject({ code: 'not_found', charged: 'yes' })
  const fresh = await output()
  const { bytes } = await drain(await provider.open(call, fresh, 0))
  expect(bytes.equals(runway.video)).toBe(true)
})

test('a task that Runway does not know: not yet, just after its create; later it is lost', async () => {
  const { runway, provider, call, begun } = await openBench()
  const { job } = await begun('runway-gen4-5')
  runway.forget()
  const at = (submitAttemptedAt: number) =>
    provider.poll(call('runway-gen4-5', { providerJobId: job.providerJobId, submitAttemptedAt }))
  expect(await at(Date.now() - 1000)).toEqual({ kind: 'queued' })
  expect(await at(Date.now() - 120_000)).toEqual({ kind: 'lost' })
})

test('a page on the way, or an answer of no known shape, loses no task', async () => {
  const { runway, provider, begun } = await openBench()
  const call = await begun('runway-gen4-5')
  runway.fault('task', { kind: 'html', status: 404 })
  expect(await refusal(provider.poll(call))).toMatchObject({ key: 'wire.page', retry: 'later' })
  runway.fault('task', { kind: 'answer', body: { hello: 'world' } })
  expect(await refusal(provider.poll(call))).toMatchObject({
    key: 'wire.protocol',
    retry: 'later',
    sent: false,
  })
  expect((await provider.poll(call)).kind).not.toBe('lost')
})

test('cancel: what runs is ended, what is finished or gone is left as it is', async () => {
  const { runway, provider, begun } = await openBench({
    behaviour: { pollsUntilDone: Number.POSITIVE_INFINITY },
  })
  const call = await begun('runway-gen4-5')
  expect(await provider.cancel?.(call)).toBe('cancelled')
  expect(await refusal(provider.cancel?.(call) ?? Promise.resolve())).toMatchObject({ code: 'not_found' })
  const other = await begun('runway-gen4-5')
  runway.finish()
  expect(await provider.cancel?.(other)).toBe('too_late')
  expect(await provider.poll(other)).toMatchObject({ kind: 'succeeded' })
  expect(runway.of('cancel').length).toBe(1)
})
