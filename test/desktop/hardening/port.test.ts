import { beforeEach, expect, test, vi } from 'vitest'
import { watchProcess } from '../../fuzz/watch'
import { reset } from '../electron-double'
import { runProgram } from '../program'

vi.mock('electron', () => import('../electron-double'))
beforeEach(() => reset())

/** Sends a raw message over the page's port and waits for the answer to the call `odd`. */
async function answerTo(message: unknown): Promise<unknown> {
  const port = (await runProgram()).port()
  const answer = Promise.withResolvers<string>()
  port.on('message', (data: unknown) => {
    if (typeof data === 'string' && data.includes('"odd"')) answer.resolve(data)
  })
  port.postMessage(message)
  port.postMessage('{"i":"odd","p":{"u":"/settings/get"}}')
  return JSON.parse(await answer.promise)
}

test.each([
  ['nothing', null],
  ['a number', 7],
  ['an object as no encoder makes it', { i: 'x', p: { u: '/settings/get' } }],
  ['half a call', '{"i":"x"'],
  ['a call to a broken address', '{"i":"x","p":{"u":"nowhere"}}'],
  ['bytes', Uint8Array.of(255, 1, 2)],
])('a message that is no call leaves no promise alone, and the port lives on: %s', async (_what, message) => {
  const watch = watchProcess()
  expect(await answerTo(message)).not.toHaveProperty('p.s')
  expect(watch.loose).toEqual([])
})

test('a call with a form that is none is refused in the contract’s words', async () => {
  const watch = watchProcess()
  const call = '{"i":"odd","p":{"u":"/assets/import","h":{"content-type":"multipart/form-data"}}}'
  expect(await answerTo(Uint8Array.from([...new TextEncoder().encode(call), 255]))).toMatchObject({
    p: { s: 400, b: { json: { defined: true, code: 'invalid_request' } } },
  })
  expect(watch.loose).toEqual([])
})
