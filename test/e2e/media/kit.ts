import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import pino from 'pino'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { WebSocketServer } from 'ws'
import { createMediaTasks, type MediaTasks } from '../../../src/main/media'
import type { AnimaticSpec } from '../../../src/shared/animatic'
import { contract } from '../../../src/shared/contract'
import { seededRandom } from '../../support/clock'
import { launchChromium } from '../../support/chromium'

const root = resolve(import.meta.dirname, '../../..')

export const spec: AnimaticSpec = {
  prompt: 'A lighthouse at dusk, the lamp sweeping across slow fog',
  title: true,
  seed: 7,
  width: 640,
  height: 360,
  fps: 24,
  durationMs: 2000,
  camera: 'push_in',
  easing: 'ease_in_out',
}

const mimes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
}

/** The studio's media side for real: broker, contract over a WebSocket, and a page with its rendering threads. */
export interface Rig {
  tasks: MediaTasks
  browser: Browser
  /** Opens one more page that takes orders. */
  open(): Promise<Page>
  /** Serves a file at `name`, relative to the page. */
  serve(name: string, path: string): void
  /** Where the page was built to. */
  dist: string
  close(): Promise<void>
}

export async function startRig(folder: string): Promise<Rig> {
  const dist = join(folder, 'dist')
  await build({
    root: join(import.meta.dirname, 'page'),
    base: './',
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src/shared') } },
    worker: { format: 'es' },
    build: { outDir: dist, emptyOutDir: true, assetsInlineLimit: 0, target: 'chrome140' },
  })
  const clock = {
    now: () => Date.now(),
    after(ms: number, run: () => void) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
  const log = pino({ level: 'silent' })
  const tasks = createMediaTasks({ spoolDir: join(folder, 'spool'), clock, random: seededRandom(3), log })
  const files = new Map<string, string>()

  const server = createServer((request, response) => {
    const name =
      decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1) || 'index.html'
    const path = files.get(name) ?? join(dist, name)
    if (!existsSync(path)) return response.writeHead(404).end()
    const { size } = statSync(path)
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const start = Number(range?.[1] ?? 0)
    const end = Math.min(size - 1, range?.[2] ? Number(range[2]) : size - 1)
    response.writeHead(range ? 206 : 200, {
      'content-type': mimes[extname(path)] ?? 'application/octet-stream',
      'content-length': end - start + 1,
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      // As strict as the studio's own page.
      'content-security-policy': "default-src 'self'; connect-src 'self' ws:",
      ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    })
    return createReadStream(path, { start, end }).pipe(response)
  })
  const sockets = new WebSocketServer({ server, path: '/rpc' })
  const handler = new RPCHandler({ media: mediaRouter(tasks) })
  sockets.on('connection', (socket) => void handler.upgrade(socket))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const browser = await launchChromium()

  return {
    tasks,
    browser,
    dist,
    async open() {
      const page = await browser.newPage()
      page.on('pageerror', (error) => console.error('page:', error.message))
      await page.goto(address)
      return page
    },
    serve: (name, path) => void files.set(name, path),
    async close() {
      await browser.close()
      await tasks.close()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.close()
    },
  }
}

/** The contract's media procedures over a broker, as thin as rpc has them. */
function mediaRouter(tasks: MediaTasks) {
  const on = implement(contract.media)
  const ok = { ok: true as const }
  return on.router({
    orders: on.orders.handler(({ input, signal }) =>
      tasks.orders(input.worker, signal ?? new AbortController().signal),
    ),
    progress: on.progress.handler(({ input }) => {
      tasks.progress(input.worker, input.taskId, input.done, input.total)
      return ok
    }),
    write: on.write.handler(async ({ input }) => {
      const bytes = new Uint8Array(await input.chunk.arrayBuffer())
      await tasks.write(input.worker, input.taskId, input.offset, bytes)
      return ok
    }),
    finish: on.finish.handler(async ({ input }) => {
      await tasks.finish(input.worker, input.taskId, input.bytes, input.sha256)
      return ok
    }),
    fail: on.fail.handler(({ input }) => {
      tasks.fail(input.worker, input.taskId, input.reason, input.message)
      return ok
    }),
  })
}

/** Resolves when the task has ended one way or the other. */
export function settled(tasks: MediaTasks, taskId: string): Promise<ReturnType<MediaTasks['state']>> {
  return new Promise((resolve) => {
    const look = () => {
      const state = tasks.state(taskId)
      if (state.kind === 'waiting' || state.kind === 'running') return
      stop()
      resolve(state)
    }
    const stop = tasks.onChange((id) => id === taskId && look())
    look()
  })
}
