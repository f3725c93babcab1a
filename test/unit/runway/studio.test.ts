import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startAws } from '../../simulators/aws'
import { picture } from '../assets/pictures'
import { openHouse } from './house'

test('from the prompt to the file: sent once, as previewed, for exactly what Runway says it cost', async () => {
  const { runway, client, connectionId, create, ended, folder } = await openHouse()
  const asked = { params: { ratio: '720:1280', duration: 3, seed: 7 } }
  const wish = { model: 'runway-gen4-5', prompt: 'A lighthouse', connectionId, ...asked }
  const { request, estimate } = await client().jobs.preview(wish)
  expect(estimate).toEqual({ micros: 360_000, currency: 'USD' })
  const job = await ended(await create(asked))
  expect(job).toMatchObject({
    state: 'completed',
    cost: { micros: 360_000, currency: 'USD' },
    costKind: 'exact',
    charged: 'yes',
  })
  const [sent] = runway.of('create')
  expect(`${runway.url}${sent?.url ?? ''}`).toBe(request.url)
  expect(JSON.parse(sent?.body ?? '')).toEqual(request.body)
  expect(runway.tasks.length).toBe(1)
  const path = join(folder, 'videos', job.file ?? 'none')
  expect(existsSync(path) && readFileSync(path).equals(runway.video)).toBe(true)
  const accepted = job.events.find(({ kind }) => kind === 'accepted')
  expect(accepted?.data).toMatchObject({ estimatedCredits: 36 })
})

test('ProRes comes as QuickTime, under its own ending, and is found again when the history is made anew', async () => {
  const video = readFileSync(join(import.meta.dirname, '../../fixtures/prores.mov'))
  const { client, create, ended, folder } = await openHouse({ video })
  const params = { ratio: '1280:720', duration: 2, outputFormat: 'prores', proresProfile: '422 Proxy' }
  const job = await ended(await create({ params }))
  expect(job).toMatchObject({
    state: 'completed',
    cost: { micros: 340_000, currency: 'USD' },
    video: { width: 128, height: 72, fps: 24, file: 'mov', bytes: video.byteLength },
  })
  expect(job.file).toMatch(/^\d{4}-\d{2}\/.+\.mov$/)
  expect(readFileSync(join(folder, 'videos', job.file ?? 'none')).equals(video)).toBe(true)
  // Another job of the same words does not take its sidecar.
  const next = await ended(
    await create({ params: { ...params, outputFormat: 'mp4', proresProfile: undefined } }),
  )
  expect(next.file).toBe(job.file?.replace('.mov', ' 2.mp4'))
  const { found, unreadable } = await client().library.rebuild()
  expect({ found, unreadable }).toEqual({ found: 2, unreadable: 0 })
})

test('a create whose answer was lost is put before the person, and never made a second time', async () => {
  const { runway, create, ended, restart } = await openHouse()
  runway.fault('create', { kind: 'drop_after' })
  const id = await create()
  const job = await ended(id)
  expect(job).toMatchObject({
    state: 'needs_attention',
    charged: 'unknown',
    error: { key: 'job.unanswered' },
  })
  await restart()
  expect((await ended(id)).state).toBe('needs_attention')
  expect(runway.tasks.length).toBe(1)
  expect(runway.of('create').length).toBe(1)
})

test('the day’s quota: the job goes back into the queue with the reason, and is made when there is room', async () => {
  const { runway, create, until, ended } = await openHouse()
  const body = { error: 'You have exceeded your daily quota' }
  runway.fault('create', { kind: 'status', status: 429, body, headers: { 'retry-after': '30' } })
  const id = await create()
  const waiting = await until(id, ({ waiting }) => waiting === 'throttled')
  expect(waiting).toMatchObject({ state: 'queued', error: { code: 'quota', key: 'runway.quota' } })
  expect(runway.tasks).toEqual([])
  expect(await ended(id)).toMatchObject({ state: 'completed', error: null, charged: 'yes' })
  expect(runway.tasks.length).toBe(1)
})

test('a task that Runway itself queues says so, is not taken for slow, and goes on', async () => {
  const { runway, create, until, ended } = await openHouse({ behaviour: { together: 0 } })
  const id = await create()
  const waiting = await until(id, ({ waiting }) => waiting === 'throttled')
  expect(waiting).toMatchObject({ state: 'processing', delayed: false, error: null })
  runway.behaviour.together = 1
  expect(await ended(id)).toMatchObject({ state: 'completed', waiting: null })
})

test('a torn download goes on where it broke, and an address that has expired is asked for anew', async () => {
  const { runway, create, ended } = await openHouse()
  runway.fault('file', { kind: 'half' })
  runway.fault('file', { kind: 'status', status: 401 })
  const job = await ended(await create())
  expect(job.state).toBe('completed')
  expect(job.events.map(({ kind }) => kind)).toContain('renewed')
  const [first, second, third] = runway.of('file')
  expect(second?.url).toBe(first?.url)
  expect(third?.url).not.toBe(first?.url)
  expect(runway.tasks.length).toBe(1)
})

