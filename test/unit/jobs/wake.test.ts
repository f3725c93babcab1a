import { describe, expect, it } from 'vitest'
import { watchWaking } from '../../../src/main/system'
import { ManualClock } from '../../support/clock'
import { scene } from './support/scene'

/** A clock whose timers stand still while the computer sleeps, and when the time is set. */
class SleepyClock extends ManualClock {
  #slept = 0
  override now(): number {
    return super.now() + this.#slept
  }
  sleep(ms: number): void {
    this.#slept += ms
  }
}

describe('the computer woke, or the network is back', () => {
  it('and a job that waits for the network is sent now, not after its minute', async () => {
    const clock = new ManualClock()
    const studio = await scene({ clock, afterLostSubmit: 'same_token', pollsUntilDone: Infinity })
    studio.server.fault('submit', { kind: 'drop' })
    const row = await studio.one()
    await expect.poll(() => studio.detail(row.id).waiting).toBe('network')
    studio.jobs.wake()
    clock.advance(0)
    expect(await studio.reach(row.id, 'processing')).toMatchObject({ waiting: null, error: null })
  })

  it('and what the provider works on is asked after now, though its poll was minutes away', async () => {
    const clock = new ManualClock()
    const studio = await scene({ clock, pollFloorMs: 300_000, pollsUntilDone: 0 })
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    studio.jobs.wake()
    clock.advance(0)
    const job = await studio.reach(row.id, 'downloading', 'completed')
    expect(job.waiting).toBeNull()
  })

  it('and a hundred polls are spread over some seconds, each made once', async () => {
    const clock = new ManualClock()
    const studio = await scene({
      clock,
      model: { concurrency: 100 },
      pollFloorMs: 300_000,
      pollsUntilDone: Infinity,
    })
    const rows = [...(await studio.make({ count: 50 })), ...(await studio.make({ count: 50 }))]
    for (const row of rows) await studio.reach(row.id, 'processing')
    const polls = () => studio.server.count(/^GET/)
    studio.jobs.wake()
    clock.advance(0)
    await expect.poll(polls).toBe(16)
    clock.advance(2000)
    await expect.poll(polls).toBeGreaterThan(16)
    expect(polls()).toBeLessThan(80)
    clock.advance(4000)
    await expect.poll(polls).toBe(100)
  })

  it('and a poll whose answer the sleep has swallowed is made again at once', async () => {
    const clock = new ManualClock()
    const studio = await scene({ clock, pollFloorMs: 60_000, pollsUntilDone: 0 })
    const held = studio.server.hold('poll')
    const row = await studio.one()
    await studio.reach(row.id, 'processing')
    clock.advance(90_000)
    await held.reached
    studio.jobs.wake()
    clock.advance(100)
    await studio.reach(row.id, 'downloading', 'completed')
    expect(studio.server.count(/^GET \/jobs/)).toBe(2)
    held.release()
  })

  it('wakes nothing that waits for its turn or was throttled', async () => {
    const clock = new ManualClock()
    const studio = await scene({ clock, model: { concurrency: 1 } })
    studio.server.fault('submit', { kind: 'status', status: 429, retryAfter: 60 })
    const [first, second] = await studio.make({ count: 2 })
    await expect.poll(() => studio.detail(first?.id ?? '').waiting).toBe('throttled')
    studio.jobs.wake()
    clock.advance(0)
    expect(studio.detail(second?.id ?? '')).toMatchObject({ state: 'queued', waiting: 'turn' })
    expect(studio.server.count(/^POST/)).toBe(1)
  })
})

describe('a clock that is set back by a day', () => {
  async function throttled() {
    const clock = new SleepyClock()
    const studio = await scene({ clock, pollsUntilDone: Infinity })
    studio.server.fault('submit', { kind: 'status', status: 429, retryAfter: 60 })
    const row = await studio.one()
    await expect.poll(() => studio.detail(row.id).waiting).toBe('throttled')
    clock.sleep(-86_400_000)
    return { clock, studio, id: row.id }
  }

  it('keeps no job waiting for a day', async () => {
    const { clock, studio, id } = await throttled()
    studio.jobs.wake()
    clock.advance(0)
    await studio.reach(id, 'processing')
    clock.sleep(-86_400_000)
    const polls = studio.server.count(/^GET/)
    studio.jobs.wake()
    clock.advance(0)
    await expect.poll(() => studio.server.count(/^GET/)).toBeGreaterThan(polls)
  })

  it('while the program was closed keeps none waiting either', async () => {
    const { clock, studio, id } = await throttled()
    const next = await studio.reopen()
    clock.advance(100)
    expect(await next.reach(id, 'processing')).toMatchObject({ waiting: null, error: null })
  })
})

describe('the watch for waking', () => {
  function watched(network = () => '192.0.2.1') {
    const clock = new SleepyClock()
    let woke = 0
    const stop = watchWaking(clock, () => (woke += 1), network)
    return { clock, stop, woke: () => woke }
  }

  it('tells of a sleep once, and of no ordinary day', () => {
    const { clock, woke } = watched()
    clock.advance(3_600_000)
    expect(woke()).toBe(0)
    clock.sleep(8 * 3_600_000)
    clock.advance(15_000)
    expect(woke()).toBe(1)
    clock.advance(3_600_000)
    expect(woke()).toBe(1)
  })

  it('takes a look that comes a few seconds late for no sleep', () => {
    const { clock, woke } = watched()
    clock.sleep(20_000)
    clock.advance(15_000)
    expect(woke()).toBe(0)
  })

  it('tells when the clock was set back', () => {
    const { clock, woke } = watched()
    clock.sleep(-86_400_000)
    clock.advance(15_000)
    expect(woke()).toBe(1)
    clock.advance(3_600_000)
    expect(woke()).toBe(1)
  })

  it('tells when the network comes back or is another, not when it goes', () => {
    let addresses = '192.0.2.1'
    const { clock, woke } = watched(() => addresses)
    addresses = ''
    clock.advance(15_000)
    expect(woke()).toBe(0)
    addresses = '192.0.2.1'
    clock.advance(15_000)
    expect(woke()).toBe(1)
    addresses = '198.51.100.7'
    clock.advance(15_000)
    expect(woke()).toBe(2)
  })

  it('leaves no timer when it is stopped', () => {
    const { clock, stop, woke } = watched()
    clock.advance(15_000)
    stop()
    expect(clock.pending).toBe(0)
    clock.sleep(3_600_000)
    clock.advance(60_000)
    expect(woke()).toBe(0)
  })
})
