import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scene, type Scene } from './support/scene'

const videos = (studio: Scene) =>
  readdirSync(studio.folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.mp4/.test(name))

/** A job that is cancelled while its call waits at the provider. */
async function cancelledAt(studio: Scene, call: 'submit' | 'answer' | 'find') {
  const held = studio.server.hold(call)
  const row = await studio.one()
  await held.reached
  await studio.jobs.cancel(row.id)
  return { held, row }
}

describe('cancel', () => {
  it('of a queued job is done at once, and it is never sent', async () => {
    const studio = await scene({ model: { concurrency: 1 }, pollsUntilDone: Infinity })
    const first = await studio.one()
    const second = await studio.one()
    expect(await studio.jobs.cancel(second.id)).toMatchObject({ state: 'cancelled', charged: 'no' })
    await studio.reach(first.id, 'processing')
    studio.server.finish()
    await studio.reach(first.id, 'completed')
    expect(studio.server.billed).toBe(1)
  })

  it('while it is being sent waits for the id, and cancels it at the provider', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const held = studio.server.hold('answer')
    const row = await studio.one()
    await held.reached
    expect((await studio.jobs.cancel(row.id)).state).toBe('cancelling')
    held.release()
    const job = await studio.reach(row.id, 'cancelled')
    expect(job).toMatchObject({ providerJobId: 'fake-1', charged: 'unknown' })
    expect([...studio.server.jobs.values()].map(({ state }) => state)).toEqual(['cancelled'])
  })

  it('while it is being sent to a provider that never answers ends anyway, and never says "not charged"', async () => {
    const studio = await scene()
    const { held, row } = await cancelledAt(studio, 'answer')
    expect((await studio.reach(row.id, 'cancelled')).charged).toBe('unknown')
    held.release()
  })

  it('while it is still on its way there does not say that nothing was charged before it can have arrived', async () => {
    const studio = await scene({ afterLostSubmit: 'lookup', cancels: false })
    const { held, row } = await cancelledAt(studio, 'submit')
    await expect.poll(() => studio.server.count(/^GET \/jobs$/), { timeout: 5_000 }).toBeGreaterThan(0)
    held.release()
    const job = await studio.reach(row.id, 'cancelled')
    expect(studio.server.billed).toBe(1)
    expect(job.charged).toBe('unknown')
  })

  it('while a lost submit is looked for does not take “not listed yet” for “never charged”', async () => {
    const studio = await scene({ afterLostSubmit: 'lookup', cancels: false })
    studio.server.fault('submit', { kind: 'drop' })
    const { held, row } = await cancelledAt(studio, 'find')
    held.release()
    await expect.poll(() => studio.server.count(/^GET \/jobs$/), { timeout: 5_000 }).toBeGreaterThan(1)
    const token = studio.history.jobs.get(row.id)?.idempotencyToken
    const body = JSON.stringify({ token, prompt: 'late', params: {}, images: [] })
    await fetch(`${studio.server.url}/jobs`, { method: 'POST', body })
    expect((await studio.reach(row.id, 'cancelled')).charged).toBe('unknown')
  })

  it('of a submit that never arrived says that nothing was charged, once that is certain', async () => {
    const studio = await scene({ afterLostSubmit: 'lookup' })
    studio.server.fault('submit', { kind: 'drop' })
    const { held, row } = await cancelledAt(studio, 'submit')
    held.release()
    expect((await studio.reach(row.id, 'cancelled')).charged).toBe('no')
    expect(studio.server.billed).toBe(0)
  })

  it('while the provider refuses the submit: cancelled, and nothing was charged', async () => {
    const studio = await scene()
    studio.server.fault('submit', { kind: 'status', status: 429 })
    const { held, row } = await cancelledAt(studio, 'submit')
    held.release()
    expect((await studio.reach(row.id, 'cancelled')).charged).toBe('no')
    expect(studio.server.count(/cancel/)).toBe(0)
  })

  it('of a running job goes to the provider once, however often it is asked for', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    const held = studio.server.hold('cancel')
    await studio.jobs.cancel(row.id)
    await held.reached
    expect((await studio.jobs.cancel(row.id)).state).toBe('cancelling')
    held.release()
    await studio.reach(row.id, 'cancelled')
    expect((await studio.jobs.cancel(row.id)).state).toBe('cancelled')
    expect(studio.server.count(/cancel/)).toBe(1)
  })

  it('that the provider answers with "too late" brings the video instead of throwing it away', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    const held = studio.server.hold('cancel')
    await studio.jobs.cancel(row.id)
    await held.reached
    studio.server.finish()
    held.release()
    await studio.reach(row.id, 'completed')
    expect(studio.story(row.id)).toContain('cancel_too_late')
  })

  it('goes on until the provider can be reached', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    studio.server.fault('cancel', { kind: 'status', status: 503 }, 2)
    await studio.jobs.cancel(row.id)
    await studio.reach(row.id, 'cancelled')
    expect(studio.server.count(/cancel/)).toBe(3)
  })

  it('where the provider has none stops watching, and says so', async () => {
    const studio = await scene({ cancels: false, pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    await studio.jobs.cancel(row.id)
    expect((await studio.reach(row.id, 'cancelled')).charged).toBe('unknown')
    expect(studio.story(row.id)).toContain('stopped_watching')
  })

  it('of a download stops it, leaves no file, and keeps that it was charged', async () => {
    const studio = await scene()
    const held = studio.server.hold('file')
    const row = await studio.one()
    await held.reached
    await studio.jobs.cancel(row.id)
    const job = await studio.reach(row.id, 'cancelled')
    held.release()
    expect(job).toMatchObject({ charged: 'yes', file: null, video: null })
    expect(studio.server.count(/cancel/)).toBe(0)
    expect(videos(studio)).toEqual([])
  })

  it('that meets a video which has just landed whole keeps the video', async () => {
    let landed = (): Promise<unknown> => Promise.resolve()
    const studio = await scene({
      aroundLibrary: (library) => ({
        ...library,
        async receive(what) {
          const video = await library.receive(what)
          await landed()
          what.signal.throwIfAborted()
          return video
        },
      }),
    })
    const row = await studio.one()
    landed = () => studio.jobs.cancel(row.id)
    const job = await studio.reach(row.id, 'completed')
    expect(videos(studio)).toEqual([job.file])
  })

  it.each(['completed', 'failed', 'needs_attention'] as const)('of a %s job is a conflict', async (state) => {
    const studio = await scene()
    if (state === 'failed') studio.server.fault('submit', { kind: 'status', status: 422 })
    if (state === 'needs_attention') studio.server.fault('submit', { kind: 'drop_after' })
    const row = await studio.one()
    await studio.reach(row.id, state)
    await expect(studio.jobs.cancel(row.id)).rejects.toMatchObject({ code: 'conflict', key: 'job.finished' })
    expect(studio.detail(row.id).state).toBe(state)
  })

  it('of a job that is not there is said so', async () => {
    const studio = await scene()
    await expect(studio.jobs.cancel('018f0000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('remove', () => {
  it('during a download cancels it; after the time for undo neither row nor file is left', async () => {
    const studio = await scene()
    const held = studio.server.hold('file')
    const row = await studio.one()
    await held.reached
    await studio.jobs.remove([row.id], 'trash')
    expect(() => studio.detail(row.id)).toThrow(expect.objectContaining({ key: 'job.notFound' }))
    await expect.poll(() => studio.history.jobs.get(row.id), { timeout: 5000 }).toBeNull()
    held.release()
    expect(videos(studio)).toEqual([])
  })

  it.each([
    ['trash', 0],
    ['keep', 1],
  ] as const)('of a finished job with the file to %s leaves %i files', async (fate, left) => {
    const studio = await scene()
    const row = await studio.one()
    await studio.reach(row.id, 'completed')
    await studio.jobs.remove([row.id], fate)
    expect(videos(studio)).toHaveLength(1)
    await expect.poll(() => studio.history.jobs.get(row.id), { timeout: 5000 }).toBeNull()
    expect(videos(studio)).toHaveLength(left)
  })

  it('can be undone for a while: the job and its file stay', async () => {
    const studio = await scene()
    const row = await studio.one()
    const other = await studio.one()
    await studio.reach(row.id, 'completed')
    await studio.reach(other.id, 'completed')
    await studio.jobs.remove([row.id, other.id], 'trash')
    studio.jobs.restore([row.id])
    await expect.poll(() => studio.history.jobs.get(other.id), { timeout: 5000 }).toBeNull()
    expect(videos(studio)).toEqual([studio.detail(row.id).file])
  })

  it('that a kill cut short is finished at the next start', async () => {
    const studio = await scene()
    const row = await studio.one()
    await studio.reach(row.id, 'completed')
    await studio.jobs.remove([row.id], 'trash')
    const next = await studio.reopen()
    await expect.poll(() => next.history.jobs.get(row.id)).toBeNull()
    expect(videos(next)).toEqual([])
  })

  it('twice answers that there is no such job', async () => {
    const studio = await scene()
    const row = await studio.one()
    await studio.jobs.remove([row.id], 'keep')
    await expect(studio.jobs.remove([row.id], 'keep')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('retry', () => {
  it('of a job that needs attention is a new job with a token of its own; the old one is never sent again', async () => {
    const studio = await scene()
    studio.server.fault('submit', { kind: 'drop_after' })
    const row = await studio.one({ params: { seed: 7 } })
    await studio.reach(row.id, 'needs_attention')
    const again = await studio.jobs.retry(row.id, false)
    const job = await studio.reach(again.id, 'completed')
    expect(job).toMatchObject({ retryOf: row.id, params: { duration: 5, seed: 7 } })
    expect(new Set([...studio.server.jobs.values()].map(({ token }) => token)).size).toBe(2)
    expect(studio.detail(row.id).state).toBe('needs_attention')
  })

  it('with a new seed draws one within what the model takes', async () => {
    const studio = await scene()
    const row = await studio.one({ params: { seed: 7 } })
    await studio.reach(row.id, 'completed')
    const again = await studio.jobs.retry(row.id, true)
    const { seed } = studio.detail(again.id).params
    expect(seed).not.toBe(7)
    expect(seed).toSatisfy(
      (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1000,
    )
  })

  it('of a running job is a conflict', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const row = await studio.one()
    await expect(studio.jobs.retry(row.id, false)).rejects.toMatchObject({
      code: 'conflict',
      key: 'job.running',
    })
  })
})

describe('one job at a time in one pair of hands', () => {
  it('a job that falls due while it is being polled is not polled twice at once', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const held = studio.server.hold('poll')
    const row = await studio.one()
    await held.reached
    studio.history.jobs.patch(row.id, ['processing'], studio.clock.now(), { nextAt: studio.clock.now() })
    // Another job makes the scheduler look at the table.
    const other = await studio.one()
    await expect.poll(() => studio.server.jobs.get('fake-2')?.polls ?? 0).toBeGreaterThan(3)
    expect(studio.server.jobs.get('fake-1')?.polls).toBe(0)
    expect(studio.server.count(/^GET \/jobs\/fake-1$/)).toBe(1)
    held.release()
    studio.server.finish()
    await studio.reach(row.id, 'completed')
    await studio.reach(other.id, 'completed')
  })
})
