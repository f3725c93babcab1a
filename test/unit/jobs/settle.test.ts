import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scene, type Scene, type SceneOptions } from './support/scene'

/** A job whose submit arrived and whose answer was lost, left to the person. */
async function doubtful(options: SceneOptions) {
  const studio = await scene({ ...options, afterLostSubmit: 'unknown' })
  studio.server.fault('submit', { kind: 'drop_after' })
  const row = await studio.one()
  await studio.reach(row.id, 'needs_attention')
  return { studio, id: row.id }
}

describe('checking a job that needs attention', () => {
  it('looks it up where the provider can, and never bills it twice', async () => {
    const { studio, id } = await doubtful({})
    const next = await studio.reopen({ afterLostSubmit: 'lookup' })
    expect(await next.jobs.resolve(id, 'check')).toMatchObject({ state: 'submitting', error: null })
    expect(await next.reach(id, 'completed')).toMatchObject({ charged: 'yes', providerJobId: 'fake-1' })
    expect(next.server.billed).toBe(1)
    expect(next.server.count(/^POST/)).toBe(1)
    expect(next.story(id)).toContain('checked_again')
  })

  it('sends the same token again where the provider knows it, and never bills it twice', async () => {
    const { studio, id } = await doubtful({ idempotent: true })
    const next = await studio.reopen({ afterLostSubmit: 'same_token' })
    await next.jobs.resolve(id, 'check')
    expect(await next.reach(id, 'completed')).toMatchObject({ charged: 'yes', providerJobId: 'fake-1' })
    expect(next.server.billed).toBe(1)
    expect(next.server.count(/^POST \/jobs$/)).toBe(2)
  })

  it('that is not found sends it once more, and bills it once', async () => {
    const { studio, id } = await doubtful({})
    studio.server.forget()
    const next = await studio.reopen({ afterLostSubmit: 'lookup' })
    await next.jobs.resolve(id, 'check')
    expect(await next.reach(id, 'completed')).toMatchObject({ charged: 'yes' })
    expect(next.story(id)).toContain('never_arrived')
    expect(next.server.billed).toBe(1)
  })

  it('that is not found and is cancelled before it goes again does not say that nothing was charged', async () => {
    const { studio, id } = await doubtful({ model: { concurrency: 1 }, pollsUntilDone: Infinity })
    studio.server.forget()
    const next = await studio.reopen({ afterLostSubmit: 'lookup' })
    const before = await next.one()
    await next.reach(before.id, 'processing')
    await next.jobs.resolve(id, 'check')
    await next.reach(id, 'queued')
    expect(await next.jobs.cancel(id)).toMatchObject({ state: 'cancelled', charged: 'unknown' })
  })

  it.each([
    ['refused', 'failed', 400],
    ['cancelled while it is being refused', 'cancelled', 429],
  ] as const)(
    'that is not found and is then %s does not say that nothing was charged',
    async (_how, end, status) => {
      const { studio, id } = await doubtful({})
      studio.server.forget()
      const next = await studio.reopen({ afterLostSubmit: 'lookup' })
      next.server.fault('submit', { kind: 'status', status })
      const held = next.server.hold('submit')
      await next.jobs.resolve(id, 'check')
      await held.reached
      if (end === 'cancelled') await next.jobs.cancel(id)
      held.release()
      expect((await next.reach(id, end)).charged).toBe('unknown')
    },
  )

  it('is refused where the provider can do neither, and the job stays as it is', async () => {
    const { studio, id } = await doubtful({})
    await expect(studio.jobs.resolve(id, 'check')).rejects.toMatchObject({
      code: 'conflict',
      key: 'job.cannotCheck',
    })
    expect(studio.detail(id)).toMatchObject({ state: 'needs_attention', charged: 'unknown' })
  })

  it('is refused when its connection was removed: without a key nothing can be asked', async () => {
    const studio = await scene({ needsConnection: true, afterLostSubmit: 'unknown' })
    const { id: connectionId } = await studio.connect()
    studio.server.fault('submit', { kind: 'drop_after' })
    const row = await studio.one({ connectionId })
    await studio.reach(row.id, 'needs_attention')
    await studio.connections.remove(connectionId)
    const next = await studio.reopen({ afterLostSubmit: 'same_token' })
    await expect(next.jobs.resolve(row.id, 'check')).rejects.toMatchObject({ key: 'connection.gone' })
    expect(next.detail(row.id).state).toBe('needs_attention')
  })
})

