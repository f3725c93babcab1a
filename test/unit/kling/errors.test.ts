import { expect, test } from 'vitest'
import { refusal } from '../../../src/main/providers/kling/errors'
import type { WireAnswer } from '../../../src/main/wire'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import zh from '../../../src/shared/messages/zh-CN.json' with { type: 'json' }

const where = { host: 'api-singapore.klingai.com' }

function answered(status: number, json: unknown, headers: Record<string, string> = {}): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(json),
    json,
  }
}

const said = (code: number | string, message = 'so it is') => ({ code, message, request_id: 'r-1' })

test.each([
  [401, 1000, 'auth', 'kling.keyRefused', 'never', 'no'],
  [401, 1001, 'auth', 'kling.keyRefused', 'never', 'no'],
  [401, 1002, 'auth', 'kling.keyRefused', 'never', 'no'],
  [401, 1003, 'auth', 'kling.clock', 'later', 'no'],
  [401, 1004, 'auth', 'kling.clock', 'later', 'no'],
  // One status, and three things to do: pay, wait, ask.
  [429, 1100, 'billing', 'kling.account', 'never', 'no'],
  [429, 1101, 'billing', 'kling.arrears', 'never', 'no'],
  [429, 1102, 'billing', 'kling.packEmpty', 'never', 'no'],
  [403, 1103, 'permission', 'kling.notAllowed', 'never', 'no'],
  [400, 1200, 'invalid_request', 'kling.refused', 'never', 'no'],
  [400, 1201, 'invalid_request', 'kling.refused', 'never', 'no'],
  [404, 1202, 'not_found', 'kling.notHere', 'never', 'no'],
  [404, 1203, 'not_found', 'kling.notHere', 'never', 'no'],
  [400, 1300, 'moderated', 'kling.blocked', 'never', 'no'],
  [400, 1301, 'moderated', 'kling.blocked', 'never', 'no'],
  [429, 1302, 'rate_limited', 'wire.throttled', 'later', 'no'],
  [429, 1303, 'quota', 'kling.busy', 'later', 'no'],
  [429, 1304, 'permission', 'kling.addressNotAllowed', 'never', 'no'],
  [500, 5000, 'unavailable', 'wire.unavailable', 'later', 'unknown'],
  [503, 5001, 'unavailable', 'wire.unavailable', 'later', 'unknown'],
  [504, 5002, 'timeout', 'wire.timeout', 'later', 'unknown'],
  // A code is an error whatever the status, and may be a text.
  [200, 1102, 'billing', 'kling.packEmpty', 'never', 'no'],
  [200, '1303', 'quota', 'kling.busy', 'later', 'no'],
  [400, 1999, 'invalid_request', 'kling.refused', 'never', 'no'],
  [429, 1999, 'rate_limited', 'wire.throttled', 'later', 'no'],
] as const)(
  '%i with code %s is %s (%s), tried again %s, charged %s',
  (status, code, kind, key, retry, charged) => {
    const { detail } = refusal(answered(status, said(code)), 'submit', where)
    expect(detail).toMatchObject({
      code: kind,
      key,
      retry,
      charged,
      sent: charged === 'unknown',
      requestId: 'r-1',
    })
    expect(detail.raw).toContain('so it is')
    expect(zh.problem[key].message).not.toBe(en.problem[key].message)
  },
)

test.each([
  [401, { message: 'invalid token', type: 'new_api_error' }, 'auth', 'kling.keyRefused', 'no'],
  [403, { message: '用户额度不足', code: 'insufficient_user_quota' }, 'billing', 'kling.relayMoney', 'no'],
  [
    503,
    { message: 'no available channel for model', code: 'model_not_found' },
    'not_found',
    'kling.notHere',
    'no',
  ],
  [404, { message: 'Invalid URL' }, 'not_found', 'kling.notHere', 'no'],
  [429, { message: 'slow down' }, 'rate_limited', 'wire.throttled', 'no'],
  [502, { message: 'bad gateway' }, 'unavailable', 'wire.unavailable', 'unknown'],
])('a relay’s own %i %j is %s (%s)', (status, error, code, key, charged) => {
  const { detail } = refusal(answered(status, { error }), 'submit', where)
  expect(detail).toMatchObject({ code, key, charged })
})

test.each([
  ['a page', '<!doctype html><html></html>', undefined, 'wire.page'],
  ['no JSON', 'upstream connect error', undefined, 'wire.protocol'],
  ['a success of another shape', '{"code":0}', { code: 0, data: {} }, 'wire.protocol'],
])('%s in answer to a submit leaves in doubt whether it was taken', (_name, body, json, key) => {
  const { detail } = refusal({ status: 200, headers: {}, body, json }, 'submit', where)
  expect(detail).toMatchObject({ code: 'unavailable', key, retry: 'later', charged: 'unknown', sent: true })
})

test('how long to wait is obeyed, and never less than a second when there are too many at a time', () => {
  const busy = (headers: Record<string, string>) =>
    refusal(answered(429, said(1303), headers), 'submit', where).detail
  expect(busy({}).retryAfterMs).toBe(1000)
  expect(busy({ 'retry-after': '7' }).retryAfterMs).toBe(7000)
})

test('asked about a task, a path that is not there does not end the job', () => {
  const { detail } = refusal(answered(404, said(1202)), 'poll', where)
  expect(detail).toMatchObject({ code: 'unavailable', retry: 'later' })
})
