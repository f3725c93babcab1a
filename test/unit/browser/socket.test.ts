import type { StudioEvent } from '@shared/contract'
import { expect, test, vi } from 'vitest'
import { runShell } from '../../support/shell'

test('serves the contract: answers, events, files and refusals', async () => {
  const shell = await runShell()
  const { client } = await shell.connect()
  expect((await client.studio.info()).version).toBe('1.2.3')

  const events = await client.studio.events()
  const { jobs } = await client.jobs.create({ model: 'animatic', prompt: 'A red kite' })
  const first: IteratorResult<StudioEvent, unknown> = await events.next()
  expect(first.value).toMatchObject({ type: 'job', created: true, job: { id: jobs[0]?.id } })
  await events.return?.(undefined)

  await expect(client.jobs.get({ id: '01890000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
    code: 'not_found',
    defined: true,
    data: { key: 'job.notFound' },
  })
  await expect(client.assets.import({ file: new File(['no picture'], 'a.png') })).rejects.toMatchObject({
    defined: true,
    message: expect.stringMatching(/\.$/),
  })
})

test('a settings change reaches other pages, and a wrong one is refused field by field', async () => {
  const shell = await runShell()
  const [one, other] = await Promise.all([shell.connect(), shell.connect()])
  const events = await other.client.studio.events()
  await one.client.settings.set({ cardSize: 300 })
  expect((await events.next()).value).toMatchObject({ type: 'settings', settings: { cardSize: 300 } })
  await expect(one.client.settings.set({ cardSize: 5 })).rejects.toMatchObject({
    code: 'invalid_request',
    data: { issues: [{ path: ['cardSize'], key: 'field.min', values: { min: 160 } }] },
  })
})

test('a draft survives and one without end is refused', async () => {
  const { client } = await (await runShell()).connect()
  await client.settings.saveDraft({ draft: { prompt: '海边的灯塔' } })
  expect(await client.settings.draft()).toEqual({ prompt: '海边的灯塔' })
  await expect(client.settings.saveDraft({ draft: { prompt: 'x'.repeat(2_000_001) } })).rejects.toMatchObject(
    {
      code: 'too_large',
    },
  )
  await client.settings.saveDraft({ draft: null })
  expect(await client.settings.draft()).toBeNull()
})

test('a page that goes without a word leaves no listener behind', async () => {
  const shell = await runShell()
  const { events } = shell.studio
  const listen = events.listen.bind(events)
  let listening = 0
  vi.spyOn(events, 'listen').mockImplementation((listener) => {
    const stop = listen(listener)
    listening += 1
    return () => {
      listening -= 1
      stop()
    }
  })
  const { client, socket } = await shell.connect()
  await client.studio.events()
  expect(listening).toBe(1)
  socket.terminate()
  await vi.waitFor(() => expect(listening).toBe(0))
})

test.each([
  'no call',
  '{"i":"1"}',
  '{"i":"1","p":{"u":"nowhere"}}',
  '{"i":"1","t":3}',
  '[]',
  'null',
  '['.repeat(100_000),
  new Uint8Array([255, 1, 2, 3]),
  new Uint8Array(),
])('a message that is no call goes to the log, not to standard error: %#', async (message) => {
  const complained = vi.spyOn(console, 'error')
  const shell = await runShell()
  const { client, socket } = await shell.connect()
  socket.send(message)
  expect((await client.studio.info()).version).toBe('1.2.3')
  expect(shell.logged.join('')).toContain('a message of a page was no call')
  expect(complained).not.toHaveBeenCalled()
  complained.mockRestore()
})

test('an image larger than any other is refused with a sentence, and the connection lives on', async () => {
  const { client, socket } = await (await runShell()).connect()
  const file = new File([new Uint8Array(120 * 1024 * 1024)], 'giant.png', { type: 'image/png' })
  await expect(client.assets.import({ file })).rejects.toMatchObject({
    code: 'too_large',
    message: 'The image file is larger than 100 MB.',
  })
  expect(socket.readyState).toBe(socket.OPEN)
  expect((await client.studio.info()).version).toBe('1.2.3')
})

test('what is called by no name of the contract is refused with a sentence', async () => {
  const shell = await runShell()
  const { client, socket } = await shell.connect()
  const answered = new Promise<string>((resolve) => {
    socket.on('message', (data: Buffer) => data.includes('nobody') && resolve(data.toString()))
  })
  socket.send('{"i":"nobody","p":{"u":"/no/such"}}')
  expect(JSON.parse(await answered)).toMatchObject({
    p: { s: 404, b: { json: { defined: true, code: 'not_found', data: { key: 'path.notFound' } } } },
  })
  expect((await client.studio.info()).version).toBe('1.2.3')
})

test.each([
  [
    'a place for a value that is not there',
    '{"i":"odd","p":{"u":"/jobs/list","b":{"json":{},"meta":[[3,"gone"]]}}}',
  ],
  ['values where none can be', '{"i":"odd","p":{"u":"/jobs/list","b":{"json":{},"meta":7}}}'],
  [
    'a form that is none',
    '{"i":"odd","p":{"u":"/assets/import","h":{"content-type":"multipart/form-data"}}}\u00ff',
  ],
])(
  'a call that cannot be read is refused with a sentence, not left without an answer: %s',
  async (_what, text) => {
    const shell = await runShell()
    const { client, socket } = await shell.connect()
    const answered = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => data.includes('"odd"') && resolve(data.toString()))
    })
    socket.send(text.endsWith('\u00ff') ? Buffer.from(text, 'latin1') : text)
    expect(JSON.parse(await answered)).toMatchObject({
      p: {
        s: 400,
        b: { json: { defined: true, code: 'invalid_request', data: { key: 'request.malformed' } } },
      },
    })
    expect((await client.studio.info()).version).toBe('1.2.3')
  },
)

test('a piece of a video larger than agreed is refused', async () => {
  const { client } = await (await runShell()).connect()
  const chunk = new Blob([new Uint8Array(1024 * 1024 + 1)])
  await expect(
    client.media.write({ worker: 'worker-1', taskId: 'x', offset: 0, chunk }),
  ).rejects.toMatchObject({ code: 'too_large', data: { key: 'chunk.tooLarge' } })
})
