import { createRouterClient } from '@orpc/server'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { startJimeng, type JimengSimulator } from '../../simulators/jimeng'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'
import { makeMp4 } from '../../support/video'

const video = await makeMp4({ width: 1280, height: 720, fps: 24, frames: 48, frameBytes: 4000 })

async function startSim(): Promise<JimengSimulator> {
  const sim = await startJimeng({ video })
  onTestFinished(() => sim.close())
  return sim
}

/** A studio on a folder; the time of the simulator is the studio's own. */
async function openStudio(folder = tempFolder(), seed = 1) {
  const clock = hurriedClock(100)
  const studio = await createStudio(
    studioPorts(folder, {
      clock,
      random: seededRandom(seed),
    }),
  )
  let open = true
  const close = async () => {
    if (open) await studio.close()
    open = false
  }
  onTestFinished(close)
  const client = createRouterClient(studio.router)
  /** Resolves when a job is in one of these states. */
  async function reached(id: string, states = ['completed', 'failed', 'needs_attention', 'cancelled']) {
    const stop = new AbortController()
    const events = await client.studio.events(undefined, { signal: stop.signal })
    const now = await client.jobs.get({ id })
    if (states.includes(now.state)) return now
    for await (const { type } of events) {
      if (type !== 'job') continue
      const job = await client.jobs.get({ id })
      if (states.includes(job.state)) {
        stop.abort()
        return job
      }
    }
    throw new Error('the studio closed')
  }
  return { client, close, reached, folder }
}

async function openAll(kind: 'official' | 'relay' = 'official') {
  const sim = await startSim()
  const studio = await openStudio()
  const connection = await studio.client.connections.create({
    provider: 'jimeng',
    label: 'Studio',
    settings: kind === 'official' ? { endpoint: sim.url } : { kind, relayUrl: sim.url },
    secrets: kind === 'official' ? { ...sim.account } : { relayKey: sim.relayKey },
    keep: 'session',
  })
  const make = async (change: Record<string, unknown> = {}) => {
    const { jobs } = await studio.client.jobs.create({
      model: kind === 'official' ? 'jimeng-3' : 'jimeng-relay',
      prompt: 'A lighthouse',
      connectionId: connection.id,
      approved: { micros: 1_000_000_000, currency: 'CNY' },
      ...change,
    })
    return jobs[0]?.id ?? ''
  }
  return { ...studio, sim, connection, make }
}

test('from the prompt to the file: sent once, the price computed in its own currency', async () => {
  const { sim, client, connection, make, reached, folder } = await openAll()
  const { request, estimate } = await client.jobs.preview({
    model: 'jimeng-3',
    prompt: 'A lighthouse',
    connectionId: connection.id,
  })
  expect(estimate).toEqual({ micros: 1_400_000, currency: 'CNY' })
  const job = await reached(await make())
  expect(job).toMatchObject({
    state: 'completed',
    cost: { micros: 1_400_000, currency: 'CNY' },
    costKind: 'computed',
    charged: 'yes',
  })
  expect(existsSync(join(folder, 'videos', job.file ?? 'none'))).toBe(true)
  expect(sim.billable()).toBe(1)
  expect(JSON.parse(sim.requests('submit')[0]?.body ?? '')).toEqual(request.body)
})

test('yuan count as yuan: shown beside dollars, and asked about where limits are in dollars', async () => {
  const { client, connection, make, reached } = await openAll()
  const asked = { model: 'jimeng-3', prompt: 'Rain', connectionId: connection.id }
  await expect(client.jobs.create(asked)).rejects.toMatchObject({ data: { key: 'money.confirmOther' } })
  await client.connections.update({ id: connection.id, budget: { micros: 2_000_000, currency: 'CNY' } })
  const { jobs } = await client.jobs.create(asked)
  await reached(jobs[0]?.id ?? '')
  await expect(client.jobs.create(asked)).rejects.toMatchObject({ data: { key: 'money.overBudget' } })
  await reached(await make({ approved: { micros: 1_400_000, currency: 'CNY', overBudget: true } }))
  const { rows } = await client.money.usage({})
  expect(rows).toMatchObject([{ currency: 'CNY', spent: 2_800_000, jobs: 2 }])
  const { standings } = await client.money.budget()
  expect(standings.find(({ connectionId }) => connectionId === null)).toMatchObject({
    currency: 'USD',
    spent: 0,
  })
})

