import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { officialRoutes } from './official'
import { bodyOf, file, json, page } from './http'
import { relayRoutes } from './relay'
import type { Behaviour, Fault, Operation, SeenRequest, SimTask, Uploaded } from './state'
import { storeUpload } from './uploads'
// Inlined, so that it is there in a bundle too.
import clip from '../aws/clip.mp4?inline'

export interface RunwayOptions {
  behaviour?: Partial<Behaviour>
  /** The video that every task gives; a real clip of 5 s when absent. */
  video?: Uint8Array
}

/** Runway and a relay on loopback, and the store that takes uploads and gives videos on a port of its own. */
export interface RunwaySimulator {
  /** Address of the API: Runway's paths and those of the relay. */
  readonly url: string
  readonly storeUrl: string
  readonly apiKey: string
  readonly relayKey: string
  readonly behaviour: Behaviour
  readonly video: Buffer
  /** All tasks, oldest first: the entries on the bill. */
  readonly tasks: readonly SimTask[]
  readonly uploads: readonly Uploaded[]
  /** Images that the relay has read from this computer. */
  readonly read: readonly { type: string; bytes: number }[]
  readonly requests: readonly SeenRequest[]
  /** The requests of one operation. */
  of(operation: Operation): SeenRequest[]
  /** The next `times` requests of an operation go wrong. */
  fault(operation: Operation, fault: Fault, times?: number): void
  /** The next request of an operation waits, after it is done and before its answer. */
  hold(operation: Operation): { reached: Promise<void>; release: () => void }
  /** The next task ends as failed, and is charged so many credits; null tells no cost. */
  failNext(failure: string, failureCode?: string, credits?: number | null): void
  /** Ends what runs. */
  finish(status?: 'SUCCEEDED' | 'CANCELLED'): void
  /** All addresses of videos given out so far stop working. */
  expire(): void
  /** Tasks are forgotten, as deleted ones are. */
  forget(): void
  close(): Promise<void>
}

/** What the routes share. */
export interface World {
  apiKey: string
  relayKey: string
  behaviour: Behaviour
  tasks: SimTask[]
  uploads: Uploaded[]
  read: { type: string; bytes: number }[]
  storeUrl: () => string
  /** A fresh address of a task's video. */
  videoUrl(task: SimTask): string
  /** What the next task is to fail with. */
  failing: { failure: string; failureCode?: string; credits: number | null }[]
}

