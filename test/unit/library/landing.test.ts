import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { get as plainGet } from 'node:http'
import { createServer as createTlsServer, get as secureGet } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openOwn } from '../../../src/main/library/files'
import { pour } from '../../../src/main/library/pour'
import { Tail } from '../../../src/main/library/tail'
import { makeAgents } from '../../../src/main/network/agents'
import { systemClock } from '../../../src/main/system'
import { tempFolder } from '../../support/folder'
import { certificate, certificateKey } from '../network/certificate'

const body = Buffer.alloc(5_000_017)
for (let at = 0; at < body.length; at += 1) body[at] = (at * 31 + (at >> 7)) & 0xff
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Pieces of chunked answers: smaller than a reading, and larger than a slab. */
const pieces = [1, 700, 66_000, 5, 5, 131_072, 900_000]

const answer: RequestListener = (request, response) => {
  if (request.url === '/half') {
    response.setHeader('content-length', body.byteLength)
    response.write(body.subarray(0, 1000), () => response.destroy())
    return
  }
  if (request.url === '/word') {
    response.end(JSON.stringify({ word: 'x'.repeat(3000) }))
    return
  }
  if (request.url === '/whole') response.setHeader('content-length', body.byteLength)
  let at = 0
  for (let turn = 0; at < body.length; turn += 1) {
    const piece = request.url === '/whole' ? body.length : (pieces[turn % pieces.length] ?? 1)
    response.write(body.subarray(at, at + piece))
    at += piece
  }
  response.end()
}

async function serve(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** Asks over the studio's own connection pools, of one connection at most. */
async function caller(scheme: 'http' | 'https') {
  const port = await serve(
    scheme === 'http'
      ? createServer(answer)
      : createTlsServer({ cert: certificate, key: certificateKey }, answer),
  )
  const { httpAgent, httpsAgent } = makeAgents(null)
  httpAgent.maxSockets = httpsAgent.maxSockets = 1
  onTestFinished(() => {
    httpAgent.destroy()
    httpsAgent.destroy()
  })
  return async (path: string): Promise<IncomingMessage> => {
    const url = `${scheme}://127.0.0.1:${port}${path}`
    const request =
      scheme === 'http'
        ? plainGet(url, { agent: httpAgent })
        : secureGet(url, { agent: httpsAgent, ca: certificate, servername: 'bedrock.test' })
    const [got] = (await once(request, 'response')) as [IncomingMessage]
    return got
  }
}

/** Pours an answer into a file, on a disk that is as slow as `turns` says; tells how much landed in the file's memory. */
async function receive(stream: IncomingMessage, turns: () => number) {
  const file = await openOwn(join(tempFolder(), 'x.part'))
  const slow = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work
    for (let turn = turns(); turn > 0; turn -= 1) await setImmediate()
    return done
  }
  const tail = await Tail.of(file, slow, systemClock)
  let landed = 0
  const inspect = {
    seen: 0,
    chunk: (bytes: Uint8Array) => {
      if (tail.holds(bytes)) landed += bytes.byteLength
    },
    end: () => undefined,
  }
  const broken = await pour({ stream, inspect }, tail, {
    check: () => undefined,
    told: () => undefined,
    signal: new AbortController().signal,
  })
  await tail.sync()
  const kept = await file.readFile()
  await file.close()
  return { broken, landed, kept: sha256Of(kept), digest: tail.digest() }
}

const whole = { broken: null, kept: sha256Of(body), digest: sha256Of(body) }

describe.each(['http', 'https'] as const)('an answer over %s', (scheme) => {
  test('lands where it is written from, without a detour', async () => {
    const ask = await caller(scheme)
    const got = await receive(await ask('/whole'), () => 0)
    expect(got).toMatchObject(whole)
    expect(got.landed).toBeGreaterThan(body.byteLength / 2)
  })

  test.each(['/whole', '/pieces'])(
    '%s comes whole while the disk is now quick and now slow',
    async (path) => {
      const ask = await caller(scheme)
      let turn = 0
      const got = await receive(await ask(path), () => ((turn += 1) % 5 === 0 ? 40 : turn % 3))
      expect(got).toMatchObject(whole)
    },
  )

  test('waits for a busy disk instead of landing in memory that would have to be copied', async () => {
    const ask = await caller(scheme)
    const got = await receive(await ask('/whole'), () => 20)
    expect(got).toMatchObject(whole)
    expect(got.landed).toBeGreaterThan(body.byteLength * 0.9)
  })

  test('that broke off before anybody read it is told as broken, and not waited for for ever', async () => {
    const ask = await caller(scheme)
    const stream = await ask('/half')
    stream.on('error', () => undefined)
    await new Promise((closed) => stream.once('close', closed))
    expect((await receive(stream, () => 0)).broken).toBeInstanceOf(Error)
  })

  test('leaves the next answer of the same connection alone, however long that is kept', async () => {
    const ask = await caller(scheme)
    expect(await receive(await ask('/pieces'), () => 0)).toMatchObject(whole)
    const word = await ask('/word')
    const parts: Buffer[] = []
    for await (const part of word as AsyncIterable<Buffer>) parts.push(part)
    // A file that is received meanwhile must not write over what was read.
    expect(await receive(await ask('/whole'), () => 0)).toMatchObject(whole)
    expect(JSON.parse(Buffer.concat(parts).toString())).toEqual({ word: 'x'.repeat(3000) })
  })
})
