import { GetAsyncInvokeCommand, StartAsyncInvokeCommand } from '@aws-sdk/client-bedrock-runtime'
import { GetObjectCommand, HeadBucketCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { createServer as createTlsServer } from 'node:https'
import type { ServerResponse } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { classify, classifyAnswer, type AwsFailure } from '../../../src/main/aws'
import { createNetwork } from '../../../src/main/network'
import { systemClock } from '../../../src/main/system'
import { certificate, certificateKey } from '../network/certificate'
import { listen, startProxy } from '../network/proxy'
import { awsAt, nobody, planted, refuse, serve, thrown } from './kit'

type Respond = (response: ServerResponse, nth: number) => void

const start = new StartAsyncInvokeCommand({
  modelId: 'luma.ray-v2:0',
  modelInput: { prompt: 'a cat' },
  outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://my-videos/dailies/' } },
  clientRequestToken: '9a7a39be-522a-4773-80c3-89836d3a2f49',
})
const key = { Bucket: 'my-videos', Key: 'dailies/x/output.mp4' }

/** What the real SDK makes of an answer, and what the signed request makes of the same one. */
async function both(respond: Respond): Promise<{ sdk: AwsFailure; http: AwsFailure }> {
  const server = await serve((_, response, nth) => respond(response, nth))
  const aws = awsAt(server.url, {}, { maxAttempts: 1 })
  const sdk = classify(await thrown((await aws.runtime()).send(start)))
  const answer = await aws.signedFetch({ method: 'POST', path: '/async-invoke', body: Buffer.from('{}') })
  return { sdk, http: classifyAnswer(answer) }
}

async function s3(respond: Respond, command: 'get' | 'head' | 'bucket' = 'get'): Promise<AwsFailure> {
  const server = await serve((_, response, nth) => respond(response, nth))
  const client = await awsAt(server.url, {}, { maxAttempts: 1 }).s3()
  if (command === 'head') return classify(await thrown(client.send(new HeadObjectCommand(key))))
  if (command === 'bucket')
    return classify(await thrown(client.send(new HeadBucketCommand({ Bucket: 'my-videos' }))))
  return classify(await thrown(client.send(new GetObjectCommand(key))))
}

const xml =
  (status: number, code: string, extra = '', headers: Record<string, string> = {}): Respond =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': 's3-1', ...headers })
    response.end(
      `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Said ${code}</Message>${extra}</Error>`,
    )
  }

test.each([
  [400, 'ValidationException', 'The provided request is not valid', 'validation'],
  [403, 'AccessDeniedException', 'You don’t have access to the model', 'accessDenied'],
  [403, 'ExpiredTokenException', 'The security token included in the request is expired', 'expiredToken'],
  [
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    'badCredentials',
  ],
  [403, 'InvalidSignatureException', 'The request signature we calculated does not match', 'badCredentials'],
  [
    403,
    'InvalidSignatureException',
    'Signature expired: 20261121T010000Z is now earlier than 20261121T020000Z',
    'clockSkew',
  ],
  [429, 'ThrottlingException', 'Too many requests', 'throttled'],
  [400, 'ServiceQuotaExceededException', 'Too many concurrent requests', 'quota'],
  [400, 'ConflictException', 'The token was used before', 'conflict'],
  [404, 'ResourceNotFoundException', 'Could not find it', 'notFound'],
  [404, 'ResourceNotFoundException', 'This model version has reached the end of its life.', 'endOfLife'],
  [500, 'InternalServerException', 'Oh no', 'internal'],
  [503, 'ServiceUnavailableException', 'Later', 'unavailable'],
  [429, 'ModelNotReadyException', 'Warming up', 'throttled'],
  [408, 'ModelTimeoutException', 'Too slow', 'timeout'],
  [424, 'ModelErrorException', 'It broke', 'model'],
  [418, 'NeverHeardOfException', 'New', 'validation'],
])('%i %s %j is %s through both transports', async (status, name, message, kind) => {
  const { sdk, http } = await both((response) => refuse(response, status, name, message))
  const expected = { kind, name, status, message, requestId: 'req-1', sent: true }
  expect(sdk).toMatchObject(expected)
  expect(http).toMatchObject(expected)
})

test('a page of a proxy in place of an answer is told from an answer of AWS', async () => {
  const { sdk, http } = await both((response) => {
    response.writeHead(403, { 'content-type': 'text/html' })
    response.end('<html><body>Blocked by policy</body></html>')
  })
  expect(sdk).toMatchObject({ kind: 'proxyHtml', status: 403, sent: true })
  expect(http).toMatchObject({ kind: 'proxyHtml', status: 403, sent: true })
})

test('a page of a gateway that is too busy is worth another try', async () => {
  const { sdk, http } = await both((response) => {
    response.writeHead(503, { 'content-type': 'text/html' })
    response.end('<html><body><b>Http/1.1 Service Unavailable</b></body> </html>')
  })
  expect(sdk).toMatchObject({ kind: 'unavailable', status: 503 })
  expect(http).toMatchObject({ kind: 'unavailable', status: 503 })
})