test('a failed task says why, whether it was charged and how much', async () => {
  const { runway, create, ended } = await openHouse()
  runway.failNext('The prompt was flagged', 'SAFETY.INPUT.TEXT', 60)
  expect(await ended(await create())).toMatchObject({
    state: 'failed',
    charged: 'yes',
    cost: { micros: 600_000, currency: 'USD' },
    costKind: 'exact',
    error: {
      code: 'moderated',
      key: 'runway.safetyInput',
      values: { reason: 'The prompt was flagged' },
    },
  })
  runway.failNext('Bad output', 'INTERNAL.BAD_OUTPUT.CODE01', 0)
  expect(await ended(await create())).toMatchObject({ state: 'failed', charged: 'no', cost: null })
})

test('a cancel ends what runs, and never throws away what is finished and paid for', async () => {
  const { runway, client, create, until, ended } = await openHouse({
    behaviour: { pollsUntilDone: Number.POSITIVE_INFINITY },
  })
  const running = await create()
  await until(running, ({ state }) => state === 'processing')
  await client().jobs.cancel({ id: running })
  expect(await ended(running)).toMatchObject({ state: 'cancelled', charged: 'unknown' })
  expect(runway.of('cancel').length).toBe(1)

  const finished = await create()
  await until(finished, ({ state }) => state === 'processing')
  runway.finish()
  await client().jobs.cancel({ id: finished })
  expect(await ended(finished)).toMatchObject({ state: 'completed', charged: 'yes' })
  expect(runway.of('cancel').length).toBe(1)
})

test('a restart in the middle goes on with the same task', async () => {
  const { runway, create, until, ended, restart } = await openHouse({
    behaviour: { pollsUntilDone: Number.POSITIVE_INFINITY },
  })
  const id = await create()
  await until(id, ({ state }) => state === 'processing')
  await restart()
  runway.finish()
  expect((await ended(id)).state).toBe('completed')
  expect(runway.tasks.length).toBe(1)
})

test('an account that was tried shows what is left on it; its key is nowhere in the answers', async () => {
  const { runway, client, connectionId } = await openHouse()
  const steps = []
  const settings = { kind: 'official', baseUrl: runway.url }
  for await (const step of await client().connections.test({
    id: connectionId,
    provider: 'runway',
    settings,
  })) {
    steps.push(step)
  }
  expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'key ok',
    'account ok',
    'limits.gen4_turbo ok',
    'limits.gen4.5 ok',
    'limits.veo3.1 ok',
    'limits.veo3.1_fast ok',
  ])
  const { connections } = await client().connections.list()
  expect(connections[0]?.tested).toMatchObject({
    ok: true,
    standing: { key: 'runway.account.ok', values: { credits: 1234, sum: '12.34' } },
  })
  expect(JSON.stringify([steps, connections])).not.toContain(runway.apiKey)
  expect(runway.tasks).toEqual([])
})

test('a key that is none is refused at its field, before anything is sent', async () => {
  const { runway, client } = await openHouse()
  const wrong = client().connections.create({
    provider: 'runway',
    label: 'Other',
    settings: { baseUrl: runway.url },
    secrets: { apiKey: 'sk-0123456789' },
    keep: 'session',
  })
  await expect(wrong).rejects.toMatchObject({
    data: { issues: [{ path: ['secrets', 'apiKey'], key: 'runway.keyForm' }] },
  })
  expect(runway.requests).toEqual([])
})

test('through a relay: the price is asked about, the image is read from its hosting, and the video comes', async () => {
  const { runway, client, studio, ended } = await openHouse({ behaviour: { relayShape: 'reverse' } })
  const aws = await startAws()
  onTestFinished(() => aws.close())
  const { accessKeyId, secretAccessKey } = aws.credential
  await client().connections.create({
    provider: 'image-hosting',
    label: 'Images',
    settings: { bucket: aws.bucket, region: aws.region, s3Endpoint: aws.urls.s3, pathStyle: true },
    secrets: { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  const relay = await client().connections.create({
    provider: 'runway',
    label: 'Relay',
    settings: { kind: 'relay', relayUrl: `${runway.url}/` },
    secrets: { relayKey: runway.relayKey },
    keep: 'session',
  })
  const bytes = await picture(1280, 720).jpeg().toBuffer()
  const image = await studio().assets.import({ name: 'boat.jpg', bytes })
  const wish = {
    model: 'runway-relay-gen4-turbo',
    connectionId: relay.id,
    params: { duration: 10, ratio: '1280:768' },
    inputs: [{ role: 'first' as const, assetId: image.id }],
  }
  await expect(client().jobs.create(wish)).rejects.toMatchObject({ data: { key: 'money.confirmUnknown' } })
  expect(runway.requests).toEqual([])
  const { jobs } = await client().jobs.create({ ...wish, approved: { micros: 0, currency: 'USD' } })
  const job = await ended(jobs[0]?.id ?? '')
  expect(job).toMatchObject({ state: 'completed', charged: 'yes', cost: null, estimate: null })
  expect(runway.read).toEqual([{ type: 'image/jpeg', bytes: image.bytes }])
  expect(runway.tasks[0]?.body).toMatchObject({ model: 'runwayml-gen4_turbo-10', duration: 10 })
  await expect.poll(() => aws.store.keys(aws.bucket), { timeout: 5000 }).toEqual([])
})
