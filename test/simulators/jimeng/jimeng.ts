import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { badKey, create, query } from './relay'
import type { Fault, Place, Seen, State, Task } from './state'
import { refusalOf, type Account } from './verify'
import { getResult, submitTask } from './volc'

export interface JimengOptions {
  video?: Uint8Array
  /** How many polls are answered before a job is done; one when absent. */
  pollsUntilDone?: number
  account?: Account
  relayKey?: string
  /** The relay reads the images of a job as soon as it has come. */
  readsImages?: boolean
  /** The time of the service; the real one when absent. */
  now?: () => number
}

/** Volcengine's gateway, a relay, and the store of their videos, over loopback HTTP. */
export interface JimengSimulator {
  url: string
  account: Account
  relayKey: string
  state: State
  /** The next `times` requests at this place go wrong. */
  fault(at: Place, fault: Fault, times?: number): void
  requests(at: Place): Seen[]
  /** How many jobs would be on the bill. */
  billable(): number
  /** All addresses given out so far stop working. */
  expire(): void
  close(): Promise<void>
}

/** Starts the simulator. */
export async function startJimeng(options: JimengOptions = {}): Promise<JimengSimulator> {
  const account = options.account ?? {
    accessKeyId: 'AKLTsimulator',
    secretAccessKey: 'c2VjcmV0LXNpbXVsYXRvcg==',
  }
  const relayKey = options.relayKey ?? 'sk-relay-simulator-0123456789'
  const video = options.video ?? new Uint8Array(64)
  const now = () => (options.now ?? Date.now)() + state.skewMs
  const state: State = {
    tasks: new Map(),
    seen: [],
    faults: [],
    pollsUntilDone: options.pollsUntilDone ?? 1,
    nextEnd: null,
    concurrency: 10,
    opened: true,
    skewMs: 0,
    readsImages: options.readsImages ?? false,
    read: [],
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const addressOf = (task: Task) => `${url}/files/${encodeURIComponent(task.id)}/${task.version}.mp4?sign=abc`

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? '/', url)
    const body = await bytesOf(request)
    const place = placeOf(request.method ?? '', at)
    if (place === null) return page(response, 200)
    state.seen.push({
      place,
      headers: plain(request.headers),
      body: body.toString(),
      query: at.search.slice(1),
    })
    const fault = take(place)
    if (fault?.kind === 'drop') return void request.socket.destroy()
    if (fault?.kind === 'html') return page(response, fault.status ?? 200)
    if (fault?.kind === 'answer') return json(response, fault.status, fault.body, fault.headers)
    if (place === 'file') return file(request, response, at, fault)
    const { status, body: answer } =
      place === 'submit' || place === 'result'
        ? volc(place, request, at, body)
        : await relay(place, request, at, body)
    if (fault?.kind === 'drop_after') return void request.socket.destroy()
    json(response, status, answer)
  }

  function volc(place: 'submit' | 'result', request: IncomingMessage, at: URL, body: Buffer) {
    const refusal = refusalOf(
      {
        method: request.method ?? '',
        path: at.pathname,
        query: at.search.slice(1),
        headers: request.headers,
        body,
      },
      account,
      now(),
    )
    if (refusal) {
      const { status, code, message } = refusal
      const metadata = {
        RequestId: '20261129',
        Action: at.searchParams.get('Action'),
        Version: '2022-08-31',
        Service: 'cv',
        Region: 'cn-north-1',
        Error: { CodeN: 100010, Code: code, Message: message },
      }
      return { status, body: { ResponseMetadata: metadata } }
    }
    const asked = parsed(body)
    return place === 'submit' ? submitTask(state, asked) : getResult(state, asked, addressOf)
  }

  async function relay(place: 'create' | 'query', request: IncomingMessage, at: URL, body: Buffer) {
    if (request.headers.authorization !== `Bearer ${relayKey}`) return badKey
    return place === 'create'
      ? create(state, parsed(body))
      : query(state, at.searchParams.get('id'), addressOf)
  }

  function file(request: IncomingMessage, response: ServerResponse, at: URL, fault: Fault | null): void {
    const [, , id = '', name = ''] = at.pathname.split('/')
    const task = state.tasks.get(decodeURIComponent(id))
    if (!task || name !== `${task.version}.mp4`) return json(response, 403, { error: 'Request has expired' })
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const part = video.subarray(from)
    response.writeHead(from > 0 ? 206 : 200, {
      'content-type': 'video/mp4',
      'content-length': part.byteLength,
      etag: '"one"',
      ...(from > 0 ? { 'content-range': `bytes ${from}-${video.byteLength - 1}/${video.byteLength}` } : {}),
    })
    if (fault?.kind !== 'half') return void response.end(part)
    response.write(part.subarray(0, part.byteLength >> 1), () => response.destroy())
  }

  function take(place: Place): Fault | null {
    const index = state.faults.findIndex(({ at }) => at === place)
    return index < 0 ? null : (state.faults.splice(index, 1)[0]?.fault ?? null)
  }

  function json(
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
  ): void {
    response.writeHead(status, {
      'content-type': 'application/json',
      date: new Date(now()).toUTCString(),
      ...headers,
    })
    response.end(JSON.stringify(body))
  }

  return {
    url,
    account,
    relayKey,
    state,
    fault(at, fault, times = 1) {
      for (let n = 0; n < times; n += 1) state.faults.push({ at, fault })
    },
    requests: (at) => state.seen.filter(({ place }) => place === at),
    billable: () => state.tasks.size,
    expire() {
      for (const task of state.tasks.values()) task.version += 1
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function placeOf(method: string, at: URL): Place | null {
  const path = `${method} ${at.pathname}`
  if (path === 'POST /' && at.searchParams.get('Version') === '2022-08-31') {
    const action = at.searchParams.get('Action')
    if (action === 'CVSync2AsyncSubmitTask') return 'submit'
    if (action === 'CVSync2AsyncGetResult') return 'result'
  }
  if (path === 'POST /v1/video/create') return 'create'
  if (path === 'GET /v1/video/query') return 'query'
  return at.pathname.startsWith('/files/') && method === 'GET' ? 'file' : null
}

/** What gateways of this kind answer where nothing is: their console's page. */
function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end('<!doctype html><title>Console</title>')
}

const plain = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
