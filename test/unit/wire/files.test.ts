import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { createNetwork } from '../../../src/main/network'
import { ProviderError, type OutputBody } from '../../../src/main/providers'
import { createFiles, createWire } from '../../../src/main/wire'
import { ManualClock } from '../../support/clock'
import { listen } from '../network/proxy'

const video = 'abcdefghij'

function files() {
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: async () => null,
    clock: new ManualClock(),
  })
  onTestFinished(() => network.close())
  return createFiles(createWire(network), 'Runway')
}

const never = new AbortController().signal
const read = async (body: OutputBody) => text(body.stream as Readable)
const serve = (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
  listen(createServer(answer))

/** A store that serves ranges of `video` under an ETag, and honours If-Range. */
function store(seen: IncomingMessage['headers'][], etag = '"v1"') {
  return serve((request, response) => {
    seen.push(request.headers)
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
    const version = request.headers['if-range']
    if (from === undefined || (version !== undefined && version !== etag)) {
      response.writeHead(200, { etag, 'content-length': String(video.length) }).end(video)
    } else if (Number(from) >= video.length) response.writeHead(416).end()
    else {
      const range = `bytes ${from}-${video.length - 1}/${video.length}`
      response.writeHead(206, { etag, 'content-range': range }).end(video.slice(Number(from)))
    }
  })
}

async function refusal(work: Promise<unknown>): Promise<ProviderError['detail']> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProviderError)
  return (error as ProviderError).detail
}

test('a download goes on where it broke off, and only in the same file', async () => {
  const seen: IncomingMessage['headers'][] = []
  const url = await store(seen)
  const own = files()
  const whole = await own.open('job', { url }, 0, never)
  expect([whole.offset, whole.bytes, await read(whole)]).toEqual([0, 10, video])
  const rest = await own.open('job', { url }, 4, never)
  expect([rest.offset, rest.bytes, await read(rest)]).toEqual([4, 10, 'efghij'])
  expect(seen[1]).toMatchObject({ range: 'bytes=4-', 'if-range': '"v1"', 'accept-encoding': 'identity' })
})

test('another file at the same address begins anew instead of being sewn onto the first', async () => {
  const own = files()
  await read(await own.open('job', { url: await store([]) }, 0, never))
  const other = await own.open('job', { url: await store([], '"v2"') }, 4, never)
  expect([other.offset, await read(other)]).toEqual([0, video])
})

test('more on the disk than the file has begins anew', async () => {
  const body = await files().open('job', { url: await store([]) }, 99, never)
  expect([body.offset, await read(body)]).toEqual([0, video])
})

test.each([400, 403, 404, 410])(
  'an address that answers %i has expired: a fresh one is asked for',
  async (status) => {
    const url = await serve((_request, response) => response.writeHead(status).end())
    expect(await refusal(files().open('job', { url }, 0, never))).toMatchObject({
      code: 'not_found',
      key: 'job.expired',
      charged: 'yes',
    })
  },
)

test.each([
  [503, {}, { code: 'unavailable', retry: 'later' }],
  [429, { 'retry-after': '2' }, { code: 'rate_limited', retryAfterMs: 2000 }],
  [200, { 'content-type': 'text/html' }, { code: 'bad_output', key: 'wire.page' }],
])('%i %j is not taken for a video', async (status, headers, expected) => {
  const url = await serve((_request, response) => response.writeHead(status, headers).end('<html>'))
  expect(await refusal(files().open('job', { url }, 0, never))).toMatchObject(expected)
})

test('a key for one host is not given to the host that it leads to', async () => {
  const seen: IncomingMessage['headers'][] = []
  const target = await store(seen)
  const url = await serve((_request, response) => response.writeHead(302, { location: target }).end())
  const body = await files().open('job', { url, headers: { authorization: 'Bearer secret' } }, 0, never)
  expect(await read(body)).toBe(video)
  expect(seen[0]?.authorization).toBeUndefined()
})

test('addresses that lead in a circle are left', async () => {
  const url = await serve((_request, response) => response.writeHead(302, { location: '/again' }).end())
  expect(await refusal(files().open('job', { url }, 0, never))).toMatchObject({ code: 'network' })
})
