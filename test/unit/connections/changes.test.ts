import { describe, expect, it } from 'vitest'
import { house, key, other } from './support'

describe('changing an account', () => {
  it('replaces one secret, forgets another, and leaves alone what was left out', async () => {
    const { connections, keychain, add, secret } = await house()
    const { id } = await add({ key, pin: 'a long enough pin' })
    await connections.update(id, { secrets: { key: other } })
    expect([await secret(id), await secret(id, 'pin')]).toEqual([other, 'a long enough pin'])
    const changed = await connections.update(id, { secrets: { pin: null } })
    expect(changed.secrets).toMatchObject([{ name: 'key', last4: 'wxyz' }])
    expect(await secret(id, 'pin')).toBeNull()
    expect([...keychain.kept.values()]).toEqual([other])
  })

  it.each(['locked', 'failed'] as const)(
    'puts the first secret back when the keychain is %s at the second: half a pair signs nobody in',
    async (trouble) => {
      const { connections, keychain, add, secret, seen } = await house()
      const { id } = await add({ key, pin: 'a long enough pin' })
      const before = new Map(keychain.kept)
      keychain.refuse('set', trouble, 1, 1)
      await expect(
        connections.update(id, { label: 'New', secrets: { key: other, pin: 'another longer pin' } }),
      ).rejects.toMatchObject({ key: `keychain.${trouble}` })
      expect(keychain.kept).toEqual(before)
      expect(await secret(id)).toBe(key)
      expect(seen()).toMatchObject({ label: 'Mine', secrets: [{ last4: 'abcd' }, { last4: ' pin' }] })
    },
  )

  it('refuses what the provider does not have before the keychain is asked', async () => {
    const { connections, keychain, add } = await house()
    const { id } = await add()
    const asked = keychain.asked.length
    await expect(connections.update(id, { settings: { zone: 1 } })).rejects.toMatchObject({
      issues: [{ path: ['settings', 'zone'] }],
    })
    await expect(connections.update(id, { secrets: { token: 'x' } })).rejects.toMatchObject({
      issues: [{ path: ['secrets', 'token'] }],
    })
    expect(keychain.asked).toHaveLength(asked)
  })

  it('two at once lose nothing of each other, although the keychain takes its time', async () => {
    const { connections, keychain, add, seen, secret } = await house()
    const { id } = await add({ key, pin: 'a long enough pin' })
    const held = keychain.hold('set')
    const first = connections.update(id, { secrets: { key: other } })
    await held.reached
    const second = connections.update(id, { label: 'Renamed', secrets: { pin: 'another longer pin' } })
    const third = connections.update(id, { concurrency: 3 })
    held.release()
    await Promise.all([first, second, third])
    expect(seen()).toMatchObject({ label: 'Renamed', concurrency: 3 })
    expect([await secret(id), await secret(id, 'pin')]).toEqual([other, 'another longer pin'])
    expect(seen()?.secrets).toMatchObject([{ last4: 'wxyz' }, { last4: ' pin' }])
  })

  it('that waited for a removal finds nothing to change, and leaves no secret in the keychain', async () => {
    const { connections, keychain, add } = await house()
    const { id } = await add()
    const held = keychain.hold('remove')
    const removal = connections.remove(id)
    await held.reached
    const change = connections.update(id, { secrets: { key: other } })
    held.release()
    await removal
    await expect(change).rejects.toMatchObject({ code: 'not_found', key: 'connection.notFound' })
    expect(keychain.kept.size).toBe(0)
  })

  it('is told to the page without a secret, and once each', async () => {
    const { connections, add, studio } = await house()
    const { id } = await add()
    studio.events.length = 0
    await connections.update(id, { secrets: { key: other } })
    await connections.update(id, { label: 'Renamed' })
    await connections.remove(id)
    expect(studio.events.map(({ type }) => type)).toEqual(['connections', 'connections', 'connections'])
    expect(JSON.stringify(studio.events)).not.toContain(other)
  })
})

describe('removing an account', () => {
  it('takes its secrets out of the keychain; its name lives on with the jobs it made', async () => {
    const { connections, keychain, add, studio } = await house()
    const { id } = await add({ key, pin: other })
    const { id: job } = await studio.one({ connectionId: id })
    await studio.jobs.cancel(job)
    await connections.remove(id)
    expect(connections.list()).toEqual([])
    expect(keychain.kept.size).toBe(0)
    expect(connections.access(id)).toBeNull()
    expect(studio.detail(job)).toMatchObject({ connectionId: id, connection: 'Mine' })
    await expect(connections.remove(id)).rejects.toMatchObject({ key: 'connection.notFound' })
    expect(connections.record(id)).toMatchObject({ settings: {}, secrets: [], tested: null })
  })

  it('is refused while its jobs run, with their number', async () => {
    const { connections, keychain, add, studio } = await house()
    const { id } = await add()
    await studio.make({ connectionId: id, count: 3 })
    await expect(connections.remove(id)).rejects.toMatchObject({
      code: 'conflict',
      key: 'connection.busy',
      values: { count: 3 },
    })
    expect(keychain.kept.size).toBe(1)
  })

  it.each(['locked', 'dismissed', 'denied', 'failed'] as const)(
    'is refused where the keychain is %s, and keeps the account with all its secrets',
    async (trouble) => {
      const { connections, keychain, add, secret } = await house()
      const { id } = await add({ key, pin: other })
      keychain.refuse('remove', trouble, 1)
      await expect(connections.remove(id)).rejects.toMatchObject({
        code: 'unavailable',
        key: `keychain.${trouble}`,
      })
      expect(connections.list()).toMatchObject([{ id, enabled: true }])
      expect([...keychain.kept.values()].toSorted()).toEqual([key, other].toSorted())
      expect(await secret(id)).toBe(key)
    },
  )

  it('goes on where there is no keychain any more: there is nothing in it to clear away', async () => {
    const { connections, keychain, add, clock } = await house()
    const { id } = await add({ key, pin: other })
    clock.advance(10 * 60_000)
    for (const deed of ['get', 'set', 'remove'] as const) keychain.refuse(deed, 'absent')
    await connections.remove(id)
    expect(connections.list()).toEqual([])
  })

  it('lets no job begin on it while the keychain is still asked', async () => {
    const { connections, keychain, add, studio } = await house()
    const { id } = await add()
    const held = keychain.hold('remove')
    const removal = connections.remove(id)
    await held.reached
    await expect(studio.make({ connectionId: id })).rejects.toMatchObject({ key: 'connection.disabled' })
    held.release()
    await removal
    await expect(studio.make({ connectionId: id })).rejects.toMatchObject({ key: 'connection.gone' })
  })
})
