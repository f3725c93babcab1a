import { expect, it } from 'vitest'
import { KeychainError, openKeychain } from '../../src/main/connections'

// Before the first use: the connection to the bus is made once a process.
process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus'

it('does not fall back to a store that forgets when no keychain answers', async () => {
  const absent = openKeychain('dailies-absent')
  expect(await absent.check()).toBe('absent')
  await expect(absent.set('key', 'secret')).rejects.toThrow(KeychainError)
  await expect(absent.get('key')).rejects.toMatchObject({ trouble: 'absent' })
})
