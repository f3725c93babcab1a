import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createNetwork } from '../../../src/main/network'
import type { ProviderStatus } from '../../../src/main/providers'
import { createHeldCalls } from '../../../src/main/providers/wan22/calls'
import { headersOf } from '../../../src/main/providers/wan22/request'
import { createSpool } from '../../../src/main/providers/wan22/spool'
import { systemClock } from '../../../src/main/system'
import { createWire } from '../../../src/main/wire'
import type { Layout } from '../../simulators/wan22'
import { hurriedClock } from '../../support/clock'
import { assetRow, drain, firstId, jobId, refusal, token } from '../luma-ray2/kit'
import { clip, openBench, patiently, type Bench } from './kit'

const sha256 = createHash('sha256').update(clip).digest('hex')
const leftIn = ({ spoolDir }: Bench) => (existsSync(spoolDir) ? readdirSync(spoolDir) : [])
const keyOf = (status: ProviderStatus) => ('error' in status ? status.error.detail.key : status.kind)

const layouts: Layout[] = ['wrapped', 'unwrapped', 'video first', 'video last', 'escaped']

test.each(layouts)(
  'the video of an answer laid out "%s" lies on the disk, whole, in whatever pieces',
  async (layout) => {
    for (const pieces of [997, Infinity]) {
      const bench = await openBench({}, { layout, pieces })
      const status = await bench.made()
      expect(status).toMatchObject({
        kind: 'succeeded',
        outputs: [{ ref: `${jobId}.mp4`, bytes: clip.byteLength, sha256 }],
      })
      if (status.kind !== 'succeeded' || !status.outputs[0]) throw new Error('nothing was made')
      const { bytes, broken } = await drain(await bench.provider.open(bench.call(), status.outputs[0], 100))
      expect(broken).toBeNull()
      expect(bytes.equals(Buffer.from(clip.subarray(100)))).toBe(true)
      expect(bench.simulator.runs).toBe(1)
    }
  },
)

test('what the answer tells beside the video is told on: the run and its seconds', async () => {
  const bench = await openBench()
  expect(await bench.made({ params: { seed: 42 } })).toMatchObject({
    told: { requestId: expect.stringContaining('-4000-8000-') as string, runSeconds: 301, seed: 42 },
  })
})

test('a submit ends once the request is handed over, not when the video is there minutes later', async () => {
  const bench = await openBench()
  const held = bench.simulator.hold()
  const { providerJobId } = await bench.provider.submit(bench.call())
  expect(providerJobId).toBe(token)
  await held.reached
  expect(await bench.provider.poll(bench.call())).toEqual({
    kind: 'processing',
    progress: null,
    waiting: 'held',
  })
  held.release()
  await patiently(async () => expect((await bench.provider.poll(bench.call())).kind).toBe('succeeded'))
})

test('the picture goes as bare base64, and what is no picture of the app is its own refusal', async () => {
  const folder = await openBench()
  const path = join(folder.spoolDir, '..', 'cat.png')
  writeFileSync(path, Buffer.from('89504e470d0a1a0a00', 'hex'))
  const inputs = [{ role: 'first' as const, assetId: firstId }]
  const [input] = inputs
  if (!input) throw new Error('no input')
  const call = folder.call({ inputs }, { assets: [{ input, asset: assetRow(), path }] })
  await folder.provider.submit(call)
  await patiently(async () => expect((await folder.provider.poll(call)).kind).toBe('succeeded'))
  expect(folder.simulator.seen[0]?.body).toEqual({
    prompt: 'A lighthouse in a storm',
    image_base64: 'iVBORw0KGgoA',
  })
  expect(folder.simulator.seen[0]?.headers).toMatchObject({
    connection: 'close',
    'accept-encoding': 'identity',
  })
})

