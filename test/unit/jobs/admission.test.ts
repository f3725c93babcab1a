import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { JobRequest } from '../../../src/shared/contract'
import { issue, type StudioError } from '../../../src/shared/problems'
import { scene, type Scene } from './support/scene'

const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#345' } })
    .png()
    .toBuffer()

/** An image of the assets, as an input of a request. */
async function input(studio: Scene, width = 200, height = 100, role: 'first' | 'mask' = 'first') {
  const asset = await studio.assets.import({
    name: 'sea.png',
    bytes: new Uint8Array(await png(width, height)),
  })
  return { role, assetId: asset.id }
}

/** What a request is refused with. */
async function refusal(studio: Scene, change: Partial<JobRequest>): Promise<StudioError> {
  const before = studio.history.lists.counts({}).all
  const error: unknown = await studio.make(change).then(
    () => new Error('it was admitted'),
    (error: unknown) => error,
  )
  expect(studio.history.lists.counts({}).all, 'nothing may be made of a refused request').toBe(before)
  return error as StudioError
}

describe('a prompt', () => {
  it.each<[string, Partial<JobRequest>, string]>([
    ['that is empty', { prompt: '' }, 'prompt.required'],
    ['of spaces only', { prompt: ' \n\t ' }, 'prompt.required'],
    ['of 100,000 characters', { prompt: 'x'.repeat(100_000) }, 'prompt.tooLong'],
    ['with a NUL', { prompt: 'a\u0000b' }, 'prompt.control'],
    ['with an escape', { prompt: 'a\u001b[31mb' }, 'prompt.control'],
    ['with a C1 control character', { prompt: 'a\u0085b' }, 'prompt.control'],
    ['with a carriage return', { prompt: 'a\r\nb' }, 'prompt.control'],
    ['with half of an emoji', { prompt: 'a\ud83d' }, 'prompt.broken'],
  ])('%s is refused beside its field', async (_, change, key) => {
    const studio = await scene({ still: true })
    const error = await refusal(studio, change)
    expect(error).toMatchObject({ code: 'invalid_request', key, issues: [{ path: ['prompt'], key }] })
    expect(error.message).not.toMatch(/\{\{/)
  })

  it('goes to the provider verbatim: line breaks, tabs, scripts and surrounding spaces', async () => {
    const studio = await scene()
    const prompt = '  a lighthouse,\n\t灯塔 🏮 \u202etfel  '
    const row = await studio.one({ prompt })
    await studio.reach(row.id, 'completed')
    expect(studio.server.jobs.get('fake-1')?.prompt).toBe(prompt)
  })

  it('is measured in characters, not in halves of emoji', async () => {
    const studio = await scene({ still: true })
    await expect(studio.make({ prompt: '🏮'.repeat(500) })).resolves.toHaveLength(1)
    expect(await refusal(studio, { prompt: '🏮'.repeat(501) })).toMatchObject({
      values: { length: 501, max: 500 },
    })
  })

  it('may be missing where an image stands for it', async () => {
    const studio = await scene({ still: true })
    await expect(studio.make({ prompt: '', inputs: [await input(studio)] })).resolves.toHaveLength(1)
  })
})

describe('parameters', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    ['out of range', { seed: 0 }, 'seed', 'field.min'],
    ['beyond the range', { strength: 1.5 }, 'strength', 'field.max'],
    ['between two steps', { strength: 0.3 }, 'strength', 'field.step'],
    ['of the wrong type', { seed: '7' }, 'seed', 'field.number'],
    ['with a fraction', { seed: 1.5 }, 'seed', 'field.whole'],
    ['null', { seed: null }, 'seed', 'field.number'],
    ['not among the choices', { duration: 7 }, 'duration', 'field.choice'],
    ['unknown', { quality: 'best' }, 'quality', 'field.unknown'],
    ['a name of the language', { constructor: 1 }, 'constructor', 'field.unknown'],
    ['against each other', { duration: 10, ratio: '9:16' }, 'ratio', 'field.choice'],
  ])('%s are refused beside their field', async (_, params, name, key) => {
    const studio = await scene({ still: true })
    const error = await refusal(studio, { params })
    expect(error).toMatchObject({ code: 'invalid_request', issues: [{ path: ['params', name], key }] })
  })

  it('that were left alone stay out of the request, unless the provider requires them', async () => {
    const studio = await scene({ still: true })
    const row = await studio.one({ params: { strength: 0.5 } })
    expect(studio.detail(row.id).params).toEqual({ strength: 0.5, duration: 5 })
    expect(studio.detail(row.id).request?.body).toMatchObject({ params: { strength: 0.5, duration: 5 } })
  })

  it('several mistakes are named all at once', async () => {
    const studio = await scene({ still: true })
    const error = await refusal(studio, { prompt: '', params: { seed: 0, duration: 7 } })
    expect(error.key).toBe('request.invalid')
    expect(error.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'params.duration',
      'params.seed',
      'prompt',
    ])
  })
})

