import { describe, expect, it, onTestFinished } from 'vitest'
import type { TestStep } from '../../../src/shared/contract'
import { FakeServer } from '../../simulators/fake'
import { TroubledKeychain } from '../../support/keychain'
import { clip, scene } from '../jobs/support/scene'
import { house, key, other } from './support'

const pin = 'a long enough pin'
const refused = {
  code: 'invalid_request',
  issues: [{ path: ['settings', 'address'], key: 'connection.addressChanged' }],
}

/** Somebody else's server, and what it was told. */
async function stranger(): Promise<FakeServer> {
  const server = await FakeServer.start({ video: clip, pollsUntilDone: 1, idempotent: true })
  onTestFinished(() => server.close())
  return server
}

async function place() {
  const home = await house()
  const foreign = await stranger()
  const { url } = home.studio.server
  const held = (id: string, to: string, name = 'key') => home.connections.access(id)?.secret(name, to)
  return { ...home, foreign, url, held }
}
type Place = Awaited<ReturnType<typeof place>>

async function tried(
  { connections }: Pick<Place, 'connections'>,
  draft: { id: string; settings: Record<string, unknown>; secrets?: Record<string, string | null> },
): Promise<TestStep[]> {
  const steps: TestStep[] = []
  const coming = connections.test({ provider: 'fake', ...draft }, AbortSignal.timeout(5000))
  for await (const step of coming) steps.push(step)
  return steps
}

describe('an account whose address changes', () => {
  it('is refused at the address without its key, and nothing is changed, whatever else was asked for', async () => {
    const { connections, keychain, add, seen, foreign, held, url } = await place()
    const { id } = await add()
    const [before, kept, asked] = [seen(), new Map(keychain.kept), keychain.asked.length]
    const settings = { address: foreign.url }
    const wishes = [{ settings }, { settings, label: 'New', keep: 'session', secrets: { key: '' } }] as const
    for (const wish of wishes) await expect(connections.update(id, wish)).rejects.toMatchObject(refused)
    expect(seen()).toEqual(before)
    expect(keychain.kept).toEqual(kept)
    expect(keychain.asked).toHaveLength(asked)
    await expect(held(id, foreign.url)).rejects.toMatchObject({
      detail: { code: 'auth', key: 'connection.otherAddress', retry: 'never', sent: false, charged: 'no' },
    })
    expect(await held(id, url)).toBe(key)
  })

  it('has to carry every secret: one that is kept is entered or forgotten', async () => {
    const { connections, keychain, add, foreign, held } = await place()
    const { id } = await add({ key, pin })
    const settings = { address: foreign.url }
    await expect(connections.update(id, { settings, secrets: { key: other } })).rejects.toMatchObject(refused)
    await connections.update(id, { settings, secrets: { key: other, pin: null } })
    expect([await held(id, foreign.url), await held(id, foreign.url, 'pin')]).toEqual([other, null])
    expect([...keychain.kept.values()]).toEqual([other])
  })

  it('asks for the key on the way back to the service itself too', async () => {
    const { connections, add, foreign, held, url } = await place()
    const { id } = await add()
    await connections.update(id, { settings: { address: foreign.url }, secrets: { key: other } })
    await expect(connections.update(id, { settings: {} })).rejects.toMatchObject(refused)
    await expect(held(id, url)).rejects.toMatchObject({ detail: { key: 'connection.otherAddress' } })
    await connections.update(id, { settings: {}, secrets: { key } })
    expect(await held(id, url)).toBe(key)
  })

  it('keeps the key where only the path or another setting is new', async () => {
    const { connections, add, held, url } = await place()
    const { id } = await add()
    await connections.update(id, { settings: { address: `${url}/v2`, region: 'south' } })
    expect(await held(id, `${url}/v2/jobs`)).toBe(key)
    expect(connections.askedAgain(id, { address: `${url}/v3` })).toEqual([])
  })

  it('tells a form beforehand which secrets it is to ask for, and where to say so', async () => {
    const { connections, add, foreign } = await place()
    const { id } = await add({ key, pin })
    const asked = (address: string) => connections.askedAgain(id, { address })
    expect(asked(foreign.url)).toEqual([
      { name: 'key', setting: 'address' },
      { name: 'pin', setting: 'address' },
    ])
    expect(asked('https:/')).toBeNull()
    expect(connections.askedAgain(id, {})).toEqual([])
  })

  it('is tried with no kept secret: the other server hears nothing at all', async () => {
    const home = await place()
    const { id } = await home.add({ key, pin })
    const settings = { address: home.foreign.url }
    for (const secrets of [{}, { key: '' }, { key: other }]) {
      await expect(tried(home, { id, settings, secrets })).rejects.toMatchObject(refused)
    }
    expect(home.foreign.requests).toEqual([])
    await tried(home, { id, settings, secrets: { key: other, pin: null } })
    expect(home.foreign.keys).toEqual([`Bearer ${other}`])
  })

  it('lets two at once not mix what each was given', async () => {
    const { connections, keychain, add, foreign, held, url } = await place()
    const { id } = await add()
    const slow = keychain.hold('set')
    const away = connections.update(id, { settings: { address: foreign.url }, secrets: { key: other } })
    await slow.reached
    const asBefore = connections.update(id, { settings: {}, label: 'As before' })
    const settled = Promise.allSettled([away, asBefore])
    // While the new one is on its way into the keychain.
    expect(await held(id, url)).toBe(key)
    await expect(held(id, foreign.url)).rejects.toMatchObject({ detail: { key: 'connection.otherAddress' } })
    slow.release()
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await held(id, foreign.url)).toBe(other)
  })

  it('gives a call that began before the change nothing of after it', async () => {
    const { connections, add, foreign, url } = await place()
    const { id } = await add()
    const before = connections.access(id)
    await connections.update(id, { settings: { address: foreign.url }, secrets: { key: other } })
    await expect(before?.secret('key', url)).rejects.toMatchObject({
      detail: { key: 'connection.secretGone' },
    })
    await expect(before?.secret('key', foreign.url)).rejects.toMatchObject({
      detail: { key: 'connection.otherAddress' },
    })
  })
})