describe('dismissing a job that needs attention', () => {
  it('lets it rest as failed, and still says that it may have been charged', async () => {
    const { studio, id } = await doubtful({})
    expect(await studio.jobs.resolve(id, 'dismiss')).toMatchObject({ state: 'failed', charged: 'unknown' })
    expect(studio.detail(id).error?.key).toBe('job.unanswered')
    for (const how of ['dismiss', 'check'] as const) {
      await expect(studio.jobs.resolve(id, how)).rejects.toMatchObject({ code: 'conflict' })
    }
    expect(studio.server.billed).toBe(1)
  })

  it('is a conflict for any other job', async () => {
    const studio = await scene({ pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    await expect(studio.jobs.resolve(row.id, 'dismiss')).rejects.toMatchObject({ key: 'job.settled' })
    expect(studio.detail(row.id).state).toBe('processing')
  })
})

describe('a resend after a lost answer', () => {
  it.each([
    ['that the token belongs to another request', 409, 'job.providerOther'],
    ['outright, as if the first had never been', 400, 'request.invalid'],
    ['because the key was revoked meanwhile', 401, 'job.internal'],
  ])(
    'that is refused, %s, needs the person: the first may have been made and paid',
    async (_, status, key) => {
      const studio = await scene({ afterLostSubmit: 'same_token' })
      studio.server.fault('submit', { kind: 'drop_after' })
      studio.server.fault('submit', { kind: 'status', status })
      const row = await studio.one()
      const job = await studio.reach(row.id, 'needs_attention')
      expect(job).toMatchObject({ charged: 'unknown', error: { key }, errorRaw: '{"error":"scripted"}' })
      await studio.jobs.resolve(row.id, 'check')
      await studio.reach(row.id, 'completed')
      expect(studio.server.billed).toBe(1)
    },
  )
})

describe('fetching a video again', () => {
  const fetchable = (studio: Scene, id: string) => studio.history.lists.row(id)?.fetchable

  it('of a failed job that was charged brings it, costs nothing, and keeps what it cost', async () => {
    const studio = await scene()
    studio.server.fault('file', { kind: 'html' }, 99)
    const row = await studio.one()
    const failed = await studio.reach(row.id, 'failed')
    expect(failed).toMatchObject({ charged: 'yes', cost: { micros: 250_000 } })
    expect(fetchable(studio, row.id)).toBe(true)
    const next = await studio.reopen()
    const rest = next.server.hold('file')
    await next.jobs.fetchAgain(row.id)
    await rest.reached
    rest.release()
    for (;;) {
      const state = await next.reach(row.id, 'completed', 'failed')
      if (state.state === 'completed') break
      await next.jobs.fetchAgain(row.id)
    }
    expect(next.detail(row.id)).toMatchObject({ charged: 'yes', cost: failed.cost, error: null })
    expect(next.server.billed).toBe(1)
    expect(fetchable(next, row.id)).toBe(false)
  })

  it('of a finished job whose file is gone brings it back under its name', async () => {
    const studio = await scene()
    const row = await studio.one()
    const { file } = await studio.reach(row.id, 'completed')
    rmSync(join(studio.folder, file ?? ''))
    studio.history.jobs.patch(row.id, ['completed'], studio.clock.now(), { fileMissing: true })
    expect(fetchable(studio, row.id)).toBe(true)
    expect(await studio.jobs.fetchAgain(row.id)).toMatchObject({ state: 'processing', startedAt: null })
    const back = await studio.reach(row.id, 'completed')
    expect(back).toMatchObject({ file, video: { missing: false }, cost: { micros: 250_000 } })
    expect(await studio.library.pathOf({ outputPath: back.file })).not.toBeNull()
  })

  it('of a job that nobody waited for any more brings what the provider made of it, for the same money', async () => {
    const studio = await scene({ cancels: false, pollsUntilDone: Infinity })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    await studio.jobs.cancel(row.id)
    expect(await studio.reach(row.id, 'cancelled')).toMatchObject({ charged: 'unknown', fetchable: true })
    studio.server.pollsUntilDone = 1
    await studio.jobs.fetchAgain(row.id)
    expect(await studio.reach(row.id, 'completed')).toMatchObject({ charged: 'yes', fetchable: false })
    expect(studio.server.billed).toBe(1)
    expect(studio.story(row.id)).toContain('watched_again')
  })

  it('of a job whose answer came after it was to be cancelled brings it too', async () => {
    const studio = await scene({ cancels: false, pollsUntilDone: Infinity })
    const held = studio.server.hold('submit')
    const row = await studio.one()
    await held.reached
    await studio.jobs.cancel(row.id)
    held.release()
    expect(await studio.reach(row.id, 'cancelled')).toMatchObject({ charged: 'unknown', fetchable: true })
    studio.server.pollsUntilDone = 1
    await studio.jobs.fetchAgain(row.id)
    await studio.reach(row.id, 'completed')
    expect(studio.server.billed).toBe(1)
  })

  it.each(['forgotten', 'cancelled'])(
    'of a finished job keeps it finished when it is %s instead: the file may turn up yet',
    async (how) => {
      const notified: string[] = []
      const studio = await scene({ notify: ({ title }) => void notified.push(title), pollFloorMs: 60_000 })
      const row = await studio.one()
      const { file } = await studio.reach(row.id, 'completed')
      studio.history.jobs.patch(row.id, ['completed'], studio.clock.now(), { fileMissing: true })
      rmSync(join(studio.folder, file ?? ''))
      const told = notified.length
      const held = studio.server.hold('poll')
      await studio.jobs.fetchAgain(row.id)
      await held.reached
      if (how === 'cancelled') await studio.jobs.cancel(row.id)
      else studio.server.forget()
      held.release()
      const after = await studio.reach(row.id, 'completed')
      expect(after).toMatchObject({ file, charged: 'yes', video: { missing: true } })
      expect(notified).toHaveLength(told)
      expect(fetchable(studio, row.id)).toBe(true)
    },
  )

  it.each<[string, (studio: Scene) => Promise<string>]>([
    [
      'that is whole',
      async (studio) => {
        const row = await studio.one()
        await studio.reach(row.id, 'completed')
        return row.id
      },
    ],
    [
      'that never reached the provider',
      async (studio) => {
        studio.server.fault('submit', { kind: 'status', status: 400 })
        const row = await studio.one()
        await studio.reach(row.id, 'failed')
        return row.id
      },
    ],
    [
      'that the provider has cancelled',
      async (studio) => {
        studio.server.pollsUntilDone = Infinity
        const row = await studio.one()
        await studio.reach(row.id, 'processing')
        await studio.jobs.cancel(row.id)
        await studio.reach(row.id, 'cancelled')
        return row.id
      },
    ],
    [
      'that still runs',
      async (studio) => {
        studio.server.pollsUntilDone = Infinity
        const row = await studio.one()
        await studio.reach(row.id, 'processing')
        return row.id
      },
    ],
  ])('of a job %s is refused', async (_, make) => {
    const studio = await scene()
    const id = await make(studio)
    const { state } = studio.detail(id)
    expect(fetchable(studio, id)).toBe(false)
    await expect(studio.jobs.fetchAgain(id)).rejects.toMatchObject({
      code: 'conflict',
      key: 'job.notFetchable',
    })
    expect(studio.detail(id).state).toBe(state)
  })

  it('says nothing of how long a job takes', async () => {
    const studio = await scene()
    const rows = await studio.make({ count: 3, params: { duration: 5 } })
    for (const row of rows) await studio.reach(row.id, 'completed')
    const usual = () => studio.history.jobs.usualMs(null, 'fake-1', () => 1)
    expect(usual()).not.toBeNull()
    const [row] = rows
    studio.history.jobs.patch(row?.id ?? '', ['completed'], studio.clock.now(), { fileMissing: true })
    await studio.jobs.fetchAgain(row?.id ?? '')
    await studio.reach(row?.id ?? '', 'completed')
    expect(usual()).toBeNull()
  })
})
