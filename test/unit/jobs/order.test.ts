import { describe, expect, it } from 'vitest'
import type { JobRow } from '../../../src/shared/contract'
import { ManualClock } from '../../support/clock'
import { scene, type Scene, type SceneOptions } from './support/scene'

/** A queue behind one job that its provider holds until `server.finish()`. */
async function line(prompts: string, options: SceneOptions = {}) {
  const studio = await scene({ model: { concurrency: 1 }, pollsUntilDone: Infinity, ...options })
  const first = await studio.one({ prompt: 'first' })
  const rows: JobRow[] = []
  for (const prompt of prompts) rows.push(await studio.one({ prompt }))
  await studio.reach(first.id, 'processing')
  const ids = new Map(Array.from(prompts, (prompt, at) => [prompt, rows[at]?.id ?? '']))
  const id = (prompt: string) => ids.get(prompt) ?? ''
  return { studio, first, id }
}

/** Lets the provider finish all it has and will get. */
function release(studio: Scene) {
  studio.server.pollsUntilDone = 0
  studio.server.finish()
}
const sent = (studio: Scene) => [...studio.server.jobs.values()].map(({ prompt }) => prompt).join(' ')
const waiting = (studio: Scene) =>
  studio.jobs.queue
    .state(100)
    .jobs.filter(({ state }) => state === 'queued')
    .map(({ prompt }) => prompt)
    .join('')

describe('the order of the queue', () => {
  it('is the order in which jobs are sent, and told to pages at each change', async () => {
    const { studio, id } = await line('abcd')
    studio.jobs.queue.move([id('d')], 'top')
    studio.jobs.queue.move([id('a')], 'down')
    expect(waiting(studio)).toBe('dbac')
    expect(studio.events.filter(({ type }) => type === 'queue')).toHaveLength(2)
    release(studio)
    for (const prompt of 'abcd') await studio.reach(id(prompt), 'completed')
    expect(sent(studio)).toBe('first d b a c')
  })

  it('outlives a restart', async () => {
    const { studio, id } = await line('abc')
    studio.jobs.queue.move([id('c'), id('b')], 'top')
    const again = await studio.reopen()
    expect(waiting(again)).toBe('bca')
    release(again)
    for (const prompt of 'abc') await again.reach(id(prompt), 'completed')
    expect(sent(again)).toBe('first b c a')
  })

  it('keeps lanes apart: the first that may start of each connection does, wherever it stands', async () => {
    const studio = await scene({ model: { concurrency: 1 }, needsConnection: true, pollsUntilDone: Infinity })
    const one = await studio.connect()
    const two = await studio.connect()
    const busy = await studio.one({ connectionId: one.id })
    await studio.reach(busy.id, 'processing')
    const behind = await studio.one({ connectionId: one.id, prompt: 'behind' })
    studio.jobs.queue.pauseAll()
    const other = await studio.one({ connectionId: two.id, prompt: 'other' })
    expect(waiting(studio)).toBe('behindother')
    studio.jobs.queue.resumeAll()
    await studio.reach(other.id, 'processing')
    expect(studio.detail(behind.id).state).toBe('queued')
  })

  it('refuses to move what was sent meanwhile, with a conflict that says so', async () => {
    const { studio, first, id } = await line('ab')
    const { queue } = studio.jobs
    expect(() => queue.move([first.id], 'top')).toThrow(
      expect.objectContaining({ code: 'conflict', key: 'job.notQueued' }),
    )
    expect(() => queue.move([id('b')], { before: first.id })).toThrow(
      expect.objectContaining({ code: 'conflict', key: 'queue.placeGone' }),
    )
    expect(waiting(studio)).toBe('ab')
  })

  it('puts a throttled job that comes back at its place, before those that were behind it', async () => {
    const studio = await scene({ model: { concurrency: 1 } })
    studio.server.fault('submit', { kind: 'status', status: 429, retryAfter: 5 })
    const held = studio.server.hold('submit')
    const a = await studio.one({ prompt: 'a' })
    const b = await studio.one({ prompt: 'b' })
    const c = await studio.one({ prompt: 'c' })
    await held.reached
    studio.jobs.queue.move([c.id], 'top')
    held.release()
    for (const { id } of [a, b, c]) await studio.reach(id, 'completed')
    expect(sent(studio)).toBe('a c b')
  })
})

describe('a paused job', () => {
  it('is never sent, while those behind it are; resumed, it takes its old place', async () => {
    const { studio, id } = await line('abc')
    studio.jobs.queue.pause([id('a')])
    expect(studio.detail(id('a'))).toMatchObject({ state: 'queued', waiting: 'paused' })
    release(studio)
    await studio.reach(id('b'), 'completed')
    await studio.reach(id('c'), 'completed')
    expect(studio.detail(id('a')).state).toBe('queued')
    expect(sent(studio)).toBe('first b c')
    studio.jobs.queue.resume([id('a')])
    await studio.reach(id('a'), 'completed')
    expect(studio.story(id('a'))).toEqual(expect.arrayContaining(['paused', 'resumed', 'submitting']))
  })

  it('stays so across a restart, and comes before others when it is resumed then', async () => {
    const { studio, id } = await line('ab')
    studio.jobs.queue.pause([id('a'), id('b')])
    const again = await studio.reopen()
    release(again)
    await expect.poll(() => again.jobs.queue.state(10).working).toBe(0)
    expect(waiting(again)).toBe('ab')
    expect(sent(again)).toBe('first')
    again.jobs.queue.resume([id('b'), id('a')])
    for (const prompt of 'ab') await again.reach(id(prompt), 'completed')
    expect(sent(again)).toBe('first a b')
  })

  it('is not sent when the pause that its provider asked for is over', async () => {
    const studio = await scene({ model: { concurrency: 1 } })
    studio.server.fault('submit', { kind: 'status', status: 429, retryAfter: 2 })
    const a = await studio.one({ prompt: 'a' })
    await expect.poll(() => studio.detail(a.id).waiting).toBe('throttled')
    studio.jobs.queue.pause([a.id])
    const b = await studio.one({ prompt: 'b' })
    await studio.reach(b.id, 'completed')
    await expect.poll(() => studio.history.jobs.get(a.id)?.nextAt).toBeNull()
    expect(studio.detail(a.id)).toMatchObject({ state: 'queued', waiting: 'paused' })
    expect(sent(studio)).toBe('b')
  })

  it('can be cancelled, and only what waits can be paused', async () => {
    const { studio, first, id } = await line('a')
    expect(() => studio.jobs.queue.pause([first.id])).toThrow(
      expect.objectContaining({ code: 'conflict', key: 'job.notQueued' }),
    )
    studio.jobs.queue.pause([id('a')])
    expect(await studio.jobs.cancel(id('a'))).toMatchObject({ state: 'cancelled', charged: 'no' })
    expect(() => studio.jobs.queue.resume([id('a')])).toThrow(expect.objectContaining({ code: 'conflict' }))
  })
})