test('a job whose price nobody knows is asked about, and has no made-up cost', async () => {
  const { client, connection, reached } = await openAll()
  const asked = { model: 'jimeng-3-pro', prompt: 'Rain', connectionId: connection.id }
  await expect(client.jobs.create(asked)).rejects.toMatchObject({ data: { key: 'money.confirmUnknown' } })
  const { jobs } = await client.jobs.create({ ...asked, approved: { micros: 0, currency: 'USD' } })
  expect(await reached(jobs[0]?.id ?? '')).toMatchObject({ state: 'completed', cost: null, charged: 'yes' })
})

test('an answer that got lost is put before the person, and the job is never sent again', async () => {
  const { sim, client, make, reached } = await openAll()
  sim.fault('submit', { kind: 'drop_after' })
  const id = await make()
  expect(await reached(id)).toMatchObject({ state: 'needs_attention', charged: 'unknown' })
  await expect(client.jobs.resolve({ id, how: 'check' })).rejects.toMatchObject({
    data: { key: 'job.cannotCheck' },
  })
  expect(sim.requests('submit')).toHaveLength(1)
})

test('one job more than the account may have at a time waits and is made', async () => {
  const { sim, client, connection, make, reached } = await openAll()
  sim.state.concurrency = 1
  await client.connections.update({ id: connection.id, concurrency: 2 })
  const [one, two] = [await make(), await make()]
  expect((await reached(one)).state).toBe('completed')
  expect((await reached(two)).state).toBe('completed')
  expect(sim.billable()).toBe(2)
})

test('a video that its audit withholds: told as moderated, and whether it was charged is not known', async () => {
  const { sim, make, reached } = await openAll()
  sim.state.nextEnd = { code: 50516, message: 'Post Video Risk Not Pass' }
  const job = await reached(await make())
  expect(job).toMatchObject({
    state: 'failed',
    charged: 'unknown',
    error: { code: 'moderated', key: 'jimeng.withheld' },
  })
})

test('a refused prompt is not charged', async () => {
  const { sim, make, reached } = await openAll()
  const body = { code: 50412, data: null, message: 'Text Risk Not Pass', request_id: 'r' }
  sim.fault('submit', { kind: 'answer', status: 400, body })
  expect(await reached(await make())).toMatchObject({ state: 'failed', charged: 'no' })
})

test('an address whose hour is over is renewed, and a cut download goes on where it was', async () => {
  const { sim, make, reached } = await openAll()
  sim.fault('file', { kind: 'answer', status: 403, body: { error: 'Request has expired' } })
  sim.fault('file', { kind: 'half' })
  const job = await reached(await make())
  expect(job).toMatchObject({ state: 'completed' })
  expect(job.events.map(({ kind }) => kind)).toContain('renewed')
  expect(sim.requests('file').at(-1)?.headers['range']).toMatch(/^bytes=\d+-$/)
  expect(sim.billable()).toBe(1)
})

test('a cancelled job is not watched any more, and says that it may have been charged', async () => {
  const { sim, client, make, reached } = await openAll()
  sim.state.pollsUntilDone = 1_000_000
  const id = await make()
  await reached(id, ['processing'])
  await client.jobs.cancel({ id })
  expect(await reached(id, ['cancelled'])).toMatchObject({ charged: 'unknown' })
})

test('what was begun before a restart is polled on at the same service', async () => {
  const { sim, client, make, reached, close, folder, connection } = await openAll()
  sim.state.pollsUntilDone = 1_000_000
  const id = await make()
  await reached(id, ['processing'])
  // Secrets of one run are gone with it: only what belongs to the job may be needed.
  expect((await client.jobs.get({ id })).endpoint).toBe(sim.url)
  await close()
  sim.state.pollsUntilDone = 0
  const again = await openStudio(folder, 2)
  await again.client.connections.update({ id: connection.id, secrets: { ...sim.account }, keep: 'session' })
  expect(await again.reached(id)).toMatchObject({ state: 'completed' })
  expect(sim.billable()).toBe(1)
})

test('through a relay, from the prompt to the file', async () => {
  const { sim, client, connection, make, reached } = await openAll('relay')
  const job = await reached(await make({ params: { aspect_ratio: '9:16', size: '720P' } }))
  expect(job).toMatchObject({ state: 'completed', cost: null, charged: 'yes' })
  expect(sim.billable()).toBe(1)
  const official = { model: 'jimeng-3', prompt: 'x', connectionId: connection.id }
  await expect(client.jobs.create(official)).rejects.toMatchObject({ data: { key: 'connection.notServed' } })
})

test('a relay’s failure is told in its own words', async () => {
  const { sim, make, reached } = await openAll('relay')
  sim.state.nextEnd = { relay: 'the upstream is tired' }
  const { error, state } = await reached(await make())
  expect(state).toBe('failed')
  expect(error).toMatchObject({ key: 'jimeng.relayFailed', values: { reason: 'the upstream is tired' } })
})
