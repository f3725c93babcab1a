import { describe, expect, it } from 'vitest'
import type { TestStep } from '../../../src/shared/contract'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import { house, key, other } from './support'

type House = Awaited<ReturnType<typeof house>>
type Draft = Parameters<House['connections']['test']>[0]

/** All steps of a test. */
async function tried(
  { connections }: House,
  draft: Omit<Draft, 'provider'> & { provider?: string },
  signal = AbortSignal.timeout(5000),
): Promise<TestStep[]> {
  const steps: TestStep[] = []
  for await (const step of connections.test({ provider: 'fake', ...draft }, signal)) steps.push(step)
  return steps
}

describe('trying an account', () => {
  it('that is not saved yet uses what stands in the form, and keeps nothing', async () => {
    const place = await house()
    expect(await tried(place, { settings: {}, secrets: { key } })).toMatchObject([{ state: 'ok' }])
    expect(place.studio.server.keys).toEqual([`Bearer ${key}`])
    expect(place.connections.list()).toEqual([])
    expect(place.keychain.asked).toEqual([])
  })

  it('borrows the saved secrets for what was left blank, and keeps how it ended', async () => {
    const place = await house()
    const { id } = await place.add()
    await tried(place, { id, settings: { region: 'north' }, secrets: { key: '' } })
    expect(place.studio.server.keys).toEqual([`Bearer ${key}`])
    const at = place.clock.now()
    expect(place.seen()?.tested).toEqual({
      at,
      ok: true,
      who: `holder of ${key.length + 7} characters`,
      standing: { key: 'fake.who', message: 'Who asks', values: {} },
    })
  })

  it.each(['absent', 'locked', 'dismissed', 'denied', 'failed'] as const)(
    'whose keychain is %s says so in a sentence of its own, with what to do, and forgets nothing',
    async (trouble) => {
      const place = await house()
      const { id } = await place.add()
      place.clock.advance(11 * 60_000)
      place.keychain.refuse('get', trouble)
      const [step] = await tried(place, { id, settings: {} })
      expect(step).toMatchObject({
        id: 'who',
        state: 'failed',
        key: `keys.${trouble}`,
        message: en.test[`keys.${trouble}`],
        remedy: { key: `keys.${trouble}.remedy`, message: en.test[`keys.${trouble}.remedy`] },
      })
      expect(place.seen()?.tested).toMatchObject({ ok: false })
      expect(place.studio.server.keys).toEqual([])
      expect([...place.keychain.kept.values()]).toEqual([key])
      expect(place.keychain.count('remove')).toBe(0)
      place.keychain.mend()
      expect(await tried(place, { id, settings: {} })).toMatchObject([{ state: 'ok' }])
    },
  )

  it('whose secret the keychain has lost says that, and not that it is locked', async () => {
    const place = await house()
    const { id } = await place.add()
    place.clock.advance(11 * 60_000)
    place.keychain.kept.clear()
    expect(await tried(place, { id, settings: {} })).toMatchObject([{ state: 'failed', key: 'keys.gone' }])
  })

  it('says who is seen to the history alone, never in a step', async () => {
    const place = await house()
    const steps = await tried(place, { settings: {}, secrets: { key } })
    expect(JSON.stringify(steps)).not.toContain('holder')
  })

  it.each<[string, Omit<Draft, 'provider'>]>([
    ['another secret', { settings: {}, secrets: { key: other } }],
    ['other settings', { settings: { region: 'south' } }],
  ])('with %s than are saved says nothing about what is saved', async (_, draft) => {
    const place = await house()
    const { id } = await place.add()
    await tried(place, { id, ...draft })
    expect(place.seen()?.tested).toBeNull()
  })

  it('is forgotten when a secret or the settings change, not when the name does', async () => {
    const place = await house()
    const { id } = await place.add()
    await tried(place, { id, settings: {} })
    await place.connections.update(id, { label: 'Renamed' })
    expect(place.seen()?.tested).not.toBeNull()
    await place.connections.update(id, { settings: { region: 'south' } })
    expect(place.seen()?.tested).toBeNull()
  })

  it('that ends after its secret was replaced does not vouch for the new one', async () => {
    const place = await house()
    const { id } = await place.add()
    const draft = { provider: 'fake', id, settings: {} }
    const trial = place.connections.test(draft, AbortSignal.timeout(5000))
    await trial.next()
    await place.connections.update(id, { secrets: { key: other } })
    await trial.next()
    expect(place.seen()?.tested).toBeNull()
  })

  it('that was broken off keeps nothing', async () => {
    const place = await house()
    const { id } = await place.add()
    const stop = new AbortController()
    const trial = place.connections.test({ provider: 'fake', id, settings: {} }, stop.signal)
    await trial.next()
    stop.abort()
    await trial.next()
    expect(place.seen()?.tested).toBeNull()
  })

  it('sends no secret of one provider to another', async () => {
    const place = await house()
    const { id } = await place.add()
    const saved = place.studio.history.connections.get(id)
    if (!saved) throw new Error('it was not saved')
    const elsewhere = { id: '01930000-0000-7000-8000-000000000009', provider: 'elsewhere' }
    place.studio.history.connections.insert({ ...saved, ...elsewhere })
    const draft = { id: elsewhere.id, settings: {} }
    await expect(tried(place, draft)).rejects.toMatchObject({ key: 'connection.otherProvider' })
    expect(place.studio.server.requests).toEqual([])
  })

  it('refuses settings and secrets that the provider does not have', async () => {
    const place = await house()
    await expect(tried(place, { settings: { zone: 1 }, secrets: { token: key } })).rejects.toMatchObject({
      issues: [{ path: ['settings', 'zone'] }, { path: ['secrets', 'token'] }],
    })
  })
})
