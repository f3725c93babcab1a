import { expect, test } from 'vitest'
import { sentence, type ProblemKey } from '../../../src/shared/problems'
import { runShell, type RunningShell } from '../../support/shell'

const nobody = '01890000-0000-7000-8000-000000000000'

/** A studio whose queue is paused, so that nothing leaves it, with jobs of these prompts. */
async function paused(prompts: string) {
  const shell = await runShell()
  expect((await shell.api('POST', '/queue/pause')).json).toEqual({ ok: true })
  const ids: string[] = []
  for (const prompt of prompts) {
    const { json } = await shell.api('POST', '/jobs', { model: 'animatic', prompt })
    ids.push(...(json['jobs'] as { id: string }[]).map(({ id }) => id))
  }
  return { shell, ids }
}

const order = async (shell: RunningShell) =>
  ((await shell.api('GET', '/queue')).json['jobs'] as { prompt: string }[])
    .map(({ prompt }) => prompt)
    .join('')

test('a script reads the queue, puts it in order, and lets it go on', async () => {
  const { shell, ids } = await paused('abc')
  const [a, , c] = ids
  expect((await shell.api('GET', '/queue?limit=2')).json).toMatchObject({
    paused: true,
    working: 0,
    waiting: 3,
  })
  expect((await shell.api('POST', '/queue/move', { ids: [c], to: 'top' })).status).toBe(200)
  expect((await shell.api('POST', '/queue/move', { ids: [a], to: { after: c } })).status).toBe(200)
  expect(await order(shell)).toBe('cab')
  expect((await shell.api('POST', `/jobs/${a}/pause`)).json).toMatchObject({
    state: 'queued',
    waiting: 'paused',
  })
  expect((await shell.api('GET', '/settings')).json['queuePaused']).toBe(true)
  await shell.api('PATCH', '/settings', { queuePaused: false })
  await expect
    .poll(async () => (await shell.api('GET', '/queue')).json)
    .toMatchObject({ paused: false, waiting: 2, working: 1 })
  expect((await shell.api('POST', `/jobs/${a}/resume`)).json).toMatchObject({ id: a })
})

test('cancels what waits, and puts it back for a script that thinks better of it', async () => {
  const { shell, ids } = await paused('ab')
  expect((await shell.api('POST', '/queue/cancel', {})).json).toEqual({ ids })
  expect(await order(shell)).toBe('')
  expect((await shell.api('POST', '/queue/put-back', { ids })).status).toBe(200)
  expect(await order(shell)).toBe('ab')
})

test('refuses by name what cannot be: nothing that waits, no such job, no such place', async () => {
  const { shell, ids } = await paused('ab')
  const [a, b] = ids
  await shell.api('POST', `/jobs/${a}/cancel`)
  const said = async (path: string, body?: unknown) => {
    const { status, json } = await shell.api('POST', path, body)
    return [status, json['message']]
  }
  const refused = (status: number, key: ProblemKey) => [status, sentence(key).message]
  expect(await said(`/jobs/${a}/pause`)).toEqual(refused(409, 'job.notQueued'))
  expect(await said('/queue/move', { ids: [a], to: 'top' })).toEqual(refused(409, 'job.notQueued'))
  expect(await said('/queue/move', { ids: [b], to: { before: a } })).toEqual(refused(409, 'queue.placeGone'))
  expect(await said('/queue/put-back', { ids: [b] })).toEqual(refused(409, 'job.notPutBack'))
  expect(await said(`/jobs/${nobody}/pause`)).toEqual(refused(404, 'job.notFound'))
  expect(await said(`/batches/${nobody}/cancel`)).toEqual(refused(404, 'batch.notFound'))
  expect((await said('/queue/move', { ids: [b], to: 'middle' }))[0]).toBe(400)
  expect((await said('/queue/move', { ids: [], to: 'top' }))[0]).toBe(400)
  expect((await said('/queue/cancel', { which: 'some' }))[0]).toBe(400)
})
