import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { clip, scene } from './support/scene'

const sha256 = createHash('sha256').update(clip).digest('hex')

describe('a job that goes well', () => {
  it('ends with the bytes under their final name and every fact on its row', async () => {
    const studio = await scene()
    const row = await studio.one()
    const job = await studio.reach(row.id, 'completed')
    expect(job).toMatchObject({
      sha256,
      charged: 'yes',
      error: null,
      waiting: null,
      progress: null,
      estimate: { micros: 250_000, currency: 'USD' },
      priceDate: '2026-11-01',
      endpoint: studio.server.url,
      video: { width: 160, height: 96, bytes: clip.byteLength, missing: false },
    })
    expect(new Uint8Array(readFileSync(join(studio.folder, job.file ?? '')))).toEqual(clip)
    expect(studio.story(row.id)).toEqual(['created', 'submitting', 'accepted', 'made', 'completed'])
    expect(studio.server.billed).toBe(1)
    expect(studio.history.derivatives.get(row.id, 'poster')?.state).toBe('wanted')
  })

  it('tells the page of each committed change and of progress, in order', async () => {
    const studio = await scene({ pollsUntilDone: 3 })
    const row = await studio.one()
    await studio.reach(row.id, 'completed')
    const told = studio.events.flatMap((event) =>
      event.type === 'job' && event.job.id === row.id
        ? [`${event.created ? 'new ' : ''}${event.job.state}`]
        : [],
    )
    expect(told).toEqual(['new queued', 'submitting', 'processing', 'downloading', 'completed'])
    expect(studio.events.some((event) => event.type === 'progress' && event.progress !== null)).toBe(true)
  })

  it('commits the planned name before a byte is written', async () => {
    const studio = await scene()
    const held = studio.server.hold('file')
    const row = await studio.one()
    await held.reached
    const planned = studio.history.jobs.get(row.id)?.outputPath
    expect(planned).toMatch(/^\d{4}-\d{2}\/.+\.mp4$/)
    expect(existsSync(join(studio.folder, planned ?? ''))).toBe(false)
    held.release()
    expect((await studio.reach(row.id, 'completed')).file).toBe(planned)
  })
})

