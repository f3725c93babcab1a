import { createRouterClient } from '@orpc/server'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../../../src/main/ports'
import { createStudio } from '../../../src/main/studio'
import { startKling, type KlingSimulatorOptions } from '../../simulators/kling'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'

async function startStudio(folder: string, clock: Clock, seed = 1) {
  const studio = await createStudio(
    studioPorts(folder, {
      clock,
      random: seededRandom(seed),
    }),
  )
  const client = createRouterClient(studio.router)
  /** Resolves when a job is as is asked for. */
  async function until(id: string, states = ['completed', 'failed', 'needs_attention']) {
    const stop = new AbortController()
    const events = await client.studio.events(undefined, { signal: stop.signal })
    const now = await client.jobs.get({ id })
    if (states.includes(now.state)) return now
    for await (const { type } of events) {
      if (type !== 'job') continue
      const job = await client.jobs.get({ id })
      if (!states.includes(job.state)) continue
      stop.abort()
      return job
    }
    throw new Error('the studio closed')
  }
  return { studio, client, until }
}

/** A studio with an account at the simulator. */
async function openStudio(options: KlingSimulatorOptions = {}) {
  // One clock for both: tokens are good for minutes, which pass in seconds here.
  const clock = hurriedClock(20)
  const kling = await startKling({ wall: () => clock.now(), ...options })
  onTestFinished(() => kling.close())
  const folder = tempFolder()
  const first = await startStudio(folder, clock)
  onTestFinished(() => first.studio.close())
  const relay = options.kind === 'relay'
  const connection = await first.client.connections.create({
    provider: 'kling',
    label: 'Studio',
    settings: relay ? { kind: 'relay', relayUrl: kling.url } : { signIn: 'pair', baseUrl: kling.url },
    secrets: relay ? { apiKey: kling.apiKey } : { accessKey: kling.accessKey, secretKey: kling.secretKey },
    keep: 'session',
  })
  const make = async (more: Partial<Parameters<typeof first.client.jobs.create>[0]> = {}) => {
    const wish = { model: 'kling-v1', prompt: 'A lighthouse', connectionId: connection.id, ...more }
    const { jobs } = await first.client.jobs.create(wish)
    return jobs[0]?.id ?? ''
  }
  return { kling, clock, folder, connection, make, ...first }
}

test('from the prompt to the file: sent once, paid as told, kept under its own name', async () => {
  const { kling, folder, make, until } = await openStudio()
  const job = await until(await make({ params: { mode: 'pro', aspect_ratio: '9:16' } }))
  expect(job).toMatchObject({
    state: 'completed',
    providerJobId: `text2video/${kling.tasks()[0]?.id}`,
    cost: { micros: 490_000, currency: 'USD' },
    costKind: 'exact',
    charged: 'yes',
    ratio: 9 / 16,
  })
  expect(existsSync(join(folder, 'videos', job.file ?? 'none'))).toBe(true)
  expect(kling.billable()).toBe(1)
})

test('the same through a relay, whose cost nobody but the relay knows exactly', async () => {
  const { kling, make, until } = await openStudio({ kind: 'relay' })
  const job = await until(await make())
  expect(job).toMatchObject({ state: 'completed', costKind: 'computed' })
  expect(kling.requests('submit')[0]?.url).toBe('/kling/v1/videos/text2video')
})

test('a lost answer: the job is found by its token, billed once, and completed', async () => {
  const { kling, make, until } = await openStudio()
  kling.faults.add('submit', { kind: 'drop_after' })
  expect((await until(await make())).state).toBe('completed')
  expect(kling.requests('submit')).toHaveLength(1)
  expect(kling.billable()).toBe(1)
})

test('a lost answer that Kling finds too late: the second submit is refused as the same one, and billed once', async () => {
  const { kling, make, until } = await openStudio()
  kling.faults.add('submit', { kind: 'drop_after' })
  kling.faults.add('find', { kind: 'refuse', status: 404, code: 1203 })
  expect((await until(await make())).state).toBe('completed')
  expect(kling.requests('submit')).toHaveLength(2)
  expect(kling.billable()).toBe(1)
})

test('a lost answer at a relay that cannot look up: the person decides, and nothing is sent again', async () => {
  const { kling, make, until } = await openStudio({ kind: 'relay' })
  kling.behaviour.finds = false
  kling.faults.add('submit', { kind: 'drop_after' })
  expect(await until(await make())).toMatchObject({ state: 'needs_attention', charged: 'unknown' })
  expect(kling.requests('submit')).toHaveLength(1)
})

test('a cut download goes on, and an address that has expired is asked for anew', async () => {
  const { kling, make, until } = await openStudio()
  kling.faults.add('file', { kind: 'half' })
  kling.faults.add('file', { kind: 'answer', status: 403, json: { expired: true } })
  expect((await until(await make())).state).toBe('completed')
  expect(kling.requests('file').length).toBeGreaterThan(2)
  expect(kling.billable()).toBe(1)
})

