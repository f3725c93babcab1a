import { expect, test } from 'vitest'
import { refusalOf } from '../../../src/main/providers/wan22/errors'

const where = { address: 'https://h/v4/p-1/app', function: 'predict' }

function told(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const json: unknown = typeof body === 'string' ? undefined : body
  const answer = refusalOf({ status, headers, body: text, json }, where)
  if (!('error' in answer)) throw new Error(answer.kind)
  const { code, key, charged, retry, retryAfterMs, sent } = answer.error.detail
  return { kind: answer.kind, code, key, charged, retry, retryAfterMs, sent, message: answer.error.message }
}

const ran = { run_id: 'r-1', run_time_ms: 800 }

test.each([
  // Refused at the door: no container ran.
  [401, { message: 'Unauthorized' }, {}, 'failed', 'auth', 'wan22.key', 'no'],
  [403, { message: 'Forbidden' }, {}, 'failed', 'permission', 'wan22.forbidden', 'no'],
  [404, { message: 'not found' }, {}, 'failed', 'not_found', 'wan22.notFound', 'no'],
  [405, { message: 'no' }, {}, 'failed', 'not_found', 'wan22.notFound', 'no'],
  [413, 'too large', {}, 'failed', 'invalid_request', 'wan22.tooLarge', 'no'],
  [302, '', { location: 'https://x' }, 'failed', 'unavailable', 'wan22.elsewhere', 'no'],
  // The app's own word: its container ran.
  [400, { message: 'bad' }, {}, 'failed', 'invalid_request', 'wan22.refused', 'unknown'],
  [422, { detail: 'bad' }, {}, 'failed', 'invalid_request', 'wan22.refused', 'unknown'],
  [404, { ...ran, message: 'no such style' }, {}, 'failed', 'invalid_request', 'wan22.refused', 'unknown'],
  [429, { ...ran, message: 'busy' }, {}, 'failed', 'invalid_request', 'wan22.refused', 'unknown'],
  [401, { ...ran, message: 'hub' }, {}, 'failed', 'auth', 'wan22.key', 'unknown'],
  [500, { ...ran, message: 'boom' }, {}, 'failed', 'unavailable', 'wan22.app', 'unknown'],
  [500, 'Internal Server Error', {}, 'failed', 'unavailable', 'wan22.app', 'unknown'],
  [503, { ...ran, message: 'boom' }, {}, 'failed', 'unavailable', 'wan22.app', 'unknown'],
  [
    500,
    { message: "WanPipeline.__call__() got an unexpected keyword argument 'image'" },
    {},
    'failed',
    'invalid_request',
    'wan22.noImage',
    'unknown',
  ],
  [500, { message: 'CUDA out of memory. Tried' }, {}, 'failed', 'invalid_request', 'wan22.memory', 'unknown'],
  [
    500,
    { message: '1 validation error for VideoRequest' },
    {},
    'failed',
    'invalid_request',
    'wan22.refused',
    'unknown',
  ],
  // Turned away before anything ran: back into the queue.
  [429, { message: 'concurrency' }, {}, 'turned_away', 'rate_limited', 'wire.throttled', 'no'],
  [503, 'no healthy upstream', {}, 'turned_away', 'unavailable', 'wire.unavailable', 'no'],
  [
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    {},
    'turned_away',
    'unavailable',
    'wire.unavailable',
    'no',
  ],
  // The app may be at work, or may have been: nobody knows, and it is not asked for again.
  [
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
    {},
    'unsure',
    'network',
    'wan22.gateway',
    'unknown',
  ],
  [502, 'bad gateway', {}, 'unsure', 'network', 'wan22.gateway', 'unknown'],
  [504, 'upstream request timeout', {}, 'unsure', 'network', 'wan22.gateway', 'unknown'],
  [408, '', {}, 'unsure', 'network', 'wan22.gateway', 'unknown'],
  [502, '<html>', { 'content-type': 'text/html' }, 'unsure', 'network', 'wan22.page', 'unknown'],
  [200, '<!doctype html>', {}, 'unsure', 'network', 'wan22.page', 'unknown'],
  [403, '<html>blocked', {}, 'failed', 'unavailable', 'wire.page', 'no'],
] as const)('HTTP %i %j: %s %s', (status, body, headers, kind, code, key, charged) => {
  expect(told(status, body, headers)).toMatchObject({ kind, code, key, charged, sent: true })
})

test('only what was turned away is tried again, and not before its time', () => {
  expect(told(429, {}, { 'retry-after': '7' })).toMatchObject({ retry: 'later', retryAfterMs: 7000 })
  expect(told(500, {})).toMatchObject({ retry: 'never' })
  expect(told(504, '')).toMatchObject({ retry: 'never' })
})

test('the app’s own words are in the sentence, wherever it puts them', () => {
  expect(told(500, { message: 'boom' }).message).toContain('boom')
  expect(told(422, { result: { detail: 'too wide' } }).message).toContain('too wide')
  expect(told(500, { error: { message: 'inner' } }).message).toContain('inner')
  expect(told(500, 'plain words').message).toContain('plain words')
})
