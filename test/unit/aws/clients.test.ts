import { createHash, createHmac } from 'node:crypto'
import { ListFoundationModelsCommand } from '@aws-sdk/client-bedrock'
import { GetAsyncInvokeCommand, StartAsyncInvokeCommand } from '@aws-sdk/client-bedrock-runtime'
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, onTestFinished, test } from 'vitest'
import { AwsSettings, createAwsPool } from '../../../src/main/aws'
import { ownCredential, startAws } from '../../simulators/aws'
import { awsAt, directNetwork, json, planted, refuse, serve, thrown, withEnv, type Seen } from './kit'

const arn = 'arn:aws:bedrock:us-west-2:123456789012:async-invoke/abcdef123456'
const start = new StartAsyncInvokeCommand({
  modelId: 'luma.ray-v2:0',
  modelInput: { prompt: 'a cat' },
  outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://my-videos/dailies/' } },
  clientRequestToken: '9a7a39be-522a-4773-80c3-89836d3a2f49',
})

/** Signature Version 4 worked out by hand, to hold against what was sent. */
function signature(seen: Seen, canonicalPath: string, secret: string): string {
  const auth = String(seen.headers.authorization)
  const [, scope = '', signed = ''] = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+)/.exec(auth) ?? []
  const [date = '', region = '', service = ''] = scope.split('/')
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const headers = signed.split(';').map((name) => `${name}:${String(seen.headers[name]).trim()}\n`)
  const canonical = [seen.method, canonicalPath, '', headers.join(''), signed, hash(seen.body)].join('\n')
  const text = ['AWS4-HMAC-SHA256', seen.headers['x-amz-date'], scope, hash(canonical)].join('\n')
  const keys = [date, region, service, 'aws4_request']
  const key = keys.reduce<Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  )
  return createHmac('sha256', key).update(text).digest('hex')
}

