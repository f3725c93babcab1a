import { describe, expect, it } from 'vitest'
import { scene } from './support/scene'

describe('what a job costs needs a yes', () => {
  const asked = { model: 'fake-1', prompt: 'a lighthouse', params: { duration: 5 as const } }

  it('above the amount that was set, for several together too, and nothing is made without it', async () => {
    const studio = await scene({ still: true })
    studio.history.settings.set({ confirmAbove: 300_000 })
    const { jobs } = await studio.jobs.create([asked])
    expect(jobs).toHaveLength(1)
    const two = [asked, asked]
    await expect(studio.jobs.create(two)).rejects.toMatchObject({
      code: 'conflict',
      key: 'money.confirm',
      values: { micros: 500_000, currency: 'USD', limit: 300_000, jobs: 2 },
    })
    const less = { micros: 499_999, currency: 'USD' }
    await expect(studio.jobs.create(two, less)).rejects.toMatchObject({ key: 'money.confirm' })
    expect(studio.history.lists.counts({}).all).toBe(1)
    const made = await studio.jobs.create(two, { micros: 500_000, currency: 'USD' })
    expect(made.jobs).toHaveLength(2)
  })

  it('for a retry as for anything else', async () => {
    const studio = await scene({ still: true })
    const row = await studio.one()
    await studio.jobs.cancel(row.id)
    studio.history.settings.set({ confirmAbove: 0 })
    await expect(studio.jobs.retry(row.id, false)).rejects.toMatchObject({ key: 'money.confirm' })
    expect(studio.history.lists.counts({}).all).toBe(1)
    const again = await studio.jobs.retry(row.id, false, { micros: 250_000, currency: 'USD' })
    expect(studio.detail(again.id).retryOf).toBe(row.id)
  })

  it('beyond what the connection may spend in a month, counting what is under way', async () => {
    const studio = await scene({ still: true, needsConnection: true })
    studio.history.settings.set({ confirmAbove: null })
    const { id } = await studio.connect({ budget: { micros: 600_000, currency: 'USD' } })
    const on = { ...asked, connectionId: id }
    await studio.jobs.create([on, on])
    await expect(studio.jobs.create([on])).rejects.toMatchObject({
      key: 'money.overBudget',
      values: { micros: 250_000, left: 100_000, connection: 'Mine' },
    })
    const yes = { micros: 250_000, currency: 'USD', overBudget: true }
    expect((await studio.jobs.create([on], yes)).jobs).toHaveLength(1)
  })
})
