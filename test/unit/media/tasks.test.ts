import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Spool } from '../../../src/main/media/spool'
import { ManualClock } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { makeMp4 } from '../../support/video'
import { animaticTask, openPage, openTasks, rightVideo, sha256, smallTask } from './kit'

test('an accepted animatic is the very bytes the page handed in', async () => {
  const folder = tempFolder()
  const tasks = openTasks(folder)
  const task = animaticTask()
  tasks.enqueue(task)
  expect(tasks.state(task.id)).toEqual({ kind: 'waiting', worker: false, disk: false })
  const page = openPage(tasks, 'page-one')
  expect(await page.start()).toEqual(task)
  tasks.progress('page-one', task.id, 12, 48)
  expect(tasks.state(task.id)).toEqual({ kind: 'running', done: 12, total: 48 })
  const video = await rightVideo()
  await page.hand(task.id, video)
  const state = tasks.state(task.id)
  expect(state).toMatchObject({ kind: 'done', bytes: video.length, sha256: sha256(video) })
  expect(state.kind === 'done' && readFileSync(state.path).equals(video)).toBe(true)
  expect(readdirSync(folder).some((name) => name.endsWith('.part'))).toBe(false)
})

test('progress that goes back would make the ring jump', async () => {
  const tasks = openTasks(tempFolder())
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  await page.start()
  tasks.progress('page-one', task.id, 20, 48)
  tasks.progress('page-one', task.id, 10, 48)
  expect(tasks.state(task.id)).toMatchObject({ done: 20 })
})

test('two pages render two animatics, and no page renders two at once', async () => {
  const tasks = openTasks(tempFolder())
  const [a, b, c] = [animaticTask(), animaticTask(), animaticTask()]
  for (const task of [a, b, c]) tasks.enqueue(task)
  const one = openPage(tasks, 'page-one')
  const two = openPage(tasks, 'page-two')
  expect([(await one.start()).id, (await two.start()).id]).toEqual([a.id, b.id])
  expect(tasks.state(c.id)).toMatchObject({ kind: 'waiting', worker: true })
  await two.hand(b.id, await rightVideo())
  expect((await two.start()).id).toBe(c.id)
})

test('a poster is made beside a long render instead of waiting for it', async () => {
  const tasks = openTasks(tempFolder())
  const poster = smallTask('poster')
  const render = animaticTask()
  tasks.enqueue(poster)
  tasks.enqueue(render)
  const page = openPage(tasks, 'page-one')
  expect([(await page.start()).kind, (await page.start()).kind]).toEqual(['animatic', 'poster'])
})

test('a page that vanishes gives its task to the next, and its late bytes are refused', async () => {
  const tasks = openTasks(tempFolder())
  const task = animaticTask()
  tasks.enqueue(task)
  const one = openPage(tasks, 'page-one')
  await one.start()
  const video = await rightVideo()
  await tasks.write('page-one', task.id, 0, video.subarray(0, 500))
  const two = openPage(tasks, 'page-two')
  const given = two.start()
  await one.leave()
  expect((await given).id).toBe(task.id)
  await expect(tasks.write('page-one', task.id, 500, video.subarray(500))).rejects.toMatchObject({
    code: 'conflict',
    key: 'media.notYours',
  })
  await two.hand(task.id, video)
  expect(tasks.state(task.id)).toMatchObject({ kind: 'done', sha256: sha256(video) })
})

test('a page that hangs with its connection open loses the task', async () => {
  const clock = new ManualClock()
  const tasks = openTasks(tempFolder(), clock)
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  await page.start()
  clock.advance(100_000)
  tasks.progress('page-one', task.id, 1, 48)
  clock.advance(100_000)
  expect(tasks.state(task.id).kind).toBe('running')
  clock.advance(60_000)
  expect(await page.next()).toEqual({ type: 'stop', taskId: task.id })
})

test.each([
  ['a gap', 10],
  ['an overlap', 3],
])('bytes that do not follow on (%s) never reach a result', async (_name, offset) => {
  const folder = tempFolder()
  const tasks = openTasks(folder)
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  await page.start()
  await tasks.write('page-one', task.id, 0, new Uint8Array(5))
  await expect(tasks.write('page-one', task.id, offset, new Uint8Array(5))).rejects.toMatchObject({
    code: 'invalid_request',
    key: 'media.offset',
  })
  expect(await page.next()).toEqual({ type: 'stop', taskId: task.id })
  expect((await page.start()).id).toBe(task.id)
})

