import { createHash, randomUUID } from 'node:crypto'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import type { AnimaticSpec } from '../../../src/shared/animatic'
import type { MediaOrder, MediaTask } from '../../../src/shared/contract'
import { createMediaTasks, type MediaTasks } from '../../../src/main/media'
import { ManualClock, seededRandom } from '../../support/clock'
import { makeMp4 } from '../../support/video'

export const silent = pino({ level: 'silent' })

export const spec: AnimaticSpec = {
  prompt: 'A lighthouse at dusk',
  title: true,
  seed: 7,
  width: 64,
  height: 36,
  fps: 24,
  durationMs: 2000,
  camera: 'push_in',
  easing: 'linear',
}

export function animaticTask(id: string = randomUUID()): MediaTask {
  return { kind: 'animatic', id, jobId: id, spec, images: { first: null, last: null } }
}

export function smallTask(
  kind: 'poster' | 'preview' | 'last_frame',
  jobId: string = randomUUID(),
): MediaTask {
  return { kind, id: `${jobId}-${kind}`, jobId, source: `media/${jobId}/video` }
}

/** The video {@link animaticTask} asks for. */
export const rightVideo = () => makeMp4({ width: 64, height: 36, fps: 24, frames: 48 })

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export function openTasks(spoolDir: string, clock = new ManualClock()): MediaTasks {
  const tasks = createMediaTasks({ spoolDir, clock, random: seededRandom(clock.now() % 97), log: silent })
  onTestFinished(() => tasks.close())
  return tasks
}

/** A page as the broker sees it: takes orders one by one and hands bytes in. */
export function openPage(tasks: MediaTasks, worker: string) {
  const leaving = new AbortController()
  const orders = tasks.orders(worker, leaving.signal)
  const next = async (): Promise<MediaOrder> => {
    const { value } = await orders.next()
    if (!value) throw new Error('the orders ended')
    return value
  }
  return {
    worker,
    next,
    /** The next order, which has to be to start something. */
    async start(): Promise<MediaTask> {
      const order = await next()
      if (order.type !== 'start') throw new Error(`told to ${order.type}`)
      return order.task
    },
    async hand(taskId: string, bytes: Uint8Array, step = 1000): Promise<void> {
      for (let at = 0; at < bytes.length; at += step)
        await tasks.write(worker, taskId, at, bytes.subarray(at, at + step))
      await tasks.finish(worker, taskId, bytes.length, sha256(bytes))
    },
    async leave(): Promise<void> {
      leaving.abort()
      await orders.next()
    },
  }
}
