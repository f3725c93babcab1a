import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { ProviderError } from '../../../src/main/providers'
import { tempFolder } from '../../support/folder'
import { assetRow, firstId, lastId, openBench, refusal, token } from './kit'

const arn = /^arn:aws:bedrock:us-west-2:123456789012:async-invoke\/[a-z0-9]{12}$/

test.each(['sdk', 'http', 'auto'])(
  '%s: a job is begun under our own token and found again',
  async (transport) => {
    const bench = await openBench({ transport })
    const { providerJobId, told } = await bench.provider.submit(bench.call())
    expect(providerJobId).toMatch(arn)
    const [seen] = bench.aws.requests('StartAsyncInvoke')
    expect(told).toEqual({
      transport: transport === 'http' ? 'http' : 'sdk',
      tries: 1,
      requestId: seen?.requestId,
    })
    expect(bench.aws.invocations()[0]?.request.clientRequestToken).toBe(token)
    expect(await bench.provider.find?.(bench.call())).toBe(providerJobId)
  },
)

test('both transports send the very same bytes, images included', async () => {
  const folder = tempFolder()
  const paint = (name: string, format: 'jpeg' | 'png') => {
    const path = join(folder, name)
    const picture = sharp({ create: { width: 512, height: 640, channels: 3, background: '#345' } })
    return picture[format]()
      .toFile(path)
      .then(() => path)
  }
  const [first, last] = await Promise.all([paint('a.jpg', 'jpeg'), paint('b.png', 'png')])
  const bodies: string[] = []
  for (const transport of ['sdk', 'http']) {
    const tags = [{ key: 'studio', value: 'dailies' }]
    const bench = await openBench({ transport, bucketOwner: '123456789012', tags })
    const inputs = [
      { role: 'first' as const, assetId: firstId },
      { role: 'last' as const, assetId: lastId },
    ]
    const params = { ratio: '3:4', duration: '9s', resolution: '720p', loop: true }
    const assets = [
      { input: inputs[0]!, asset: assetRow(), path: first },
      { input: inputs[1]!, asset: assetRow({ id: lastId, mime: 'image/png' }), path: last },
    ]
    await bench.provider.submit(bench.call({ inputs, params, prompt: 'Ünïcode \u2028 “雨”' }, { assets }))
    bodies.push(bench.aws.requests('StartAsyncInvoke')[0]?.body ?? '')
  }
  expect(bodies[0]).toContain('"frame1":{"type":"image","source":{"type":"base64","media_type":"image/png"')
  expect(bodies[1]).toBe(bodies[0])
})

test('an image that is gone is said, and nothing is sent', async () => {
  const { provider, call, aws } = await openBench()
  const input = { role: 'first' as const, assetId: firstId }
  const assets = [{ input, asset: assetRow(), path: join(tempFolder(), 'gone.jpg') }]
  expect(await refusal(provider.submit(call({ inputs: [input] }, { assets })))).toMatchObject({
    code: 'invalid_request',
    key: 'asset.notFound',
    charged: 'no',
    sent: false,
  })
  expect(aws.count('StartAsyncInvoke')).toBe(0)
})

test.each([
  ['an answer that never came', { kind: 'drop_after' } as const, 3],
  ['half an answer', { kind: 'half' } as const, 3],
  ['a broken connection', { kind: 'drop' } as const, 3],
  ['a page of a proxy', { kind: 'html' } as const, 3],
  // The SDK does not repeat what looks like a success.
  ['a page of a proxy that calls itself a success', { kind: 'html', status: 200 } as const, 1],
])(
  'auto: after %s the same bytes go out once more by HTTP, and one job is billed',
  async (_name, fault, times) => {
    const bench = await openBench({ transport: 'auto' })
    bench.aws.faults.add('StartAsyncInvoke', fault, times)
    const { told, providerJobId } = await bench.provider.submit(bench.call())
    expect(told).toMatchObject({ transport: 'http' })
    expect(bench.aws.invocations().map((one) => one.invocationArn)).toEqual([providerJobId])
    expect(bench.aws.billable()).toBe(1)
    expect(new Set(bench.aws.requests('StartAsyncInvoke').map((one) => one.body)).size).toBe(1)
    expect(told?.['tries']).toBe(bench.aws.count('StartAsyncInvoke'))
  },
)

test('auto: an answer of the service is not asked for twice', async () => {
  const { aws, provider, call } = await openBench({ transport: 'auto' })
  aws.behaviour.access = 'none'
  expect((await refusal(provider.submit(call()))).code).toBe('permission')
  expect(aws.count('StartAsyncInvoke')).toBe(1)
})

test('sdk: its own retries after a lost answer bill one job', async () => {
  const { aws, provider, call } = await openBench()
  aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' }, 2)
  expect((await provider.submit(call())).told).toMatchObject({ transport: 'sdk', tries: 3 })
  expect(aws.billable()).toBe(1)
})