test('the runtime speaks HTTP/1.1 with SigV4, whatever is planted in the environment', async () => {
  const elsewhere = await serve((_, response) => json(response, 200, {}))
  withEnv({
    AWS_BEARER_TOKEN_BEDROCK: 'planted-bearer',
    AWS_ACCESS_KEY_ID: 'AKIAOTHEROTHEROTHER0',
    AWS_SECRET_ACCESS_KEY: 'other',
    AWS_SESSION_TOKEN: 'other-token',
    AWS_PROFILE: 'no-such-profile',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_ENDPOINT_URL: elsewhere.url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: elsewhere.url,
    AWS_ENDPOINT_URL_BEDROCK: elsewhere.url,
    AWS_ENDPOINT_URL_S3: elsewhere.url,
    AWS_ENDPOINT_URL_STS: elsewhere.url,
    AWS_MAX_ATTEMPTS: '9',
    AWS_RETRY_MODE: 'adaptive',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_AUTH_SCHEME_PREFERENCE: 'httpBearerAuth',
    AWS_REQUEST_CHECKSUM_CALCULATION: 'WHEN_SUPPORTED',
  })
  const server = await serve(({ url }, response) => {
    if (url.includes('Action') || url === '/') {
      response.writeHead(200, { 'content-type': 'text/xml' })
      response.end(
        '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      )
    } else if (url.startsWith('/my-videos')) response.end()
    else json(response, 200, { invocationArn: arn, modelSummaries: [] })
  })
  const aws = awsAt(server.url)
  await (await aws.runtime()).send(start)
  await (await aws.control()).send(new ListFoundationModelsCommand({}))
  await (await aws.sts()).send(new GetCallerIdentityCommand({}))
  const put = { Bucket: 'my-videos', Key: 'dailies/x', Body: 'x' }
  await (await aws.s3()).send(new PutObjectCommand(put))
  expect(server.seen).toHaveLength(4)
  expect(elsewhere.seen).toHaveLength(0)
  for (const { headers } of server.seen) {
    expect(headers.authorization).toMatch(
      new RegExp(`^AWS4-HMAC-SHA256 Credential=${planted.accessKeyId}/\\d{8}/us-west-2/`),
    )
    expect(headers['x-amz-security-token']).toBeUndefined()
  }
  expect(Object.keys(server.seen[3]?.headers ?? {}).filter((name) => name.includes('checksum'))).toEqual([])
})

test('without an endpoint of its own a client goes to AWS, not where the environment points', async () => {
  withEnv({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_REGION: 'eu-west-1',
  })
  const none = { bedrockEndpoint: undefined, s3Endpoint: undefined, pathStyle: false }
  const aws = awsAt('http://127.0.0.1:1', none)
  const hosts: string[] = []
  // Nothing may leave this computer: the request is caught where it is about to.
  const stop = (request: unknown) => {
    hosts.push((request as { hostname: string }).hostname)
    throw new Error('stopped')
  }
  const runtime = await aws.runtime()
  runtime.middlewareStack.add(
    () =>
      async ({ request }) =>
        stop(request),
    { step: 'finalizeRequest', priority: 'low' },
  )
  const s3 = await aws.s3()
  s3.middlewareStack.add(
    () =>
      async ({ request }) =>
        stop(request),
    { step: 'finalizeRequest', priority: 'low' },
  )
  await thrown(runtime.send(new GetAsyncInvokeCommand({ invocationArn: arn })))
  await thrown(s3.send(new GetObjectCommand({ Bucket: 'my-videos', Key: 'k' })))
  expect(hosts).toEqual(['bedrock-runtime.us-west-2.amazonaws.com', 'my-videos.s3.us-west-2.amazonaws.com'])
  expect(aws.runtimeEndpoint).toBe('https://bedrock-runtime.us-west-2.amazonaws.com')
})

test('a key that was replaced is used by the very next request', async () => {
  const server = await serve((_, response) => json(response, 200, { invocationArn: arn }))
  const secrets: Record<string, string> = { ...planted }
  const aws = awsAt(server.url, {}, { secrets })
  await (await aws.runtime()).send(start)
  secrets['accessKeyId'] = 'AKIAREPLACEDKEY00002'
  await (await aws.runtime()).send(start)
  expect(server.seen[1]?.headers.authorization).toContain('AKIAREPLACEDKEY00002')
})

test('connections are kept alive, and clients are made once for the same settings', async () => {
  const sockets = new Set<unknown>()
  const server = await serve((_, response) => {
    sockets.add(response.socket)
    json(response, 200, { invocationArn: arn })
  })
  const network = directNetwork()
  const pool = createAwsPool((_, settings) => awsAt(server.url, settings, { network }), 2)
  const settings = AwsSettings.parse({ bucket: 'my-videos', bedrockEndpoint: server.url })
  for (const id of ['a', 'a', 'a']) await (await pool.get(id, settings).runtime()).send(start)
  expect(sockets.size).toBe(1)
  expect(await pool.get('a', settings).runtime()).toBe(await pool.get('a', settings).runtime())
  const first = pool.get('a', settings)
  expect(pool.get('a', { ...settings, prefix: 'other/' })).not.toBe(first)
  const second = pool.get('b', settings)
  pool.get('c', settings)
  expect(pool.get('b', settings)).toBe(second)
  pool.close()
})

test('closing one connection’s clients leaves another’s call under way alone', async () => {
  const network = directNetwork()
  const closing: (() => Promise<void>)[] = []
  const server = await serve((_, response) => {
    void closing[0]?.().then(() => json(response, 200, { invocationArn: arn }))
  })
  const other = awsAt(server.url, {}, { network })
  closing.push(async () => {
    await other.runtime()
    other.close()
  })
  const runtime = await awsAt(server.url, {}, { network }).runtime()
  await expect(runtime.send(start)).resolves.toMatchObject({ invocationArn: arn })
})

test('a silent service ends in a timeout instead of hanging for ever', async () => {
  const server = await serve(() => {})
  const aws = awsAt(server.url, { readTimeoutSeconds: 1 }, { maxAttempts: 1 })
  expect(await thrown((await aws.runtime()).send(start))).toMatchObject({ name: 'TimeoutError' })
})

test('the signed request sends the very bytes, and its signature holds with the path encoded twice', async () => {
  const server = await serve((_, response) =>
    json(response, 200, { status: 'InProgress' }, { 'x-amzn-requestid': 'r9' }),
  )
  const aws = awsAt(server.url)
  const body = '{ "modelId":"luma.ray-v2:0",  "spaced": true }'
  const posted = await aws.signedFetch({
    method: 'POST',
    path: '/async-invoke',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body),
  })
  await aws.signedFetch({ method: 'GET', path: `/async-invoke/${encodeURIComponent(arn)}` })
  expect(posted).toMatchObject({ status: 200, requestId: 'r9', body: '{"status":"InProgress"}' })
  const [post, get] = server.seen
  expect(post?.body).toBe(body)
  expect(get?.url).toBe(`/async-invoke/${encodeURIComponent(arn)}`)
  const canonical = ['/async-invoke', `/async-invoke/${encodeURIComponent(encodeURIComponent(arn))}`]
  for (const [at, one] of [post, get].entries()) {
    const expected = one && signature(one, canonical[at] ?? '', planted.secretAccessKey)
    expect(one?.headers.authorization).toContain(`/us-west-2/bedrock/aws4_request`)
    expect(one?.headers.authorization).toContain(`Signature=${expected}`)
  }
})