test('a page in place of a success is no success', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<html><body>Please sign in to the hotel’s network</body></html>')
  })
  const aws = awsAt(server.url, {}, { maxAttempts: 1 })
  expect(classify(await thrown((await aws.runtime()).send(start)))).toMatchObject({
    kind: 'proxyHtml',
    sent: true,
  })
})

test('the service’s word on when to come back is kept, in milliseconds', async () => {
  const { http } = await both((response) => {
    response.setHeader('retry-after', '7')
    refuse(response, 429, 'ThrottlingException', 'Later')
  })
  expect(http).toMatchObject({ kind: 'throttled', retryAfterMs: 7000 })
})

test.each([
  ['a key that is not there', xml(404, 'NoSuchKey'), 'get', 'notFound', 'NoSuchKey'],
  ['a bucket that is not there', xml(404, 'NoSuchBucket'), 'get', 'notFound', 'NoSuchBucket'],
  ['a forbidden object', xml(403, 'AccessDenied'), 'get', 'accessDenied', 'AccessDenied'],
  ['a store that is too busy', xml(503, 'SlowDown'), 'get', 'throttled', 'SlowDown'],
  ['ended credentials', xml(400, 'ExpiredToken'), 'get', 'expiredToken', 'ExpiredToken'],
  ['a wrong key id', xml(403, 'InvalidAccessKeyId'), 'get', 'badCredentials', 'InvalidAccessKeyId'],
  ['a clock that is off', xml(403, 'RequestTimeTooSkewed'), 'get', 'clockSkew', 'RequestTimeTooSkewed'],
  ['an object that changed', xml(412, 'PreconditionFailed'), 'get', 'changed', 'PreconditionFailed'],
  ['a range past the end', xml(416, 'InvalidRange'), 'get', 'range', 'InvalidRange'],
  ['a bucket elsewhere', xml(301, 'PermanentRedirect'), 'get', 'wrongRegion', 'PermanentRedirect'],
] as const)('S3: %s', async (_, respond, command, kind, name) => {
  expect(await s3(respond, command)).toMatchObject({ kind, name, requestId: 's3-1', sent: true })
})

test('S3: a HEAD has no body, so its status alone speaks', async () => {
  const empty =
    (status: number): Respond =>
    (response) =>
      response.writeHead(status).end()
  expect(await s3(empty(404), 'head')).toMatchObject({ kind: 'notFound', status: 404 })
  expect(await s3(empty(403), 'bucket')).toMatchObject({ kind: 'accessDenied', status: 403 })
})

test.each(['sdk', 'http'])('nobody listens: nothing was sent (%s)', async (transport) => {
  const aws = awsAt(await nobody())
  const error = await thrown(
    transport === 'sdk'
      ? (await aws.runtime()).send(start)
      : aws.signedFetch({ method: 'POST', path: '/async-invoke' }),
  )
  expect(classify(error)).toMatchObject({
    kind: 'networkNotSent',
    name: 'ECONNREFUSED',
    status: null,
    sent: false,
  })
})

test('a host nobody knows: nothing was sent', async () => {
  const aws = awsAt('https://bedrock-runtime.invalid', {}, { maxAttempts: 1 })
  expect(classify(await thrown((await aws.runtime()).send(start)))).toMatchObject({
    kind: 'networkNotSent',
    sent: false,
  })
})

test.each(['sdk', 'http'])(
  'a connection dropped without an answer: it may have arrived (%s)',
  async (transport) => {
    const server = await serve((_, response) => void response.socket?.destroy())
    const aws = awsAt(server.url, {}, { maxAttempts: 1 })
    const error = await thrown(
      transport === 'sdk'
        ? (await aws.runtime()).send(start)
        : aws.signedFetch({ method: 'POST', path: '/async-invoke' }),
    )
    expect(classify(error)).toMatchObject({ kind: 'networkMaybeSent', status: null, sent: true })
  },
)

test('an answer that breaks off in the middle: it has arrived', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    response.write('{"invocationArn":', () => response.socket?.destroy())
  })
  const aws = awsAt(server.url, {}, { maxAttempts: 1 })
  const viaSdk = classify(await thrown((await aws.runtime()).send(start)))
  const viaHttp = classify(await thrown(aws.signedFetch({ method: 'POST', path: '/async-invoke' })))
  expect(viaSdk).toMatchObject({ kind: 'networkMaybeSent', sent: true })
  expect(viaHttp).toMatchObject({ kind: 'networkMaybeSent', sent: true })
})

test('a first attempt that may have arrived is not forgotten when the last one is refused', async () => {
  const server = await serve((_, response) => {
    response.socket?.destroy()
    server.stop()
  })
  const aws = awsAt(server.url)
  const error = await thrown((await aws.runtime()).send(start))
  expect(classify(error)).toMatchObject({ kind: 'networkNotSent', name: 'ECONNREFUSED', sent: true })
})

test('no answer in time: it may have arrived', async () => {
  const server = await serve(() => {})
  const aws = awsAt(server.url, { readTimeoutSeconds: 1 }, { maxAttempts: 1 })
  expect(classify(await thrown((await aws.runtime()).send(start)))).toMatchObject({
    kind: 'timeout',
    sent: true,
  })
})

