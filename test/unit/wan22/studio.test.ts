import { createRouterClient } from '@orpc/server'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { JobDetail, JobState } from '../../../src/shared/contract'
import { createStudio } from '../../../src/main/studio'
import type { UpdateWay } from '../../../src/main/updates'
import { startWan22 } from '../../simulators/wan22'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { bareDesk, studioPorts } from '../../support/ports'
import { clip, patiently } from './kit'

/** The real studio on a folder; several in a row are restarts. */
async function openStudio(folder: string, seed = 1, updates?: UpdateWay) {
  const studio = await createStudio(
    studioPorts(folder, {
      clock: hurriedClock(20),
      random: seededRandom(seed),
      ...(updates && { desk: { ...bareDesk, updates } }),
    }),
  )
  let open = true
  const close = async () => {
    if (open) await studio.close()
    open = false
  }
  onTestFinished(close)
  const client = createRouterClient(studio.router)
  /** Resolves when a job is in one of these states; fails when it came to another end. */
  async function reach(id: string, ...states: JobState[]): Promise<JobDetail> {
    const stop = new AbortController()
    const events = await client.studio.events(undefined, { signal: stop.signal })
    try {
      for (let job = await client.jobs.get({ id }); ; job = await client.jobs.get({ id })) {
        if (states.includes(job.state)) return job
        if (['completed', 'failed', 'cancelled', 'needs_attention'].includes(job.state)) {
          throw new Error(`It is ${job.state}: ${job.error?.message}`)
        }
        await events.next()
      }
    } finally {
      stop.abort()
    }
  }
  return { client, reach, close }
}

async function scene({ updates, ...options }: { pieces?: number; updates?: UpdateWay } = {}) {
  const simulator = await startWan22({ video: clip, ...options })
  onTestFinished(() => simulator.close())
  const folder = tempFolder()
  const studio = await openStudio(folder, 1, updates)
  const connection = await studio.client.connections.create({
    provider: 'wan22',
    label: 'Mine',
    settings: { address: simulator.address },
    secrets: { key: simulator.key },
    keep: 'session',
  })
  const make = async (params: Record<string, unknown> = {}) => {
    const { jobs } = await studio.client.jobs.create({
      model: 'wan22-ti2v-5b',
      prompt: 'A lighthouse',
      connectionId: connection.id,
      params,
      // Its price is not known, which wants a yes.
      approved: { micros: 0, currency: 'USD' },
    })
    return jobs[0]?.id ?? ''
  }
  return { simulator, folder, connection, make, ...studio }
}

const kinds = (job: JobDetail) => job.events.map(({ kind }) => kind)
const spool = (folder: string) => readdirSync(join(folder, 'data', 'held'))

test('from the prompt to the file: called once, held, and nothing left in between', async () => {
  const { client, simulator, folder, connection, make, reach } = await scene()
  const asked = { model: 'wan22-ti2v-5b', prompt: 'A lighthouse', connectionId: connection.id }
  const { request, estimate, seconds } = await client.jobs.preview({ ...asked, params: { seed: 3 } })
  expect(estimate).toBeNull()
  expect(seconds).toBe(360)
  const held = simulator.hold()
  const id = await make({ seed: 3 })
  await held.reached
  expect((await reach(id, 'processing')).state).toBe('processing')
  held.release()
  const job = await reach(id, 'completed')
  expect(job).toMatchObject({ charged: 'yes', cost: null, fetchable: false })
  expect(simulator.runs).toBe(1)
  expect(simulator.seen[0]?.body).toEqual(request.body)
  expect(readFileSync(join(folder, 'videos', job.file ?? '')).equals(Buffer.from(clip))).toBe(true)
  expect(job.events.find(({ kind }) => kind === 'made')?.data).toMatchObject({ runSeconds: 301, seed: 3 })
  await patiently(() => expect(spool(folder)).toEqual([]))
})

test('a card counts down from what such a job takes by its steps, corrected by what this connection took', async () => {
  const { client, make, reach } = await scene()
  const usual = async (params: Record<string, unknown>) => {
    const { usualMs } = await reach(await make(params), 'completed')
    return usualMs
  }
  expect(await usual({ num_inference_steps: 20 })).toBe(150_000)
  expect(await usual({})).toBe(360_000)
  const took = await reach(await make({ num_inference_steps: 20 }), 'completed')
  // Three are there: none of them has 100 steps, yet they tell how far from the description this deployment is.
  const { seconds } = await client.jobs.preview({
    model: 'wan22-ti2v-5b',
    prompt: 'A lighthouse',
    connectionId: took.connectionId ?? '',
    params: { num_inference_steps: 100 },
  })
  expect(seconds).not.toBe(750)
  const next = await reach(await make({ num_inference_steps: 100 }), 'completed')
  expect(next.usualMs).toBe(Math.round((seconds ?? 0) * 1000))
})

test('a deployment that is full puts the job back into the queue, and it is made once there is room', async () => {
  const { simulator, make, reach } = await scene()
  simulator.fail({ kind: 'status', status: 429, headers: { 'retry-after': '1' } })
  simulator.fail({ kind: 'status', status: 503, body: 'no healthy upstream' })
  const job = await reach(await make(), 'completed')
  expect(kinds(job).filter((kind) => kind === 'requeued')).toHaveLength(2)
  expect(job.attempts).toBe(3)
  expect(simulator.runs).toBe(1)
})

