import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ClaudeSettings } from '../../../src/main/assistant/settings'
import { makeClients } from '../../../src/main/assistant/clients'
import { systemClock } from '../../../src/main/system'
import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime'
import { hurriedClock, seededRandom } from '../../support/clock'
import { directNetwork } from '../aws/kit'
import { haiku55, openStudio } from './kit'

/** Counting is not what these are about: haiku 5.5 is not counted. */
const asked = { model: haiku55 }
/** Each wait as long as its jitter lets it be. */
const slowest = { ...seededRandom(), fraction: () => 0.999_999 }

describe('a refused question is tried again by what refused it', () => {
  const notReady = { kind: 'error', status: 429, code: 'ModelNotReadyException' } as const
  test.each([
    ['throttled', { kind: 'throttle' }, [1000, 2000, 4000, 8000]],
    ['not_ready', notReady, [2000, 4000, 8000, 16_000]],
    ['unavailable', { kind: 'error', status: 503 }, [400, 800, 1600, 3200]],
    ['unavailable', { kind: 'error', status: 500, code: 'InternalServerException' }, [400, 800, 1600, 3200]],
  ] as const)('%s: each wait is at most twice the one before', async (why, fault, most) => {
    const { aws, ask } = await openStudio({ clock: hurriedClock(2000), random: slowest })
    aws.faults.always('ConverseStream', fault)
    const waits = (await ask(asked)).flatMap((event) => (event.type === 'waiting' ? [event] : []))
    expect(waits).toEqual(most.map((ms) => ({ type: 'waiting', ms, why })))
    // The SDK makes no calls of its own beside these.
    expect(aws.count('ConverseStream')).toBe(5)
  })

  test('with full jitter: a wait may be as short as none, and never shorter than the service asks for', async () => {
    const random = { ...seededRandom(), fraction: () => 0 }
    const { aws, ask } = await openStudio({ clock: hurriedClock(2000), random })
    aws.faults.add('ConverseStream', { kind: 'throttle' })
    aws.faults.add('ConverseStream', { kind: 'throttle', retryAfter: 7 })
    const waits = (await ask(asked)).flatMap((event) => (event.type === 'waiting' ? [event.ms] : []))
    expect(waits).toEqual([0, 7000])
  })
})

describe('a service that says nothing', () => {
  test('before the first word is given up after the time to read, and not asked twice', async () => {
    const { aws, answer } = await openStudio({ settings: { readTimeoutSeconds: 1 } })
    const hold = aws.faults.hold('ConverseStream', 'after')
    expect(await answer(asked)).toMatchObject({
      state: 'failed',
      charged: 'unknown',
      tries: 1,
      error: { code: 'timeout', key: 'assistant.timeout' },
    })
    hold.release()
  })

  test('between two words ends the answer with what came', async () => {
    const { aws, answer } = await openStudio({ settings: { readTimeoutSeconds: 1 } })
    aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'silence' } })
    expect(await answer(asked)).toMatchObject({
      state: 'broken',
      answer: 'Slow dolly',
      error: { key: 'assistant.broken' },
    })
  })

  test('when it is connected to is given up after the time to connect, and tried again', async () => {
    const bedrockEndpoint = await deafAddress()
    const { client, question } = await openStudio({
      settings: { bedrockEndpoint, connectTimeoutSeconds: 1 },
    })
    for await (const event of await client.assistant.ask(question(asked))) {
      if (event.type === 'begun') continue
      expect(event).toMatchObject({ type: 'waiting', why: 'network' })
      break
    }
  })
})

test('fifty questions go out at once over HTTP/1.1, and the next ones wait for a free connection', async () => {
  const versions: string[] = []
  const open: (() => void)[] = []
  const server = createServer((request, response) => {
    versions.push(request.httpVersion)
    open.push(() => {
      response.writeHead(429, { 'x-amzn-errortype': 'ThrottlingException' })
      response.end('{}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const network = directNetwork()
  const secret = (name: string) => Promise.resolve(name === 'accessKeyId' ? 'AKIASIMULATED0000001' : 'secret')
  const clients = makeClients(
    { id: 'one', label: 'One', settings: ClaudeSettings.parse({ bedrockEndpoint: url }), secret },
    { network, environment: { home: '/nowhere', env: {} }, clock: systemClock },
  )
  const runtime = await clients.runtime()
  const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }]
  const calls = Array.from({ length: 60 }, () =>
    runtime
      .send(new ConverseStreamCommand({ modelId: haiku55, messages }))
      .catch((error: Error) => error.name),
  )
  const { httpAgent } = await network.agents(url)
  const sum = (all: NodeJS.ReadOnlyDict<unknown[]>) =>
    Object.values(all).reduce((total, some) => total + (some?.length ?? 0), 0)
  await expect.poll(() => [open.length, sum(httpAgent.requests)]).toEqual([50, 10])
  for (const answer of open.splice(0)) answer()
  await expect.poll(() => open.length).toBe(10)
  for (const answer of open.splice(0)) answer()
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['ThrottlingException']))
  expect(new Set(versions)).toEqual(new Set(['1.1']))
})

/** An address whose connections are never taken: its program sleeps, and its waiting line is full. */
async function deafAddress(): Promise<string> {
  const program = `
    const { createServer } = require('node:net')
    const { parentPort } = require('node:worker_threads')
    const server = createServer()
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port)
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
    })`
  const worker = new Worker(program, { eval: true })
  const port = await new Promise<number>((told) => worker.once('message', told))
  const line = Array.from({ length: 4 }, () =>
    connect({ port, host: '127.0.0.1' }).on('error', () => undefined),
  )
  onTestFinished(async () => {
    for (const socket of line) socket.destroy()
    await worker.terminate()
  })
  return `http://127.0.0.1:${port}`
}