describe('images', () => {
  it('in a role that the model does not take are refused', async () => {
    const studio = await scene({ still: true })
    const error = await refusal(studio, { inputs: [await input(studio, 200, 100, 'mask')] })
    expect(error.issues).toMatchObject([{ path: ['inputs', 0, 'role'], key: 'input.role' }])
  })

  it.each<[string, number, number, string]>([
    ['too small', 40, 40, 'input.small'],
    ['too large', 3000, 2000, 'input.large'],
    ['too wide', 1000, 400, 'input.ratio'],
  ])('that are %s are refused with the reason', async (_, width, height, key) => {
    const studio = await scene({ still: true })
    const error = await refusal(studio, { inputs: [await input(studio, width, height)] })
    expect(error.issues).toMatchObject([{ path: ['inputs', 0, 'assetId'], key }])
    expect(error.message).toContain('sea.png')
  })

  it('of a format that the model does not take are refused', async () => {
    const studio = await scene({ still: true })
    const jpeg = await sharp(await png(200, 100))
      .jpeg()
      .toBuffer()
    const { id } = await studio.assets.import({ name: 'sea.jpg', bytes: new Uint8Array(jpeg) })
    const error = await refusal(studio, { inputs: [{ role: 'first', assetId: id }] })
    expect(error).toMatchObject({ key: 'input.mime', values: { mime: 'image/jpeg' } })
  })

  it('more of a role than the model takes are refused', async () => {
    const studio = await scene({ still: true })
    const inputs = [await input(studio, 200, 100), await input(studio, 200, 101)]
    expect(await refusal(studio, { inputs })).toMatchObject({ key: 'input.tooMany' })
  })

  it('that do not exist are refused', async () => {
    const studio = await scene({ still: true })
    const inputs = [{ role: 'first' as const, assetId: '018f0000-0000-7000-8000-000000000000' }]
    expect(await refusal(studio, { inputs })).toMatchObject({ key: 'asset.notFound' })
  })

  it('reach the provider, and give the card its shape', async () => {
    const studio = await scene()
    const row = await studio.one({ inputs: [await input(studio, 200, 100)] })
    expect(row.ratio).toBe(2)
    await studio.reach(row.id, 'completed')
  })
})

