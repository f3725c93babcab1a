import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openKeychain } from '../../src/main/connections'

describe('the system keychain under a session bus of its own', () => {
  const keychain = openKeychain(`dailies-test-${randomUUID()}`)

  it('keeps a secret, gives it back, replaces it and forgets it', async () => {
    await keychain.set('key', 'first – 秘密')
    expect(await openKeychain('another-service').get('key')).toBeNull()
    expect(await keychain.get('key')).toBe('first – 秘密')
    await keychain.set('key', 'second')
    expect(await keychain.get('key')).toBe('second')
    expect(await keychain.remove('key')).toBe(true)
    expect(await keychain.get('key')).toBeNull()
    expect(await keychain.remove('key')).toBe(false)
  })

  it('keeps a long secret whole', async () => {
    const secret = 'a'.repeat(16_000)
    await keychain.set('long', secret)
    expect(await keychain.get('long')).toBe(secret)
  })

  it('says it is ready without leaving anything behind', async () => {
    expect(await keychain.check()).toBe('ready')
    expect(await keychain.get('dailies-check')).toBeNull()
  })
})
