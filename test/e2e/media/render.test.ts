import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FilePathSource, Input, MP4 } from 'mediabunny'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnimaticSpec } from '../../../src/shared/animatic'
import type { MediaTask } from '../../../src/shared/contract'
import { settled, spec, startRig, type Rig } from './kit'
import { eventually } from '../../support/eventually'

let rig: Rig
let page: Page
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-media-'))
  rig = await startRig(folder)
  page = await rig.open()
  // Two pictures with edges and gradients.
  const gradient = (a: string, b: string, width: number, height: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><linearGradient id="g" x2="1" y2="1"><stop stop-color="${a}"/><stop offset="1" stop-color="${b}"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/><circle cx="30%" cy="40%" r="90" fill="#fff8"/><rect x="60%" y="55%" width="120" height="200" fill="#000a"/></svg>`
  for (const [name, svg] of [
    ['one.jpg', gradient('#13325b', '#f2a65a', 1200, 800)],
    ['two.jpg', gradient('#3c1053', '#45b69c', 1280, 720)],
  ] as const) {
    await sharp(Buffer.from(svg)).jpeg().toFile(join(folder, name))
    rig.serve(name, join(folder, name))
  }
})
afterAll(async () => {
  await rig.close()
  rmSync(folder, { recursive: true, force: true })
})

type Images = { first?: string; last?: string }

function enqueue(change: Partial<AnimaticSpec> = {}, images: Images = {}): string {
  const id = randomUUID()
  rig.tasks.enqueue({
    kind: 'animatic',
    id,
    jobId: id,
    spec: { ...spec, ...change },
    images: { first: images.first ?? null, last: images.last ?? null },
  })
  return id
}

async function done(id: string): Promise<{ path: string; bytes: number }> {
  const state = await settled(rig.tasks, id)
  if (state.kind !== 'done') throw new Error(JSON.stringify(state))
  return state
}

async function render(change: Partial<AnimaticSpec> = {}, images: Images = {}) {
  const id = enqueue(change, images)
  const { path, bytes } = await done(id)
  rig.serve(`media/${id}/video`, path)
  return { id, path, bytes }
}

const decode = (id: string) => page.evaluate((at) => window.decode(at), `media/${id}/video`)

async function derive(kind: 'poster' | 'preview' | 'last_frame', source: string): Promise<Buffer> {
  const jobId = randomUUID()
  const task: MediaTask = { kind, id: `${jobId}-${kind}`, jobId, source }
  rig.tasks.enqueue(task)
  return readFileSync((await done(task.id)).path)
}

test('the video is H.264 with every frame, in a range that all players show alike', async () => {
  const { id, path } = await render({ durationMs: 3000, fps: 30 })
  const input = new Input({ source: new FilePathSource(path), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  expect(await track?.getCodec()).toBe('avc')
  expect(await track?.computePacketStats()).toMatchObject({ packetCount: 90, averagePacketRate: 30 })
  expect(await track?.computeDuration()).toBeCloseTo(3, 3)
  expect((await input.getTracks()).length).toBe(1)
  input.dispose()
  // The index stands before the pictures, so that it plays while it loads.
  const head = readFileSync(path).subarray(0, 4096).toString('latin1')
  expect(head.indexOf('moov')).toBeGreaterThan(0)
  const { hashes, range, matrix } = await decode(id)
  expect(hashes.length).toBe(90)
  expect({ range, matrix }).toEqual({ range: false, matrix: 'bt709' })
})

test('the same seed gives the same frames, another gives others', async () => {
  const [one, same, other] = [await render(), await render(), await render({ seed: 8 })]
  const frames = await decode(one.id)
  expect((await decode(same.id)).hashes).toEqual(frames.hashes)
  const others = (await decode(other.id)).hashes
  expect(others.filter((hash, n) => hash === frames.hashes[n])).toEqual([])
})

const long = 'A courier crosses the flooded market before dawn, counting bridges under her breath. '
const prompts: [string, Partial<AnimaticSpec>][] = [
  ['one word', { prompt: 'Stillness' }],
  ['Chinese', { prompt: '霓虹雨夜的上海街头，镜头缓慢推进' }],
  ['Arabic', { prompt: 'قافلة تعبر الصحراء عند الغروب' }],
  ['Thai', { prompt: 'แสงยามเช้าในป่าใหญ่ หมอกลอยผ่านต้นไม้เก่าแก่' }],
  ['20,000 characters', { prompt: long.repeat(240).slice(0, 20_000) }],
  ['20,000 characters without a space', { prompt: 'a'.repeat(20_000) }],
  ['emoji and odd white space', { prompt: '🌊🏳️‍🌈\u0007\n\n\n  \t👩‍👩‍👧 — waves' }],
  ['no title', { title: false }],
  ['nothing but spaces', { prompt: '   ' }],
  ['portrait', { width: 360, height: 640 }],
  ['square', { width: 360, height: 360, prompt: 'Paper boats' }],
  ['very wide', { width: 840, height: 360, prompt: 'Aurora over still water' }],
  ['snow', { prompt: 'Himalaya peaks in the snow', camera: 'tilt_up' }],
  ['space', { prompt: 'An astronaut drifts past a silent planet', camera: 'parallax' }],
  ['depths', { prompt: 'Ink drops blooming under water', camera: 'pan_left' }],
  ['candles', { prompt: 'Candle flame in a draft', camera: 'pull_out' }],
]
test.each(prompts)('an animatic of %s is rendered whole', async (_name, change) => {
  const { bytes } = await render(change)
  expect(bytes).toBeGreaterThan(20_000)
})

test.each(['push_in', 'pull_out', 'pan_right', 'tilt_down', 'parallax', 'hold'] as const)(
  'a picture under %s moves from frame to frame',
  async (camera) => {
    const { id } = await render({ camera, title: false }, { first: 'one.jpg' })
    expect(new Set((await decode(id)).hashes).size).toBeGreaterThan(40)
  },
)

test('first and last frame: it begins on the one and ends on the other', async () => {
  const { id } = await render({ camera: 'hold', title: false }, { first: 'one.jpg', last: 'two.jpg' })
  const lastFrame = await derive('last_frame', `media/${id}/video`)
  expect(await likeness(lastFrame, 'two.jpg')).toBeLessThan(8)
  expect(await likeness(lastFrame, 'one.jpg')).toBeGreaterThan(20)
})

/** Mean difference of colours (0 to 255) between a frame and a picture covering the same shape. */
async function likeness(frame: Buffer, name: string): Promise<number> {
  const size = { width: 32, height: 18 }
  const a = await sharp(frame).resize(size).removeAlpha().raw().toBuffer()
  const b = await sharp(join(folder, name))
    .resize({ ...size, position: 'centre' })
    .removeAlpha()
    .raw()
    .toBuffer()
  return a.reduce((sum, value, n) => sum + Math.abs(value - (b[n] ?? 0)), 0) / a.length
}

test('progress is true and never goes back, and the page stays awake meanwhile', async () => {
  const seen: number[] = []
  await page.evaluate(() => window.stalled())
  const id = enqueue({ durationMs: 4000 })
  const stop = rig.tasks.onChange((taskId) => {
    const state = rig.tasks.state(taskId)
    if (taskId === id && state.kind === 'running') seen.push(state.done)
  })
  await done(id)
  stop()
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.filter((n) => n > 0 && n < 96).length).toBeGreaterThan(3)
  expect(await page.evaluate(() => window.stalled())).toBeLessThan(200)
})

/** A slow machine takes its time to begin; only what a test asserts is counted. */
const underWay = { timeout: 20_000, interval: 10 }

test('a cancel frees the page for the next in less than a second', async () => {
  const long = enqueue({ durationMs: 10_000, width: 1280, height: 720 })
  await eventually(() => {
    const state = rig.tasks.state(long)
    expect(state.kind === 'running' && state.done > 2).toBe(true)
  }, underWay)
  const next = enqueue()
  const before = performance.now()
  rig.tasks.cancel(long)
  await eventually(
    () => {
      const state = rig.tasks.state(next)
      expect(state.kind === 'done' || (state.kind === 'running' && state.done > 0)).toBe(true)
    },
    { timeout: 5000, interval: 10 },
  )
  expect(performance.now() - before).toBeLessThan(1000)
  await done(next)
})

test('a page closed in the middle hands its render to the next', async () => {
  const id = enqueue({ durationMs: 6000 })
  await eventually(() => expect(rig.tasks.state(id).kind).toBe('running'), underWay)
  await page.close()
  await eventually(
    () => expect(rig.tasks.state(id)).toMatchObject({ kind: 'waiting', worker: false }),
    underWay,
  )
  page = await rig.open()
  await done(id)
})

test('a picture that cannot be read is said, not rendered black', async () => {
  writeFileSync(join(folder, 'broken.jpg'), 'this is text')
  rig.serve('broken.jpg', join(folder, 'broken.jpg'))
  for (const first of ['broken.jpg', 'missing.jpg'])
    expect(await settled(rig.tasks, enqueue({}, { first }))).toMatchObject({
      kind: 'failed',
      reason: 'source',
    })
})

test('posters, previews and last frames come out of any video', async () => {
  const { id } = await render({ durationMs: 8000, width: 1280, height: 720 })
  const source = `media/${id}/video`
  const poster = await derive('poster', source)
  expect(await sharp(poster).metadata()).toMatchObject({ format: 'webp', width: 640, height: 360 })
  const { channels } = await sharp(poster).stats()
  expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(20)
  expect(await sharp(await derive('last_frame', source)).metadata()).toMatchObject({
    format: 'png',
    width: 1280,
    height: 720,
  })
  const preview = join(folder, 'preview.mp4')
  writeFileSync(preview, await derive('preview', source))
  const input = new Input({ source: new FilePathSource(preview), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  expect(await track?.getDisplayWidth()).toBe(480)
  expect(await track?.computeDuration()).toBeCloseTo(5, 1)
  input.dispose()
})

test('a video that is none is refused as such', async () => {
  const jobId = randomUUID()
  rig.tasks.enqueue({ kind: 'poster', id: `${jobId}-poster`, jobId, source: 'broken.jpg' })
  expect(await settled(rig.tasks, `${jobId}-poster`)).toMatchObject({ kind: 'failed', reason: 'source' })
})

test("the codecs' library is loaded by the thread alone, never by the page's first script", () => {
  const html = readFileSync(join(rig.dist, 'index.html'), 'utf8')
  const first = /src="\.\/(assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''
  expect(readFileSync(join(rig.dist, first), 'utf8')).not.toContain('EncodedPacketSink')
  const scripts = readdirSync(join(rig.dist, 'assets')).filter((name) => name.endsWith('.js'))
  expect(scripts.some((name) => name.startsWith('main-'))).toBe(true)
})
