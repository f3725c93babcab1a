import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { z } from 'zod'
import { Arguments, detailsOf, pictureFault } from './arguments'

/** Where the video stands in an answer. */
export type Layout = 'wrapped' | 'unwrapped' | 'video first' | 'video last' | 'escaped'

export type Fault =
  /** This status and body, before any container is asked. */
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** The connection breaks before the request was read. */
  | { kind: 'drop' }
  /** The run is made, and the connection breaks without an answer. */
  | { kind: 'drop_after' }
  /** The answer breaks off in the middle of the video. */
  | { kind: 'cut' }
  /** The answer ends properly, in the middle of the video. */
  | { kind: 'short' }
  /** A character of the video is none of base64. */
  | { kind: 'bad_base64' }
  /** The run is made, and this answer is given in place of the usual one. */
  | { kind: 'answer'; body: string; contentType?: string }

/** A request as it came. */
export interface Seen {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: unknown
}

export interface Wan22Options {
  video: Uint8Array
  key?: string
  /** Deployed with `disable_auth = true`: no key is asked for. */
  open?: boolean
  layout?: Layout
  /** Characters of one piece of the answer; all at once when absent. */
  pieces?: number
  port?: number
  /** Hears each request as it was judged. */
  onRequest?: (line: string) => void
}

/** A deployment of Wan2.2 at Cerebrium, at the wire. */
export interface Wan22Simulator {
  /** The address of the deployment. */
  address: string
  origin: string
  key: string
  layout: Layout
  /** Runs that were begun, and so are on the bill. */
  runs: number
  /** Every request in order. */
  seen: Seen[]
  /** Calls whose connection went before their answer was out. */
  abandoned: number
  /** The next call meets this. */
  fail(fault: Fault, times?: number): void
  /**
   * The next run waits, before its answer or in the middle of it: `reached` resolves when it is there, `release` lets
   * it go on.
   */
  hold(at?: 'run' | 'answer'): { reached: Promise<void>; release: () => void }
  close(): Promise<void>
}

const project = 'p-194bc83f'
const app = 'wan22-ti2v'

/** Starts a deployment on a port of 127.0.0.1, strict about path, key and arguments. */
export async function startWan22(options: Wan22Options): Promise<Wan22Simulator> {
  const faults: Fault[] = []
  const holds: { at: 'run' | 'answer'; reached: () => void; released: Promise<void> }[] = []
  const held = async (at: 'run' | 'answer') => {
    const index = holds.findIndex((one) => one.at === at)
    const [hold] = index < 0 ? [] : holds.splice(index, 1)
    hold?.reached()
    await hold?.released
  }
  const { key = 'eyJhbGciOiJIUzI1NiJ9.eyJwcm9qZWN0IjoicCJ9.c2ln', pieces = Infinity } = options
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const simulator: Wan22Simulator = {
    address: `${origin}/v4/${project}/${app}`,
    origin,
    key,
    layout: options.layout ?? 'wrapped',
    runs: 0,
    seen: [],
    abandoned: 0,
    fail(fault, times = 1) {
      for (let time = 0; time < times; time += 1) faults.push(fault)
    },
    hold(at = 'run') {
      const reached = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      holds.push({ at, reached: reached.resolve, released: released.promise })
      return { reached: reached.promise, release: released.resolve }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const told = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      options.onRequest?.(`${request.method} ${request.url} -> ${status}, ${simulator.runs} runs on the bill`)
      response.writeHead(status, { 'content-type': 'application/json', server: 'envoy', ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    const fault = request.method === 'POST' ? faults.shift() : undefined
    if (fault?.kind === 'drop') return void request.socket.destroy()
    const text = await textOf(request)
    const { method = '', url: path = '' } = request
    simulator.seen.push({ method, path, headers: request.headers, body: jsonOf(text) })
    if (path === '/') return told(404, { message: 'Not Found' })
    if (fault?.kind === 'status')
      return told(fault.status, fault.body ?? { message: 'scripted' }, fault.headers)
    if (options.open !== true && request.headers.authorization !== `Bearer ${key}`)
      return told(401, { message: 'Unauthorized' })
    if (path !== `/v4/${project}/${app}/predict`) return told(404, { message: 'App or function not found' })
    if (method !== 'POST') return told(405, { message: 'Method Not Allowed' })
    if (request.headers['content-type'] !== 'application/json') return told(400, { message: 'Expected JSON' })
    if (jsonOf(text) === undefined) return told(400, { message: 'Malformed JSON' })
    await run(response, jsonOf(text), fault, told)
  }

  async function run(
    response: ServerResponse,
    body: unknown,
    fault: Fault | undefined,
    told: (status: number, body: unknown) => void,
  ): Promise<void> {
    simulator.runs += 1
    const runId = `00000000-0000-4000-8000-${String(simulator.runs).padStart(12, '0')}`
    response.once('close', () => {
      if (!response.writableFinished) simulator.abandoned += 1
    })
    await held('run')
    const given = Arguments.safeParse(body)
    const wrong = given.success ? pictureFault(given.data) : validationError(given.error)
    if (!given.success || wrong !== null) {
      return told(500, { run_id: runId, run_time_ms: 12.5, message: wrong })
    }
    if (fault?.kind === 'drop_after') return void response.destroy()
    if (fault?.kind === 'answer') {
      response.writeHead(200, { 'content-type': fault.contentType ?? 'application/json' })
      return void response.end(fault.body)
    }
    let video = Buffer.from(options.video).toString('base64')
    if (fault?.kind === 'bad_base64') video = `${video.slice(0, 100)}!${video.slice(101)}`
    const whole = answerOf(simulator.layout, video, detailsOf(given.data), runId)
    const half = whole.indexOf(
      video.slice(0, 64).replaceAll('/', simulator.layout === 'escaped' ? '\\/' : '/'),
    )
    const said = fault?.kind === 'cut' || fault?.kind === 'short' ? whole.slice(0, half + 5_001) : whole
    response.writeHead(200, { 'content-type': 'application/json', server: 'envoy', 'x-request-id': runId })
    for (let at = 0; at < said.length; at += pieces) {
      const piece = said.slice(at, Math.min(said.length, at + pieces))
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')])
      // Each piece in a packet of its own.
      if (pieces !== Infinity) await new Promise(setImmediate)
      if (at >= said.length / 2) await held('answer')
    }
    if (fault?.kind === 'cut') return void response.destroy()
    options.onRequest?.(`POST predict -> 200, ${simulator.runs} runs on the bill`)
    response.end()
  }

  return simulator
}

/** The answer of the function, as Cerebrium wraps it or as an app of its own gives it. */
function answerOf(layout: Layout, video: string, details: unknown, run_id: string): string {
  switch (layout) {
    case 'wrapped':
      return JSON.stringify({ run_id, run_time_ms: 301_250.5, result: { video_base64: video, details } })
    case 'unwrapped':
      return JSON.stringify({ video_base64: video, details })
    case 'video first':
      return JSON.stringify(
        { result: { video_base64: video, details }, run_time_ms: 301_250.5, run_id },
        null,
        2,
      )
    case 'video last':
      return JSON.stringify({ run_time_ms: 301_250.5, run_id, result: { details, video_base64: video } })
    case 'escaped':
      return JSON.stringify({ details, run_id, video_base64: video }).replaceAll('/', '\\/')
  }
}

/** The words of pydantic, as the platform tells an exception of the app. */
function validationError(error: z.ZodError): string {
  const lines = error.issues.map(({ path, message }) => `${path.join('.')}\n  ${message}`)
  return `${error.issues.length} validation error for VideoRequest\n${lines.join('\n')}`
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
