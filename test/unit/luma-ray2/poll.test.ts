import { expect, test } from 'vitest'
import { openBench, refusal } from './kit'

const never = { jobMs: Number.POSITIVE_INFINITY }
const longAgo = { submitAttemptedAt: Date.now() - 3_600_000 }

test.each(['sdk', 'http', 'auto'])(
  '%s: a job is in progress without a made-up percentage, then done',
  async (transport) => {
    const { aws, provider, begun } = await openBench({ transport }, never)
    const call = await begun()
    expect(await provider.poll(call)).toEqual({ kind: 'processing', progress: null })
    await aws.finish()
    const status = await provider.poll(call)
    expect(status).toMatchObject({
      kind: 'succeeded',
      cost: { micros: 3_750_000, currency: 'USD' },
      costKind: 'computed',
    })
    const [output] = status.kind === 'succeeded' ? status.outputs : []
    const id = call.job.providerJobId?.split('/').at(-1)
    expect(output?.ref).toMatch(new RegExp(`^s3://dailies-results/dailies/${id}/output.mp4#"[0-9a-f]{32}"$`))
    expect(output?.bytes).toBe(aws.store.get('dailies-results', `dailies/${id}/output.mp4`)?.size)
  },
)

test('a bucket that does not answer does not hide that the job is done', async () => {
  const { aws, provider, begun } = await openBench({}, never, { maxAttempts: 1 })
  const call = await begun()
  await aws.finish()
  aws.faults.always('GetObject', { kind: 'drop' })
  const id = call.job.providerJobId?.split('/').at(-1)
  expect(await provider.poll(call)).toMatchObject({
    kind: 'succeeded',
    outputs: [{ ref: `s3://dailies-results/dailies/${id}`, bytes: null, sha256: null }],
  })
})

test('a job taken in from the account has no cost that anybody could compute', async () => {
  const { aws, provider, begun, call } = await openBench({}, never)
  const { job } = await begun()
  await aws.finish()
  const status = await provider.poll(call({ providerJobId: job.providerJobId, params: {} }))
  expect(status.kind).toBe('succeeded')
  expect(status).not.toHaveProperty('cost')
})

test('a failed job says why, and not that it was free', async () => {
  const { aws, provider, begun } = await openBench({}, never)
  const call = await begun()
  await aws.finish(undefined, 'The generated video has been blocked by our content filters.')
  const status = await provider.poll(call)
  expect(status).toMatchObject({
    kind: 'failed',
    error: { detail: { code: 'moderated', charged: 'unknown' } },
  })
})

test.each(['sdk', 'http'])(
  '%s: a job that AWS does not know is lost, but not in its first minute',
  async (transport) => {
    const { provider, call } = await openBench({ transport })
    const providerJobId = 'arn:aws:bedrock:us-west-2:123456789012:async-invoke/abcdefghijkl'
    expect(await provider.poll(call({ providerJobId }))).toEqual({ kind: 'processing', progress: null })
    expect(await provider.poll(call({ providerJobId, ...longAgo }))).toEqual({ kind: 'lost' })
  },
)

test('a video that lies in the bucket is had although AWS does not know its job any more', async () => {
  const { aws, provider, begun } = await openBench({}, never)
  const call = await begun(longAgo)
  await aws.finish()
  const told = await provider.poll(call)
  aws.faults.always('GetAsyncInvoke', {
    kind: 'error',
    status: 400,
    code: 'ValidationException',
    message: 'The provided invocation ARN is invalid.',
  })
  expect(await provider.poll(call)).toEqual(told)
  aws.store.remove(aws.bucket, aws.store.keys(aws.bucket)[0] ?? '')
  expect(await provider.poll(call)).toEqual({ kind: 'lost' })
})

test.each([
  ['html', { kind: 'html', status: 404 } as const, 'aws.proxyPage'],
  ['a denied right', { kind: 'error', status: 403, code: 'AccessDeniedException' } as const, 'aws.denied'],
  ['a nameless 404', { kind: 'error', status: 404, code: 'NotFound' } as const, 'aws.protocol'],
  [
    'a model at its end',
    {
      kind: 'error',
      status: 404,
      code: 'ResourceNotFoundException',
      message: 'This model version has reached the end of its life.',
    } as const,
    'luma.retired',
  ],
])('%s in a poll is no word on the job: it is asked for again', async (_name, fault, key) => {
  const { aws, provider, begun } = await openBench({}, never, { maxAttempts: 1 })
  const call = await begun(longAgo)
  aws.faults.add('GetAsyncInvoke', fault)
  const detail = await refusal(provider.poll(call))
  expect(detail.code).not.toBe('not_found')
  expect(detail.key).toBe(key)
  expect((await provider.poll(call)).kind).toBe('processing')
})