test.each(['sdk', 'http'])(
  '%s: an answer that never came is not a failure but a doubt, which find settles',
  async (transport) => {
    const { aws, provider, call } = await openBench({ transport })
    aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' }, 3)
    expect(await refusal(provider.submit(call()))).toMatchObject({
      code: 'network',
      retry: 'later',
      charged: 'unknown',
      sent: true,
    })
    expect(await provider.find?.(call())).toBe(aws.invocations()[0]?.invocationArn)
  },
)

test.each(['sdk', 'http', 'auto'])('%s: where nobody listens nothing was sent', async (transport) => {
  const { aws, provider, call } = await openBench({ transport }, {}, { maxAttempts: 1 })
  await aws.close()
  expect(await refusal(provider.submit(call()))).toMatchObject({
    code: 'network',
    key: 'aws.unreachable',
    retry: 'later',
    charged: 'no',
    sent: false,
  })
})

test('a refusal after a lost answer of the same call leaves the doubt in place', async () => {
  // The first try begins the job, the second is refused because that very job uses up the quota's turn.
  const { aws, provider, call } = await openBench({}, {}, { maxAttempts: 2 })
  aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' })
  aws.faults.add('StartAsyncInvoke', {
    kind: 'error',
    status: 403,
    code: 'AccessDeniedException',
    message: 'not authorized to perform: bedrock:InvokeModel',
  })
  expect(await refusal(provider.submit(call()))).toMatchObject({
    code: 'permission',
    charged: 'unknown',
    sent: true,
  })
  expect(aws.billable()).toBe(1)
})

test('auto: a refusal by HTTP does not undo what the SDK may have begun', async () => {
  const { aws, provider, call } = await openBench({ transport: 'auto' }, {}, { maxAttempts: 1 })
  aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' })
  aws.faults.add('StartAsyncInvoke', { kind: 'throttle' })
  expect(await refusal(provider.submit(call()))).toMatchObject({
    code: 'rate_limited',
    charged: 'unknown',
    sent: true,
  })
})

test.each([
  ['throttling', 'rate_limited', 'aws.throttled'],
  ['quota', 'quota', 'aws.quota'],
] as const)(
  'a second job beyond the concurrency (%s) goes back to the queue',
  async (overQuota, code, key) => {
    const { provider, call } = await openBench(
      {},
      { jobMs: Number.POSITIVE_INFINITY, behaviour: { overQuota } },
      { maxAttempts: 1 },
    )
    await provider.submit(call())
    const second = call({ idempotencyToken: '11111111-2222-4333-8444-555555555555' })
    expect(await refusal(provider.submit(second))).toMatchObject({
      code,
      key,
      retry: 'later',
      charged: 'no',
      sent: false,
    })
  },
)

test('a wait that the service names is kept', async () => {
  const { aws, provider, call } = await openBench({ transport: 'http' })
  aws.faults.add('StartAsyncInvoke', { kind: 'throttle', retryAfter: 7 })
  expect((await refusal(provider.submit(call()))).retryAfterMs).toBe(7000)
})

test.each([
  [500, 'InternalServerException', 'unavailable', 'aws.internal'],
  [503, 'ServiceUnavailableException', 'unavailable', 'aws.unavailable'],
])(
  '%i may have been done, so it is asked for again and never called free',
  async (status, code, ours, key) => {
    const { aws, provider, call } = await openBench({}, {}, { maxAttempts: 1 })
    aws.faults.add('StartAsyncInvoke', { kind: 'error', status, code })
    expect(await refusal(provider.submit(call()))).toMatchObject({
      code: ours,
      key,
      retry: 'later',
      charged: 'unknown',
      sent: true,
    })
  },
)

test('the service names the job of our token where it was used with another content', async () => {
  const { aws, provider, call } = await openBench({}, { jobMs: Number.POSITIVE_INFINITY })
  const { providerJobId } = await provider.submit(call())
  expect((await provider.submit(call({ prompt: 'Something else' }))).providerJobId).toBe(providerJobId)
  aws.identities.deny(aws.credential.accessKeyId, 'bedrock:ListAsyncInvokes')
  expect(await refusal(provider.submit(call({ prompt: 'Something else' })))).toMatchObject({
    key: 'luma.conflict',
    retry: 'never',
    charged: 'unknown',
    sent: true,
  })
})

test('keys that AWS does not know are the person’s to correct', async () => {
  const { provider, call, secrets } = await openBench()
  secrets['secretAccessKey'] = 'wrong'
  expect(await refusal(provider.submit(call()))).toMatchObject({
    code: 'auth',
    key: 'aws.badCredentials',
    retry: 'never',
    charged: 'no',
    sent: false,
  })
})

test.each(['sdk', 'http'])(
  '%s: without keys nothing leaves, and the job waits for them',
  async (transport) => {
    const { aws, provider, call, secrets } = await openBench({ transport })
    delete secrets['secretAccessKey']
    expect(await refusal(provider.submit(call()))).toMatchObject({
      code: 'auth',
      key: 'aws.keysMissing',
      retry: 'later',
      charged: 'no',
      sent: false,
    })
    expect(aws.count('StartAsyncInvoke')).toBe(0)
  },
)