test.each([
  ['cut', 'wan22.cut', 'unknown'],
  ['short', 'wan22.cut', 'unknown'],
  ['drop_after', 'wan22.cut', 'unknown'],
  ['bad_base64', 'wan22.damaged', 'yes'],
] as const)('an answer that is %s leaves nothing on the disk and is no video', async (kind, key, charged) => {
  const bench = await openBench({}, { pieces: 4000 })
  bench.simulator.fail({ kind })
  const status = await bench.made()
  expect(keyOf(status)).toBe(key)
  expect(status.kind).toBe(charged === 'yes' ? 'failed' : 'unsure')
  expect(status).toMatchObject({ error: { detail: { charged, retry: 'never', sent: true } } })
  expect(leftIn(bench)).toEqual([])
  expect(bench.simulator.runs).toBe(1)
})

test.each([
  ['{"result":{"message":"nothing to see"}}', 'wan22.noVideo'],
  ['{"video_base64":""}', 'wan22.noVideo'],
  ['{"video_base64":"QUJD"', 'wan22.cut'],
  ['{"video_base64":"QUJD"} trailing', 'wan22.damaged'],
  ['[]', 'wan22.noVideo'],
  ['', 'wan22.cut'],
])('the answer %j is no video, and nothing is left of it', async (body, key) => {
  const bench = await openBench()
  bench.simulator.fail({ kind: 'answer', body })
  expect(keyOf(await bench.made())).toBe(key)
  expect(leftIn(bench)).toEqual([])
})

test('a page with status 200 is not read as an answer: nobody knows what became of the run', async () => {
  const bench = await openBench()
  bench.simulator.fail({
    kind: 'answer',
    body: '<!doctype html><title>Sign in</title>',
    contentType: 'text/html',
  })
  expect(keyOf(await bench.made())).toBe('wan22.page')
})

test.each([
  [401, 'failed'],
  [404, 'failed'],
  [429, 'turned_away'],
  [500, 'failed'],
  [502, 'unsure'],
  [503, 'turned_away'],
] as const)('HTTP %i on the held call ends it as %s', async (status, kind) => {
  const bench = await openBench()
  bench.simulator.fail({ kind: 'status', status })
  expect((await bench.made()).kind).toBe(kind)
  expect(bench.simulator.runs).toBe(0)
})

test('an address where nobody is was never sent to, so that the job may be sent later', async () => {
  const bench = await openBench()
  await bench.simulator.close().catch(() => undefined)
  expect(await refusal(bench.provider.submit(bench.call()))).toMatchObject({
    code: 'network',
    sent: false,
    charged: 'no',
    retry: 'later',
  })
  expect((await bench.provider.poll(bench.call())).kind).toBe('unsure')
})

test('without a key nothing is sent, and a public app is called without one', async () => {
  const bench = await openBench()
  bench.access.secret = () => Promise.resolve(null)
  expect(await refusal(bench.provider.submit(bench.call()))).toMatchObject({
    key: 'wan22.keyMissing',
    sent: false,
  })
  expect(bench.simulator.seen).toEqual([])
  const open = await openBench({ auth: 'none' })
  await open.made()
  expect(open.simulator.seen[0]?.headers.authorization).toBeUndefined()
})

test('a folder that takes nothing is found out before anything is paid for', async () => {
  const bench = await openBench()
  mkdirSync(join(bench.spoolDir, `${jobId}.part`, 'full'), { recursive: true })
  expect(await refusal(bench.provider.submit(bench.call()))).toMatchObject({
    key: 'wan22.noRoom',
    charged: 'no',
  })
  expect(bench.simulator.seen).toEqual([])
})

test('a disk without room for a video sends nothing and waits: what does not fit when it comes is paid for and lost', async () => {
  const bench = await openBench({}, {}, { free: () => Promise.resolve(100 * 1024 * 1024) })
  expect(await refusal(bench.provider.submit(bench.call()))).toMatchObject({
    key: 'wan22.full',
    retry: 'later',
    waits: 'disk',
    charged: 'no',
    sent: false,
    values: { free: 100, needed: 256 },
  })
  expect(bench.simulator.seen).toEqual([])
  expect(leftIn(bench)).toEqual([])
})

