import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { JobInput } from '../../../src/shared/contract'
import type { Call } from '../../../src/main/providers'
import { tempFolder } from '../../support/folder'
import { assetRow, firstId, lastId, maskIds, openBench, refusal, token } from './kit'

/** Real pictures of 400 × 300, each an input of a job. */
async function pictures(
  roles: [JobInput['role'], string][],
  change: Partial<Record<string, { width: number; height: number }>> = {},
): Promise<{ inputs: JobInput[]; assets: Call['assets'] }> {
  const folder = tempFolder()
  const assets = await Promise.all(
    roles.map(async ([role, id]) => {
      const { width, height } = change[id] ?? { width: 400, height: 300 }
      const path = join(folder, `${id}.png`)
      await sharp({ create: { width, height, channels: 3, background: '#345' } })
        .png()
        .toFile(path)
      return {
        input: { role, assetId: id },
        asset: assetRow({ id, name: `${role}.png`, width, height }),
        path,
      }
    }),
  )
  return { inputs: assets.map(({ input }) => input), assets }
}

test('a job of text is begun under our own token, asked for at its door, and found again', async () => {
  const { kling, provider, call } = await openBench({ jobMs: Infinity })
  const { providerJobId, told } = await provider.submit(call())
  const [task] = kling.tasks()
  expect(providerJobId).toBe(`text2video/${task?.id}`)
  expect(told).toEqual({ requestId: expect.any(String) })
  expect(task?.externalId).toBe(token)
  expect(await provider.find?.(call())).toBe(providerJobId)
  expect(await provider.poll(call({ providerJobId }))).toMatchObject({
    kind: expect.stringMatching(/queued|processing/),
  })
})

test('frames go as bare base64 through the door of images, and the task is asked for there', async () => {
  const { kling, provider, call } = await openBench()
  const { inputs, assets } = await pictures([
    ['first', firstId],
    ['last', lastId],
  ])
  const job = { inputs, model: 'kling-v2-5-turbo', params: { mode: 'pro', duration: 10 } }
  const { providerJobId } = await provider.submit(call(job, { assets }))
  expect(providerJobId).toBe(`image2video/${kling.tasks()[0]?.id}`)
  expect(kling.tasks()[0]).toMatchObject({ body: { image_tail: expect.any(String) }, ignored: [] })
  kling.finish()
  expect(await provider.poll(call({ ...job, providerJobId }))).toMatchObject({
    kind: 'succeeded',
    cost: { micros: 700_000, currency: 'USD' },
    costKind: 'exact',
  })
})

test('camera and motion brush are taken as they stand', async () => {
  const { kling, provider, call } = await openBench()
  const [one = '', two = ''] = maskIds
  const camera = { type: 'simple', config: { horizontal: -4 } }
  await provider.submit(call({ params: { mode: 'std', duration: 5, camera_control: camera } }))
  const { inputs, assets } = await pictures([
    ['first', firstId],
    ['mask', one],
    ['mask', two],
  ])
  const trajectories = [
    { x: 0, y: 0 },
    { x: 400, y: 300 },
  ]
  const motion = { static_mask: one, dynamic_masks: [{ mask: two, trajectories }] }
  const job = { inputs, params: { mode: 'std', duration: 5, motion }, idempotencyToken: `${token}-2` }
  await provider.submit(call(job, { assets }))
  expect(kling.tasks()[0]?.body.camera_control).toEqual(camera)
  expect(kling.tasks()[1]?.body.dynamic_masks?.[0]?.trajectories).toEqual(trajectories)
})

test.each([
  ['a mask of another size', { width: 300, height: 300 }, { x: 5, y: 5 }, 'kling.maskSize'],
  ['a path that leaves the picture', undefined, { x: 401, y: 5 }, 'kling.pathOutside'],
])('%s is said before anything is sent', async (_name, size, point, key) => {
  const { kling, provider, call } = await openBench()
  const [one = ''] = maskIds
  const roles: [JobInput['role'], string][] = [
    ['first', firstId],
    ['mask', one],
  ]
  const { inputs, assets } = await pictures(roles, size ? { [one]: size } : {})
  const motion = { dynamic_masks: [{ mask: one, trajectories: [{ x: 1, y: 1 }, point] }] }
  const job = { inputs, params: { mode: 'std', duration: 5, motion } }
  expect(await refusal(provider.submit(call(job, { assets })))).toMatchObject({
    code: 'invalid_request',
    key,
    sent: false,
    charged: 'no',
  })
  expect(kling.requests()).toHaveLength(0)
})

test('an image that is gone is said, and nothing is sent', async () => {
  const { kling, provider, call } = await openBench()
  const input = { role: 'first', assetId: firstId } as const
  const assets = [{ input, asset: assetRow(), path: join(tempFolder(), 'gone.png') }]
  expect(await refusal(provider.submit(call({ inputs: [input] }, { assets })))).toMatchObject({
    key: 'asset.notFound',
    sent: false,
  })
  expect(kling.requests()).toHaveLength(0)
})

test.each(['drop_after', 'half'] as const)(
  'an answer lost by %s is a doubt, which find settles',
  async (kind) => {
    const { kling, provider, call } = await openBench()
    kling.faults.add('submit', { kind })
    expect(await refusal(provider.submit(call()))).toMatchObject({
      charged: 'unknown',
      sent: true,
      retry: 'later',
    })
    expect(await provider.find?.(call())).toBe(`text2video/${kling.tasks()[0]?.id}`)
  },
)