const wrong: [string, () => Promise<Uint8Array>][] = [
  ['not a container', async () => new Uint8Array(4000).fill(65)],
  ['cut short', async () => (await rightVideo()).subarray(0, 900)],
  ['of another size', () => makeMp4({ width: 66, height: 36, fps: 24, frames: 48 })],
  ['one frame short', () => makeMp4({ width: 64, height: 36, fps: 24, frames: 47 })],
  ['too slow', () => makeMp4({ width: 64, height: 36, fps: 12, frames: 48 })],
]
test.each(wrong)('a video %s is refused, tried once more, then failed', async (_name, make) => {
  const folder = tempFolder()
  const tasks = openTasks(folder)
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  const once = async () => {
    expect((await page.start()).id).toBe(task.id)
    await expect(page.hand(task.id, await make())).rejects.toMatchObject({ key: 'media.damaged' })
  }
  await once()
  await once()
  expect(tasks.state(task.id)).toMatchObject({ kind: 'failed', reason: 'damaged' })
  await tasks.close()
  expect(readdirSync(folder)).toEqual([])
})

test('a length or checksum that disagrees is refused', async () => {
  const tasks = openTasks(tempFolder())
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  const video = await rightVideo()
  await page.start()
  await tasks.write('page-one', task.id, 0, video)
  await expect(tasks.finish('page-one', task.id, video.length, '0'.repeat(64))).rejects.toMatchObject({
    key: 'media.damaged',
  })
  await page.start()
  await tasks.write('page-one', task.id, 0, video)
  await expect(tasks.finish('page-one', task.id, video.length + 1, sha256(video))).rejects.toMatchObject({
    key: 'media.damaged',
  })
})

test('a page cannot fill the disk', async () => {
  const spool = new Spool(join(tempFolder(), 'a.part'), 100)
  await spool.append(0, new Uint8Array(60))
  await expect(spool.append(60, new Uint8Array(41))).rejects.toMatchObject({ code: 'too_large' })
  await spool.append(60, new Uint8Array(40))
  await spool.discard()
})

test('a spool folder that cannot be written makes the task wait, not fail', async () => {
  const folder = tempFolder()
  const clock = new ManualClock()
  const tasks = openTasks(join(folder, 'spool'), clock)
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  await page.start()
  const { rmSync } = await import('node:fs')
  rmSync(join(folder, 'spool'), { recursive: true })
  writeFileSync(join(folder, 'spool'), 'a file where the folder was')
  await expect(tasks.write('page-one', task.id, 0, new Uint8Array(9))).rejects.toMatchObject({
    code: 'storage',
  })
  expect(tasks.state(task.id)).toMatchObject({ kind: 'waiting', disk: true })
  rmSync(join(folder, 'spool'))
  clock.advance(30_000)
  expect((await page.next()).type).toBe('stop')
  expect((await page.start()).id).toBe(task.id)
  await page.hand(task.id, await rightVideo())
  expect(tasks.state(task.id).kind).toBe('done')
})

test('pictures are decoded before they count', async () => {
  const tasks = openTasks(tempFolder())
  const image = sharp({ create: { width: 640, height: 360, channels: 3, background: '#246' } })
  const webp = new Uint8Array(await image.clone().webp().toBuffer())
  const png = new Uint8Array(await image.clone().png().toBuffer())
  const big = new Uint8Array(await image.clone().resize(1280).webp().toBuffer())
  const page = openPage(tasks, 'page-one')
  const [poster, broken, large, frame] = [
    smallTask('poster'),
    smallTask('poster'),
    smallTask('poster'),
    smallTask('last_frame'),
  ]
  tasks.enqueue(poster)
  await page.start()
  await page.hand(poster.id, webp)
  expect(tasks.state(poster.id).kind).toBe('done')
  tasks.enqueue(broken)
  await page.start()
  await expect(page.hand(broken.id, webp.subarray(0, webp.length - 40))).rejects.toMatchObject({
    key: 'media.damaged',
  })
  tasks.cancel(broken.id)
  tasks.enqueue(large)
  while ((await page.next()).type !== 'start');
  // The second chance of the broken one may still be in the queue of orders.
  await expect(
    tasks.state(large.id).kind === 'running'
      ? page.hand(large.id, big)
      : page.start().then(() => page.hand(large.id, big)),
  ).rejects.toMatchObject({ key: 'media.damaged' })
  tasks.cancel(large.id)
  tasks.enqueue(frame)
  for (;;) {
    const order = await page.next()
    if (order.type === 'start' && order.task.id === frame.id) break
  }
  await page.hand(frame.id, png)
  expect(tasks.state(frame.id).kind).toBe('done')
})