test('a disk that does not take the answer as it comes: the video was made, charged and lost, and that is said', async () => {
  const bench = await openBench()
  const held = bench.simulator.hold()
  const made = bench.made()
  await held.reached
  const part = join(bench.spoolDir, `${jobId}.part`)
  rmSync(part)
  mkdirSync(join(part, 'in the way'), { recursive: true })
  held.release()
  const status = await made
  expect(keyOf(status)).toBe('wan22.disk')
  expect(status).toMatchObject({ kind: 'failed', error: { detail: { charged: 'yes', retry: 'never' } } })
})

test('to let go of a job closes its call, and what it brought is gone', async () => {
  const bench = await openBench()
  const held = bench.simulator.hold()
  await bench.provider.submit(bench.call())
  await held.reached
  await bench.provider.settle?.(bench.call().job)
  await patiently(() => expect(bench.simulator.abandoned).toBe(1))
  held.release()
  expect(keyOf(await bench.provider.poll(bench.call()))).toBe('wan22.closed')
  await bench.made({ id: '01930000-0000-7000-8000-00000000000b' })
  expect(leftIn(bench)).toHaveLength(2)
  await bench.provider.settle?.(bench.call({ id: '01930000-0000-7000-8000-00000000000b' }).job)
  expect(leftIn(bench)).toEqual([])
})

test('after a restart a video that had come is there, and a call that was held is not known any more', async () => {
  const bench = await openBench()
  await bench.made()
  const other = { id: '01930000-0000-7000-8000-00000000000c' }
  const held = bench.simulator.hold()
  await bench.provider.submit(bench.call(other))
  await held.reached
  await bench.provider.close?.()
  held.release()
  const next = bench.again()
  expect(await next.poll(bench.call())).toMatchObject({ kind: 'succeeded', outputs: [{ sha256 }] })
  expect(keyOf(await next.poll(bench.call(other)))).toBe('wan22.closed')
})

test('closing waits for a video that is arriving, which then is there at the next start', async () => {
  const bench = await openBench({}, { pieces: 2000 })
  const held = bench.simulator.hold('answer')
  await bench.provider.submit(bench.call())
  await held.reached
  await patiently(() => expect(leftIn(bench)).toEqual([`${jobId}.part`]))
  const closed = bench.provider.close?.()
  held.release()
  await closed
  expect((await bench.again().poll(bench.call())).kind).toBe('succeeded')
})

test('closing does not wait for ever: a video that stands still is let go, and nothing is left of it', async () => {
  const bench = await openBench({}, { pieces: 2000 }, { clock: hurriedClock(100) })
  const held = bench.simulator.hold('answer')
  await bench.provider.submit(bench.call())
  await held.reached
  await bench.provider.close?.()
  held.release()
  expect(leftIn(bench)).toEqual([])
})

test('what a kill left half done is swept at the next start, whole videos are not', async () => {
  const bench = await openBench()
  await bench.made()
  const whole = leftIn(bench)
  writeFileSync(join(bench.spoolDir, 'left.part'), 'half')
  writeFileSync(join(bench.spoolDir, 'left.mp4'), 'without its note')
  bench.again()
  expect(leftIn(bench)).toEqual(whole)
})

test('a call that stays silent is given up after its time, and is never made again', async () => {
  const { simulator, spoolDir } = await openBench()
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  onTestFinished(() => network.close())
  const ended = Promise.withResolvers<void>()
  const spool = createSpool(spoolDir, systemClock)
  const calls = createHeldCalls({
    wire: createWire(network),
    spool,
    clock: systemClock,
    changed: () => ended.resolve(),
  })
  const held = simulator.hold()
  const request = {
    url: `${simulator.address}/predict`,
    headers: headersOf(simulator.key),
    body: '{"prompt":"Rain"}',
    silenceMs: 100,
  }
  await calls.begin(jobId, request, new AbortController().signal)
  await ended.promise
  held.release()
  const status = calls.state(jobId)
  if (status === null || status === 'held') throw new Error('it goes on')
  expect(keyOf(status)).toBe('wan22.silent')
  expect(status.kind).toBe('unsure')
  expect(simulator.runs).toBe(1)
})