describe('a submit', () => {
  it('is refused: the job fails with the reason, uncharged, and nothing is sent twice', async () => {
    const studio = await scene()
    studio.server.fault('submit', { kind: 'status', status: 422 })
    const row = await studio.one()
    const job = await studio.reach(row.id, 'failed')
    expect(job).toMatchObject({
      error: { code: 'moderated' },
      charged: 'no',
      errorRaw: '{"error":"scripted"}',
    })
    expect(studio.server.count(/^POST \/jobs$/)).toBe(1)
  })

  it('is throttled: the job goes back to the queue until the time the provider named, and then is made', async () => {
    const studio = await scene()
    studio.server.fault('submit', { kind: 'status', status: 429, retryAfter: 10 })
    const before = studio.clock.now()
    const row = await studio.one()
    const waiting = await studio.reach(row.id, 'queued')
    expect(waiting.waiting).toBe('throttled')
    const record = studio.history.jobs.get(row.id)
    expect(record?.nextAt).toBeGreaterThanOrEqual(before + 10_000)
    expect(record?.retryAfter).toBe(10_000)
    expect((await studio.reach(row.id, 'completed')).attempts).toBe(2)
    expect(studio.clock.now() - before).toBeGreaterThanOrEqual(10_000)
    expect(studio.server.billed).toBe(1)
  })

  it('whose answer was lost is not sent again: it needs the person, and may have been charged', async () => {
    const studio = await scene()
    studio.server.fault('submit', { kind: 'drop_after' })
    const row = await studio.one()
    const job = await studio.reach(row.id, 'needs_attention')
    expect(job).toMatchObject({ charged: 'unknown', error: { key: 'job.unanswered' } })
    expect(studio.server.count(/^POST \/jobs$/)).toBe(1)
  })

  it('that a broken server answered is ambiguous, never quietly repeated', async () => {
    const studio = await scene()
    studio.server.fault('submit', { kind: 'status', status: 500 })
    const row = await studio.one()
    expect((await studio.reach(row.id, 'needs_attention')).charged).toBe('unknown')
    expect(studio.server.count(/^POST \/jobs$/)).toBe(1)
  })

  it('whose answer was lost is sent again with its token where the provider knows the token', async () => {
    const studio = await scene({ afterLostSubmit: 'same_token' })
    studio.server.fault('submit', { kind: 'drop_after' }, 2)
    const row = await studio.one()
    await studio.reach(row.id, 'completed')
    expect(studio.server.count(/^POST \/jobs$/)).toBe(3)
    expect(studio.server.billed).toBe(1)
    expect(studio.story(row.id)).toContain('resubmitting')
  })

  it.each([
    ['arrived', { kind: 'drop_after' } as const],
    ['never arrived', { kind: 'drop' } as const],
  ])('that %s is looked up by its token where the provider can', async (_, fault) => {
    const studio = await scene({ afterLostSubmit: 'lookup' })
    studio.server.fault('submit', fault)
    const row = await studio.one()
    await studio.reach(row.id, 'completed')
    expect(studio.server.billed).toBe(1)
    expect(studio.story(row.id).includes('never_arrived')).toBe(fault.kind === 'drop')
  })

  it('whose id cannot be written down for a while is not lost: the id is kept until it can', async () => {
    const studio = await scene()
    const store = studio.history.jobs
    const move = store.move.bind(store)
    let refused = 0
    store.move = (id, from, to, ...rest) => {
      if (to !== 'processing' || refused === 2) return move(id, from, to, ...rest)
      refused += 1
      throw new Error('database or disk is full')
    }
    const row = await studio.one()
    await studio.reach(row.id, 'completed')
    expect(refused).toBe(2)
    expect(studio.server.count(/^POST \/jobs$/)).toBe(1)
  })

  it('finds nobody listening: nothing was sent, the job waits for the network in the queue', async () => {
    const studio = await scene()
    await studio.server.close()
    const row = await studio.one()
    await studio.reach(row.id, 'queued')
    expect(studio.detail(row.id)).toMatchObject({
      waiting: 'network',
      charged: expect.not.stringMatching('yes'),
    })
    expect(studio.history.jobs.get(row.id)?.submitAttemptedAt).toBeNull()
  })
})

describe('polling', () => {
  it('goes on through errors, dropped connections and nonsense, and says what it waits for', async () => {
    const studio = await scene()
    studio.server.fault('poll', { kind: 'status', status: 503 })
    studio.server.fault('poll', { kind: 'drop' })
    const row = await studio.one()
    const seen = new Set<string | null>()
    studio.listen((event) => {
      if (event.type === 'job') seen.add(event.job.waiting)
    })
    await studio.reach(row.id, 'completed')
    expect(seen).toContain('network')
    expect(studio.detail(row.id)).toMatchObject({ error: null, waiting: null })
  })

  it('with a refused key keeps the paid job and shows the error, until the key works again', async () => {
    const studio = await scene()
    studio.server.fault('poll', { kind: 'status', status: 401 })
    const refused = studio.server.hold('poll')
    const next = studio.server.hold('poll')
    const row = await studio.one()
    await refused.reached
    refused.release()
    await next.reached
    expect(studio.detail(row.id)).toMatchObject({ state: 'processing', error: { code: 'auth' } })
    next.release()
    expect((await studio.reach(row.id, 'completed')).error).toBeNull()
  })

  it('takes the word of the provider that a job failed, and whether it was charged', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    studio.server.finish('failed')
    const job = await studio.reach(row.id, 'failed')
    expect(job).toMatchObject({ charged: 'yes', error: { code: 'moderated' } })
  })

  it('a provider that forgot the job: failed, and unknown whether it was charged', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    studio.server.forget()
    const job = await studio.reach(row.id, 'failed')
    expect(job).toMatchObject({ charged: 'unknown', error: { key: 'job.lost' } })
  })

  it('comes at once when the provider calls back, in groups when it calls often', async () => {
    let call: (id: string) => void = () => undefined
    const onChange = (listener: (id: string) => void) => {
      call = listener
      return () => undefined
    }
    const studio = await scene({ pollsUntilDone: Infinity, pollFloorMs: 3_600_000, onChange })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    for (let n = 0; n < 50; n += 1) call(row.id)
    await expect.poll(() => studio.server.jobs.get('fake-1')?.polls).toBe(1)
    studio.server.finish()
    call(row.id)
    await studio.reach(row.id, 'completed')
    expect(studio.server.count(/^GET \/jobs/)).toBeLessThanOrEqual(3)
  })

  it('marks a job that takes far longer than usual as delayed and lets it live', async () => {
    const studio = await scene({ pollsUntilDone: Infinity, pollFloorMs: 50, model: { typicalSeconds: 2 } })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    // The model says two seconds: by this clock half a minute more is soon gone.
    await expect.poll(() => studio.detail(row.id).delayed, { timeout: 10_000 }).toBe(true)
    expect(studio.story(row.id)).toContain('delayed')
    studio.server.finish()
    await studio.reach(row.id, 'completed')
  })
})

