import { expect, test } from 'vitest'
import { refusalOf, type Doing } from '../../../src/main/providers/runway/errors'
import type { Kind } from '../../../src/main/providers/runway/settings'
import type { WireAnswer } from '../../../src/main/wire'
import { openBench, refusal } from './kit'

const official = { kind: 'official', name: 'Runway' } as const
const relay = { kind: 'relay', name: 'yunwu.ai' } as const

function answer(status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers, body: text, json: typeof body === 'string' ? undefined : body }
}
const page = '<!doctype html><title>Console</title>'
const newApi = (message: string, code: string) => ({
  error: { message, type: 'new_api_error', param: '', code },
})

// status, body, then what becomes of it: code, sentence, whether to try again, charged, whether it may have arrived.
type Row = [number, unknown, Doing, string, string, string, string, boolean]

const officialRows: Row[] = [
  [400, { error: 'ratio is wrong' }, 'create', 'invalid_request', 'runway.refused', 'never', 'no', false],
  [
    400,
    { error: 'You do not have enough credits to run this task.' },
    'create',
    'billing',
    'runway.credits',
    'never',
    'no',
    false,
  ],
  [401, { error: 'bad key' }, 'create', 'auth', 'runway.key', 'never', 'no', false],
  [402, { error: 'pay' }, 'create', 'billing', 'runway.credits', 'never', 'no', false],
  [403, { error: 'no' }, 'create', 'permission', 'runway.denied', 'never', 'no', false],
  [308, { error: '' }, 'create', 'invalid_request', 'runway.notThere', 'never', 'no', false],
  [451, { error: 'not here' }, 'create', 'invalid_request', 'runway.refused', 'never', 'no', false],
  [404, { error: 'Cannot POST' }, 'create', 'invalid_request', 'runway.notThere', 'never', 'no', false],
  [405, { error: 'no' }, 'create', 'invalid_request', 'runway.notThere', 'never', 'no', false],
  [408, { error: 'slow' }, 'create', 'unavailable', 'wire.unavailable', 'later', 'unknown', true],
  [409, { error: 'twice' }, 'create', 'unavailable', 'wire.unavailable', 'later', 'unknown', true],
  [413, { error: 'large' }, 'create', 'invalid_request', 'runway.refused', 'never', 'no', false],
  [422, { error: 'odd' }, 'create', 'invalid_request', 'runway.refused', 'never', 'no', false],
  [429, { error: 'daily' }, 'create', 'quota', 'runway.quota', 'later', 'no', false],
  [429, { error: 'slow down' }, 'ask', 'rate_limited', 'wire.throttled', 'later', 'no', false],
  [500, { error: 'oops' }, 'create', 'unavailable', 'wire.unavailable', 'later', 'unknown', true],
  [502, page, 'create', 'unavailable', 'wire.page', 'later', 'unknown', true],
  [503, { error: 'busy' }, 'create', 'unavailable', 'wire.unavailable', 'later', 'no', false],
  [504, { error: 'slow' }, 'create', 'unavailable', 'wire.unavailable', 'later', 'unknown', true],
  [502, page, 'ask', 'unavailable', 'wire.page', 'later', 'no', false],
  [504, { error: 'slow' }, 'ask', 'unavailable', 'wire.unavailable', 'later', 'no', false],
  [500, { error: 'oops' }, 'upload', 'unavailable', 'wire.unavailable', 'later', 'no', false],
  [200, page, 'create', 'unavailable', 'wire.page', 'later', 'no', false],
  [403, page, 'ask', 'unavailable', 'wire.page', 'later', 'no', false],
]

