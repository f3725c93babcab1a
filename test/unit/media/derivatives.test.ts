import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createEvents } from '../../../src/main/events'
import { createDerivatives } from '../../../src/main/media'
import type { StudioEvent } from '../../../src/shared/contract'
import { ManualClock } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { makeMp4 } from '../../support/video'
import { finished, jobMaker, openTestHistory } from '../history/support'
import { openPage, openTasks, silent } from './kit'

const picture = (format: 'webp' | 'png') =>
  sharp({ create: { width: 320, height: 180, channels: 3, background: '#a63' } })
    .toFormat(format)
    .toBuffer()
    .then((bytes) => new Uint8Array(bytes))
const preview = () => makeMp4({ width: 480, height: 270, fps: 15, frames: 30 })

async function open(jobs = 1) {
  const { history } = await openTestHistory()
  const folder = tempFolder()
  const clock = new ManualClock()
  const tasks = openTasks(join(folder, 'spool'), clock)
  const events = createEvents((error) => {
    throw error
  })
  const heard: StudioEvent[] = []
  onTestFinished(events.listen((event) => heard.push(event)))
  const start = () =>
    createDerivatives({ tasks, history, cacheDir: join(folder, 'cache'), clock, log: silent, events })
  const derivatives = start()
  onTestFinished(() => derivatives.close())
  const make = jobMaker()
  const ids = Array.from({ length: jobs }, () => {
    const job = finished(make())
    history.jobs.adopt(job)
    return job.id
  })
  return { history, tasks, clock, heard, ids, start, derivatives }
}

test('a finished job gets its poster and preview, and its card is told each time', async () => {
  const { derivatives, tasks, heard, ids, history } = await open()
  const [id = ''] = ids
  derivatives.want(id)
  const page = openPage(tasks, 'page-one')
  for (const bytes of [await picture('webp'), await preview()]) {
    const task = await page.start()
    expect(task).toMatchObject({ jobId: id, source: `media/${id}/video` })
    await page.hand(task.id, bytes)
  }
  await vi.waitFor(() => expect(history.derivatives.get(id, 'preview')?.state).toBe('ready'))
  const path = derivatives.path(id, 'poster')
  expect(path && readFileSync(path).equals(await picture('webp'))).toBe(true)
  const cards = heard.filter((event) => event.type === 'job').map((event) => event.job)
  expect(cards.at(-1)).toMatchObject({ id, poster: expect.any(String), preview: expect.any(String) })
  expect(tasks.state(`${id}-poster`).kind).toBe('unknown')
})

test('what was wanted when the program stopped is made after the next start', async () => {
  const { derivatives, tasks, ids, start, history } = await open()
  const [id = ''] = ids
  derivatives.want(id)
  await derivatives.close()
  await tasks.forget(`${id}-poster`)
  await tasks.forget(`${id}-preview`)
  const later = start()
  onTestFinished(() => later.close())
  later.start()
  const page = openPage(tasks, 'page-one')
  const task = await page.start()
  await page.hand(task.id, await picture('webp'))
  await vi.waitFor(() => expect(history.derivatives.get(id, 'poster')?.state).toBe('ready'))
})

test('a picture that cannot be made is tried three times, then left alone', async () => {
  const { derivatives, tasks, clock, ids, history } = await open()
  const [id = ''] = ids
  history.derivatives.want(id, ['poster'], 1)
  derivatives.start()
  const page = openPage(tasks, 'page-one')
  for (const attempt of [1, 2, 3]) {
    const task = await page.start()
    tasks.fail('page-one', task.id, 'source', 'no such file')
    expect(history.derivatives.get(id, 'poster')).toMatchObject({ attempts: attempt })
    clock.advance(15_000 * 4 ** (attempt - 1))
  }
  expect(history.derivatives.get(id, 'poster')).toMatchObject({ state: 'failed' })
  expect(tasks.state(`${id}-poster`).kind).toBe('unknown')
})

test('a retry that is still to come does not keep a closing studio alive', async () => {
  const { derivatives, tasks, clock, ids, history } = await open()
  const [id = ''] = ids
  history.derivatives.want(id, ['poster'], 1)
  derivatives.start()
  const page = openPage(tasks, 'page-one')
  const task = await page.start()
  tasks.fail('page-one', task.id, 'source', 'no such file')
  expect(clock.pending).toBeGreaterThan(0)
  await derivatives.close()
  await tasks.close()
  expect(clock.pending).toBe(0)
})