describe('a paused queue', () => {
  it('sends nothing new across a restart, watches what was sent to its end, and goes on in its order', async () => {
    const { studio, first, id } = await line('ab')
    studio.jobs.queue.pauseAll()
    const again = await studio.reopen()
    expect(again.jobs.queue.state(10)).toMatchObject({ paused: true, working: 1, waiting: 2 })
    release(again)
    await again.reach(first.id, 'completed')
    const late = await again.one({ prompt: 'late' })
    expect(again.detail(late.id)).toMatchObject({ state: 'queued' })
    expect(sent(again)).toBe('first')
    again.jobs.queue.resumeAll()
    for (const one of [id('a'), id('b'), late.id]) await again.reach(one, 'completed')
    expect(sent(again)).toBe('first a b late')
  })

  it('finds out about a submit whose answer was lost, since that one may be charged', async () => {
    const studio = await scene({ afterLostSubmit: 'same_token', model: { concurrency: 1 } })
    studio.server.fault('submit', { kind: 'drop_after' })
    const held = studio.server.hold('submit')
    const row = await studio.one()
    await held.reached
    studio.jobs.queue.pauseAll()
    held.release()
    await studio.reach(row.id, 'completed')
    expect(studio.server.billed).toBe(1)
  })

  it('sets no timer while it waits', async () => {
    const clock = new ManualClock()
    const studio = await scene({ clock })
    studio.jobs.queue.pauseAll()
    await studio.make({ count: 50, params: { seed: 1 } })
    clock.advance(60_000)
    expect(clock.pending).toBeLessThanOrEqual(1)
    expect(studio.server.requests).toEqual([])
  })
})

describe('cancelling many', () => {
  it('takes all that waits and leaves what is at work alone', async () => {
    const { studio, first, id } = await line('abc')
    expect(studio.jobs.queue.cancel('waiting').toSorted()).toEqual([id('a'), id('b'), id('c')].toSorted())
    release(studio)
    await studio.reach(first.id, 'completed')
    expect(sent(studio)).toBe('first')
  })

  it('of everything sends none of those that wait into the place that became free', async () => {
    const { studio, first, id } = await line('ab')
    studio.jobs.queue.cancel('all')
    await studio.reach(first.id, 'cancelled')
    expect([studio.detail(id('a')).state, studio.detail(id('b')).state]).toEqual(['cancelled', 'cancelled'])
    expect(sent(studio)).toBe('first')
  })

  it('of a batch leaves other jobs alone, and knows no batch that is none', async () => {
    const { studio, id } = await line('a')
    const rows = await studio.make({ count: 2, prompt: 'batch' })
    const batchId = rows[0]?.batchId ?? ''
    expect(studio.jobs.queue.cancelBatch(batchId)).toEqual(rows.map((row) => row.id))
    expect(studio.jobs.queue.cancelBatch(batchId)).toEqual([])
    expect(studio.detail(id('a')).state).toBe('queued')
    expect(() => studio.jobs.queue.cancelBatch(id('a'))).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
  })

  it('can be undone for a short while: all are back at their places, and sent in their order', async () => {
    const { studio, id } = await line('abc')
    studio.jobs.queue.move([id('c')], 'top')
    const ids = studio.jobs.queue.cancel('waiting')
    studio.jobs.queue.putBack(ids.toReversed())
    expect(waiting(studio)).toBe('cab')
    release(studio)
    for (const prompt of 'abc') await studio.reach(id(prompt), 'completed')
    expect(sent(studio)).toBe('first c a b')
  })

  it('cannot be undone once it is long ago, and never for what was sent', async () => {
    const clock = new ManualClock()
    const studio = await scene({ clock, model: { concurrency: 1 }, pollsUntilDone: Infinity })
    const first = await studio.one()
    const second = await studio.one()
    await studio.reach(first.id, 'processing')
    await studio.jobs.cancel(first.id)
    await studio.reach(first.id, 'cancelled')
    const late = expect.objectContaining({ code: 'conflict', key: 'job.notPutBack' })
    expect(() => studio.jobs.queue.putBack([first.id])).toThrow(late)
    studio.jobs.queue.pauseAll()
    const third = await studio.one()
    await studio.jobs.cancel(third.id)
    clock.advance(15_001)
    expect(() => studio.jobs.queue.putBack([third.id])).toThrow(late)
    expect(studio.detail(second.id).state).not.toBe('cancelled')
  })
})
