import { expect, test } from 'vitest'
import type { WireAnswer } from '../../../src/main/wire'
import { readVolc, relayRefusal } from '../../../src/main/providers/jimeng/errors'
import { relayStatus, volcStatus } from '../../../src/main/providers/jimeng/status'
import { ProviderError, type ProviderStatus } from '../../../src/main/providers'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import zh from '../../../src/shared/messages/zh-CN.json' with { type: 'json' }

const answer = (status: number, json: unknown, headers: Record<string, string> = {}): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(json),
  json,
})
const page = (status: number): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sign in</title>',
  json: undefined,
})
const volc = (status: number, code: number, data: unknown = null) =>
  answer(status, { code, data, message: 'said so', request_id: 'req-1', status: code })
const gateway = (status: number, code: string) =>
  answer(status, {
    ResponseMetadata: {
      RequestId: 'req-2',
      Action: 'A',
      Error: { CodeN: 1, Code: code, Message: 'said so' },
    },
  })

const refused = (came: WireAnswer) => {
  const said = readVolc(came, 'submit')
  if (said.kind !== 'refused') throw new Error('it was no refusal')
  const { code, key, retry, charged, sent } = said.error.detail
  return [code, key, retry, charged, sent]
}

test.each<[WireAnswer, unknown[]]>([
  // Volcengine's table of codes (docs 85621), as answers to a submit.
  [volc(400, 50411), ['moderated', 'jimeng.imageRefused', 'never', 'no', false]],
  [volc(400, 50511), ['moderated', 'jimeng.withheld', 'never', 'no', false]],
  [volc(400, 50412), ['moderated', 'jimeng.textRefused', 'never', 'no', false]],
  [volc(400, 50512), ['moderated', 'jimeng.textRefused', 'never', 'no', false]],
  [volc(400, 50413), ['moderated', 'jimeng.textRefused', 'never', 'no', false]],
  [volc(400, 50516), ['moderated', 'jimeng.withheld', 'never', 'no', false]],
  [volc(400, 50517), ['moderated', 'jimeng.withheld', 'never', 'no', false]],
  [volc(400, 50518), ['moderated', 'jimeng.copyright', 'never', 'no', false]],
  [volc(400, 50519), ['moderated', 'jimeng.withheld', 'never', 'no', false]],
  [volc(400, 50520), ['unavailable', 'jimeng.auditBroke', 'never', 'no', false]],
  [volc(400, 50521), ['unavailable', 'jimeng.auditBroke', 'never', 'no', false]],
  [volc(400, 50522), ['unavailable', 'jimeng.auditBroke', 'never', 'no', false]],
  [volc(429, 50429), ['rate_limited', 'wire.throttled', 'later', 'no', false]],
  [volc(429, 50430), ['quota', 'jimeng.concurrency', 'later', 'no', false]],
  [volc(500, 50500), ['unavailable', 'wire.unavailable', 'later', 'unknown', true]],
  [volc(500, 50501), ['unavailable', 'wire.unavailable', 'later', 'unknown', true]],
  [volc(400, 50400), ['permission', 'jimeng.notOpened', 'never', 'no', false]],
  [volc(401, 50400), ['permission', 'jimeng.notOpened', 'never', 'no', false]],
  // Codes that it does not name.
  [volc(400, 50215), ['invalid_request', 'jimeng.refused', 'never', 'no', false]],
  [volc(429, 59999), ['rate_limited', 'wire.throttled', 'later', 'no', false]],
  [volc(503, 59999), ['unavailable', 'wire.unavailable', 'later', 'unknown', true]],
  // The gateway's own shape.
  [gateway(401, 'SignatureDoesNotMatch'), ['auth', 'jimeng.signature', 'never', 'no', false]],
  [gateway(401, 'InvalidAccessKey'), ['auth', 'jimeng.accessKey', 'never', 'no', false]],
  [gateway(401, 'MissingAuthenticationToken'), ['auth', 'jimeng.accessKey', 'never', 'no', false]],
  [gateway(401, 'InvalidSecretToken'), ['auth', 'jimeng.sessionToken', 'later', 'no', false]],
  [gateway(401, 'InvalidTimestamp'), ['auth', 'jimeng.clock', 'later', 'no', false]],
  [gateway(400, 'RequestExpired'), ['auth', 'jimeng.clock', 'later', 'no', false]],
  [gateway(403, 'AccessDenied'), ['permission', 'jimeng.denied', 'never', 'no', false]],
  [gateway(429, 'FlowLimitExceeded'), ['rate_limited', 'wire.throttled', 'later', 'no', false]],
  [gateway(500, 'InternalError'), ['unavailable', 'wire.unavailable', 'later', 'unknown', true]],
  [gateway(504, 'InternalServiceTimeout'), ['unavailable', 'wire.unavailable', 'later', 'unknown', true]],
  [gateway(404, 'InvalidActionOrVersion'), ['invalid_request', 'jimeng.refused', 'never', 'no', false]],
  // Neither.
  [page(200), ['unavailable', 'wire.page', 'later', 'no', false]],
  [page(502), ['unavailable', 'wire.page', 'later', 'unknown', true]],
  [answer(200, { ok: true }), ['unavailable', 'wire.protocol', 'later', 'unknown', true]],
])('an answer to a submit: %#', (came, told) => {
  expect(refused(came)).toEqual(told)
})