test('the newest of many jobs does not wait for all the older ones', async () => {
  const { derivatives, tasks, ids } = await open(12)
  for (const id of ids.slice(0, 11)) derivatives.want(id)
  const newest = ids[11] ?? ''
  derivatives.want(newest)
  const page = openPage(tasks, 'page-one')
  const order: string[] = []
  while (!order.includes(newest)) {
    const task = await page.start()
    order.push(task.jobId)
    await page.hand(task.id, task.kind === 'poster' ? await picture('webp') : await preview())
  }
  expect(order.length).toBeLessThan(8)
})

test('an emptied cache is filled again', async () => {
  const { derivatives, tasks, ids, history } = await open()
  const [id = ''] = ids
  derivatives.want(id)
  const page = openPage(tasks, 'page-one')
  await page.hand((await page.start()).id, await picture('webp'))
  await vi.waitFor(() => expect(derivatives.path(id, 'poster')).not.toBeNull())
  rmSync(derivatives.path(id, 'poster') ?? '')
  expect(derivatives.path(id, 'poster')).toBeNull()
  expect(history.derivatives.get(id, 'poster')?.state).toBe('wanted')
})

test('a last frame is refused at once where no page is open, and made where one is', async () => {
  const { derivatives, tasks, ids } = await open()
  const [id = ''] = ids
  await expect(derivatives.lastFrame(id)).rejects.toMatchObject({
    code: 'unavailable',
    key: 'media.noWindow',
  })
  const page = openPage(tasks, 'page-one')
  const asking = page.start()
  const [one, two] = [derivatives.lastFrame(id), derivatives.lastFrame(id)]
  await page.hand((await asking).id, await picture('png'))
  expect(await one).toBe(await two)
  expect(await derivatives.lastFrame(id)).toBe(await one)
})

/** A page that is at a last frame for longer than whoever asked first is made to wait. */
async function slowPage() {
  const { derivatives, tasks, clock, ids } = await open()
  const [id = ''] = ids
  const page = openPage(tasks, 'page-one')
  const asking = page.start()
  const first = derivatives.lastFrame(id)
  const task = await asking
  clock.advance(500)
  return { derivatives, tasks, id, page, task, first }
}

test('a page that takes its time keeps nobody waiting, and its frame is there for whoever asks again', async () => {
  const { derivatives, id, page, task, first } = await slowPage()
  await expect(first).rejects.toMatchObject({ code: 'unavailable', key: 'media.frameLater' })
  const second = derivatives.lastFrame(id)
  await page.hand(task.id, await picture('png'))
  expect(readFileSync(await second).equals(await picture('png'))).toBe(true)
})

test('a frame that could not be read while nobody waited is said to the next who asks, and then tried anew', async () => {
  const { derivatives, tasks, id, page, task, first } = await slowPage()
  await expect(first).rejects.toMatchObject({ key: 'media.frameLater' })
  tasks.fail('page-one', task.id, 'unsupported', 'no decoder')
  await expect(derivatives.lastFrame(id)).rejects.toMatchObject({ key: 'media.noFrame' })
  const anew = page.start()
  const again = derivatives.lastFrame(id)
  await page.hand((await anew).id, await picture('png'))
  expect(await again).toMatch(/last_frame\.png$/)
})

test('whoever waits for a last frame hears of it when the page leaves or the studio closes', async () => {
  const { derivatives, tasks, id, page, first } = await slowPage()
  await expect(first).rejects.toMatchObject({ key: 'media.frameLater' })
  await page.leave()
  await expect(derivatives.lastFrame(id)).rejects.toMatchObject({ key: 'media.noWindow' })
  const other = openPage(tasks, 'page-two').start()
  const waiting = derivatives.lastFrame(id)
  await other
  await Promise.all([derivatives.close(), expect(waiting).rejects.toMatchObject({ key: 'media.noFrame' })])
})

test('a job that is gone takes its pictures with it', async () => {
  const { derivatives, tasks, ids, history } = await open()
  const [id = ''] = ids
  derivatives.want(id)
  const page = openPage(tasks, 'page-one')
  await page.hand((await page.start()).id, await picture('webp'))
  await vi.waitFor(() => expect(derivatives.path(id, 'poster')).not.toBeNull())
  const path = derivatives.path(id, 'poster') ?? ''
  history.jobs.remove([id], 1, 'keep')
  await derivatives.forget(id)
  expect(() => readFileSync(path)).toThrow('ENOENT')
  expect(tasks.state(`${id}-preview`).kind).toBe('unknown')
})
