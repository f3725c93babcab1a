import { describe, expect, it } from 'vitest'
import { bytesOf, house, key, other } from './support'

const troubles = ['absent', 'locked', 'dismissed', 'denied', 'failed'] as const

describe('adding an account', () => {
  it.each(troubles)(
    'keeps nothing, neither row nor secret, where the keychain is %s half way',
    async (trouble) => {
      const { connections, keychain, add } = await house()
      keychain.refuse('set', trouble, 1)
      const added = add({ key, pin: other })
      await expect(added).rejects.toMatchObject({ code: 'unavailable', key: `keychain.${trouble}` })
      expect(connections.list()).toEqual([])
      expect([...keychain.kept]).toEqual([])
    },
  )

  it('asks a keychain that was dismissed no second time', async () => {
    const { keychain, add } = await house()
    keychain.refuse('set', 'dismissed')
    await expect(add()).rejects.toMatchObject({ key: 'keychain.dismissed' })
    expect(keychain.asked).toHaveLength(1)
  })

  it('tells the page that there is a secret and its last four characters, of a short one not even those', async () => {
    const { add, seen, studio, connections } = await house()
    const made = await add({ key, pin: '12345678901' })
    const kept = 'keychain'
    const told = [
      { name: 'key', configured: true, last4: 'abcd', kept },
      { name: 'pin', configured: true, last4: null, kept },
    ]
    expect(made.secrets).toEqual(told)
    expect(seen()?.secrets).toEqual(told)
    const published = studio.events.filter(({ type }) => type === 'connections')
    expect(published).toEqual([{ type: 'connections', connections: connections.list() }])
    expect(JSON.stringify(published)).not.toContain(key)
  })

  it('writes no secret into the data folder', async () => {
    const { add, studio } = await house()
    await add()
    await studio.connect({ secrets: { key: other } })
    await studio.close()
    const bytes = bytesOf(studio.dataDir)
    expect(bytes).toContain('abcd')
    expect(bytes).not.toContain(key)
    expect(bytes).not.toContain(other)
  })

  it('refuses settings and secrets that the provider does not have, each at its place', async () => {
    const { studio, keychain } = await house()
    const settings = { zone: 'x', region: 'east' }
    const wrong = studio.connect({ keep: 'keychain', settings, secrets: { token: key, pin: ' 1 ' } })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_request', key: 'request.invalid' })
    const issues = await wrong.catch((error: { issues: { path: unknown }[] }) => error.issues)
    expect(issues).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: ['settings', 'zone'], key: 'field.unexpected' }),
        expect.objectContaining({ path: ['settings', 'region'] }),
        expect.objectContaining({ path: ['secrets', 'token'], key: 'field.unexpected' }),
        expect.objectContaining({ path: ['secrets', 'pin'], key: 'secret.spaces' }),
      ]),
    )
    expect(keychain.asked).toEqual([])
    await expect(studio.connect({ provider: 'nobody' })).rejects.toMatchObject({ key: 'provider.notFound' })
  })
})

describe('a secret kept for the session', () => {
  it('never comes to the keychain, and is gone after the next start, which says so', async () => {
    const { studio, keychain, secret } = await house()
    const { id } = await studio.connect({ secrets: { key } })
    expect(await secret(id)).toBe(key)
    const next = await studio.reopen()
    expect(next.connections.list()[0]?.secrets).toEqual([
      { name: 'key', configured: false, last4: 'abcd', kept: 'session' },
    ])
    await expect(next.connections.access(id)?.secret('key', studio.server.url)).rejects.toMatchObject({
      detail: { code: 'auth', key: 'connection.sessionOver', sent: false, retry: 'later', charged: 'no' },
    })
    expect(keychain.asked).toEqual([])
  })

  it('moves to the keychain when asked to, and is there after the next start', async () => {
    const { studio, connections, keychain } = await house()
    const { id } = await studio.connect({ secrets: { key } })
    const moved = await connections.update(id, { keep: 'keychain' })
    expect(moved.secrets).toMatchObject([{ kept: 'keychain', configured: true, last4: 'abcd' }])
    const next = await studio.reopen()
    expect(await next.connections.access(id)?.secret('key', studio.server.url)).toBe(key)
    expect(keychain.kept.size).toBe(1)
  })

  it('stays for the session when the keychain refuses to take it over', async () => {
    const { studio, connections, keychain, seen, secret } = await house()
    const { id } = await studio.connect({ secrets: { key, pin: other } })
    keychain.refuse('set', 'locked', 1)
    await expect(connections.update(id, { keep: 'keychain' })).rejects.toMatchObject({
      key: 'keychain.locked',
    })
    expect(seen()?.secrets).toMatchObject([{ kept: 'session' }, { kept: 'session' }])
    expect([await secret(id), await secret(id, 'pin')]).toEqual([key, other])
    expect(keychain.kept.size).toBe(0)
  })

  it('in the place of one in the keychain is the one that is used, and the other is cleared away', async () => {
    const { connections, keychain, add, secret } = await house()
    const { id } = await add()
    await connections.update(id, { keep: 'session', secrets: { key: other } })
    expect(await secret(id)).toBe(other)
    expect(keychain.kept.size).toBe(0)
  })

  it('can take the place of one that a locked keychain does not give out', async () => {
    const { connections, keychain, add, secret } = await house()
    const { id } = await add()
    for (const deed of ['get', 'set', 'remove'] as const) keychain.refuse(deed, 'locked')
    await connections.update(id, { keep: 'session', secrets: { key: other } })
    expect(await secret(id)).toBe(other)
  })

  it('comes out of the keychain when it is to be kept for the session only', async () => {
    const { connections, keychain, add, secret, seen } = await house()
    const { id } = await add()
    await connections.update(id, { keep: 'session' })
    expect(seen()?.secrets).toMatchObject([{ kept: 'session', configured: true }])
    expect(await secret(id)).toBe(key)
    expect(keychain.kept.size).toBe(0)
  })
})