test('a job is asked for in the region of its ARN and at the address it was sent to, whatever the settings say now', async () => {
  const { aws, provider, begun, access } = await openBench({}, never)
  const call = await begun()
  Object.assign(access.settings, {
    region: 'eu-west-1',
    bedrockEndpoint: 'http://127.0.0.1:9',
    bucket: 'another',
    prefix: 'elsewhere',
  })
  expect((await provider.poll(call)).kind).toBe('processing')
  const scope = aws.requests('GetAsyncInvoke')[0]?.headers.authorization
  expect(scope).toContain('/us-west-2/bedrock/')
})

test('find reads every page and takes nothing but the very token', async () => {
  const { aws, provider, call } = await openBench({}, { ...never, concurrency: 1000, pageSize: 2 })
  const tokens = ['3f8e6f3c-6a5e-4a57-9f4f-1f3b8c5d7e22', '3f8e6f3c-6a5e-4a57-9f4f-1f3b8c5d7e2']
  for (const idempotencyToken of tokens) await provider.submit(call({ idempotencyToken }))
  expect(await provider.find?.(call())).toBeNull()
  const { providerJobId } = await provider.submit(call())
  for (let at = 0; at < 210; at += 1) {
    const idempotencyToken = `11111111-2222-4333-8444-${String(at).padStart(12, '0')}`
    await provider.submit(call({ idempotencyToken }))
  }
  const before = aws.count('ListAsyncInvokes')
  expect(await provider.find?.(call())).toBe(providerJobId)
  expect(aws.count('ListAsyncInvokes') - before).toBe(2)
})

test('find without the right to list sends again; a refusal then does not say that nothing was charged', async () => {
  const { aws, provider, call } = await openBench({}, never, { maxAttempts: 1 })
  aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' })
  await refusal(provider.submit(call()))
  aws.identities.deny(aws.credential.accessKeyId, 'bedrock:ListAsyncInvokes')
  expect(await provider.find?.(call())).toBeUndefined()
  aws.faults.add('StartAsyncInvoke', { kind: 'throttle' })
  expect(await refusal(provider.submit(call({ charged: 'unknown' })))).toMatchObject({
    charged: 'unknown',
    sent: true,
  })
  const { providerJobId } = await provider.submit(call())
  expect(aws.invocations().map((one) => one.invocationArn)).toEqual([providerJobId])
})

test('a job is found although the clock here was hours ahead when it was sent', async () => {
  const { provider, call } = await openBench({}, never)
  const ahead = { submitAttemptedAt: Date.now() + 14 * 3_600_000 }
  const { providerJobId } = await provider.submit(call(ahead))
  expect(await provider.find?.(call(ahead))).toBe(providerJobId)
})

test.each([
  ['a network that is down', { kind: 'drop' } as const],
  ['an unknown key', { kind: 'error', status: 403, code: 'UnrecognizedClientException' } as const],
  ['a page of a proxy', { kind: 'html' } as const],
])('find: %s is asked again, since the job may be paid for', async (_name, fault) => {
  const { aws, provider, call } = await openBench({}, never, { maxAttempts: 1 })
  aws.faults.add('ListAsyncInvokes', fault)
  expect((await refusal(provider.find?.(call()) ?? Promise.resolve())).retry).toBe('later')
})

test('strays are the Ray2 jobs of the account, with their state and place', async () => {
  const { aws, provider, access, begun, call } = await openBench({}, { ...never, concurrency: 3 })
  const { job } = await begun()
  await aws.finish()
  const token = '11111111-2222-4333-8444-555555555555'
  await provider.submit(call({ idempotencyToken: token }))
  const { signal } = new AbortController()
  const strays = await provider.connection?.list?.(access, Date.now() - 86_400_000, signal)
  expect(strays).toEqual([
    expect.objectContaining({ state: 'processing', model: 'luma-ray2', params: {}, token }),
    {
      providerJobId: job.providerJobId,
      model: 'luma-ray2',
      state: 'succeeded',
      submittedAt: aws.invocations()[0]?.submittedAt,
      place: aws.invocations()[0]?.s3Uri,
      params: {},
      token: job.idempotencyToken,
    },
  ])
  const later = await provider.connection?.list?.(access, Date.now() + 60_000, signal)
  expect(later).toEqual([])
})

test('Ray2 has no cancel, and says so', async () => {
  const { provider } = await openBench()
  expect('cancel' in provider).toBe(false)
  expect(provider.models[0]?.info.cancel).toBe('stops_watching')
})

test('without its connection a job waits', async () => {
  const { provider, call } = await openBench()
  expect(await refusal(provider.poll(call({}, { connection: null })))).toMatchObject({
    code: 'auth',
    retry: 'later',
    sent: false,
  })
})