/** A keychain whose program is killed once a secret was written, or once one was to be removed. */
class Killed extends TroubledKeychain {
  at: 'set' | 'remove' | null = null
  readonly reached = Promise.withResolvers<void>()

  override async set(account: string, secret: string) {
    await super.set(account, secret)
    await this.#stop('set')
  }

  override async remove(account: string) {
    await this.#stop('remove')
    return super.remove(account)
  }

  #stop(deed: 'set' | 'remove'): Promise<void> {
    if (this.at !== deed) return Promise.resolve()
    this.at = null
    this.reached.resolve()
    return new Promise(() => undefined)
  }
}

describe('a program that is killed while an address changes', () => {
  async function killedAt(deed: 'set' | 'remove') {
    const keychain = new Killed()
    const { studio, connections, add } = await house({ keychain })
    const foreign = await stranger()
    const { id } = await add()
    keychain.at = deed
    void connections.update(id, { settings: { address: foreign.url }, secrets: { key: other } })
    await keychain.reached.promise
    const next = await studio.reopen()
    const held = (to: string) => next.connections.access(id)?.secret('key', to)
    return {
      held,
      own: studio.server.url,
      foreign: foreign.url,
      settings: next.connections.list()[0]?.settings,
    }
  }
  const strange = { detail: { key: 'connection.otherAddress' } }

  it('has the old key for the old address when the new one was just written', async () => {
    const { held, own, foreign, settings } = await killedAt('set')
    expect(settings).not.toHaveProperty('address')
    expect(await held(own)).toBe(key)
    await expect(held(foreign)).rejects.toMatchObject(strange)
  })

  it('has the new key for the new address when the old one was about to be cleared away', async () => {
    const { held, own, foreign, settings } = await killedAt('remove')
    expect(settings).toMatchObject({ address: foreign })
    expect(await held(foreign)).toBe(other)
    await expect(held(own)).rejects.toMatchObject(strange)
  })
})

describe('a secret of before it was written down what it was entered for', () => {
  async function old() {
    const home = await place()
    const { id } = await home.add()
    home.keychain.kept.clear()
    home.keychain.kept.set(`${id}/key`, key)
    const info = { name: 'key', configured: true, last4: 'abcd', kept: 'keychain' } as const
    home.studio.history.connections.update(id, { secrets: [info] })
    return { ...home, id }
  }

  it('is for the address of its settings, and stays so when they change', async () => {
    const { connections, foreign, held, url, id } = await old()
    expect(await held(id, url)).toBe(key)
    await expect(held(id, foreign.url)).rejects.toMatchObject({ detail: { key: 'connection.otherAddress' } })
    await expect(connections.update(id, { settings: { address: foreign.url } })).rejects.toMatchObject(
      refused,
    )
    await connections.update(id, { settings: { region: 'south' } })
    expect(await held(id, url)).toBe(key)
    await expect(connections.update(id, { settings: { address: foreign.url } })).rejects.toMatchObject(
      refused,
    )
  })
})

describe('a job that was made for another address', () => {
  it('is not sent with a key of now: it fails unsent and unpaid, and the next one goes where the account points', async () => {
    const { studio, connections, add, foreign } = await place()
    const { id } = await add()
    const early = await studio.one({ connectionId: id })
    await connections.update(id, { settings: { address: foreign.url }, secrets: { key: other } })
    const late = await studio.one({ connectionId: id })
    const next = await studio.reopen({ still: false })
    const failed = await next.reach(early.id, 'failed')
    expect(failed).toMatchObject({ charged: 'no', error: { key: 'connection.otherAddress' } })
    await next.reach(late.id, 'processing', 'downloading', 'completed')
    expect(studio.server.keys).toEqual([])
    expect(new Set(foreign.keys)).toEqual(new Set([`Bearer ${other}`]))
  })

  it('and is under way there waits with the reason, asks nobody with a key of now, and goes on when it is back', async () => {
    const studio = await scene({ needsConnection: true, pollsUntilDone: 1_000 })
    const { connections, server } = studio
    const foreign = await stranger()
    const { id } = await studio.connect({ secrets: { key } })
    const { id: job } = await studio.one({ connectionId: id })
    await studio.reach(job, 'processing')
    await connections.update(id, { settings: { address: foreign.url }, secrets: { key: other } })
    await expect.poll(() => studio.detail(job).error?.key).toBe('connection.otherAddress')
    expect(studio.detail(job)).toMatchObject({ state: 'processing', waiting: 'connection' })
    expect(new Set(server.keys)).toEqual(new Set([`Bearer ${key}`]))
    await connections.update(id, { settings: {}, secrets: { key } })
    server.finish()
    await studio.reach(job, 'completed')
    expect(foreign.keys).toEqual([])
  })
})