describe('a secret that the keychain holds', () => {
  it.each(troubles)('is neither deleted nor overwritten when reading it ends as %s', async (trouble) => {
    const { connections, keychain, add, clock, secret, seen } = await house()
    const { id } = await add()
    clock.advance(10 * 60_000)
    keychain.refuse('get', trouble)
    await expect(secret(id)).rejects.toMatchObject({
      detail: { code: 'auth', key: `keychain.${trouble}`, sent: false, retry: 'later', charged: 'no' },
    })
    await expect(connections.update(id, { secrets: { key: other } })).rejects.toMatchObject({
      code: 'unavailable',
      key: `keychain.${trouble}`,
    })
    keychain.mend()
    clock.advance(10 * 60_000)
    expect(await secret(id)).toBe(key)
    expect(seen()?.secrets).toMatchObject([{ last4: 'abcd', configured: true }])
    expect([keychain.count('set'), keychain.count('remove')]).toEqual([1, 0])
  })

  it('that somebody took out of it is said to be gone, and can be entered again', async () => {
    const { connections, keychain, add, clock, secret } = await house()
    const { id } = await add()
    clock.advance(10 * 60_000)
    keychain.kept.clear()
    await expect(secret(id)).rejects.toMatchObject({ detail: { key: 'connection.secretGone' } })
    await connections.update(id, { secrets: { key: other } })
    expect(await secret(id)).toBe(other)
  })

  it('is asked for once in ten minutes, however many polls want it at a time', async () => {
    const { keychain, add, clock, secret } = await house()
    const { id } = await add()
    expect(await secret(id)).toBe(key)
    expect(keychain.count('get')).toBe(0)
    clock.advance(10 * 60_000)
    expect(await Promise.all(Array.from({ length: 20 }, () => secret(id)))).toEqual(Array(20).fill(key))
    clock.advance(10 * 60_000 - 1)
    await secret(id)
    expect(keychain.count('get')).toBe(1)
    clock.advance(1)
    await secret(id)
    expect(keychain.count('get')).toBe(2)
  })

  it('is not asked for again by jobs while the person has just said no, and at once when the person is at it', async () => {
    const { connections, keychain, add, clock, secret } = await house()
    const { id } = await add()
    clock.advance(10 * 60_000)
    keychain.refuse('get', 'dismissed')
    for (let n = 0; n < 5; n += 1) {
      await expect(secret(id)).rejects.toMatchObject({ detail: { key: 'keychain.dismissed' } })
    }
    expect(keychain.count('get')).toBe(1)
    keychain.mend()
    await connections.update(id, { enabled: true })
    expect(await secret(id)).toBe(key)
  })

  it('is not taken from a read that was under way while it was replaced', async () => {
    const { connections, keychain, add, clock, secret } = await house()
    const { id } = await add()
    clock.advance(10 * 60_000)
    const held = keychain.hold('get')
    const early = secret(id)
    await held.reached
    await connections.update(id, { keep: 'session', secrets: { key: other } })
    await connections.update(id, { keep: 'keychain' })
    held.release()
    expect(await early).toBe(key)
    expect(await secret(id)).toBe(other)
  })

  it('is heard by the log before it can write it, wherever it comes from', async () => {
    const { connections, add, clock, hidden, secret } = await house()
    const { id } = await add()
    expect(hidden).toContain(key)
    await connections.update(id, { secrets: { key: other } })
    expect(hidden).toContain(other)
    hidden.length = 0
    clock.advance(10 * 60_000)
    await secret(id)
    expect(hidden).toEqual([other])
    const draft = { provider: 'fake', settings: {}, secrets: { key: 'only in the form' } }
    for await (const step of connections.test(draft, AbortSignal.timeout(5000))) expect(step.state).toBe('ok')
    expect(hidden).toContain('only in the form')
  })
})
