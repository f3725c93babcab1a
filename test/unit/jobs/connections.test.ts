import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../support/clock'
import { TroubledKeychain } from '../../support/keychain'
import { scene } from './support/scene'

const key = 'key-0123456789-abcd'
const account = { needsConnection: true, pollsUntilDone: Infinity } as const

describe('a connection that is switched off', () => {
  it('lets its queued jobs wait, saying for what, and has them go on when it is switched on', async () => {
    const studio = await scene({ ...account, model: { concurrency: 1 } })
    const { id } = await studio.connect()
    const [first, second] = await studio.make({ connectionId: id, count: 2 })
    if (!first || !second) throw new Error('no jobs')
    await studio.reach(first.id, 'processing')
    await studio.connections.update(id, { enabled: false })
    expect(studio.detail(second.id)).toMatchObject({ state: 'queued', waiting: 'connection' })
    studio.server.finish()
    await studio.reach(first.id, 'completed')
    expect(studio.detail(second.id)).toMatchObject({ state: 'queued', waiting: 'connection' })
    await studio.connections.update(id, { enabled: true })
    expect((await studio.reach(second.id, 'processing')).waiting).toBeNull()
    expect(studio.server.billed).toBe(2)
  })

  it('takes back what was throttled as waiting for it, not for the provider', async () => {
    const studio = await scene(account)
    const { id } = await studio.connect()
    const held = studio.server.hold('submit')
    studio.server.fault('submit', { kind: 'status', status: 429, retryAfter: 3600 })
    const row = await studio.one({ connectionId: id })
    await held.reached
    await studio.connections.update(id, { enabled: false })
    held.release()
    await studio.reach(row.id, 'queued')
    expect(studio.detail(row.id).waiting).toBe('connection')
  })

  it('still waits after the next start', async () => {
    const studio = await scene({ ...account, still: true })
    const { id } = await studio.connect()
    const row = await studio.one({ connectionId: id })
    await studio.connections.update(id, { enabled: false })
    const next = await studio.reopen({ still: false })
    expect(next.detail(row.id)).toMatchObject({ state: 'queued', waiting: 'connection' })
    await next.connections.update(id, { enabled: true })
    await next.reach(row.id, 'processing')
  })
})

describe('a secret that cannot be had', () => {
  it('before sending leaves the job waiting with the sentence, and it goes on the moment it is entered', async () => {
    const clock = new ManualClock()
    const keychain = new TroubledKeychain()
    const studio = await scene({ ...account, clock, keychain })
    const { id } = await studio.connect({ keep: 'keychain', secrets: { key } })
    clock.advance(10 * 60_000)
    keychain.refuse('get', 'locked')
    const row = await studio.one({ connectionId: id })
    await studio.reach(row.id, 'queued')
    await expect.poll(() => studio.detail(row.id).error?.key).toBe('keychain.locked')
    expect(studio.detail(row.id)).toMatchObject({ state: 'queued', waiting: 'connection', charged: 'no' })
    expect(studio.server.requests).toEqual([])
    expect(studio.story(row.id)).not.toContain('failed')

    await studio.connections.update(id, { keep: 'session', secrets: { key } })
    // No time passes: nothing but the change set it going.
    clock.advance(0)
    const gone = await studio.reach(row.id, 'processing')
    expect(gone).toMatchObject({ waiting: null, error: null })
    expect(studio.server.keys).toEqual([`Bearer ${key}`])
  })

  it('while a paid job is polled keeps it, and it is polled on when the keychain opens', async () => {
    const clock = new ManualClock()
    const keychain = new TroubledKeychain()
    const studio = await scene({ ...account, clock, keychain, pollFloorMs: 1000 })
    const { id } = await studio.connect({ keep: 'keychain', secrets: { key } })
    const row = await studio.one({ connectionId: id })
    await studio.reach(row.id, 'processing')
    keychain.refuse('get', 'dismissed')
    clock.advance(10 * 60_000)
    await expect.poll(() => studio.detail(row.id).error?.key).toBe('keychain.dismissed')
    expect(studio.detail(row.id)).toMatchObject({ state: 'processing', waiting: 'connection' })
    keychain.mend()
    studio.server.finish()
    await studio.connections.update(id, { label: 'Again' })
    clock.advance(0)
    await studio.reach(row.id, 'downloading', 'completed')
    clock.advance(2000)
    expect((await studio.reach(row.id, 'completed')).error).toBeNull()
  })
})

describe('a job on a connection', () => {
  it('is refused on one that is gone, that is another provider’s, or that is switched off', async () => {
    const studio = await scene(account)
    const { id } = await studio.connect()
    const saved = studio.history.connections.get(id)
    if (!saved) throw new Error('it was not saved')
    const foreign = { ...saved, id: '01930000-0000-7000-8000-000000000009', provider: 'elsewhere' }
    studio.history.connections.insert(foreign)
    const refusal = async (connectionId: string) =>
      studio.make({ connectionId }).then(
        () => null,
        (error: { issues: { path: unknown; key: string }[] }) => error.issues,
      )
    expect(await refusal(foreign.id)).toMatchObject([
      { path: ['connectionId'], key: 'connection.otherProvider' },
    ])
    await studio.connections.update(id, { enabled: false })
    expect(await refusal(id)).toMatchObject([{ path: ['connectionId'], key: 'connection.disabled' }])
    await studio.connections.remove(id)
    expect(await refusal(id)).toMatchObject([{ path: ['connectionId'], key: 'connection.gone' }])
    expect(studio.server.requests).toEqual([])
  })

  it('goes no further than the connection allows at a time, and at once further when it allows more', async () => {
    const studio = await scene({ ...account, model: { concurrency: 3 } })
    const { id } = await studio.connect({ concurrency: 1 })
    const rows = await studio.make({ connectionId: id, count: 4 })
    const states = () => rows.map((row) => studio.detail(row.id).state)
    await expect.poll(states).toEqual(['processing', 'queued', 'queued', 'queued'])
    await studio.connections.update(id, { concurrency: 2 })
    await expect.poll(states).toEqual(['processing', 'processing', 'queued', 'queued'])
    await studio.connections.update(id, { concurrency: null })
    await expect.poll(states).toEqual(['processing', 'processing', 'processing', 'queued'])
    expect(studio.server.billed).toBe(3)
  })

  it('stays where it was made, at the price of that day, whatever the settings say later', async () => {
    const studio = await scene({ ...account, still: true })
    const { id } = await studio.connect({ settings: { region: 'south' } })
    const row = await studio.one({ connectionId: id })
    const made = studio.history.jobs.get(row.id)
    expect(made).toMatchObject({ place: { region: 'south' }, endpoint: studio.server.url })
    await studio.connections.update(id, { settings: { region: 'north' } })
    const price = {
      unit: 'video',
      micros: 9_000_000,
      currency: 'USD',
      date: '2027-01-01',
      source: 'later',
    } as const
    const next = await studio.reopen({ still: false, model: { price } })
    next.server.finish()
    await next.reach(row.id, 'processing')
    next.server.finish()
    await next.reach(row.id, 'completed')
    expect(new Set(next.server.regions)).toEqual(new Set(['south']))
    const after = next.history.jobs.get(row.id)
    expect(after).toMatchObject({ place: made?.place, price: made?.price, cost: made?.estimate })
    expect(after?.price?.micros).toBe(250_000)
  })
})
