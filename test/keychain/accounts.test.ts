import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openKeychain } from '../../src/main/connections'
import { scene } from '../unit/jobs/support/scene'

const key = 'key-0123456789-abcd'
const other = 'key-9876543210-wxyz'

describe('an account with its secret in the real keychain', () => {
  it('is added, used, changed and removed over two starts, and leaves nothing behind', async () => {
    const keychain = openKeychain(`dailies-test-${randomUUID()}`)
    const studio = await scene({ needsConnection: true, keychain })
    const { id, secrets } = await studio.connect({ keep: 'keychain', secrets: { key } })
    expect(secrets).toEqual([{ name: 'key', configured: true, last4: 'abcd', kept: 'keychain' }])
    const kept = () => keychain.get(`${id}/key ${studio.server.url}`)
    expect(await kept()).toBe(key)

    const next = await studio.reopen()
    expect(next.connections.list()[0]?.secrets).toEqual(secrets)
    const row = await next.one({ connectionId: id })
    await next.reach(row.id, 'completed')
    expect(new Set(next.server.keys)).toEqual(new Set([`Bearer ${key}`]))

    await next.connections.update(id, { secrets: { key: other } })
    expect(await kept()).toBe(other)
    await next.connections.update(id, { keep: 'session' })
    expect(await kept()).toBeNull()
    await next.connections.update(id, { keep: 'keychain' })
    expect(await kept()).toBe(other)
    await next.connections.remove(id)
    expect(await kept()).toBeNull()

    await next.close()
    const files = readdirSync(next.dataDir, { recursive: true, withFileTypes: true })
    for (const file of files.filter((entry) => entry.isFile())) {
      const bytes = readFileSync(join(file.parentPath, file.name), 'latin1')
      expect(bytes).not.toContain(key)
      expect(bytes).not.toContain(other)
    }
  })
})
