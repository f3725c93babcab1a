import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openKeychain } from '../../src/main/connections'
import { ManualClock } from '../support/clock'
import { scene } from '../unit/jobs/support/scene'
import { startOwnBus, type OwnBus } from './bus'

let bus: OwnBus
beforeAll(async () => {
  bus = await startOwnBus()
})
afterEach(() => bus.unlock())
afterAll(() => bus.stop())

const key = 'key-0123456789-abcd'
/** Without a desktop nobody can answer the question for the password, which counts as dismissed. */
const closed = expect.stringMatching(/^(locked|dismissed)$/)

describe('a locked keychain', () => {
  it('answers soon that it is, to reading, keeping and forgetting, and loses nothing', async () => {
    const keychain = openKeychain('dailies-locked')
    await keychain.set('one', 'first')
    bus.lock()
    await expect(keychain.get('one')).rejects.toMatchObject({ trouble: closed })
    await expect(keychain.set('one', 'second')).rejects.toMatchObject({ trouble: closed })
    await expect(keychain.set('two', 'third')).rejects.toMatchObject({ trouble: closed })
    await expect(keychain.remove('one')).rejects.toMatchObject({ trouble: closed })
    await bus.unlock()
    expect(await keychain.get('one')).toBe('first')
    expect(await keychain.get('two')).toBeNull()
  })

  it('refuses a new account and the removal of one in a sentence, and a job that needs its secret waits', async () => {
    const clock = new ManualClock()
    const studio = await scene({
      needsConnection: true,
      pollsUntilDone: Infinity,
      clock,
      keychain: openKeychain('dailies-locked-studio'),
    })
    const { id } = await studio.connect({ keep: 'keychain', secrets: { key } })
    clock.advance(10 * 60_000)
    bus.lock()
    const refusal = { code: 'unavailable', key: expect.stringMatching(/^keychain\.(locked|dismissed)$/) }
    await expect(studio.connect({ keep: 'keychain', secrets: { key } })).rejects.toMatchObject(refusal)
    await expect(studio.connections.update(id, { secrets: { key: `${key}2` } })).rejects.toMatchObject(
      refusal,
    )
    await expect(studio.connections.remove(id)).rejects.toMatchObject(refusal)
    expect(studio.connections.list()).toMatchObject([{ id, enabled: true, secrets: [{ configured: true }] }])

    const row = await studio.one({ connectionId: id })
    await expect.poll(() => studio.detail(row.id).waiting, { timeout: 10_000 }).toBe('connection')
    expect(studio.detail(row.id)).toMatchObject({ state: 'queued', charged: 'no', error: { code: 'auth' } })
    expect(studio.server.requests).toEqual([])

    await bus.unlock()
    await studio.connections.update(id, { label: 'Again' })
    clock.advance(0)
    await studio.reach(row.id, 'processing')
    expect(studio.server.keys).toEqual([`Bearer ${key}`])
  })
})