test('a clock that is off is put right by the service’s own date, once, for the same bytes', async () => {
  const server = await serve((_, response, nth) => {
    if (nth === 1) {
      response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString())
      refuse(
        response,
        403,
        'InvalidSignatureException',
        'Signature expired: 20261121T010000Z is now earlier than 20261121T015500Z',
      )
    } else json(response, 200, {})
  })
  const aws = awsAt(server.url)
  const answer = await aws.signedFetch({
    method: 'POST',
    path: '/async-invoke',
    body: Buffer.from('{"a":1}'),
  })
  expect(answer.status).toBe(200)
  const [first, second] = server.seen
  expect(second?.body).toBe(first?.body)
  expect(second?.headers['x-amz-date']).not.toBe(first?.headers['x-amz-date'])
})

test('the signed request repeats nothing that may have been taken', async () => {
  const server = await serve((_, response) => refuse(response, 503, 'ServiceUnavailableException', 'later'))
  const answer = await awsAt(server.url).signedFetch({
    method: 'POST',
    path: '/async-invoke',
    body: Buffer.from('{}'),
  })
  expect(answer.status).toBe(503)
  expect(server.seen).toHaveLength(1)
})

test.each(['sdk', 'http'])('ended credentials are read anew once, through %s', async (transport) => {
  const server = await serve((_, response, nth) =>
    nth === 1
      ? refuse(
          response,
          403,
          'ExpiredTokenException',
          'The security token included in the request is expired',
        )
      : json(response, 200, { invocationArn: arn }),
  )
  let forgotten = 0
  const credentials = {
    provide: Object.assign(() => Promise.resolve({ ...planted, sessionToken: `token-${forgotten}` }), {
      memoized: true as const,
    }),
    used: () => null,
    invalidate: () => void forgotten++,
  }
  const aws = awsAt(server.url, {}, { credentials })
  if (transport === 'sdk') await (await aws.runtime()).send(start)
  else await aws.signedFetch({ method: 'POST', path: '/async-invoke', body: Buffer.from('{}') })
  expect(server.seen.map(({ headers }) => headers['x-amz-security-token'])).toEqual(['token-0', 'token-1'])
  expect(server.seen[0]?.body).toBe(server.seen[1]?.body)
})

test('a job goes on where it was sent, also after the connection points elsewhere', async () => {
  const before = await serve((_, response) => json(response, 200, { invocationArn: arn }))
  const now = await serve((_, response) => json(response, 200, { invocationArn: arn }))
  const aws = awsAt(now.url)
  const at = { endpoint: before.url, region: 'us-east-1' }
  await (await aws.runtime(at)).send(start)
  await aws.signedFetch({ method: 'GET', path: '/async-invoke' }, at)
  expect(now.seen).toHaveLength(0)
  for (const { headers } of before.seen) expect(headers.authorization).toContain('/us-east-1/bedrock/')
})

test('both transports are believed by a service that checks signatures itself, and one token is one job', async () => {
  const simulator = await startAws()
  onTestFinished(() => simulator.close())
  const { accessKeyId, secretAccessKey } = ownCredential
  const aws = awsAt(simulator.urls.bedrock, {}, { secrets: { accessKeyId, secretAccessKey } })
  const s3Uri = `s3://${simulator.bucket}/dailies/`
  const input = { ...start.input, outputDataConfig: { s3OutputDataConfig: { s3Uri } } }
  const first = await (await aws.runtime()).send(new StartAsyncInvokeCommand(input))
  const body = Buffer.from(JSON.stringify(input))
  const headers = { 'content-type': 'application/json' }
  const second = await aws.signedFetch({ method: 'POST', path: '/async-invoke', headers, body })
  expect(JSON.parse(second.body)).toEqual({ invocationArn: first.invocationArn })
  expect(simulator.billable()).toBe(1)
  const path = `/async-invoke/${encodeURIComponent(first.invocationArn ?? '')}`
  expect(await aws.signedFetch({ method: 'GET', path })).toMatchObject({ status: 200 })
  const query = { maxResults: '10', sortBy: 'SubmissionTime', submitTimeAfter: '2026-01-01T00:00:00.000Z' }
  expect(await aws.signedFetch({ method: 'GET', path: '/async-invoke', query })).toMatchObject({
    status: 200,
  })
})