describe('downloading', () => {
  it('goes on where it broke off', async () => {
    const studio = await scene()
    studio.server.fault('file', { kind: 'half' })
    const row = await studio.one()
    expect((await studio.reach(row.id, 'completed')).sha256).toBe(sha256)
    expect(studio.server.count(/^GET \/files/)).toBeGreaterThan(1)
  })

  it('asks again for an address that has expired', async () => {
    const studio = await scene()
    const held = studio.server.hold('file')
    const row = await studio.one()
    await held.reached
    studio.server.expire()
    held.release()
    await studio.reach(row.id, 'completed')
    expect(studio.story(row.id)).toContain('renewed')
  })

  it.each(['html', 'short', 'flipped'] as const)(
    'never completes with wrong bytes (%s): it fetches again',
    async (kind) => {
      const studio = await scene()
      studio.server.fault('file', { kind })
      const row = await studio.one()
      expect((await studio.reach(row.id, 'completed')).sha256).toBe(sha256)
    },
  )

  it('fails, charged, with no file left, when the provider has only broken bytes to give', async () => {
    const studio = await scene()
    studio.server.fault('file', { kind: 'html' }, 50)
    const row = await studio.one()
    const job = await studio.reach(row.id, 'failed')
    expect(job).toMatchObject({ charged: 'yes', error: { code: 'bad_output' }, file: null, video: null })
    expect(
      readdirSync(studio.folder, { recursive: true }).filter((name) => /mp4/.test(String(name))),
    ).toEqual([])
  })

  it('waits for a library folder that is gone, and goes on when it is back', async () => {
    const studio = await scene()
    const held = studio.server.hold('file')
    const row = await studio.one()
    await held.reached
    const { rename } = await import('node:fs/promises')
    await rename(studio.folder, `${studio.folder}-away`)
    studio.server.fault('file', { kind: 'drop' })
    held.release()
    await expect.poll(() => studio.detail(row.id).waiting, { timeout: 5000 }).toBe('folder')
    expect(studio.detail(row.id)).toMatchObject({ state: 'downloading', error: null })
    await rename(`${studio.folder}-away`, studio.folder)
    await studio.reach(row.id, 'completed')
    expect(studio.server.billed).toBe(1)
  })
})

describe('the sidecar of a finished job', () => {
  const favouriteIn = (studio: Awaited<ReturnType<typeof scene>>, file: string | null) =>
    (
      JSON.parse(readFileSync(join(studio.folder, (file ?? '').replace('.mp4', '.json')), 'utf8')) as {
        favourite: boolean
      }
    ).favourite

  it('would forget that the video became a favourite after it was made', async () => {
    const studio = await scene()
    const row = await studio.one()
    const { file } = await studio.reach(row.id, 'completed')
    expect(favouriteIn(studio, file)).toBe(false)
    studio.jobs.favourite([row.id], true)
    await vi.waitFor(() => expect(favouriteIn(studio, file)).toBe(true))
    for (const on of [false, true, false]) studio.jobs.favourite([row.id], on)
    await studio.close()
    expect(favouriteIn(studio, file)).toBe(false)
  })

  it('would forget a favourite chosen while the video was coming in', async () => {
    const studio = await scene()
    const held = studio.server.hold('file')
    const row = await studio.one()
    await held.reached
    studio.jobs.favourite([row.id], true)
    held.release()
    const { file } = await studio.reach(row.id, 'completed')
    await vi.waitFor(() => expect(favouriteIn(studio, file)).toBe(true))
  })
})
