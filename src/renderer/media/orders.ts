import type { ContractRouterClient } from '@orpc/contract'
import type { Contract, MediaTask } from '@shared/contract'
import { Engine, type Made } from './engine'
import { RenderError } from './protocol'

/** The part of the studio that hands out media work. */
export interface MediaApi {
  media: ContractRouterClient<Contract>['media']
}

const chunkBytes = 1024 * 1024
/** How often main hears of progress, and how long to wait before asking for orders again. */
const tellMs = 120
const againMs = 1000

/**
 * Takes media orders for as long as the page lives: renders in threads of their own, tells true progress, hands the
 * bytes in. A lost connection drops what was under way (main gives it out anew) and subscribes again.
 */
export function startMediaWorker(api: MediaApi): () => void {
  const ending = new AbortController()
  const engines = { render: new Engine(), small: new Engine() }
  void (async () => {
    while (!ending.signal.aborted) {
      await serve(api, engines, ending.signal).catch(() => undefined)
      await pause(againMs, ending.signal)
    }
    engines.render.end()
    engines.small.end()
  })()
  return () => ending.abort()
}

/** One subscription under a name of its own, so that what a former one left cannot be confused with it. */
async function serve(api: MediaApi, engines: { render: Engine; small: Engine }, ending: AbortSignal) {
  const worker = crypto.randomUUID()
  const lost = new AbortController()
  const signal = AbortSignal.any([ending, lost.signal])
  const running = new Map<string, AbortController>()
  /** Each engine does one thing at a time; a stopped task may still be on its way out when the next comes. */
  const tails = { render: Promise.resolve(), small: Promise.resolve() }
  try {
    for await (const order of await api.media.orders({ worker }, { signal })) {
      if (order.type === 'stop') {
        running.get(order.taskId)?.abort()
        continue
      }
      const { task } = order
      const stop = new AbortController()
      running.get(task.id)?.abort()
      running.set(task.id, stop)
      const lane = task.kind === 'animatic' ? 'render' : 'small'
      const before = tails[lane]
      tails[lane] = (async () => {
        await before
        await perform(api, worker, task, engines[lane], AbortSignal.any([signal, stop.signal]))
        if (running.get(task.id) === stop) running.delete(task.id)
      })()
    }
  } finally {
    lost.abort()
    await Promise.all([tails.render, tails.small])
  }
}

/** Renders one task and hands it in, or says why not. Never rejects: what main refused, main deals with. */
async function perform(api: MediaApi, worker: string, task: MediaTask, engine: Engine, signal: AbortSignal) {
  const taskId = task.id
  const tell = latest(tellMs, async ({ done, total }: { done: number; total: number }) => {
    if (!signal.aborted) await api.media.progress({ worker, taskId, done, total })
  })
  try {
    const made = await engine.run(task, signal, (done, total) => tell({ done, total }))
    await handIn(api, worker, taskId, made, signal)
  } catch (error) {
    if (signal.aborted || !(error instanceof RenderError)) return
    const message = error.message.slice(0, 2000)
    await api.media.fail({ worker, taskId, reason: error.reason, message }).catch(() => undefined)
  }
}

/** One chunk after the other, so that no more than one is on the way. */
async function handIn(api: MediaApi, worker: string, taskId: string, made: Made, signal: AbortSignal) {
  const { byteLength } = made.bytes
  for (let offset = 0; offset < byteLength; offset += chunkBytes) {
    const chunk = new Blob([made.bytes.slice(offset, offset + chunkBytes)])
    await api.media.write({ worker, taskId, offset, chunk }, { signal })
  }
  await api.media.finish({ worker, taskId, bytes: byteLength, sha256: made.sha256 }, { signal })
}

/** Calls `send` with the newest value, one call at a time and at most every `ms`. */
function latest<T>(ms: number, send: (value: T) => Promise<void>): (value: T) => void {
  let waiting: { value: T } | null = null
  let busy = false
  const pump = async () => {
    busy = true
    while (waiting) {
      const { value } = waiting
      waiting = null
      await send(value).catch(() => undefined)
      await pause(ms)
    }
    busy = false
  }
  return (value) => {
    waiting = { value }
    if (!busy) void pump()
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