const relayRows: Row[] = [
  [400, newApi('bad ratio', 'invalid'), 'create', 'invalid_request', 'runway.refused', 'never', 'no', false],
  [401, newApi('Invalid token', 'x'), 'create', 'auth', 'runway.key', 'never', 'no', false],
  [
    403,
    newApi('用户额度不足', 'insufficient_user_quota'),
    'create',
    'billing',
    'runway.credits',
    'never',
    'no',
    false,
  ],
  [403, newApi('not for this token', 'x'), 'create', 'permission', 'runway.denied', 'never', 'no', false],
  [404, newApi('Invalid URL', 'x'), 'create', 'invalid_request', 'runway.notThere', 'never', 'no', false],
  [404, page, 'create', 'unavailable', 'runway.relayPage', 'never', 'no', false],
  [404, page, 'ask', 'unavailable', 'runway.relayPage', 'later', 'no', false],
  [429, newApi('slow down', 'x'), 'create', 'rate_limited', 'wire.throttled', 'later', 'no', false],
  [
    503,
    newApi('当前分组下无可用渠道', 'model_not_found'),
    'create',
    'unavailable',
    'runway.relayModel',
    'never',
    'no',
    false,
  ],
  [503, newApi('busy', 'x'), 'create', 'unavailable', 'wire.unavailable', 'later', 'no', false],
  [500, newApi('upstream', 'x'), 'create', 'unavailable', 'wire.unavailable', 'later', 'unknown', true],
  [502, page, 'create', 'unavailable', 'wire.page', 'later', 'unknown', true],
]

const table: [Kind, ...Row][] = [
  ...officialRows.map((row): [Kind, ...Row] => ['official', ...row]),
  ...relayRows.map((row): [Kind, ...Row] => ['relay', ...row]),
]

test.each(table)(
  '%s answers %i %o to %s: %s, %s, again %s, charged %s, may have arrived: %s',
  (kind, status, body, doing, code, key, retry, charged, sent) => {
    const { detail } = refusalOf(answer(status, body), doing, kind === 'relay' ? relay : official)
    expect(detail).toMatchObject({ code, key, retry, charged, sent })
    expect(detail.raw).toContain(String(status))
    expect(detail.message).not.toContain('{{')
  },
)

test('a wait that the service names is kept; without one the day’s quota is asked for in a while', () => {
  const wait = (headers: Record<string, string>) =>
    refusalOf(answer(429, { error: 'daily' }, headers), 'create', official).detail.retryAfterMs
  expect(wait({ 'retry-after': '3600' })).toBe(3_600_000)
  expect(wait({ 'retry-after-ms': '1500' })).toBe(1500)
  expect(wait({})).toBe(900_000)
})

test('the service is called by its name, a relay by its host, and says its own words', () => {
  expect(refusalOf(answer(400, { error: 'ratio' }), 'create', official).detail.message).toBe(
    'Runway refused the request: ratio',
  )
  expect(refusalOf(answer(400, newApi('ratio', 'bad')), 'create', relay).detail.message).toBe(
    'yunwu.ai refused the request: ratio · bad',
  )
  expect(refusalOf(answer(400, {}), 'create', relay).detail.message).toContain('HTTP 400')
})

test('a create that broke off may have arrived; one that found nobody did not', async () => {
  const { runway, provider, call } = await openBench()
  runway.fault('create', { kind: 'drop_after' })
  expect(await refusal(provider.submit(call('runway-gen4-5')))).toMatchObject({
    sent: true,
    charged: 'unknown',
  })
  await runway.close()
  expect(await refusal(provider.submit(call('runway-gen4-5')))).toMatchObject({
    sent: false,
    charged: 'no',
    key: 'wire.unreachable',
  })
})

test.each([
  ['no JSON', 'fine'],
  ['no id', { estimatedCost: { credits: 1 } }],
])('a success with %s may have begun something', async (_name, body) => {
  const { runway, provider, call } = await openBench()
  runway.fault('create', { kind: 'answer', body })
  expect(await refusal(provider.submit(call('runway-gen4-5')))).toMatchObject({
    key: 'wire.protocol',
    sent: true,
    charged: 'unknown',
  })
})

test('no key, no call: the job waits for its connection', async () => {
  const { runway, provider, call, secrets } = await openBench()
  delete secrets['apiKey']
  const none = { key: 'runway.noKey', code: 'auth', retry: 'later', sent: false }
  expect(await refusal(provider.submit(call('runway-gen4-5')))).toMatchObject(none)
  expect(await refusal(provider.poll(call('runway-gen4-5', {}, { connection: null })))).toMatchObject(none)
  expect(runway.requests).toEqual([])
})
