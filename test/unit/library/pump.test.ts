import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { pump } from '../../../src/main/library'

/** In several chunks, so that there is more to read when the first is refused. */
async function tell(response: ServerResponse): Promise<void> {
  for (let chunk = 0; chunk < 5; chunk += 1) {
    response.write('a part of the answer '.repeat(100))
    await setImmediate()
  }
  response.end()
}

/** An answer that came whole and that nobody has read yet, its connection closed since. */
async function closedAnswer(): Promise<IncomingMessage> {
  const server = createServer((_request, response) => void tell(response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const call = request(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } }).end()
  const [[answer]] = (await Promise.all([once(call, 'response'), once(call, 'close')])) as [
    [IncomingMessage],
    unknown,
  ]
  return answer
}

const failing = () => new Writable({ write: (_chunk, _encoding, done) => done(new Error('refused')) })
const waiting = () => new Writable({ write: () => undefined })

test('a sink that breaks ends the pumping, although the connection of the answer has closed before', async () => {
  const answer = await closedAnswer()
  const { signal } = new AbortController()
  await expect(pump(answer, failing(), signal)).rejects.toThrow('refused')
  expect(answer.destroyed).toBe(true)
})

test('an abort ends it as well, and nothing is left open', async () => {
  const answer = await closedAnswer()
  const stop = new AbortController()
  const pumped = pump(answer, waiting(), stop.signal)
  stop.abort()
  await expect(pumped).rejects.toMatchObject({ name: 'AbortError' })
  expect(answer.destroyed).toBe(true)
})
