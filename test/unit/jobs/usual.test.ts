import { expect, it } from 'vitest'
import { ManualClock } from '../../support/clock'
import { finished, jobMaker } from '../history/support'
import { scene, type Scene } from './support/scene'

it('the usual time is learned of each account, and jobs without a start say nothing of it', async () => {
  const clock = new ManualClock()
  const studio = await scene({ clock, still: true, needsConnection: true })
  const fast = await studio.connect()
  const slow = await studio.connect()
  const newJob = jobMaker(4)
  const took = (on: Scene, connectionId: string, seconds: number, startedAt: number | null = clock.now()) => {
    const job = newJob({ provider: 'fake', model: 'fake-1', connectionId, params: { duration: 5 } })
    on.history.jobs.adopt(finished(job, { finishedAt: clock.now() + seconds * 1000 }))
    on.history.jobs.patch(job.id, ['completed'], clock.now(), { startedAt })
  }
  const shown = async (on: Scene, connectionId: string) =>
    (await on.jobs.preview({ model: 'fake-1', prompt: 'a', connectionId })).seconds

  // Two say too little: what the model's description has.
  for (const seconds of [80, 90]) took(studio, fast.id, seconds)
  expect(await shown(studio, fast.id)).toBe(600)

  const next = await studio.reopen()
  took(next, fast.id, 100)
  // Fetched again, or imported.
  took(next, fast.id, 9000, null)
  // The clock was set back meanwhile.
  for (const seconds of [-80_000, -80_000, -80_000]) took(next, fast.id, seconds)
  for (const seconds of [300, 310, 320]) took(next, slow.id, seconds)
  expect(await shown(next, fast.id)).toBe(90)
  expect(await shown(next, slow.id)).toBe(310)
})