test.each(['sdk', 'http', 'auto'])('%s: a locked keychain says so in its own words', async (transport) => {
  const { aws, provider, call, access } = await openBench({ transport })
  const detail = {
    code: 'auth',
    key: 'keychain.locked',
    message: 'The keychain is locked.',
    hint: null,
    retry: 'later',
    charged: 'no',
    sent: false,
  } as const
  access.secret = () => Promise.reject(new ProviderError(detail))
  expect(await refusal(provider.submit(call()))).toEqual(detail)
  expect(aws.count('StartAsyncInvoke')).toBe(0)
})

test('secrets that were replaced count at once', async () => {
  const { aws, provider, call, secrets } = await openBench()
  await provider.submit(call())
  aws.identities.add({ accessKeyId: 'AKIAREPLACED00000001', secretAccessKey: 'another/secret' })
  Object.assign(secrets, { accessKeyId: 'AKIAREPLACED00000001', secretAccessKey: 'another/secret' })
  await provider.find?.(call())
  expect(aws.requests('ListAsyncInvokes')[0]?.accessKeyId).toBe('AKIAREPLACED00000001')
})

test('temporary keys that have ended wait for fresh ones', async () => {
  const { aws, provider, call } = await openBench()
  aws.identities.expire(aws.credential.accessKeyId)
  expect(await refusal(provider.submit(call()))).toMatchObject({
    code: 'auth',
    key: 'aws.expired',
    retry: 'later',
    charged: 'no',
    sent: false,
  })
})

test('an expired profile is told with the words to run', async () => {
  const home = tempFolder()
  mkdirSync(join(home, '.aws'))
  const lines = [
    '[profile studio]',
    'sso_start_url = https://example.awsapps.com/start',
    'sso_region = us-west-2',
  ]
  const rest = ['sso_account_id = 123456789012', 'sso_role_name = Film', '']
  writeFileSync(join(home, '.aws', 'config'), [...lines, ...rest].join('\n'))
  const { provider, call } = await openBench({ signIn: 'profile', profile: 'studio' }, {}, { home })
  const detail = await refusal(provider.submit(call()))
  expect(detail).toMatchObject({ code: 'auth', key: 'aws.ssoExpired', retry: 'later', sent: false })
  expect(detail.hint).toContain('aws sso login --profile studio')
  expect(detail.values).toEqual({ profile: 'studio' })
})

test('ended keys of a profile are not for the connection to be entered, nor always for SSO', async () => {
  const home = tempFolder()
  mkdirSync(join(home, '.aws'))
  const { aws, provider, call } = await openBench({ signIn: 'profile', profile: 'studio' }, {}, { home })
  const { accessKeyId, secretAccessKey } = aws.credential
  const keys = [`aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`, '']
  writeFileSync(join(home, '.aws', 'credentials'), ['[studio]', ...keys].join('\n'))
  aws.identities.expire(accessKeyId)
  const detail = await refusal(provider.submit(call()))
  expect(detail).toMatchObject({ code: 'auth', key: 'aws.expiredHere', retry: 'later', sent: false })
  aws.identities.renew(accessKeyId)
  await provider.submit(call())
  expect(aws.billable()).toBe(1)
})

test('a bucket that cannot be written to is told with what it needs', async () => {
  const { provider, call } = await openBench({}, { buckets: [{ name: 'elsewhere', region: 'eu-west-1' }] })
  const detail = await refusal(provider.submit(call()))
  expect(detail).toMatchObject({ code: 'permission', key: 'luma.place', charged: 'no', retry: 'never' })
  expect(detail.hint).toContain('us-west-2')
  expect(detail.message).toContain('elsewhere')
})

test('a stopped call is let go at once, and counts as one that may have arrived', async () => {
  const { aws, provider, call } = await openBench({ readTimeoutSeconds: 60 })
  const stop = new AbortController()
  const hold = aws.faults.hold('StartAsyncInvoke', 'after')
  const work = refusal(provider.submit(call({}, { signal: stop.signal })))
  await hold.reached
  stop.abort()
  expect(await work).toMatchObject({ retry: 'later', charged: 'unknown', sent: true })
  hold.release()
  expect(aws.billable()).toBe(1)
})

test('a server that takes the request and says nothing is given up in time', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  onTestFinished(() => silent.closeAllConnections())
  onTestFinished(() => void silent.close())
  const bedrockEndpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const { provider, call } = await openBench(
    { bedrockEndpoint, readTimeoutSeconds: 1 },
    {},
    { maxAttempts: 1 },
  )
  expect(await refusal(provider.submit(call()))).toMatchObject({
    code: 'timeout',
    retry: 'later',
    charged: 'unknown',
    sent: true,
  })
})