/** One request, its body read. */
export interface Request {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** An answer; a body that is undefined is none. */
export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

const usual: Behaviour = {
  pollsUntilDone: 1,
  together: 2,
  daily: 50,
  balance: 1234,
  relayShape: 'official',
  unknownPolls: 0,
}

/** Starts both on loopback ports. */
export async function startRunway(options: RunwayOptions = {}): Promise<RunwaySimulator> {
  const video = Buffer.from(options.video ?? Buffer.from(clip.slice(clip.indexOf(',') + 1), 'base64'))
  const faults: { operation: Operation; fault: Fault }[] = []
  const holds: { operation: Operation; reached: () => void; released: Promise<void> }[] = []
  const requests: SeenRequest[] = []
  let version = 1
  const world: World = {
    apiKey: `key_${randomBytes(64).toString('hex')}`,
    relayKey: `sk-${randomBytes(24).toString('hex')}`,
    behaviour: { ...usual, ...options.behaviour },
    tasks: [],
    uploads: [],
    read: [],
    storeUrl: () => store.url,
    videoUrl: (task) => `${store.url}/video/${task.id}.mp4?_jwt=${version}.${randomUUID()}`,
    failing: [],
  }

  function operationOf(method: string, path: string): Operation | null {
    const [, , name = '', id] = path.replace('/runwayml', '').split('/')
    if (method === 'POST' && /^(?:image|text)_to_video$/.test(name)) return 'create'
    if (name === 'tasks' && id !== undefined) return method === 'DELETE' ? 'cancel' : 'task'
    if (name === 'organization' && method === 'GET') return 'organization'
    if (name === 'uploads' && method === 'POST') return 'uploads'
    return null
  }

  /** Does what was asked unless the script says otherwise. */
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    operation: Operation | null,
    perform: (asked: Request, fault: Fault | null) => Reply | null | Promise<Reply | null>,
  ): Promise<void> {
    const body = await bodyOf(request)
    const [path = ''] = (request.url ?? '/').split('?')
    const asked: Request = { method: request.method ?? 'GET', path, headers: request.headers, body }
    const isText = !String(request.headers['content-type']).startsWith('multipart/')
    const seen: SeenRequest = {
      operation,
      method: asked.method,
      url: request.url ?? '',
      headers: request.headers,
      body: isText ? body.toString() : '',
      bodyBytes: body.byteLength,
      status: null,
    }
    requests.push(seen)
    const at = faults.findIndex((one) => one.operation === operation)
    const fault = at < 0 ? null : (faults.splice(at, 1)[0]?.fault ?? null)
    if (fault?.kind === 'drop') return void response.destroy()
    if (fault?.kind === 'html') return page(response, (seen.status = fault.status ?? 200))
    if (fault?.kind === 'status') {
      seen.status = fault.status
      return json(response, fault.status, fault.body ?? { error: 'scripted' }, fault.headers)
    }
    const reply = await perform(asked, fault)
    const held = holds.findIndex((one) => one.operation === operation)
    const hold = held < 0 ? undefined : holds.splice(held, 1)[0]
    hold?.reached()
    await hold?.released
    if (fault?.kind === 'drop_after') return void response.destroy()
    if (reply === null) return
    seen.status = reply.status
    json(response, reply.status, fault?.kind === 'answer' ? fault.body : reply.body, reply.headers)
  }

  const api = await listen(async (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const operation = operationOf(request.method ?? 'GET', path)
    const routes = path.startsWith('/runwayml/') ? relayRoutes : officialRoutes
    await answer(request, response, operation, (asked) => routes(world, operation, asked))
  })
  const store = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://store')
    const isVideo = url.pathname.startsWith('/video/')
    await answer(request, response, isVideo ? 'file' : 'store', (asked, fault) => {
      // A key that is sent along would be known to a stranger.
      if (asked.headers.authorization !== undefined) return { status: 400, body: { error: 'no keys here' } }
      if (!isVideo) return storeUpload(world, asked)
      if (Number(url.searchParams.get('_jwt')?.split('.')[0]) < version) return { status: 401, body: {} }
      file(request, response, video, fault?.kind === 'half')
      return null
    })
  })

  return {
    url: api.url,
    storeUrl: store.url,
    apiKey: world.apiKey,
    relayKey: world.relayKey,
    behaviour: world.behaviour,
    video,
    tasks: world.tasks,
    uploads: world.uploads,
    read: world.read,
    requests,
    of: (operation) => requests.filter((one) => one.operation === operation),
    fault(operation, fault, times = 1) {
      for (let n = 0; n < times; n += 1) faults.push({ operation, fault })
    },
    hold(operation) {
      const reached = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      holds.push({ operation, reached: reached.resolve, released: released.promise })
      return { reached: reached.promise, release: released.resolve }
    },
    failNext(failure, failureCode, credits = 0) {
      world.failing.push({ failure, credits, ...(failureCode === undefined ? {} : { failureCode }) })
    },
    finish(status = 'SUCCEEDED') {
      for (const task of world.tasks) {
        if (!['PENDING', 'THROTTLED', 'RUNNING'].includes(task.status)) continue
        task.status = status
        task.charged = status === 'SUCCEEDED' ? task.credits : 0
      }
    },
    expire() {
      version += 1
    },
    forget() {
      for (const task of world.tasks) task.deleted = true
    },
    async close() {
      await Promise.all([api.close(), store.close()])
    },
  }
}

async function listen(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return response.destroy()
      response.writeHead(500).end(`simulator: ${String(error)}`)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
