import { expect, it } from 'vitest'
import { KeychainError, openKeychain } from '../../src/main/connections'
import { scene } from '../unit/jobs/support/scene'

// Before the first use: the connection to the bus is made once a process.
process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus'

it('does not fall back to a store that forgets when no keychain answers', async () => {
  const absent = openKeychain('dailies-absent')
  expect(await absent.check()).toBe('absent')
  await expect(absent.set('key', 'secret')).rejects.toThrow(KeychainError)
  await expect(absent.get('key')).rejects.toMatchObject({ trouble: 'absent' })
})

it('refuses an account in a sentence and keeps nothing, and one for the session works without it', async () => {
  const studio = await scene({
    needsConnection: true,
    pollsUntilDone: Infinity,
    keychain: openKeychain('dailies-absent'),
  })
  const key = 'key-0123456789-abcd'
  await expect(studio.connect({ keep: 'keychain', secrets: { key } })).rejects.toMatchObject({
    code: 'unavailable',
    key: 'keychain.absent',
  })
  expect(studio.connections.list()).toEqual([])
  expect(await studio.connections.keychain()).toBe('absent')
  const { id } = await studio.connect({ keep: 'session', secrets: { key } })
  const row = await studio.one({ connectionId: id })
  await studio.reach(row.id, 'processing')
  expect(studio.server.keys).toEqual([`Bearer ${key}`])
})
