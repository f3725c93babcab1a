import { expect, onTestFinished, test } from 'vitest'
import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import {
  AwsSettings,
  checkIds,
  createAws,
  createAwsCredentials,
  testConnection,
  type CheckStep,
} from '../../../src/main/aws'
import { systemClock, systemRandom } from '../../../src/main/system'
import { lumaModelId, startAws, type AwsOptions, type AwsSimulator } from '../../simulators/aws'
import { directNetwork, nobody, serve } from './kit'

async function simulate(options: AwsOptions = {}): Promise<AwsSimulator> {
  const simulator = await startAws(options)
  onTestFinished(() => simulator.close())
  return simulator
}

function clients(
  simulator: AwsSimulator,
  change: Partial<AwsSettings> = {},
  secrets?: Record<string, string>,
) {
  const { bedrock, s3, sts } = simulator.urls
  const settings = AwsSettings.parse({
    bucket: simulator.bucket,
    bedrockEndpoint: bedrock,
    bedrockControlEndpoint: bedrock,
    s3Endpoint: s3,
    stsEndpoint: sts,
    pathStyle: true,
    ...change,
  })
  const { accessKeyId, secretAccessKey } = simulator.credential
  const given: Record<string, string> = secrets ?? { accessKeyId, secretAccessKey }
  const network = directNetwork()
  const credentials = createAwsCredentials({
    settings,
    secret: async (name) => given[name] ?? null,
    environment: { home: '/nowhere', env: {} },
    network,
    clock: systemClock,
  })
  const aws = createAws({ settings, credentials, network, clock: systemClock })
  onTestFinished(() => aws.close())
  return aws
}

async function run(
  simulator: AwsSimulator,
  change: Partial<AwsSettings> = {},
  options: { secrets?: Record<string, string>; modelId?: string } = {},
): Promise<CheckStep[]> {
  const aws = clients(simulator, change, options.secrets)
  const modelId = options.modelId ?? lumaModelId
  const steps: CheckStep[] = []
  for await (const step of testConnection({ aws, modelId, clock: systemClock, random: systemRandom })) {
    steps.push(step)
  }
  expect(steps.map(({ id }) => id)).toEqual(checkIds)
  expect(simulator.billable()).toBe(0)
  expect(simulator.count('StartAsyncInvoke')).toBe(0)
  expect(JSON.stringify(steps)).not.toContain(simulator.credential.secretAccessKey)
  return steps
}

const short = (steps: CheckStep[]) => steps.map(({ id, state, key }) => `${id} ${state} ${key}`)
const keysOf = (simulator: AwsSimulator) => simulator.credential.accessKeyId

test('a connection in order passes all seven steps, starts nothing and leaves nothing behind', async () => {
  const simulator = await simulate()
  const steps = await run(simulator)
  expect(short(steps)).toEqual([
    'identity ok aws.identity.keys',
    'model ok aws.model.active',
    'access ok aws.access.granted',
    'bucket ok aws.bucket.there',
    'region ok aws.region.same',
    'write ok aws.write.ok',
    'read ok aws.read.ok',
  ])
  expect(steps[0]?.message).toBe(
    'Signed in as arn:aws:iam::123456789012:user/studio (account 123456789012) with the keys of this connection.',
  )
  const key =
    /\/(dailies\/dailies-check-[^/?]+)/.exec(simulator.requests('PutObject')[0]?.url ?? '')?.[1] ?? ''
  expect(key).not.toBe('')
  expect(simulator.store.get(simulator.bucket, key) ?? null).toBeNull()
})

test.each([
  ['a wrong secret', { secretAccessKey: 'wrong' }, 'aws.identity.refused'],
  ['an unknown key', { accessKeyId: 'AKIANOBODYKNOWSTHIS0' }, 'aws.identity.refused'],
  ['no key', { accessKeyId: '' }, 'aws.keysMissing'],
])('%s ends the test at its first step', async (_, change, key) => {
  const simulator = await simulate()
  const { accessKeyId, secretAccessKey } = simulator.credential
  const steps = await run(simulator, {}, { secrets: { accessKeyId, secretAccessKey, ...change } })
  expect(steps[0]).toMatchObject({
    state: 'failed',
    key,
    remedy: { key: expect.stringMatching(/\.remedy$/), message: expect.any(String) },
  })
  expect(new Set(steps.slice(1).map(({ state, key }) => `${state} ${key}`))).toEqual(
    new Set(['skipped aws.skipped.identity']),
  )
})

