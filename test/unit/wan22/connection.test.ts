import { expect, test } from 'vitest'
import type { TestStep } from '../../../src/shared/contract'
import { openBench, type Bench } from './kit'

async function steps({ provider, access }: Bench): Promise<TestStep[]> {
  const all: TestStep[] = []
  for await (const step of provider.connection?.test(access, new AbortController().signal) ?? [])
    all.push(step)
  return all
}

const short = (all: TestStep[]) => all.map(({ id, state, key }) => `${id} ${state} ${key}`)

const tokenOf = (claims: unknown) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`

test('the test starts no run, sends no key, and says what it did not try', async () => {
  const bench = await openBench()
  expect(short(await steps(bench))).toEqual([
    'reach ok wan22.reach.ok',
    'key ok wan22.key.token',
    'run skipped wan22.run',
  ])
  expect(bench.simulator.runs).toBe(0)
  expect(bench.simulator.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /'])
  expect(bench.simulator.seen[0]?.headers.authorization).toBeUndefined()
})

test.each([
  [tokenOf({ exp: 4_102_444_800 }), 'ok wan22.key.until'],
  [tokenOf({ exp: 1_577_836_800 }), 'failed wan22.key.expired'],
  [tokenOf({ project: 'p' }), 'ok wan22.key.token'],
  ['not-a-token', 'unknown wan22.key.strange'],
  ['a.b.c', 'unknown wan22.key.strange'],
  ['', 'failed wan22.key.missing'],
])('the key %s is judged by what it says of itself alone', async (key, said) => {
  const bench = await openBench({}, { key })
  const found = (await steps(bench)).find(({ id }) => id === 'key')
  expect(`${found?.state} ${found?.key}`).toBe(said)
})

test('an address where nobody answers is a failed step with the host in it', async () => {
  const bench = await openBench()
  await bench.simulator.close()
  const [reach] = await steps(bench)
  expect(reach).toMatchObject({ state: 'failed', key: 'wan22.reach.failed' })
  expect(reach?.message).toContain(new URL(bench.simulator.origin).host)
})

test('a public app needs no key, and that is said', async () => {
  const bench = await openBench({ auth: 'none' })
  expect(short(await steps(bench))).toContain('key skipped wan22.key.none')
})