test.each<[number, unknown, unknown[]]>([
  [
    401,
    { error: { message: 'Invalid token', code: 'invalid_api_key' } },
    ['auth', 'jimeng.relayKey', 'never', 'no', false],
  ],
  [
    403,
    { error: { message: '用户额度不足', code: 'insufficient_user_quota' } },
    ['billing', 'jimeng.relayUnpaid', 'never', 'no', false],
  ],
  [402, { message: 'pay first' }, ['billing', 'jimeng.relayUnpaid', 'never', 'no', false]],
  [403, { error: 'not yours' }, ['permission', 'jimeng.relayDenied', 'never', 'no', false]],
  [
    503,
    { error: { message: '当前分组下对于模型 jimeng-video-3.0 无可用渠道', code: 'model_not_found' } },
    ['permission', 'jimeng.relayModel', 'never', 'no', false],
  ],
  [429, { error: { message: 'slow down' } }, ['rate_limited', 'wire.throttled', 'later', 'no', false]],
  [500, { error: { message: 'upstream' } }, ['unavailable', 'wire.unavailable', 'later', 'unknown', true]],
  [
    400,
    { error: { message: '内容审核未通过' } },
    ['moderated', 'jimeng.relayModerated', 'never', 'no', false],
  ],
  [
    400,
    { error: { message: 'size is wrong' } },
    ['invalid_request', 'jimeng.relayRefused', 'never', 'no', false],
  ],
  [
    404,
    { error: { message: 'Invalid URL (POST /v1/video/create)' } },
    ['unavailable', 'jimeng.relayAddress', 'never', 'no', false],
  ],
])('a relay’s %i with %j', (status, json, told) => {
  const { code, key, retry, charged, sent } = relayRefusal(answer(status, json), 'submit').detail
  expect([code, key, retry, charged, sent]).toEqual(told)
})

test('a relay’s page is no answer of the service', () => {
  expect(relayRefusal(page(200), 'submit').detail).toMatchObject({ key: 'wire.page', charged: 'no' })
})

/** What a poll comes to: a status, or the failure that is asked about again. */
const come = (status: () => ProviderStatus) => {
  try {
    const said = status()
    if (said.kind === 'failed') {
      const { code, key, charged } = said.error.detail
      return [said.kind, code, key, charged]
    }
    if (said.kind === 'succeeded') return [said.kind, said.outputs[0]?.ref]
    return said.kind === 'processing' ? [said.kind, said.progress] : [said.kind]
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return ['again', error.detail.code, error.detail.key]
  }
}

const task = (data: unknown) => volc(200, 10000, data)
const old = 3_600_000

test.each<[string, WireAnswer, number, unknown[]]>([
  ['waits', task({ status: 'in_queue' }), old, ['queued']],
  ['runs', task({ status: 'generating' }), old, ['processing', null]],
  [
    'is done',
    task({ status: 'done', video_url: 'https://v.test/a.mp4' }),
    old,
    ['succeeded', 'https://v.test/a.mp4'],
  ],
  [
    'is done without a video',
    task({ status: 'done' }),
    old,
    ['failed', 'bad_output', 'jimeng.noVideo', 'unknown'],
  ],
  [
    'is done with something else',
    task({ status: 'done', video_url: 'javascript:1' }),
    old,
    ['failed', 'bad_output', 'jimeng.noVideo', 'unknown'],
  ],
  ['is not known yet', task({ status: 'not_found' }), 5_000, ['queued']],
  ['is not known any more', task({ status: 'not_found' }), old, ['lost']],
  ['has expired', task({ status: 'expired' }), old, ['lost']],
  ['is in a state that nobody has heard of', task({ status: 'polishing' }), old, ['processing', null]],
  ['was withheld', volc(400, 50511), old, ['failed', 'moderated', 'jimeng.withheld', 'unknown']],
  ['was refused after all', volc(400, 50412), old, ['failed', 'moderated', 'jimeng.textRefused', 'unknown']],
  [
    'failed with a word of its own',
    volc(500, 50500, { status: 'done' }),
    old,
    ['failed', 'unavailable', 'wire.unavailable', 'unknown'],
  ],
  ['failed for a picture', volc(400, 50207), old, ['failed', 'invalid_request', 'jimeng.refused', 'unknown']],
  ['could not be asked about', volc(500, 50500), old, ['again', 'unavailable', 'wire.unavailable']],
  ['was asked about too often', volc(429, 50429), old, ['again', 'rate_limited', 'wire.throttled']],
  [
    'was asked about with a key that ended',
    gateway(401, 'InvalidAccessKey'),
    old,
    ['again', 'auth', 'jimeng.accessKey'],
  ],
  [
    'was asked about while the service was closed',
    volc(400, 50400),
    old,
    ['again', 'permission', 'jimeng.notOpened'],
  ],
  ['was asked about through a portal', page(200), old, ['again', 'unavailable', 'wire.page']],
])('a job %s', (_name, came, age, expected) => {
  expect(come(() => volcStatus(came, age))).toEqual(expected)
})