test('tasks that only Kling knows are taken in with their videos and for the units that they took, once, and nothing of ours', async () => {
  const { kling, clock, connection, client, make, until } = await openStudio()
  const own = await until(await make())
  for (const prompt of ['Elsewhere', 'Elsewhere too']) {
    const answer = await fetch(`${kling.url}/v1/videos/text2video`, {
      method: 'POST',
      headers: { authorization: `Bearer ${kling.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model_name: 'kling-v2-6', prompt, duration: '5' }),
    })
    expect(answer.status).toBe(200)
  }
  kling.finish()
  const { id } = connection
  const { strays } = await client.connections.strays({ id, days: 1 })
  expect(strays.map(({ state, model }) => `${state} ${model}`)).toEqual([
    'succeeded kling-task',
    'succeeded kling-task',
  ])
  expect(strays.map(({ providerJobId }) => providerJobId)).not.toContain(own.providerJobId)
  const { jobs } = await client.connections.adopt({ id, providerJobIds: [strays[0]?.providerJobId ?? ''] })
  const taken = await until(jobs[0]?.id ?? '')
  // 1.5 units of 0.14 dollars; what was asked for Kling does not tell.
  expect(taken).toMatchObject({
    state: 'completed',
    prompt: '',
    cost: { micros: 210_000, currency: 'USD' },
    costKind: 'exact',
    video: { missing: false },
  })
  expect((await client.connections.strays({ id, days: 1 })).strays).toHaveLength(1)
  expect(clock.now()).toBeGreaterThan(strays[0]?.submittedAt ?? Infinity)
  // Nothing new can be made of it: nobody knows what it was.
  await expect(client.jobs.retry({ id: taken.id })).rejects.toThrow(
    'Studio does not offer Kling, begun elsewhere.',
  )
  const { providers } = await client.providers.list()
  expect(providers.flatMap(({ models }) => models).some((model) => model.id === 'kling-task')).toBe(false)
})

test('an account without money fails the job at once, uncharged, with the sentence that says so', async () => {
  const { kling, make, until } = await openStudio()
  kling.behaviour.money = 'empty'
  expect(await until(await make())).toMatchObject({
    state: 'failed',
    charged: 'no',
    error: { code: 'billing', key: 'kling.packEmpty' },
  })
  expect(kling.requests('submit')).toHaveLength(1)
})

test('too many at a time: the job waits its turn and is made', async () => {
  const { kling, make, until } = await openStudio()
  kling.faults.add('submit', { kind: 'refuse', status: 429, code: 1303 }, 2)
  expect((await until(await make())).state).toBe('completed')
  expect(kling.requests('submit')).toHaveLength(3)
})

test('a failed task says why, and that it took nothing', async () => {
  const { kling, make, until } = await openStudio()
  kling.failNext('The image violates the content policy')
  expect(await until(await make())).toMatchObject({
    state: 'failed',
    charged: 'no',
    error: { code: 'moderated', key: 'kling.blocked' },
  })
})

test('cancelling says that watching stops, since Kling has no cancel', async () => {
  const { client, make, until } = await openStudio({ jobMs: Number.POSITIVE_INFINITY })
  const id = await make()
  await until(id, ['processing'])
  await client.jobs.cancel({ id })
  const job = await until(id, ['cancelled'])
  expect(job).toMatchObject({ state: 'cancelled', charged: 'unknown' })
  expect(job.events.map(({ kind }) => kind)).toContain('stopped_watching')
})

test('a restart goes on with the task at the door and the address that it was begun at', async () => {
  const { kling, clock, folder, connection, studio, client, make, until } = await openStudio({
    jobMs: Number.POSITIVE_INFINITY,
  })
  const photo = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#456' } })
    .png()
    .toBuffer()
  const { id: assetId } = await client.assets.import({
    file: new File([new Uint8Array(photo)], 'photo.png', { type: 'image/png' }),
  })
  const id = await make({ inputs: [{ role: 'first', assetId }] })
  await until(id, ['processing'])
  await studio.close()
  kling.finish()
  const again = await startStudio(folder, clock, 2)
  onTestFinished(() => again.studio.close())
  await again.client.connections.update({
    id: connection.id,
    // Another door of the same server from now on; this job was begun at the first one.
    settings: { kind: 'china', signIn: 'pair', baseUrl: `${kling.url}/elsewhere` },
    secrets: { accessKey: kling.accessKey, secretKey: kling.secretKey },
    keep: 'session',
  })
  expect(await again.until(id)).toMatchObject({ state: 'completed', costKind: 'exact' })
  expect(kling.requests('poll').every(({ url }) => url.startsWith('/v1/videos/image2video/'))).toBe(true)
  expect(kling.billable()).toBe(1)
})

test('what Kling would ignore and charge for is refused before anything is sent', async () => {
  const { kling, client, connection } = await openStudio()
  const photo = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer()
  const { id: assetId } = await client.assets.import({
    file: new File([new Uint8Array(photo)], 'photo.jpg', { type: 'image/jpeg' }),
  })
  const wish = {
    model: 'kling-v2-6',
    prompt: 'A lighthouse',
    connectionId: connection.id,
    inputs: [
      { role: 'first' as const, assetId },
      { role: 'last' as const, assetId },
    ],
  }
  await expect(client.jobs.create(wish)).rejects.toMatchObject({ data: { key: 'kling.tailMode' } })
  expect(kling.requests()).toHaveLength(0)
})
