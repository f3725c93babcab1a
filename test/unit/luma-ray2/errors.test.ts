import { expect, test } from 'vitest'
import { classify, classifyAnswer, type AwsFailure } from '../../../src/main/aws'
import { CallFailed } from '../../../src/main/providers/luma-ray2/call'
import { asProviderError, failedJob } from '../../../src/main/providers/luma-ray2/errors'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import zh from '../../../src/shared/messages/zh-CN.json' with { type: 'json' }

const where = { signIn: 'keys', region: 'us-west-2', bucket: 'films' } as const

const said = (failure: AwsFailure, doubt = false) =>
  asProviderError(new CallFailed(failure, doubt, 1), 'submit', where).detail

const answered = (status: number, name: string, message: string) =>
  said(
    classifyAnswer({
      status,
      headers: { 'x-amzn-errortype': name, 'x-amzn-requestid': 'req-1' },
      body: JSON.stringify({ message }),
    }),
  )

test.each([
  // StartAsyncInvoke's declared errors, and those seen beside them.
  [
    400,
    'ValidationException',
    'Malformed input request: #/aspect_ratio: 2:1',
    'invalid_request',
    'aws.refused',
    'never',
  ],
  [
    400,
    'ValidationException',
    'This request has been blocked by our content filters. Please adjust your text prompt to submit a new request.',
    'moderated',
    'luma.blocked',
    'never',
  ],
  [400, 'ValidationException', 'Invalid Output Config/Credentials', 'permission', 'luma.place', 'never'],
  [
    400,
    'ValidationException',
    "The provided model doesn't support async inference.",
    'not_found',
    'luma.notHere',
    'never',
  ],
  [
    400,
    'ValidationException',
    'The provided model identifier is invalid.',
    'not_found',
    'luma.notHere',
    'never',
  ],
  [
    400,
    'ValidationException',
    'Image dimensions 10x10 must be between',
    'invalid_request',
    'luma.picture',
    'never',
  ],
  [
    400,
    'ValidationException',
    'required key [prompt] not found',
    'invalid_request',
    'luma.promptMissing',
    'never',
  ],
  [
    403,
    'AccessDeniedException',
    'User: arn:aws:iam::1:user/a is not authorized to perform: bedrock:InvokeModel on resource: x because no identity-based policy allows the bedrock:InvokeModel action',
    'permission',
    'aws.denied',
    'never',
  ],
  [
    403,
    'AccessDeniedException',
    'User: arn:aws:sts::1:assumed-role/payments/safety-team is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-west-2::foundation-model/luma.ray-v2:0',
    'permission',
    'aws.denied',
    'never',
  ],
  [
    400,
    'ValidationException',
    'Invalid S3 location s3://unsafe-image-drafts/dailies/',
    'permission',
    'luma.place',
    'never',
  ],
  [
    403,
    'AccessDeniedException',
    'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe)',
    'billing',
    'luma.marketplace',
    'never',
  ],
  [
    403,
    'AccessDeniedException',
    "You don't have access to the model with the specified model ID.",
    'permission',
    'luma.marketplace',
    'never',
  ],
  [
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    'auth',
    'aws.badCredentials',
    'never',
  ],
  [
    403,
    'ExpiredTokenException',
    'The security token included in the request is expired',
    'auth',
    'aws.expired',
    'later',
  ],
  [
    403,
    'InvalidSignatureException',
    'Signature expired: 20261121T010203Z is now earlier than',
    'auth',
    'aws.clock',
    'later',
  ],
  [429, 'ModelNotReadyException', 'The model is not ready', 'rate_limited', 'aws.throttled', 'later'],
  [429, 'ThrottlingException', 'Too many requests', 'rate_limited', 'aws.throttled', 'later'],
  [400, 'ServiceQuotaExceededException', 'Your request exceeds the quota', 'quota', 'aws.quota', 'later'],
  [
    404,
    'ResourceNotFoundException',
    'Could not resolve the foundation model',
    'not_found',
    'luma.notHere',
    'never',
  ],
  [
    404,
    'ResourceNotFoundException',
    'This model version has reached the end of its life.',
    'not_found',
    'luma.retired',
    'never',
  ],
])('%i %s “%s” is %s (%s), tried again %s, and free', (status, name, message, code, key, retry) => {
  const detail = answered(status, name, message)
  expect(detail).toMatchObject({ code, key, retry, charged: 'no', sent: false, requestId: 'req-1' })
  expect(detail.raw).toContain(message.slice(0, 40))
})

