import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { createNetwork, type ProxyChoice } from '../../../src/main/network'
import { createWire, isPage, retryAfter, WireError, wireFailure, type WireCall } from '../../../src/main/wire'
import { ManualClock } from '../../support/clock'
import { certificate, certificateKey } from '../network/certificate'
import { listen, startProxy } from '../network/proxy'

const direct: ProxyChoice = { mode: 'none', url: null }

function wireOver(choice: ProxyChoice = direct) {
  const network = createNetwork({
    choice: () => choice,
    systemProxy: async () => null,
    clock: new ManualClock(),
  })
  onTestFinished(() => network.close())
  return createWire(network)
}

/** A server that answers with `answer`, and its address. */
const serve = (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
  listen(createServer(answer))

const call = (url: string, change: Partial<WireCall> = {}): WireCall => ({
  method: 'GET',
  url,
  signal: new AbortController().signal,
  ...change,
})

/** What a call that brings no answer is thrown with. */
async function thrown(work: Promise<unknown>): Promise<WireError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(WireError)
  return error as WireError
}

test('a body goes out byte for byte with its length, and an answer comes back whole whatever its status', async () => {
  const seen: { method?: string | undefined; length?: string | undefined; body: string }[] = []
  const url = await serve((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      seen.push({ method: request.method, length: request.headers['content-length'], body })
      response.writeHead(422, { 'x-request-id': 'r-1', 'content-type': 'application/json' }).end('{"a":"ü"}')
    })
  })
  const answer = await wireOver().send(call(url, { method: 'POST', body: '{"prompt":"ü"}' }))
  expect(seen).toEqual([{ method: 'POST', length: '15', body: '{"prompt":"ü"}' }])
  expect(answer).toMatchObject({ status: 422, body: '{"a":"ü"}', json: { a: 'ü' } })
  expect(answer.headers['x-request-id']).toBe('r-1')
})

test('an answer that is no JSON is kept as it is, and a page is known as one', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Console'),
  )
  const answer = await wireOver().send(call(url))
  expect(answer.json).toBeUndefined()
  expect(isPage(answer)).toBe(true)
  expect(isPage({ headers: { 'content-type': 'application/json' }, body: '{"html":1}' })).toBe(false)
})

test('a refused connection was never sent, so that a paid call may be made again', async () => {
  const server = createServer()
  const url = await listen(server)
  await new Promise((done) => server.close(done))
  const error = await thrown(wireOver().send(call(url, { method: 'POST', body: 'x' })))
  expect(error).toMatchObject({ trouble: 'unreachable', sent: false })
})

test('a certificate that nobody vouches for was never spoken to', async () => {
  const server = createTlsServer({ cert: certificate, key: certificateKey }, (_request, response) => {
    response.end()
  })
  const url = (await listen(server)).replace('http:', 'https:')
  expect(await thrown(wireOver().send(call(url)))).toMatchObject({ trouble: 'unreachable', sent: false })
})

test('a proxy that opens no way was never sent through', async () => {
  const proxy = await startProxy(1, 407)
  const error = await thrown(
    wireOver({ mode: 'manual', url: proxy.url }).send(call('https://service.test/v1', { method: 'POST' })),
  )
  expect(error).toMatchObject({ trouble: 'proxyRefused', sent: false })
})

test.each([
  ['before the answer', (_request: IncomingMessage, response: ServerResponse) => response.destroy()],
  [
    'in the middle of the answer',
    (_request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy())
    },
  ],
])('a connection that breaks %s may have been taken', async (_when, answer) => {
  const url = await serve(answer)
  const error = await thrown(wireOver().send(call(url, { method: 'POST', body: 'x' })))
  expect(error).toMatchObject({ trouble: 'broken', sent: true })
  expect(wireFailure(error, 'Kling').detail).toMatchObject({
    code: 'network',
    charged: 'unknown',
    sent: true,
    values: { provider: 'Kling' },
  })
})

test('a service that stays silent is given up after the time it was given', async () => {
  const url = await serve(() => undefined)
  const error = await thrown(wireOver().send(call(url, { silenceMs: 40 })))
  expect(error).toMatchObject({ trouble: 'timeout', sent: true })
  expect(wireFailure(error, 'Kling').detail).toMatchObject({ code: 'timeout', retry: 'later' })
})

test('a call that is given up by us ends at once, and nobody says it was not sent', async () => {
  const stop = new AbortController()
  const url = await serve(() => stop.abort())
  expect(await thrown(wireOver().send(call(url, { signal: stop.signal })))).toMatchObject({
    trouble: 'aborted',
    sent: true,
  })
  expect(await thrown(wireOver().send(call(url, { signal: stop.signal })))).toMatchObject({ sent: false })
})

test('an answer without end does not fill the memory', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200)
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      response.once('drain', pour)
    }
    pour()
  })
  expect(await thrown(wireOver().send(call(url, { maxBytes: 200_000 })))).toMatchObject({
    trouble: 'tooLarge',
  })
})

test('what a service asks to wait is read in either spelling', () => {
  expect(retryAfter({ 'retry-after': '3' })).toEqual({ retryAfterMs: 3000 })
  expect(retryAfter({ 'retry-after-ms': '250', 'retry-after': '3' })).toEqual({ retryAfterMs: 250 })
  expect(retryAfter({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' })).toEqual({})
})

test('a large body is read while it goes out, under the length that was announced', async () => {
  const seen: { length: string | undefined; body: string }[] = []
  const url = await serve((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      seen.push({ length: request.headers['content-length'], body })
      response.end()
    })
  })
  const body = { bytes: 6, open: () => Readable.from([Buffer.from('abc'), Buffer.from('def')]) }
  await wireOver().send(call(url, { method: 'POST', body }))
  expect(seen).toEqual([{ length: '6', body: 'abcdef' }])
})

test('a body that cannot be read to its end breaks its request instead of hanging it', async () => {
  const url = await serve((request, response) => {
    request.resume().on('end', () => response.end())
  })
  const open = () =>
    Readable.from(
      (function* () {
        yield Buffer.from('abc')
        throw new Error('the file is gone')
      })(),
    )
  const error = await thrown(wireOver().send(call(url, { method: 'POST', body: { bytes: 6, open } })))
  expect(error).toMatchObject({ trouble: 'broken', sent: true, message: 'the file is gone' })
})