test('a job that is cancelled while its call is turned away is cancelled, and costs nothing it did not', async () => {
  const { client, simulator, make, reach } = await scene()
  simulator.fail({ kind: 'status', status: 429, headers: { 'retry-after': '600' } })
  const id = await make()
  await reach(id, 'queued')
  await patiently(async () =>
    expect(await (async () => (await client.jobs.get({ id })).waiting)()).toBe('throttled'),
  )
  await client.jobs.cancel({ id })
  expect(await reach(id, 'cancelled')).toMatchObject({ charged: 'no' })
  expect(simulator.runs).toBe(0)
})

test.each(['drop_after', 'cut'] as const)(
  'an answer lost by "%s" needs the person, may have been charged, and is never run a second time',
  async (kind) => {
    const { client, simulator, folder, make, reach } = await scene()
    simulator.fail({ kind })
    const id = await make()
    const job = await reach(id, 'needs_attention')
    expect(job).toMatchObject({ charged: 'unknown', error: { key: 'wan22.cut' }, fetchable: false })
    expect(spool(folder)).toEqual([])
    await expect(client.jobs.resolve({ id, how: 'check' })).rejects.toMatchObject({ code: 'conflict' })
    await client.jobs.resolve({ id, how: 'dismiss' })
    expect(await reach(id, 'failed')).toMatchObject({ charged: 'unknown', fetchable: false })
    expect(simulator.runs).toBe(1)
  },
)

test('a damaged answer fails the job as charged, with nothing to fetch', async () => {
  const { simulator, make, reach } = await scene()
  simulator.fail({ kind: 'bad_base64' })
  expect(await reach(await make(), 'failed')).toMatchObject({
    charged: 'yes',
    error: { code: 'bad_output', key: 'wan22.damaged' },
    fetchable: false,
  })
})

test('a key that is not accepted fails the job in those words, and nothing is charged', async () => {
  const { simulator, make, reach } = await scene()
  simulator.fail({ kind: 'status', status: 401 })
  expect(await reach(await make(), 'failed')).toMatchObject({ charged: 'no', error: { key: 'wan22.key' } })
})

test('to cancel is to stop waiting: the call is closed, and the run may be charged', async () => {
  const { client, simulator, folder, make, reach } = await scene()
  const held = simulator.hold()
  const id = await make()
  await held.reached
  await reach(id, 'processing')
  await client.jobs.cancel({ id })
  const job = await reach(id, 'cancelled')
  expect(job.charged).toBe('unknown')
  expect(kinds(job)).toContain('stopped_watching')
  await patiently(() => expect(simulator.abandoned).toBe(1))
  held.release()
  await patiently(() => expect(spool(folder)).toEqual([]))
})

test('closed while a call is held: the next start asks the person, and never sends it again', async () => {
  const { simulator, folder, make, reach, close } = await scene()
  const held = simulator.hold()
  const id = await make()
  await held.reached
  await reach(id, 'processing')
  await close()
  held.release()
  const next = await openStudio(folder, 2)
  expect(await next.reach(id, 'needs_attention')).toMatchObject({
    charged: 'unknown',
    error: { key: 'wan22.closed' },
  })
  expect(simulator.runs).toBe(1)
})

test('closed while the video arrives: it is waited for, and the next start takes it into the library', async () => {
  const { simulator, folder, make, reach, close } = await scene({ pieces: 2000 })
  const held = simulator.hold('answer')
  const id = await make()
  await held.reached
  await reach(id, 'processing')
  const closed = close()
  held.release()
  await closed
  const next = await openStudio(folder, 2)
  expect((await next.reach(id, 'completed')).charged).toBe('yes')
  expect(simulator.runs).toBe(1)
})

test('an account whose key left with the session waits for it instead of failing', async () => {
  const { folder, close, connection } = await scene()
  await close()
  const next = await openStudio(folder, 2)
  const { jobs } = await next.client.jobs.create({
    model: 'wan22-ti2v-5b',
    prompt: 'Dawn',
    connectionId: connection.id,
    approved: { micros: 0, currency: 'USD' },
  })
  const id = jobs[0]?.id ?? ''
  await patiently(async () =>
    expect(await (async () => (await next.client.jobs.get({ id })).waiting)()).toBe('connection'),
  )
})

test('a restart for an update waits for the video of a held call, which it would have thrown away', async () => {
  const updater = {
    check: () => Promise.resolve({ version: '9.0.0', notes: '' }),
    download: () => Promise.resolve(),
    restart: vi.fn<() => void>(),
  }
  const { client, simulator, make, reach } = await scene({ updates: { kind: 'on', updater } })
  const held = simulator.hold()
  const id = await make()
  await held.reached
  await reach(id, 'processing')
  await client.updates.check()
  await patiently(async () => expect((await client.updates.download()).phase).toBe('ready'))
  expect(await client.updates.restart()).toMatchObject({ phase: 'waiting', jobs: 1 })
  held.release()
  await reach(id, 'completed')
  await patiently(() => expect(updater.restart).toHaveBeenCalledTimes(1))
})
