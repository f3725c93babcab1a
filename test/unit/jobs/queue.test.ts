import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../support/clock'
import { scene } from './support/scene'

describe('the queue of a connection and model', () => {
  it('with a limit of one keeps the order in which jobs were made', async () => {
    const studio = await scene({ model: { concurrency: 1 } })
    const rows = []
    for (const prompt of ['a', 'b', 'c', 'd', 'e']) rows.push(await studio.one({ prompt }))
    for (const row of rows) await studio.reach(row.id, 'completed')
    expect([...studio.server.jobs.values()].map(({ prompt }) => prompt)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('never has more jobs at the provider than its limit', async () => {
    const studio = await scene({ model: { concurrency: 2 }, pollsUntilDone: 2 })
    let most = 0
    studio.listen(() => {
      const running = [...studio.server.jobs.values()].filter(({ state }) => state === 'running')
      most = Math.max(most, running.length)
    })
    const rows = await studio.make({ count: 7 })
    for (const row of rows) await studio.reach(row.id, 'completed')
    expect(most).toBe(2)
  })

  it('says of the jobs behind the limit that they wait their turn, and takes it back when they go', async () => {
    const studio = await scene({ model: { concurrency: 1 }, pollsUntilDone: Infinity })
    const [first, second] = await studio.make({ count: 2 })
    if (!first || !second) throw new Error('no jobs')
    expect([first.waiting, second.waiting]).toEqual([null, 'turn'])
    await studio.reach(first.id, 'processing')
    studio.server.finish()
    expect((await studio.reach(second.id, 'processing')).waiting).toBeNull()
  })

  it('a throttled job keeps its place, and those behind it are not sent into the same refusal', async () => {
    const studio = await scene({ model: { concurrency: 1 } })
    studio.server.fault('submit', { kind: 'status', status: 429, retryAfter: 5 })
    const rows = []
    for (const prompt of ['a', 'b', 'c']) rows.push(await studio.one({ prompt }))
    for (const row of rows) await studio.reach(row.id, 'completed')
    expect([...studio.server.jobs.values()].map(({ prompt }) => prompt)).toEqual(['a', 'b', 'c'])
    expect(studio.server.count(/^POST \/jobs$/)).toBe(4)
  })

  it('lanes of different connections do not hold each other up', async () => {
    const studio = await scene({ model: { concurrency: 1 }, needsConnection: true, pollsUntilDone: Infinity })
    const first = await studio.connect()
    const second = await studio.connect()
    const one = await studio.one({ connectionId: first.id })
    const two = await studio.one({ connectionId: second.id })
    const behind = await studio.one({ connectionId: first.id })
    await studio.reach(one.id, 'processing')
    await studio.reach(two.id, 'processing')
    expect(studio.detail(behind.id)).toMatchObject({ state: 'queued', waiting: 'turn' })
  })
})

describe('a thousand jobs', () => {
  it('waiting in the queue and at the provider take one timer between them', async () => {
    const clock = new ManualClock()
    const studio = await scene({
      clock,
      model: { concurrency: 40 },
      pollsUntilDone: Infinity,
      pollFloorMs: 1000,
    })
    const rows = await studio.make({ count: 50, params: { seed: 1 } })
    for (let n = 1; n < 20; n += 1) rows.push(...(await studio.make({ count: 50, params: { seed: 1 } })))
    expect(rows).toHaveLength(1000)
    for (const row of rows.slice(0, 40)) await studio.reach(row.id, 'processing')
    expect(clock.pending).toBe(1)
    clock.advance(1001)
    await expect.poll(() => studio.server.count(/^GET/)).toBe(40)
    await expect.poll(() => clock.pending).toBe(1)
  })
})
