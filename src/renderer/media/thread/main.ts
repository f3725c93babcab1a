import type { MediaTask } from '@shared/contract'
import { RenderError, type FromThread, type ToThread } from '../protocol'
import { makeLastFrame, makePoster, makePreview } from './derive'
import { renderAnimatic } from './render'

const running = new Map<string, AbortController>()

function say(message: FromThread, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

async function make(task: MediaTask, base: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const at = (address: string) => new URL(address, base).href
  const progress = (done: number, total: number) => say({ type: 'progress', taskId: task.id, done, total })
  switch (task.kind) {
    case 'animatic': {
      const { first, last } = task.images
      const images = { first: first && at(first), last: last && at(last) }
      return renderAnimatic(task.spec, images, signal, progress)
    }
    case 'poster':
      return makePoster(at(task.source), signal)
    case 'preview':
      return makePreview(at(task.source), signal, progress)
    case 'last_frame':
      return makeLastFrame(at(task.source), signal)
  }
}

async function run(task: MediaTask, base: string): Promise<void> {
  const taskId = task.id
  const stop = new AbortController()
  running.set(taskId, stop)
  try {
    const bytes = await make(task, base, stop.signal)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
    say({ type: 'made', taskId, bytes, sha256 }, [bytes])
  } catch (error) {
    if (stop.signal.aborted) return say({ type: 'stopped', taskId })
    const reason = error instanceof RenderError ? error.reason : 'crashed'
    say({ type: 'failed', taskId, reason, message: error instanceof Error ? error.message : String(error) })
  } finally {
    running.delete(taskId)
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToThread>) => {
  switch (data.type) {
    case 'run':
      return void run(data.task, data.base)
    case 'stop':
      return running.get(data.taskId)?.abort()
  }
})
