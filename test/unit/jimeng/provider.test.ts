import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TestStep } from '../../../src/shared/contract'
import { tempFolder } from '../../support/folder'
import { assetRow, drain, openBench, refusal, type Bench } from './kit'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Input images that lie on the disk, by role. */
function images(...roles: ('first' | 'last')[]) {
  const folder = tempFolder()
  return roles.map((role) => {
    const path = join(folder, `${role}.png`)
    writeFileSync(path, png)
    return { input: { role, assetId: role }, asset: assetRow({ mime: 'image/png' }), path }
  })
}

test('a job is signed, taken and polled at the service that took it', async () => {
  const { sim, provider, begun } = await openBench()
  const call = await begun()
  expect(call.job.providerJobId).toBe('jimeng_t2v_v30/7392616336519600001')
  expect(await provider.poll(call)).toEqual({ kind: 'queued' })
  const status = await provider.poll(call)
  expect(status).toMatchObject({ kind: 'succeeded' })
  expect(sim.billable()).toBe(1)
  expect(JSON.parse(sim.requests('result')[0]?.body ?? '')).toEqual({
    req_key: 'jimeng_t2v_v30',
    task_id: '7392616336519600001',
  })
})

test('images go as raw base64, first before last', async () => {
  const { sim, provider, call } = await openBench()
  const assets = images('last', 'first')
  const inputs = assets.map(({ input }) => input)
  await provider.submit(call({ inputs }, { assets }))
  const body = JSON.parse(sim.requests('submit')[0]?.body ?? '') as Record<string, unknown>
  expect(body).toEqual({
    req_key: 'jimeng_i2v_first_tail_v30',
    prompt: 'A lighthouse in a storm',
    binary_data_base64: [png.toString('base64'), png.toString('base64')],
  })
})

test('temporary keys send their token, signed', async () => {
  const account = { accessKeyId: 'AKTP1', secretAccessKey: 's', sessionToken: 'STS1' }
  const { sim, provider, call } = await openBench('official', { account })
  await provider.submit(call())
  expect(sim.requests('submit')[0]?.headers['authorization']).toContain('x-security-token')
})

test('a clock that is off is set right by the service’s own, without a second job', async () => {
  const { sim, provider, call } = await openBench()
  sim.state.skewMs = 3_600_000
  await provider.submit(call())
  expect(sim.billable()).toBe(1)
  expect(sim.requests('submit')).toHaveLength(2)
  await provider.submit(call())
  expect(sim.requests('submit')).toHaveLength(3)
})

test('a time that stays wrong is said, and nothing was sent', async () => {
  const { sim, provider, call } = await openBench()
  const body = { ResponseMetadata: { Error: { Code: 'InvalidTimestamp' } } }
  sim.fault('submit', { kind: 'answer', status: 401, body }, 2)
  expect(await refusal(provider.submit(call()))).toMatchObject({
    key: 'jimeng.clock',
    sent: false,
    charged: 'no',
  })
  expect(sim.billable()).toBe(0)
})

test.each<[string, Parameters<Bench['sim']['fault']>[1], Record<string, unknown>]>([
  ['breaks before it is taken', { kind: 'drop' }, { key: 'wire.broken', sent: true, charged: 'unknown' }],
  [
    'breaks after it was taken',
    { kind: 'drop_after' },
    { key: 'wire.broken', sent: true, charged: 'unknown' },
  ],
  ['is met by a portal', { kind: 'html' }, { key: 'wire.page', sent: false, charged: 'no' }],
])('a submit that %s says what may have happened', async (_name, fault, told) => {
  const { sim, provider, call } = await openBench()
  sim.fault('submit', fault)
  expect(await refusal(provider.submit(call()))).toMatchObject(told)
})

test('a server that is not there has been sent nothing', async () => {
  const { sim, provider, call } = await openBench()
  await sim.close()
  expect(await refusal(provider.submit(call()))).toMatchObject({
    key: 'wire.unreachable',
    sent: false,
    charged: 'no',
  })
})

test('a job frozen at one address goes on there when the connection has another', async () => {
  const { provider, begun, access } = await openBench()
  const call = await begun()
  const moved = { ...access, settings: { kind: 'relay', relayUrl: 'http://127.0.0.1:9' } }
  expect(await provider.poll({ ...call, connection: moved })).toEqual({ kind: 'queued' })
})

test('a video is read from where it lies, and one whose hour has passed asks for a new address', async () => {
  const video = Buffer.from('a film of some length')
  const { sim, provider, begun } = await openBench('official', { video, pollsUntilDone: 0 })
  const call = await begun()
  const status = await provider.poll(call)
  const [output] = status.kind === 'succeeded' ? status.outputs : []
  if (!output) throw new Error('no output')
  const { bytes } = await drain(await provider.open(call, output, 0))
  expect(bytes.equals(video)).toBe(true)
  sim.expire()
  expect(await refusal(provider.open(call, output, 0))).toMatchObject({ code: 'not_found' })
  const again = await provider.poll(call)
  const [fresh] = again.kind === 'succeeded' ? again.outputs : []
  if (!fresh) throw new Error('no output')
  expect((await drain(await provider.open(call, fresh, 5))).bytes.toString()).toBe(
    video.subarray(5).toString(),
  )
})