test('a call given up by its caller may have arrived', async () => {
  const stop = new AbortController()
  const server = await serve(() => stop.abort())
  const runtime = await awsAt(server.url).runtime()
  const error = await thrown(runtime.send(start, { abortSignal: stop.signal }))
  expect(classify(error)).toMatchObject({ kind: 'aborted', sent: true })
})

test('a certificate nobody vouches for: nothing was sent', async () => {
  const tls = createTlsServer({ cert: certificate, key: certificateKey }, (_, response) => response.end('{}'))
  const url = (await listen(tls)).replace('http:', 'https:')
  const runtime = await awsAt(url, {}, { maxAttempts: 1 }).runtime()
  expect(classify(await thrown(runtime.send(start)))).toMatchObject({ kind: 'networkNotSent', sent: false })
})

test('TLS that breaks before it stands: nothing was sent', async () => {
  const { createServer } = await import('node:net')
  const url = (await listen(createServer((socket) => socket.destroy()))).replace('http:', 'https:')
  const runtime = await awsAt(url, {}, { maxAttempts: 1 }).runtime()
  expect(classify(await thrown(runtime.send(start)))).toMatchObject({ kind: 'networkNotSent', sent: false })
})

test.each([407, 502])('a proxy that answers CONNECT with %i: nothing was sent', async (status) => {
  const proxy = await startProxy(1, status)
  const network = createNetwork({
    choice: () => ({ mode: 'manual', url: proxy.url }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  onTestFinished(() => network.close())
  const runtime = await awsAt('https://bedrock.test', {}, { network }).runtime()
  expect(classify(await thrown(runtime.send(start)))).toMatchObject({ kind: 'proxyRefused', sent: false })
})

test('a body that does not fit its checksum', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-type': 'FULL_OBJECT' })
    response.end('not what was announced')
  })
  const { Body } = await (await awsAt(server.url).s3()).send(new GetObjectCommand(key))
  expect(classify(await thrown(Body?.transformToString() ?? Promise.resolve()))).toMatchObject({
    kind: 'checksum',
  })
})

test('an answer that echoes the signature and the token back loses both, and is cut at 4 KB', async () => {
  const secrets = { ...planted, sessionToken: 'IQoJb3JpZ2luX2VjPlantedSessionToken==' }
  const server = await serve(({ headers }, response) => {
    response.writeHead(403, { 'content-type': 'application/xml' })
    response.end(`<Error><Code>SignatureDoesNotMatch</Code><Message>No</Message>
      <AWSAccessKeyId>${planted.accessKeyId}</AWSAccessKeyId><SignatureProvided>${String(headers.authorization).slice(-64)}</SignatureProvided>
      <CanonicalRequest>GET\n/\n\nauthorization:${String(headers.authorization)}\nx-amz-security-token:${String(headers['x-amz-security-token'])}\n</CanonicalRequest>
      <Url>https://my-videos.s3.amazonaws.com/x?X-Amz-Credential=${planted.accessKeyId}%2F2026&amp;X-Amz-Signature=abcdef0123456789abcdef&amp;X-Amz-Security-Token=IQoJb3JpZ2luX2VjPlantedSessionToken%3D%3D</Url>
      ${'filler '.repeat(2000)}</Error>`)
  })
  const aws = awsAt(server.url, {}, { secrets, maxAttempts: 1 })
  const viaSdk = classify(await thrown((await aws.s3()).send(new GetObjectCommand(key))))
  const answer = await aws.signedFetch({ method: 'GET', path: '/async-invoke' })
  const signature = String(server.seen[1]?.headers.authorization).slice(-64)
  for (const failure of [viaSdk, classifyAnswer(answer)]) {
    expect(failure).toMatchObject({ kind: 'badCredentials', name: 'SignatureDoesNotMatch' })
    const text = JSON.stringify(failure)
    for (const secret of [
      planted.accessKeyId,
      secrets.sessionToken,
      'PlantedSessionToken',
      signature,
      'abcdef0123456789abcdef',
    ]) {
      expect(text).not.toContain(secret)
    }
    expect(failure.raw.length).toBeLessThanOrEqual(4096)
  }
  expect(classifyAnswer(answer).raw).toContain('filler')
})

test('no keys: nothing was sent, and the sentence says where to enter them', async () => {
  const server = await serve((_, response) => response.end())
  const aws = awsAt(server.url, {}, { secrets: {} })
  const error = await thrown(
    (await aws.runtime()).send(new GetAsyncInvokeCommand({ invocationArn: 'arn:x' })),
  )
  expect(error).toMatchObject({ key: 'aws.keysMissing' })
  expect(classify(error)).toMatchObject({ kind: 'noCredentials', sent: false })
  expect(server.seen).toHaveLength(0)
})

test('anything else is unknown, and taken for sent', () => {
  expect(classify('odd')).toMatchObject({ kind: 'unknown', status: null, sent: true, message: 'odd' })
  expect(classify(undefined)).toMatchObject({ kind: 'unknown', sent: true })
})
