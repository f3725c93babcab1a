import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  animatic,
  AnimaticParams,
  createAnimatic,
  seedOf,
  sizeOf,
  taskOf,
} from '../../../src/main/providers/animatic'
import type { Call } from '../../../src/main/providers'
import type { JobRecord } from '../../../src/main/history'
import en from '../../../src/renderer/messages/en.json' with { type: 'json' }
import zh from '../../../src/renderer/messages/zh-CN.json' with { type: 'json' }
import { tempFolder } from '../../support/folder'
import { makeMp4 } from '../../support/video'
import { openPage, openTasks } from '../media/kit'

const id = '01930000-0000-7000-8000-00000000000a'
const assetId = '01930000-0000-7000-8000-00000000000b'
const params = { duration: 2, resolution: '540p', seed: 7 }
const job = {
  id,
  model: 'animatic',
  prompt: 'Dusk',
  params,
  inputs: [],
  idempotencyToken: id,
  endpoint: null,
  place: null,
}
const call = (change: Partial<JobRecord> = {}): Call => ({
  job: { ...job, ...change } as JobRecord,
  assets: [],
  connection: null,
  address: () => Promise.reject(new Error('An animatic takes bytes')),
  signal: new AbortController().signal,
})
const video = () => makeMp4({ width: 960, height: 540, fps: 24, frames: 48 })

test.each([
  ['too short', { duration: 1.5 }],
  ['too long', { duration: 10.5 }],
  ['between the steps', { duration: 2.25 }],
  ['a text for a number', { duration: '5' }],
  ['an unknown ratio', { ratio: '2:1' }],
  ['an unknown resolution', { resolution: '4k' }],
  ['an unknown move', { camera: 'spin' }],
  ['another frame rate', { fps: 25 }],
  ['a negative seed', { seed: -1 }],
  ['a seed past 32 bits', { seed: 4_294_967_296 }],
  ['a broken seed', { seed: 1.5 }],
  ['a parameter nobody knows', { colour: 'red' }],
])('%s is refused, not rounded', (_name, params) => {
  expect(AnimaticParams.safeParse(params).success).toBe(false)
})