describe('several jobs at once', () => {
  it('are admitted all or none, and each mistake says which request it is in', async () => {
    const studio = await scene({ still: true })
    const wanted = studio.jobs.create([
      { model: 'fake-1', prompt: 'good' },
      { model: 'fake-1', prompt: '', params: { seed: 0 } },
      { model: 'nobody', prompt: 'x' },
    ])
    await expect(wanted).rejects.toMatchObject({
      issues: [
        { path: ['requests', 1, 'prompt'] },
        { path: ['requests', 1, 'params', 'seed'] },
        { path: ['requests', 2, 'model'] },
      ],
    })
    expect(studio.history.lists.counts({}).all).toBe(0)
  })

  it('share a batch; one alone has none', async () => {
    const studio = await scene({ still: true })
    const { jobs, batchId } = await studio.jobs.create([{ model: 'fake-1', prompt: 'x', count: 3 }])
    expect(batchId).not.toBeNull()
    expect(jobs.map((job) => job.batchId)).toEqual([batchId, batchId, batchId])
    expect(new Set(jobs.map((job) => studio.history.jobs.get(job.id)?.idempotencyToken)).size).toBe(3)
    expect((await studio.jobs.create([{ model: 'fake-1', prompt: 'x' }])).batchId).toBeNull()
  })

  it('count a given seed up by one each, and refuse the whole when that leaves the range', async () => {
    const studio = await scene({ still: true })
    const rows = await studio.make({ count: 3, params: { seed: 998 } })
    expect(rows.map((row) => studio.detail(row.id).params['seed'])).toEqual([998, 999, 1000])
    expect(await refusal(studio, { count: 3, params: { seed: 999 } })).toMatchObject({ key: 'field.max' })
  })

  it('leave the seed to a provider, and draw one for each job made on this computer', async () => {
    const remote = await scene({ still: true })
    const [there] = await remote.make({ count: 2 })
    expect(remote.detail(there?.id ?? '').params).not.toHaveProperty('seed')
    const local = await scene({ still: true, offline: true })
    const seeds = (await local.make({ count: 5 })).map((row) => local.detail(row.id).params['seed'])
    expect(new Set(seeds).size).toBe(5)
  })

  it('beyond a thousand are refused', async () => {
    const studio = await scene({ still: true })
    const wanted = Array.from({ length: 21 }, () => ({ model: 'fake-1', prompt: 'x', count: 50 }))
    await expect(studio.jobs.create(wanted)).rejects.toMatchObject({ key: 'batch.tooMany' })
  })
})

describe('a connection', () => {
  it('is asked for where the provider needs one, and refused where it has none', async () => {
    const keyed = await scene({ still: true, needsConnection: true })
    expect(await refusal(keyed, {})).toMatchObject({ key: 'connection.required' })
    const keyless = await scene({ still: true })
    expect(await refusal(keyless, { connectionId: 'mine' })).toMatchObject({ key: 'connection.none' })
  })

  it('of a kind that does not have the model is refused before it costs anything', async () => {
    const servedBy = { field: 'region', in: ['south'] }
    const studio = await scene({ still: true, needsConnection: true, model: { servedBy } })
    const north = await studio.connect({ settings: { region: 'north' } })
    expect(await refusal(studio, { connectionId: north.id })).toMatchObject({
      key: 'connection.notServed',
      issues: [{ path: ['connectionId'] }],
    })
    const south = await studio.connect({ settings: { region: 'south' } })
    await expect(studio.make({ connectionId: south.id })).resolves.toHaveLength(1)
  })
})

describe('rules over inputs and parameters together', () => {
  it('are asked once all else is right, and are said at the place they are about', async () => {
    const studio = await scene({
      still: true,
      check: ({ params, inputs }) =>
        params['duration'] === 10 && inputs.length > 0
          ? [issue(['params', 'duration'], 'field.choice', { choices: '5' })]
          : [],
    })
    const image = await input(studio)
    expect(await refusal(studio, { params: { duration: 10 }, inputs: [image] })).toMatchObject({
      key: 'field.choice',
      issues: [{ path: ['params', 'duration'] }],
    })
    await expect(studio.make({ params: { duration: 5 }, inputs: [image] })).resolves.toHaveLength(1)
  })
})

describe('preview', () => {
  it('shows the exact request and the estimate of all jobs, and sends nothing', async () => {
    const studio = await scene()
    const request = { model: 'fake-1', prompt: 'a lighthouse', params: { duration: 10 }, count: 4 }
    expect(await studio.jobs.preview(request)).toMatchObject({
      count: 4,
      estimate: { micros: 2_000_000, currency: 'USD' },
      priceDate: '2026-11-01',
      seconds: 600,
      params: { duration: 10 },
      request: { method: 'POST', body: { prompt: 'a lighthouse', params: { duration: 10 } } },
    })
    expect(studio.server.requests).toEqual([])
    expect(studio.history.lists.counts({}).all).toBe(0)
  })

  it('refuses what creating would refuse', async () => {
    const studio = await scene({ still: true })
    await expect(studio.jobs.preview({ model: 'fake-1', prompt: '' })).rejects.toMatchObject({
      key: 'prompt.required',
    })
    await expect(studio.jobs.preview({ model: 'nobody', prompt: 'x' })).rejects.toMatchObject({
      key: 'model.notFound',
    })
  })
})