test('a submit that never came is not there, and the same token is taken', async () => {
  const { kling, provider, call } = await openBench()
  kling.faults.add('submit', { kind: 'drop' })
  expect((await refusal(provider.submit(call()))).sent).toBe(true)
  expect(await provider.find?.(call())).toBeNull()
  await provider.submit(call())
  expect(kling.billable()).toBe(1)
})

test('a token that Kling has seen is the very job that was begun, and none is billed twice', async () => {
  const { kling, provider, call } = await openBench()
  const { providerJobId } = await provider.submit(call())
  expect((await provider.submit(call())).providerJobId).toBe(providerJobId)
  expect(kling.billable()).toBe(1)
})

test('a token that Kling has seen and does not find is a doubt, not a refusal', async () => {
  const { kling, provider, call } = await openBench()
  await provider.submit(call())
  kling.behaviour.finds = false
  expect(await refusal(provider.submit(call()))).toMatchObject({
    sent: true,
    charged: 'unknown',
    retry: 'later',
  })
})

test('a relay that does not know the token leaves the job to the person instead of paying twice', async () => {
  const { kling, provider, call } = await openBench({ kind: 'relay' })
  kling.behaviour.textCodes = true
  const { providerJobId } = await provider.submit(call())
  expect(await provider.find?.(call())).toBe(providerJobId)
  kling.behaviour.finds = false
  const lost = provider.find?.(call()) ?? Promise.resolve()
  expect(await refusal(lost)).toMatchObject({ key: 'kling.relayLost', retry: 'never', charged: 'unknown' })
})

test('a lookup that is refused is made again, whatever it was refused with', async () => {
  const { kling, provider, call, secrets } = await openBench()
  secrets['apiKey'] = 'wrong'
  expect(await refusal(provider.find?.(call()) ?? Promise.resolve())).toMatchObject({
    retry: 'later',
    code: 'auth',
  })
  expect(kling.tasks()).toHaveLength(0)
})

test('a task that Kling does not know is lost, but not in its first minute', async () => {
  const { kling, provider, call } = await openBench()
  const { providerJobId } = await provider.submit(call())
  kling.forget(kling.tasks()[0]?.id ?? '')
  expect(await provider.poll(call({ providerJobId }))).toMatchObject({ kind: 'processing' })
  expect(await provider.poll(call({ providerJobId, submitAttemptedAt: Date.now() - 120_000 }))).toEqual({
    kind: 'lost',
  })
})

test('a download is taken up where it broke off, and an old address asks for a fresh one', async () => {
  const { kling, provider, call } = await openBench()
  const { providerJobId } = await provider.submit(call())
  kling.finish()
  const poll = async () => {
    const status = await provider.poll(call({ providerJobId }))
    if (status.kind !== 'succeeded' || !status.outputs[0]) throw new Error(status.kind)
    return status.outputs[0]
  }
  const output = await poll()
  const whole = await provider.open(call({ providerJobId }), output, 0)
  const bytes = await all(whole.stream)
  expect(whole.bytes).toBe(bytes.byteLength)
  const rest = await provider.open(call({ providerJobId }), output, 100)
  expect(rest.offset).toBe(100)
  expect((await all(rest.stream)).equals(bytes.subarray(100))).toBe(true)
  kling.expireAddresses()
  expect((await refusal(provider.open(call({ providerJobId }), output, 0))).code).toBe('not_found')
  const fresh = await poll()
  const { stream } = await provider.open(call({ providerJobId }), fresh, 0)
  writeFileSync(join(tempFolder(), 'video.mp4'), await all(stream))
})

const turbo = { model: 'kling-v3-turbo', params: { resolution: '720p', duration: 5 } }

test('the API of 2026: begun, asked for, found and downloaded at its own doors', async () => {
  const { kling, provider, call } = await openBench()
  const { inputs, assets } = await pictures([['first', firstId]])
  const { providerJobId } = await provider.submit(call({ ...turbo, inputs }, { assets }))
  expect(providerJobId).toBe(`task/${kling.tasks()[0]?.id}`)
  expect(await provider.find?.(call({ ...turbo, inputs }))).toBe(providerJobId)
  expect((await provider.submit(call({ ...turbo, inputs }, { assets }))).providerJobId).toBe(providerJobId)
  kling.finish()
  const status = await provider.poll(call({ ...turbo, providerJobId }))
  expect(status).toMatchObject({
    kind: 'succeeded',
    cost: { micros: 560_000, currency: 'USD' },
    costKind: 'exact',
  })
  const [output] = status.kind === 'succeeded' ? status.outputs : []
  if (!output) throw new Error('no video')
  const body = await provider.open(call({ ...turbo, providerJobId }), output, 0)
  expect((await all(body.stream)).byteLength).toBe(body.bytes)
  kling.forget(kling.tasks()[0]?.id ?? '')
  const late = { ...turbo, providerJobId, submitAttemptedAt: Date.now() - 120_000 }
  expect(await provider.poll(call(late))).toEqual({ kind: 'lost' })
  expect(await provider.find?.(call({ ...turbo, inputs }))).toBeNull()
})

test('the API of 2026 knows no access key: that is said before anything is sent', async () => {
  const { kling, provider, call } = await openBench({ signIn: 'pair' })
  expect(await refusal(provider.submit(call(turbo)))).toMatchObject({
    code: 'auth',
    key: 'kling.keyOnly',
    retry: 'never',
    charged: 'no',
    sent: false,
  })
  expect(kling.requests()).toHaveLength(0)
})

async function all(stream: unknown): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream as AsyncIterable<Uint8Array>) parts.push(part)
  return Buffer.concat(parts)
}
