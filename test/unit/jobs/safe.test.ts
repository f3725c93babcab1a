import { expect, it } from 'vitest'
import { ManualClock } from '../../support/clock'
import { scene } from './support/scene'

it('in safe mode asks the provider nothing, whatever is due, done or asked for, and goes on from there', async () => {
  const clock = new ManualClock()
  const before = await scene({ clock, pollsUntilDone: 1, model: { concurrency: 1 } })
  const running = await before.one()
  const waiting = await before.one()
  await before.reach(running.id, 'processing')

  const safe = await before.reopen({ clock, safeMode: true })
  const asked = safe.server.requests.length
  const third = await safe.one()
  safe.jobs.queue.pause([waiting.id])
  safe.jobs.queue.move([third.id], 'top')
  safe.jobs.queue.resume([waiting.id])
  safe.jobs.wake()
  await safe.jobs.cancel(running.id)
  clock.advance(3_600_000)
  expect(safe.server.requests.length).toBe(asked)
  expect(
    [running, waiting, third].map(({ id }) => safe.detail(id)).map(({ state, waiting }) => [state, waiting]),
  ).toEqual([
    ['cancelling', 'safe_mode'],
    ['queued', 'safe_mode'],
    ['queued', 'safe_mode'],
  ])

  const after = await safe.reopen({ clock, safeMode: false })
  const go = async (id: string) => {
    await expect
      .poll(() => {
        clock.advance(10_000)
        return after.detail(id).state
      })
      .toMatch(/completed|cancelled/)
    return after.detail(id).state
  }
  expect([await go(running.id), await go(third.id), await go(waiting.id)]).toContain('completed')
  expect(after.server.billed).toBe(3)
})
