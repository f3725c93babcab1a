import { expect, test } from 'vitest'
import { tokenOf } from '../../../src/main/providers/kling/jwt'
import { ManualClock } from '../../support/clock'
import { openBench, refusal, token } from './kit'

test('a token that differs from Kling’s own sample in a single byte would be refused everywhere', () => {
  expect(tokenOf('ak-example', 'sk-example', 1_767_225_600)).toBe(
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhay1leGFtcGxlIiwiZXhwIjoxNzY3MjI3NDAwLCJuYmYiOjE3NjcyMjU1OTV9.TenAznMgGNJNwJzc_f3BW4S1cbpS-9K-RIUQGItQjfI',
  )
})

/** A provider and a service, each with a clock of its own. */
async function withClocks(ahead = 0) {
  const clock = new ManualClock()
  const bench = await openBench({ signIn: 'pair', clock, wall: () => clock.now() + ahead })
  const bearers = () => bench.kling.requests().map(({ headers }) => headers.authorization)
  return { ...bench, clock, bearers }
}

test('one token is used while it lives, and another made before it ends', async () => {
  const { provider, call, clock, bearers } = await withClocks()
  const { providerJobId } = await provider.submit(call())
  const poll = () => provider.poll(call({ providerJobId }))
  await poll()
  clock.advance(24 * 60_000)
  await poll()
  expect(new Set(bearers()).size).toBe(1)
  clock.advance(2 * 60_000)
  await poll()
  expect(new Set(bearers()).size).toBe(2)
  for (let hours = 0; hours < 5; hours += 1) {
    clock.advance(3_600_000)
    expect(await poll()).toMatchObject({ kind: 'succeeded' })
  }
})

test.each([
  ['behind', -3_600_000, 1003],
  ['ahead', 3_600_000, 1004],
])('a clock %s is put right by the service’s own, and one job is begun', async (_name, off, code) => {
  const { kling, provider, call, bearers } = await withClocks(off)
  await provider.submit(call())
  expect(kling.requests('submit').map(({ status }) => status)).toEqual([401, 200])
  expect(kling.tasks()).toHaveLength(1)
  expect(new Set(bearers()).size).toBe(2)
  // What was learned holds: the next call is right at once.
  await provider.submit(call({ idempotencyToken: `${token}-2` }))
  expect(kling.requests('submit')).toHaveLength(3)
  expect(code).toBeGreaterThan(1002)
})

test('a clock that the service itself does not put right ends in a sentence, not in a loop', async () => {
  const { kling, provider, call } = await withClocks()
  kling.faults.add('submit', { kind: 'refuse', status: 401, code: 1004 }, 5)
  expect(await refusal(provider.submit(call()))).toMatchObject({
    code: 'auth',
    key: 'kling.clock',
    retry: 'later',
    charged: 'no',
    sent: false,
  })
  expect(kling.requests('submit')).toHaveLength(2)
})

test('a changed secret counts from the next call on, although the old token still lives', async () => {
  const { kling, provider, call, secrets } = await withClocks()
  await provider.submit(call())
  secrets['secretKey'] = 'another'
  expect(await refusal(provider.submit(call()))).toMatchObject({ code: 'auth', key: 'kling.keyRefused' })
  expect(kling.tasks()).toHaveLength(1)
})

test('a bearer that a gateway repeats is neither kept nor shown', async () => {
  const { kling, provider, call, bearers } = await withClocks()
  await provider.submit(call())
  const bearer = bearers()[0]?.replace('Bearer ', '') ?? ''
  const json = { code: 1201, message: `bad header Bearer ${bearer}` }
  kling.faults.add('submit', { kind: 'answer', status: 400, json })
  const detail = await refusal(provider.submit(call()))
  expect(detail.message).toContain('•••')
  expect(JSON.stringify(detail)).not.toContain(bearer)
})

test('a key that is not there is said before anything is sent', async () => {
  const { kling, provider, call, secrets } = await openBench()
  delete secrets['apiKey']
  const detail = { code: 'auth', key: 'kling.keyMissing', retry: 'later', sent: false, charged: 'no' }
  expect(await refusal(provider.submit(call()))).toMatchObject(detail)
  expect(kling.requests()).toHaveLength(0)
})