test('a finished result is found again after a kill, half ones are swept', async () => {
  const folder = tempFolder()
  const first = openTasks(folder)
  const [done, half] = [animaticTask(), animaticTask()]
  first.enqueue(done)
  first.enqueue(half)
  const page = openPage(first, 'page-one')
  await page.start()
  const video = await rightVideo()
  await page.hand(done.id, video)
  await page.start()
  await first.write('page-one', half.id, 0, video.subarray(0, 300))
  writeFileSync(join(folder, 'orphan.mp4'), 'no note beside it')

  // No close: the process was killed here.
  const second = openTasks(folder)
  expect(second.state(done.id)).toMatchObject({ kind: 'done', sha256: sha256(video) })
  expect(second.state(half.id)).toEqual({ kind: 'unknown' })
  second.enqueue(done)
  second.enqueue(half)
  expect((await openPage(second, 'page-two').start()).id).toBe(half.id)
  expect(readdirSync(folder).toSorted()).toEqual([`${done.id}.json`, `${done.id}.mp4`])
  await second.forget(done.id)
  expect(readdirSync(folder)).toEqual([])
})

test('a result nobody fetched for weeks is swept', async () => {
  const folder = tempFolder()
  const clock = new ManualClock()
  const tasks = openTasks(folder, clock)
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  await page.start()
  await page.hand(task.id, await rightVideo())
  clock.advance(15 * 24 * 3600 * 1000)
  expect(openTasks(folder, clock).state(task.id).kind).toBe('unknown')
})

test('a cancelled task is taken from its page and leaves nothing', async () => {
  const folder = tempFolder()
  const tasks = openTasks(folder)
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  await page.start()
  await tasks.write('page-one', task.id, 0, new Uint8Array(10))
  tasks.cancel(task.id)
  expect(await page.next()).toEqual({ type: 'stop', taskId: task.id })
  expect(tasks.state(task.id)).toEqual({ kind: 'unknown' })
  expect(() => tasks.progress('page-one', task.id, 1, 2)).toThrow('no longer')
  await tasks.close()
  expect(readdirSync(folder)).toEqual([])
})

test('a cancel that comes during the last check is not overtaken by "done"', async () => {
  const folder = tempFolder()
  const tasks = openTasks(folder)
  const task = animaticTask()
  tasks.enqueue(task)
  const page = openPage(tasks, 'page-one')
  await page.start()
  const video = await rightVideo()
  await tasks.write('page-one', task.id, 0, video)
  const finishing = tasks.finish('page-one', task.id, video.length, sha256(video))
  tasks.cancel(task.id)
  await expect(finishing).rejects.toMatchObject({ key: 'media.notYours' })
  await tasks.close()
  expect(tasks.state(task.id).kind).toBe('unknown')
  expect(readdirSync(folder)).toEqual([])
})

test('a worker that crashes gets one more chance; one that cannot encode does not', async () => {
  const tasks = openTasks(tempFolder())
  const [crashing, unsupported] = [animaticTask(), animaticTask()]
  tasks.enqueue(crashing)
  const page = openPage(tasks, 'page-one')
  await page.start()
  tasks.fail('page-one', crashing.id, 'crashed', 'out of memory')
  await page.start()
  tasks.fail('page-one', crashing.id, 'crashed', 'out of memory')
  expect(tasks.state(crashing.id)).toMatchObject({ kind: 'failed', reason: 'crashed' })
  tasks.enqueue(unsupported)
  await page.start()
  tasks.fail('page-one', unsupported.id, 'unsupported', 'no H.264')
  expect(tasks.state(unsupported.id)).toMatchObject({ kind: 'failed', reason: 'unsupported' })
})

test('a task id that is a path is refused', () => {
  const tasks = openTasks(tempFolder())
  expect(() => tasks.enqueue(animaticTask('../../etc/passwd'))).toThrow('not a task id')
})
