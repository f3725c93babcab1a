import { expect, test } from 'vitest'
import type { Provider } from '../../../src/main/providers'
import type { ConnectionAccess } from '../../../src/main/providers/types'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import zh from '../../../src/shared/messages/zh-CN.json' with { type: 'json' }
import { openBench } from './kit'

async function steps(provider: Provider, access: ConnectionAccess) {
  const all = []
  const { signal } = new AbortController()
  for await (const step of provider.connection?.test(access, signal) ?? []) all.push(step)
  return all
}

const short = (all: Awaited<ReturnType<typeof steps>>) =>
  all.map(({ id, state, key }) => `${id} ${state} ${key}`)

test.each(['key', 'pair'] as const)(
  'a good %s passes, tells what is left, and begins no task',
  async (signIn) => {
    const { kling, provider, access } = await openBench({ signIn })
    const all = await steps(provider, access)
    expect(short(all)).toEqual(['key ok kling.accepted', 'balance ok kling.units'])
    expect(all[1]).toMatchObject({ standing: true, values: { units: 1000 } })
    expect(kling.requests().map(({ operation }) => operation)).toEqual(['costs'])
  },
)

test('a key of the other service is refused with where to look', async () => {
  const { provider, access, secrets } = await openBench()
  secrets['apiKey'] = 'of-the-other-service'
  const all = await steps(provider, access)
  expect(short(all)).toEqual(['key failed kling.refused', 'balance skipped kling.skipped'])
  expect(all[0]?.remedy?.message).toContain('China')
})

test.each([
  [null, 'unknown', 'kling.noPack'],
  [0, 'unknown', 'kling.packEmpty'],
])('an account whose pack holds %s units is not called fine', async (units, state, key) => {
  const { kling, provider, access } = await openBench()
  kling.behaviour.units = units
  expect(short(await steps(provider, access))[1]).toBe(`balance ${state} ${key}`)
})

test('a second code inside of the answer counts too', async () => {
  const { kling, provider, access } = await openBench()
  kling.faults.add('costs', {
    kind: 'answer',
    status: 200,
    json: { code: 0, data: { code: 1200, msg: 'no' } },
  })
  expect(short(await steps(provider, access))[1]).toBe('balance unknown kling.balanceUnknown')
})

test.each([
  [{ kind: 'html', status: 403 }, 'failed', 'kling.page'],
  [{ kind: 'refuse', status: 429, code: 1302 }, 'unknown', 'kling.busy'],
  [{ kind: 'refuse', status: 429, code: 1304 }, 'failed', 'kling.address'],
  [{ kind: 'refuse', status: 429, code: 1101, message: 'arrears' }, 'failed', 'kling.other'],
  [{ kind: 'answer', status: 200, json: { hello: 'world' } }, 'failed', 'kling.strange'],
  [{ kind: 'drop' }, 'failed', 'kling.unreached'],
] as const)('%j is a step of its own', async (fault, state, key) => {
  const { kling, provider, access } = await openBench()
  kling.faults.add('costs', fault)
  expect(short(await steps(provider, access))[0]).toBe(`key ${state} ${key}`)
})

test('a relay is asked for its list, since Kling’s accounts are not its own', async () => {
  const { kling, provider, access, secrets } = await openBench({ kind: 'relay' })
  expect(short(await steps(provider, access))).toEqual(['key ok kling.accepted'])
  secrets['apiKey'] = 'sk-wrong'
  expect(short(await steps(provider, access))[0]).toBe('key failed kling.relayRefused')
  secrets['apiKey'] = kling.apiKey
  kling.behaviour.lists = false
  expect(short(await steps(provider, access))[0]).toBe('key unknown kling.relayNoList')
})

test('an address that answers with the page of a console is told apart from a relay', async () => {
  const { kling, provider, access } = await openBench({ kind: 'relay' })
  // The address with a path too much is the usual mistake.
  access.settings = { ...access.settings, relayUrl: `${kling.url}/console` }
  expect(short(await steps(provider, access))[0]).toBe('key failed kling.relayPage')
})

test('every sentence of the test is in both catalogues', async () => {
  const keys = Object.keys(en.test).filter((key) => key.startsWith('kling.'))
  const chinese: Record<string, string> = zh.test
  expect(keys.filter((key) => chinese[key] === undefined)).toEqual([])
})

test('the form: one key, or a pair, and never a secret among the settings', async () => {
  const { provider } = await openBench()
  const { settings, secrets } = provider.connection ?? {}
  expect(settings?.parse({})).toEqual({ kind: 'global', relayUrl: 'https://yunwu.ai', signIn: 'key' })
  expect(settings?.safeParse({ apiKey: 'x' }).success).toBe(false)
  expect(settings?.safeParse({ baseUrl: 'http://example.com' }).success).toBe(false)
  expect(secrets?.map(({ name, when }) => `${name} ${when?.in.join()}`)).toEqual([
    'apiKey key',
    'accessKey pair',
    'secretKey pair',
  ])
})