test.each([
  [500, 'InternalServerException', 'unavailable', 'aws.internal'],
  [503, 'ServiceUnavailableException', 'unavailable', 'aws.unavailable'],
  [408, 'ModelTimeoutException', 'timeout', 'aws.timeout'],
  [424, 'ModelErrorException', 'unavailable', 'aws.internal'],
  [424, 'ModelStreamErrorException', 'unavailable', 'aws.internal'],
])('%i %s may have been done', (status, name, code, key) => {
  expect(answered(status, name, 'x')).toMatchObject({
    code,
    key,
    retry: 'later',
    charged: 'unknown',
    sent: true,
  })
})

test('a token that was used with another content is never called free', () => {
  expect(answered(400, 'ConflictException', 'used before')).toMatchObject({
    key: 'luma.conflict',
    retry: 'never',
    charged: 'unknown',
    sent: true,
  })
})

test('a page of a proxy is told by its looks, not by its status', () => {
  const page = (status: number) =>
    said(classifyAnswer({ status, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }))
  expect(page(200)).toMatchObject({ code: 'network', key: 'aws.proxyPage', retry: 'later', sent: true })
  expect(page(502)).toMatchObject({ code: 'unavailable', retry: 'later', charged: 'unknown', sent: true })
  expect(page(403)).toMatchObject({ key: 'aws.proxyPage', charged: 'unknown' })
  expect(page(407)).toMatchObject({ key: 'aws.proxyRefused', charged: 'no', sent: false })
})

test.each([
  [Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' }), 'aws.unreachable', false],
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'aws.unreachable', false],
  [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'aws.broken', true],
  [Object.assign(new Error('Connection timed out'), { name: 'TimeoutError' }), 'aws.timeout', true],
  // What a wrong HTTP version looks like.
  [new Error('Protocol error'), 'aws.protocol', true],
])('%s: whether it may have arrived is told', (error, key, sent) => {
  expect(said(classify(error))).toMatchObject({ key, sent, retry: 'later', charged: sent ? 'unknown' : 'no' })
})

test('a mistake of our own is not dressed up as one of AWS', () => {
  expect(() => asProviderError(new TypeError('x'), 'submit', where)).toThrow(TypeError)
})

test.each([
  ['prompt is required', 'invalid_request', 'luma.promptMissing'],
  ['The generated video has been blocked by our content filters.', 'moderated', 'luma.blocked'],
  ['Content moderation failed', 'moderated', 'luma.blocked'],
  ['Access Denied when writing to S3', 'permission', 'luma.place'],
  ['Invalid Output Config/Credentials', 'permission', 'luma.place'],
  ['Could not read the image of keyframe frame0', 'invalid_request', 'luma.picture'],
  ['Something went wrong', 'internal', 'luma.failed'],
  [null, 'internal', 'luma.failed'],
])('a job that ended with “%s” is %s (%s), and nobody says it was free', (message, code, key) => {
  const { detail } = failedJob(message, where)
  expect(detail).toMatchObject({ code, key, charged: 'unknown', retry: 'never' })
  expect(`${detail.message} ${detail.hint}`).not.toContain('{{')
})

test('every sentence has its values, in both languages', () => {
  const keys = Object.keys(en.problem).filter((key) => /^(aws|luma)\./.test(key))
  const names = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort((a, b) => a.localeCompare(b))
  for (const key of keys as (keyof typeof en.problem)[]) {
    const english: { message: string; hint?: string } = en.problem[key]
    const chinese: { message: string; hint?: string } = zh.problem[key]
    expect([key, names(chinese.message), names(chinese.hint ?? '')]).toEqual([
      key,
      names(english.message),
      names(english.hint ?? ''),
    ])
  }
})

test('no refusal leaves a gap in its sentence', () => {
  const messages = ['blocked', 'marketplace', 'S3 bucket', 'image', 'model identifier', 'anything else']
  for (const message of messages)
    for (const name of ['ValidationException', 'AccessDeniedException']) {
      const detail = answered(400, name, message)
      expect(`${detail.message} ${detail.hint}`).not.toContain('{{')
    }
})