test('sizes that H.264 cannot hold: every ratio and resolution has even sides', () => {
  for (const ratio of ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'] as const)
    for (const resolution of ['540p', '720p', '1080p'] as const) {
      const { width, height } = sizeOf({ ratio, resolution })
      expect([width % 2, height % 2, Math.min(width, height)]).toEqual([
        0,
        0,
        Number.parseInt(resolution, 10),
      ])
    }
  expect(sizeOf({ ratio: '21:9', resolution: '1080p' })).toEqual({ width: 2520, height: 1080 })
})

test('the form is drawn from the schema: every parameter has a title, a place and a name in both languages', () => {
  const { properties = {} } = z.toJSONSchema(AnimaticParams, { io: 'input' })
  for (const [name, property] of Object.entries(properties)) {
    const {
      title,
      enum: choices,
      'x-ui': ui,
    } = property as {
      title: 'ratio'
      enum?: unknown[]
      'x-ui': { place: string; control: string }
    }
    expect(title).toBe(name)
    expect(['chip', 'more']).toContain(ui.place)
    expect(en.param[title]).toBeTruthy()
    expect(zh.param[title]).toBeTruthy()
    const words: Record<string, Record<string, string>> = zh.choice
    const unnamed = (choices ?? []).filter((choice) => words[name] && !words[name][String(choice)])
    expect(unnamed).toEqual([])
  }
})

test('a job without a seed renders the same after a restart, and not like its neighbour', () => {
  const bare = { ...job, params: {} }
  expect(taskOf(bare)).toEqual(taskOf(bare))
  expect(seedOf(id)).not.toBe(seedOf(assetId))
  expect(taskOf(job).spec).toMatchObject({
    seed: 7,
    width: 960,
    height: 540,
    durationMs: 2000,
    fps: 24,
    title: true,
  })
})

test('the preview of the request names the images by address, relative to the page', () => {
  const provider = createAnimatic({ tasks: openTasks(tempFolder()) })
  const request = provider.request({ ...job, inputs: [{ role: 'last', assetId }] })
  expect(request).toMatchObject({
    transport: 'local',
    body: { images: { first: null, last: `media/asset/${assetId}/image` } },
  })
})

test('the estimate says free, and the card knows its shape before the video is there', () => {
  expect(animatic.estimate({})).toEqual({ micros: 0, currency: 'USD' })
  expect(animatic.ratio({ ratio: '9:16' }, null)).toBeCloseTo(9 / 16)
  expect(animatic.seconds({ duration: 10, resolution: '1080p' })).toBeGreaterThan(animatic.seconds({}) ?? 0)
})

test('a job says that it waits for a window, then for its turn, then how far it is', async () => {
  const tasks = openTasks(tempFolder())
  const provider = createAnimatic({ tasks })
  expect(await provider.submit(call())).toEqual({ providerJobId: id, endpoint: null })
  expect(await provider.poll(call())).toEqual({ kind: 'processing', progress: null, waiting: 'window' })
  const page = openPage(tasks, 'page-one')
  await page.start()
  tasks.progress('page-one', id, 12, 48)
  expect(await provider.poll(call())).toEqual({ kind: 'processing', progress: 0.25 })
  const other = call({ id: assetId })
  await provider.submit(other)
  expect(await provider.poll(other)).toMatchObject({ waiting: 'turn' })
})

test('a job the spool forgot is rendered again instead of being lost', async () => {
  const tasks = openTasks(tempFolder())
  const provider = createAnimatic({ tasks })
  expect((await provider.poll(call())).kind).toBe('processing')
})

test('a download resumes where it stopped, and a vanished file asks for a fresh render', async () => {
  const folder = tempFolder()
  const tasks = openTasks(folder)
  const provider = createAnimatic({ tasks })
  await provider.submit(call())
  const page = openPage(tasks, 'page-one')
  await page.start()
  const bytes = await video()
  await page.hand(id, bytes)
  const status = await provider.poll(call())
  if (status.kind !== 'succeeded') throw new Error(status.kind)
  const [output = { ref: '', bytes: null, sha256: null }] = status.outputs
  expect(output).toMatchObject({ ref: id, bytes: bytes.length })
  const body = await provider.open(call(), output, 100)
  expect({ offset: body.offset, bytes: body.bytes }).toEqual({ offset: 100, bytes: bytes.length })
  expect((await buffer(body.stream)).equals(bytes.subarray(100))).toBe(true)
  const { rmSync } = await import('node:fs')
  rmSync(join(folder, `${id}.mp4`))
  await expect(provider.open(call(), output, 0)).rejects.toMatchObject({ detail: { code: 'not_found' } })
  expect((await provider.poll(call())).kind).toBe('processing')
})

test('a cancel that comes too late is said so; one in time ends the render', async () => {
  const tasks = openTasks(tempFolder())
  const provider = createAnimatic({ tasks })
  await provider.submit(call())
  expect(await provider.cancel?.(call())).toBe('cancelled')
  expect(tasks.state(id).kind).toBe('unknown')
  await provider.submit(call())
  const page = openPage(tasks, 'page-one')
  await page.start()
  await page.hand(id, await video())
  expect(await provider.cancel?.(call())).toBe('too_late')
  await provider.settle?.(call().job)
  expect(tasks.state(id).kind).toBe('unknown')
})

test.each([
  ['unsupported', 'unavailable'],
  ['source', 'invalid_request'],
] as const)('a render that fails as %s is told as %s, not charged', async (reason, code) => {
  const tasks = openTasks(tempFolder())
  const provider = createAnimatic({ tasks })
  await provider.submit(call())
  const page = openPage(tasks, 'page-one')
  await page.start()
  tasks.fail('page-one', id, reason, 'details')
  const status = await provider.poll(call())
  expect(status).toMatchObject({ kind: 'failed', error: { detail: { code, charged: 'no', raw: 'details' } } })
})