test('through a relay: the id is kept as it was given out, and images are addresses', async () => {
  const { sim, provider, call } = await openBench('relay')
  const inputs = [{ role: 'reference' as const, assetId: 'c' }]
  const asked = call({ inputs }, { address: (id) => Promise.resolve(`https://images.test/${id}.png`) })
  const { providerJobId } = await provider.submit(asked)
  expect(providerJobId).toBe('jimeng:01930000-0000-7000-8000-000000000001')
  expect(JSON.parse(sim.requests('create')[0]?.body ?? '')).toEqual({
    model: 'jimeng-video-3.0',
    prompt: 'A lighthouse in a storm',
    images: ['https://images.test/c.png'],
  })
  const begun = call({ providerJobId })
  expect(await provider.poll(begun)).toEqual({ kind: 'queued' })
  expect(await provider.poll(begun)).toMatchObject({ kind: 'succeeded' })
  expect(sim.requests('query')[0]?.query).toBe('id=jimeng%3A01930000-0000-7000-8000-000000000001')
})

test('without hosting for its image nothing is sent to a relay', async () => {
  const { sim, provider, call } = await openBench('relay')
  const asked = call({ inputs: [{ role: 'reference', assetId: 'c' }] })
  await expect(provider.submit(asked)).rejects.toThrow('no hosting')
  expect(sim.requests('create')).toEqual([])
})

async function steps({ provider, access }: Bench): Promise<(TestStep & { who?: string })[]> {
  const all = []
  for await (const step of provider.connection?.test(access, new AbortController().signal) ?? [])
    all.push(step)
  return all
}
const brief = (all: TestStep[]) => all.map(({ id, state, key }) => [id, state, key])

test('the test asks for a job that cannot be, and costs nothing', async () => {
  const bench = await openBench()
  expect(brief(await steps(bench))).toEqual([
    ['identity', 'ok', 'jimeng.identity.ok'],
    ['access', 'ok', 'jimeng.access.ok'],
  ])
  expect(bench.sim.billable()).toBe(0)
})

test('the test says what is wrong with keys, and does not ask on', async () => {
  const bench = await openBench()
  bench.secrets['secretAccessKey'] = 'wrong'
  expect(brief(await steps(bench))).toEqual([
    ['identity', 'failed', 'jimeng.identity.signature'],
    ['access', 'skipped', 'jimeng.skipped'],
  ])
  bench.secrets['accessKeyId'] = 'AKLTother'
  expect(brief(await steps(bench))[0]).toEqual(['identity', 'failed', 'jimeng.identity.refused'])
  delete bench.secrets['accessKeyId']
  expect(brief(await steps(bench))[0]).toEqual(['identity', 'failed', 'jimeng.identity.missing'])
})

test('the test tells a service that is not opened from keys that are wrong', async () => {
  const bench = await openBench()
  bench.sim.state.opened = false
  expect(brief(await steps(bench))).toEqual([
    ['identity', 'ok', 'jimeng.identity.ok'],
    ['access', 'failed', 'jimeng.access.closed'],
  ])
})

test('the test of a service that is busy or not there claims nothing', async () => {
  const bench = await openBench()
  bench.sim.fault('result', {
    kind: 'answer',
    status: 429,
    body: { code: 50429, data: null, message: 'slow' },
  })
  expect(brief(await steps(bench))[0]).toEqual(['identity', 'unknown', 'jimeng.identity.busy'])
  bench.sim.fault('result', { kind: 'html' })
  expect(brief(await steps(bench))[0]).toEqual(['identity', 'failed', 'jimeng.failed.page'])
  await bench.sim.close()
  const [first] = await steps(bench)
  expect(first).toMatchObject({ state: 'failed', key: 'jimeng.failed.network' })
  expect(first?.message).toContain('Volcengine could not be reached')
})

test('the test of a relay tells its key, its page and its silence apart', async () => {
  const bench = await openBench('relay')
  expect(brief(await steps(bench))).toEqual([['identity', 'ok', 'jimeng.relay.ok']])
  bench.sim.fault('query', { kind: 'html' })
  expect(brief(await steps(bench))).toEqual([['identity', 'failed', 'jimeng.relay.page']])
  bench.secrets['relayKey'] = 'sk-other'
  expect(brief(await steps(bench))).toEqual([['identity', 'failed', 'jimeng.relay.refused']])
  expect(bench.sim.billable()).toBe(0)
})

test('no key stands in a step of a test', async () => {
  const bench = await openBench()
  bench.secrets['secretAccessKey'] = 'wrong-secret-key'
  expect(JSON.stringify(await steps(bench))).not.toContain('wrong-secret-key')
})