test('a keychain that gives nothing out fails the first step in its own words, and throws nothing', async () => {
  const simulator = await simulate()
  const settings = AwsSettings.parse({ bucket: simulator.bucket, stsEndpoint: simulator.urls.sts })
  const network = directNetwork()
  const credentials = createAwsCredentials({
    settings,
    secret: () => Promise.reject(new Error('The keychain is locked.')),
    environment: { home: '/nowhere', env: {} },
    network,
    clock: systemClock,
  })
  const aws = createAws({ settings, credentials, network, clock: systemClock })
  const steps: CheckStep[] = []
  for await (const one of testConnection({
    aws,
    modelId: lumaModelId,
    clock: systemClock,
    random: systemRandom,
  })) {
    steps.push(one)
  }
  expect(steps[0]).toMatchObject({ state: 'failed', key: 'aws.identity.secrets' })
  expect(steps[0]?.message).toContain('The keychain is locked.')
  expect(steps).toHaveLength(7)
})

test('ended temporary credentials are told from wrong ones', async () => {
  const simulator = await simulate()
  simulator.identities.expire(keysOf(simulator))
  expect((await run(simulator))[0]).toMatchObject({ state: 'failed', key: 'aws.identity.expired' })
})

test('a clock that is off is told from a wrong secret, where the service does not say the time', async () => {
  const server = await serve((_, response) => {
    response.removeHeader('date')
    response.sendDate = false
    response.writeHead(403, { 'content-type': 'text/xml' })
    response.end(
      '<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>Signature expired: 20261121T010000Z is now earlier than 20261121T015500Z</Message></Error></ErrorResponse>',
    )
  })
  const steps = await run(await simulate(), { stsEndpoint: server.url })
  expect(steps[0]).toMatchObject({ state: 'failed', key: 'aws.identity.clock' })
})

test('a clock that is off is put right by the SDK, from the service’s own time', async () => {
  const simulator = await simulate({ wall: () => Date.now() + 3_600_000 })
  expect((await run(simulator))[0]).toMatchObject({ state: 'ok' })
})

test('a region without the model says so and does not ask for access to it', async () => {
  const simulator = await simulate({ region: 'eu-west-1' })
  const steps = await run(simulator, { region: 'eu-west-1' })
  expect(short(steps).slice(1, 4)).toEqual([
    'model failed aws.model.missing',
    'access skipped aws.skipped.model',
    'bucket ok aws.bucket.there',
  ])
})

test('a retired model is called retired', async () => {
  const steps = await run(await simulate(), {}, { modelId: 'amazon.nova-reel-v1:0' })
  expect(short(steps).slice(1, 3)).toEqual([
    'model failed aws.model.ended',
    'access skipped aws.skipped.model',
  ])
})

test.each([
  ['none', 'failed', /access\.(none|refused)/],
  ['pending', 'unknown', /access\.pending/],
] as const)('access %s is %s', async (access, state, key) => {
  const steps = await run(await simulate({ behaviour: { access } }))
  expect(steps[2]).toMatchObject({
    state,
    key: expect.stringMatching(key),
    remedy: { key: expect.stringMatching(/\.remedy$/), message: expect.any(String) },
  })
})

test('questions that are not permitted are unknown, not failed', async () => {
  const simulator = await simulate()
  simulator.identities.deny(
    keysOf(simulator),
    'bedrock:GetFoundationModel',
    'bedrock:ListFoundationModels',
    'bedrock:GetFoundationModelAvailability',
    's3:ListBucket',
  )
  expect(short(await run(simulator)).slice(1)).toEqual([
    'model unknown aws.model.hidden',
    'access unknown aws.access.hidden',
    'bucket unknown aws.bucket.hidden',
    'region ok aws.region.same',
    'write ok aws.write.ok',
    'read ok aws.read.noList',
  ])
})

test('who may only list the models is still told whether the model is there', async () => {
  const simulator = await simulate()
  simulator.identities.deny(keysOf(simulator), 'bedrock:GetFoundationModel')
  expect((await run(simulator))[1]).toMatchObject({ state: 'ok', key: 'aws.model.active' })
})

test('a bucket that is not there ends what is about it', async () => {
  const steps = await run(await simulate(), { bucket: 'no-such-bucket' })
  expect(short(steps).slice(3)).toEqual([
    'bucket failed aws.bucket.missing',
    'region skipped aws.skipped.bucket',
    'write skipped aws.skipped.bucket',
    'read skipped aws.skipped.bucket',
  ])
})

test('a bucket in another region is named with its region, and nothing is written there', async () => {
  const simulator = await simulate({ buckets: [{ name: 'far-away', region: 'eu-central-1' }] })
  const steps = await run(simulator)
  expect(short(steps).slice(3)).toEqual([
    'bucket ok aws.bucket.there',
    'region failed aws.region.other',
    'write skipped aws.skipped.region',
    'read skipped aws.skipped.region',
  ])
  expect(steps[4]?.message).toContain('eu-central-1')
  expect(simulator.count('PutObject')).toBe(0)
})