test.each<[string, WireAnswer, number, unknown[]]>([
  ['waits', answer(200, { id: 'x', status: 'pending' }), old, ['queued']],
  ['waits in upstream’s words', answer(200, { status: 'NOT_START' }), old, ['queued']],
  ['runs', answer(200, { status: 'processing', progress: 42 }), old, ['processing', 0.42]],
  [
    'runs in upstream’s words',
    answer(200, { status: 'IN_PROGRESS', progress: '42%' }),
    old,
    ['processing', 0.42],
  ],
  [
    'is at a one that could be a share or a percent',
    answer(200, { status: 'processing', progress: 1 }),
    old,
    ['processing', null],
  ],
  [
    'is done',
    answer(200, { status: 'success', video_url: 'https://v.test/a' }),
    old,
    ['succeeded', 'https://v.test/a'],
  ],
  [
    'is done in other words',
    answer(200, { status: 'completed', video_url: 'https://v.test/a' }),
    old,
    ['succeeded', 'https://v.test/a'],
  ],
  [
    'is done and wrapped',
    answer(200, { code: 0, data: { status: 'SUCCESS', video_url: 'https://v.test/a' } }),
    old,
    ['succeeded', 'https://v.test/a'],
  ],
  [
    'is done without a video',
    answer(200, { status: 'success', video_url: null }),
    old,
    ['failed', 'bad_output', 'jimeng.noVideo', 'unknown'],
  ],
  [
    'failed',
    answer(200, { status: 'failed', error: 'too dark' }),
    old,
    ['failed', 'internal', 'jimeng.relayFailed', 'unknown'],
  ],
  [
    'failed in upstream’s words',
    answer(200, { status: 'FAILURE' }),
    old,
    ['failed', 'internal', 'jimeng.relayFailed', 'unknown'],
  ],
  ['is not known yet', answer(400, { error: { message: 'task_not_exist' } }), 5_000, ['queued']],
  ['is not known any more', answer(400, { error: { message: 'task_not_exist' } }), old, ['lost']],
  [
    'could not be asked about',
    answer(502, { error: { message: 'bad gateway' } }),
    old,
    ['again', 'unavailable', 'wire.unavailable'],
  ],
  ['was asked about at a wrong address', page(200), old, ['again', 'unavailable', 'wire.page']],
  [
    'was asked about at an address without a service',
    answer(404, { error: 'no' }),
    old,
    ['again', 'unavailable', 'jimeng.relayAddress'],
  ],
])('through a relay, a job %s', (_name, came, age, expected) => {
  expect(come(() => relayStatus(came, age))).toEqual(expected)
})

test('the service’s own words and its request id are kept with a refusal', () => {
  const said = readVolc(gateway(403, 'AccessDenied'), 'submit')
  const detail = said.kind === 'refused' ? said.error.detail : null
  expect(detail).toMatchObject({ requestId: 'req-2', values: { reason: 'AccessDenied: said so' } })
  expect(detail?.raw).toContain('"CodeN":1')
})

test('a wait that the service asks for is kept', () => {
  const said = readVolc({ ...volc(429, 50429), headers: { 'retry-after': '7' } }, 'submit')
  expect(said.kind === 'refused' ? said.error.detail.retryAfterMs : null).toBe(7000)
})

test('every sentence has its places in both languages', () => {
  const places = (text: string) =>
    [...text.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name).sort((a, b) => a.localeCompare(b))
  const read = (catalogue: Record<string, { message: string; hint?: string }>, key: string) =>
    `${catalogue[key]?.message} ${catalogue[key]?.hint ?? ''}`
  for (const key of Object.keys(en.problem).filter((name) => name.startsWith('jimeng.'))) {
    expect(places(read(zh.problem, key)), key).toEqual(places(read(en.problem, key)))
  }
})
