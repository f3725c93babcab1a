import { describe, expect, it } from 'vitest'
import { createEvents } from '../../../src/main/events'
import type { JobPatch, JobStore } from '../../../src/main/history'
import { pollDelay, retryDelay, together } from '../../../src/main/jobs/backoff'
import { createGate } from '../../../src/main/jobs/gate'
import { createProgress } from '../../../src/main/jobs/progress'
import { createScheduler } from '../../../src/main/jobs/scheduler'
import { ManualClock, seededRandom } from '../../support/clock'

describe('waiting after failures', () => {
  it('doubles up to a minute and never comes back sooner than the provider asked', () => {
    const random = seededRandom(3)
    const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => retryDelay(failures, random))
    for (const [index, wait] of waits.entries()) {
      const step = Math.min(60_000, 1000 * 2 ** index)
      expect(wait).toBeGreaterThanOrEqual(step * 0.8)
      expect(wait).toBeLessThanOrEqual(step * 1.2)
    }
    for (let n = 0; n < 100; n += 1) expect(retryDelay(1, random, 90_000)).toBeGreaterThanOrEqual(90_000)
  })

  it('is not the same for two jobs, so that a thousand do not come back together', () => {
    const random = seededRandom(3)
    expect(new Set(Array.from({ length: 100 }, () => retryDelay(4, random))).size).toBeGreaterThan(90)
  })

  it('polls no faster than the floor and no slower than about once a minute', () => {
    const random = seededRandom(5)
    for (let elapsed = 0; elapsed < 3_600_000; elapsed += 10_000) {
      const wait = pollDelay(elapsed, 2_000, random)
      expect(wait).toBeGreaterThanOrEqual(2_000)
      expect(wait).toBeLessThanOrEqual(72_000)
    }
    expect(pollDelay(3_600_000, 90_000, random)).toBeGreaterThanOrEqual(90_000)
  })
})

describe('polling in groups', () => {
  it('puts long waits off to common moments, by a sixteenth at most and a second at the longest', () => {
    const random = seededRandom(9)
    const now = Date.UTC(2026, 10, 21)
    const moments = Array.from({ length: 1000 }, () => together(now, 60_000 + random.fraction() * 12_000))
    expect(new Set(moments).size).toBeLessThanOrEqual(13)
    for (const delay of [0, 5, 100, 2_000, 30_000, 600_000]) {
      const put = together(now, delay) - now - delay
      expect(put).toBeGreaterThanOrEqual(0)
      expect(put).toBeLessThanOrEqual(Math.min(1024, Math.max(1, delay / 16)))
    }
  })
})

describe('the scheduler', () => {
  it('keeps one timer, moved forward when something falls due sooner', () => {
    const clock = new ManualClock()
    const due = [clock.now() + 500, clock.now() + 100, clock.now() + 900]
    const done: number[] = []
    const scheduler = createScheduler({
      clock,
      work: (now) => {
        for (const at of due.filter((at) => at <= now)) done.push(due.splice(due.indexOf(at), 1)[0] ?? 0)
      },
      next: () => (due.length === 0 ? null : Math.min(...due)),
      onError: (error) => {
        throw error
      },
    })
    for (const at of due) scheduler.arm(at)
    expect(clock.pending).toBe(1)
    clock.advance(100)
    expect(done).toHaveLength(1)
    clock.advance(1000)
    expect(done).toHaveLength(3)
    expect(clock.pending).toBe(0)
  })

  it('goes on after a look at the table failed', () => {
    const clock = new ManualClock()
    let looks = 0
    const errors: unknown[] = []
    const scheduler = createScheduler({
      clock,
      work: () => {
        looks += 1
        if (looks === 1) throw new Error('the disk is full')
      },
      next: () => null,
      onError: (error) => errors.push(error),
    })
    scheduler.arm(clock.now())
    clock.advance(0)
    expect(errors).toHaveLength(1)
    clock.advance(60_000)
    expect(looks).toBe(2)
  })

  it('stays silent once it is stopped', () => {
    const clock = new ManualClock()
    const fail = () => {
      throw new Error('it worked on')
    }
    const scheduler = createScheduler({ clock, work: fail, next: () => null, onError: fail })
    scheduler.arm(clock.now() + 10)
    scheduler.stop()
    scheduler.arm(clock.now() + 20)
    clock.advance(1000)
    expect(clock.pending).toBe(0)
  })
})

describe('the gate', () => {
  it('lets no more than its limit in at once, in order, and all in the end', async () => {
    const through = createGate(2)
    const never = new AbortController().signal
    const entered: number[] = []
    const doors = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
    const calls = doors.map((door, index) =>
      through(never, () => {
        entered.push(index)
        return door.promise
      }),
    )
    await Promise.resolve()
    expect(entered).toEqual([0, 1])
    for (const door of doors) {
      door.resolve()
      await door.promise
    }
    await Promise.all(calls)
    expect(entered).toEqual([0, 1, 2, 3, 4])
  })

  it('a call that gives up in the line leaves its place to the next', async () => {
    const through = createGate(1)
    const first = Promise.withResolvers<void>()
    const running = through(new AbortController().signal, () => first.promise)
    const impatient = new AbortController()
    const left = through(impatient.signal, () => Promise.reject(new Error('it went in')))
    const patient = through(new AbortController().signal, () => Promise.resolve('in'))
    impatient.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    first.resolve()
    await running
    await expect(patient).resolves.toBe('in')
  })
})

describe('progress', () => {
  it('is told at most every 100 ms and written down at most every 2 s, however often it is reported', () => {
    const clock = new ManualClock()
    const events = createEvents((error) => {
      throw error
    })
    let told = 0
    events.listen(() => (told += 1))
    const written: JobPatch[] = []
    const store = { patch: (...[, , , patch]: Parameters<JobStore['patch']>) => written.push(patch) > 0 }
    const progress = createProgress({ clock, events, store })
    const job = { id: 'a', seq: 1, state: 'processing' as const }
    for (let ms = 0; ms < 10_000; ms += 10) {
      progress.report(job, ms / 10_000)
      clock.advance(10)
    }
    expect(told).toBeGreaterThan(90)
    expect(told).toBeLessThanOrEqual(101)
    expect(written.length).toBeLessThanOrEqual(5)
    expect(progress.of('a', 'processing')).toBeCloseTo(0.999)
    // What was known of one state says nothing of the next.
    expect(progress.of('a', 'downloading')).toBeUndefined()
  })
})