test('a bucket of another account than the one named is not passed for ours', async () => {
  const steps = await run(await simulate(), { bucketOwner: '999999999999' })
  const remedy = { message: expect.stringContaining('Check the bucket owner'), needs: 'policy' }
  expect(steps[3]).toMatchObject({ state: 'unknown', key: 'aws.bucket.owner', remedy })
  expect(steps[5]).toMatchObject({ state: 'failed', key: 'aws.write.owner', remedy })
})

test('who may not write is told, and whether reading works is still found out', async () => {
  const simulator = await simulate()
  simulator.identities.deny(keysOf(simulator), 's3:PutObject')
  expect(short(await run(simulator)).slice(5)).toEqual([
    'write failed aws.write.denied',
    'read ok aws.read.ok',
  ])
  simulator.identities.deny(keysOf(simulator), 's3:PutObject', 's3:GetObject')
  expect(short(await run(simulator)).slice(5)).toEqual([
    'write failed aws.write.denied',
    'read unknown aws.read.hidden',
  ])
})

test('who may not read is told, and the test file is gone all the same', async () => {
  const simulator = await simulate()
  simulator.identities.deny(keysOf(simulator), 's3:GetObject')
  expect(short(await run(simulator)).slice(5)).toEqual([
    'write ok aws.write.ok',
    'read failed aws.read.denied',
  ])
  expect(simulator.count('DeleteObject')).toBe(1)
})

test('who may not delete is told which file was left', async () => {
  const simulator = await simulate()
  simulator.identities.deny(keysOf(simulator), 's3:DeleteObject')
  const steps = await run(simulator)
  expect(steps[5]).toMatchObject({ state: 'ok', key: 'aws.write.left' })
  const left = String(steps[5]?.values['key'])
  expect(steps[5]?.message).toContain(left)
  expect(simulator.store.get(simulator.bucket, left)).toBeTruthy()
})

test('STS out of reach does not end the test: Bedrock and S3 may be reached all the same', async () => {
  const simulator = await simulate()
  const steps = await run(simulator, { stsEndpoint: await nobody() })
  expect(steps[0]).toMatchObject({ state: 'unknown', key: 'aws.failed.network' })
  expect(steps.slice(1).every(({ state }) => state === 'ok')).toBe(true)
})

test('Bedrock out of reach says which host, and the bucket is tested all the same', async () => {
  const simulator = await simulate()
  const nowhere = await nobody()
  const steps = await run(simulator, { bedrockControlEndpoint: nowhere })
  expect(steps[1]).toMatchObject({
    state: 'failed',
    key: 'aws.failed.network',
    values: { host: new URL(nowhere).host },
  })
  expect(steps[6]).toMatchObject({ state: 'ok' })
})

test('a page of a proxy is called that', async () => {
  const simulator = await simulate()
  const proxy = await serve((_, response) => {
    response.writeHead(403, { 'content-type': 'text/html' })
    response.end('<html>Blocked</html>')
  })
  const steps = await run(simulator, { bedrockControlEndpoint: proxy.url })
  expect(steps[1]).toMatchObject({ state: 'failed', key: 'aws.failed.page' })
})

test('a test that is given up in the middle removes its file', async () => {
  const simulator = await simulate()
  const stop = new AbortController()
  const aws = clients(simulator)
  const hold = simulator.faults.hold('GetObject')
  const all = async () => {
    const options = {
      aws,
      modelId: lumaModelId,
      clock: systemClock,
      random: systemRandom,
      signal: stop.signal,
    }
    for await (const step of testConnection(options)) expect(step.state).toBe('ok')
  }
  const ended = all()
  await hold.reached
  stop.abort()
  await ended
  hold.release()
  expect(simulator.count('DeleteObject')).toBe(1)
})

test('every sentence of the test is in both languages, with the same values', () => {
  const slots = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort()
  const there: Record<string, string> = zh.test
  expect(Object.keys(there)).toEqual(Object.keys(en.test))
  for (const [key, text] of Object.entries(en.test)) {
    expect([key, ...slots(there[key] ?? '')]).toEqual([key, ...slots(text)])
  }
})

test('a sign-in that fails is said in the test as it is on a job', () => {
  for (const catalogue of [en, zh]) {
    const test: Record<string, string> = catalogue.test
    const problems = Object.entries<{ message: string; hint?: string }>(catalogue.problem)
    const shared = problems.filter(([key]) => key.startsWith('aws.') && key in test)
    expect(shared).toHaveLength(8)
    for (const [key, { message, hint }] of shared) {
      expect([test[key], test[`${key}.remedy`]]).toEqual([message, hint])
    }
  }
})
