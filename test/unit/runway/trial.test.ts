import { expect, test } from 'vitest'
import type { AskedStep } from '../../../src/main/providers'
import { ProviderError } from '../../../src/main/providers'
import { jobError } from '../../../src/main/wire'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import zh from '../../../src/shared/messages/zh-CN.json' with { type: 'json' }
import { openBench, type Bench } from './kit'

async function tried({ provider }: Bench, access: ReturnType<Bench['access']>): Promise<AskedStep[]> {
  const steps: AskedStep[] = []
  const test = provider.connection?.test(access, new AbortController().signal)
  for await (const step of test ?? []) steps.push(step)
  return steps
}
const brief = (steps: AskedStep[]) => steps.map(({ id, state, key }) => `${id} ${state} ${key}`)
const limits = ['gen4_turbo', 'gen4.5', 'veo3.1', 'veo3.1_fast'].map((model) => `limits.${model}`)

test('a good account: what is left, the tier, and what each model may; nothing is begun', async () => {
  const bench = await openBench()
  const steps = await tried(bench, bench.access())
  expect(brief(steps)).toEqual([
    'key ok runway.key.ok',
    'account ok runway.account.ok',
    ...limits.map((id) => `${id} ok runway.limits.ok`),
  ])
  expect(steps[1]).toMatchObject({
    standing: true,
    message: '1234 credits left (12.34 USD); the tier allows 10000 a month.',
  })
  expect(steps[2]?.values).toEqual({ model: 'Gen-4 Turbo', together: 2, daily: 50, made: 0 })
  expect(bench.runway.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /v1/organization'])
})

test('no credits and a used up quota are things to mend', async () => {
  const bench = await openBench({ behaviour: { balance: 0, daily: 0 } })
  const steps = await tried(bench, bench.access())
  expect(brief(steps).slice(1)).toEqual([
    'account failed runway.account.empty',
    ...limits.map((id) => `${id} failed runway.limits.usedUp`),
  ])
  expect(steps[1]?.standing).toBe(true)
})

test('a key that Runway does not know', async () => {
  const bench = await openBench()
  bench.secrets['apiKey'] = `key_${'0'.repeat(128)}`
  expect(brief(await tried(bench, bench.access()))).toEqual([
    'key failed runway.key.refused',
    'account skipped runway.skipped',
  ])
})

test('a key of a wrong form, no key, and a locked keychain: nothing is sent', async () => {
  const bench = await openBench()
  bench.secrets['apiKey'] = `key_${'0'.repeat(127)}G`
  expect(brief(await tried(bench, bench.access()))[0]).toBe('key failed runway.key.form')
  delete bench.secrets['apiKey']
  expect(brief(await tried(bench, bench.access()))[0]).toBe('key failed runway.key.missing')
  const locked = new ProviderError({
    ...jobError('auth', 'keychain.locked'),
    retry: 'later',
    charged: 'no',
    sent: false,
  })
  const access = { ...bench.access(), secret: () => Promise.reject(locked) }
  expect(brief(await tried(bench, access))[0]).toBe('key failed runway.key.hidden')
  expect(bench.runway.requests).toEqual([])
})

test('Runway out of reach, busy, or something else in its place: the key is not called bad for it', async () => {
  const bench = await openBench()
  bench.runway.fault('organization', { kind: 'status', status: 503 })
  expect(brief(await tried(bench, bench.access()))).toEqual([
    'key unknown runway.key.untried',
    'account unknown runway.address.busy',
  ])
  bench.runway.fault('organization', { kind: 'html' })
  expect(brief(await tried(bench, bench.access()))[1]).toBe('account failed runway.address.page')
  bench.runway.fault('organization', { kind: 'html', status: 403 })
  expect(brief(await tried(bench, bench.access()))).toEqual([
    'key unknown runway.key.untried',
    'account failed runway.address.page',
  ])
  bench.runway.fault('organization', { kind: 'answer', body: {} })
  expect(brief(await tried(bench, bench.access()))[1]).toBe('account failed runway.address.other')
  await bench.runway.close()
  expect(brief(await tried(bench, bench.access()))[1]).toBe('account failed runway.unreachable')
})

test('a model that the tier does not name is not called forbidden', async () => {
  const bench = await openBench()
  const tier = { maxMonthlyCreditSpend: 10_000, models: {} }
  bench.runway.fault('organization', { kind: 'answer', body: { creditBalance: 5, tier } })
  expect(brief(await tried(bench, bench.access())).slice(2)).toEqual(
    limits.map((id) => `${id} unknown runway.limits.none`),
  )
})

test('a good relay, found out without beginning anything', async () => {
  const bench = await openBench()
  expect(brief(await tried(bench, bench.access('relay')))).toEqual([
    'address ok runway.address.ok',
    'key ok runway.key.relayOk',
  ])
  expect(bench.runway.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /runwayml/v1/tasks/00000000-0000-4000-8000-000000000000',
  ])
})

test.each([
  [
    'a wrong key',
    { kind: 'status', status: 401 },
    'address ok runway.address.ok',
    'key failed runway.key.relayRefused',
  ],
  [
    'a busy relay',
    { kind: 'status', status: 503 },
    'address ok runway.address.ok',
    'key unknown runway.key.busy',
  ],
  ['a console', { kind: 'html' }, 'address failed runway.address.page', 'key skipped runway.skipped'],
  [
    'another service',
    { kind: 'status', status: 404, body: { error: { message: 'Invalid URL (GET /x)' } } },
    'address failed runway.address.other',
    'key skipped runway.skipped',
  ],
  ['a torn line', { kind: 'drop' }, 'address failed runway.unreachable', 'key skipped runway.skipped'],
] as const)('at a relay, %s', async (_name, fault, address, key) => {
  const bench = await openBench()
  bench.runway.fault('task', fault)
  expect(brief(await tried(bench, bench.access('relay')))).toEqual([address, key])
})

test('every sentence of the test is there in both languages, with the same values', () => {
  const values = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted()
  const own = Object.entries(en.test).filter(([key]) => key.startsWith('runway.'))
  expect(own.length).toBeGreaterThan(20)
  for (const [key, text] of own)
    expect([key, values((zh.test as Record<string, string>)[key] ?? '')]).toEqual([key, values(text)])
})
