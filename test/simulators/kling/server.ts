import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json, newerTaskOf, page, refusal, success, taskOf, type Reply } from './answers'
import { readBody, readNewer, Refused } from './bodies'
import type { Fault, Faults, Operation } from './faults'
import type { Behaviour } from './kling'
import type { Tasks, TaskType } from './tasks'
import { doubtOf, type Account } from './tokens'

/** One request as it was seen and answered. */
export interface SeenRequest {
  operation: Operation | null
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
  /** Status of the answer; null where the connection was broken instead. */
  status: number | null
}

/** All that the simulator holds. */
export interface State {
  kind: 'official' | 'relay'
  tasks: Tasks
  faults: Faults
  seen: SeenRequest[]
  account: Account
  behaviour: Behaviour
  wall: () => number
  video: Buffer
  nextFailure: string | null
}

interface Route {
  operation: Operation
  type: TaskType
  id: string
  query: URLSearchParams
  /** The path of a submit to the API of 2026, which believes an API key only. */
  newer: 'text-to-video' | 'image-to-video' | null
}

/** Serves the state on a loopback port. */
export async function serve(state: State, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(`simulator: ${error instanceof Error ? error.stack : String(error)}`)
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString()
    const route = routeOf(method, url, state.kind)
    const seen: SeenRequest = {
      operation: route?.operation ?? null,
      method,
      url,
      headers,
      body,
      status: null,
    }
    state.seen.push(seen)
    const fault = route && state.faults.take(route.operation)
    if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.ms))
    if (fault?.kind === 'drop') return void response.destroy()
    const reply = (fault && damaged(fault)) ?? (await perform(route, headers, body))
    if (fault?.kind === 'drop_after') return void response.destroy()
    seen.status = reply.status
    send(response, reply, fault?.kind === 'half', state.wall)
  }

  async function perform(route: Route | null, headers: IncomingHttpHeaders, body: string): Promise<Reply> {
    if (route?.operation === 'file') return file(state, route, headers)
    // A relay serves the page of its console for what it does not know.
    if (route === null) return state.kind === 'relay' ? page(200) : refusal(1202, 'method or path is invalid')
    const doubt = doubtOf(headers.authorization, state.account, Math.floor(state.wall() / 1000))
    const pair = headers.authorization !== `Bearer ${state.account.apiKey}`
    if (doubt !== null || (state.kind === 'relay' && pair)) return notBelieved(state, doubt ?? 1002)
    if (route.type === 'task' && pair) return refusal(1002, 'does not support AK/SK')
    state.tasks.settle()
    const { type, id, query } = route
    const { textCodes, tellsUnits } = state.behaviour
    const told = (task: Tasks['all'][number]) => {
      task.address += task.status === 'succeed' ? 1 : 0
      const tell = task.newer === null ? taskOf : newerTaskOf
      return tell(task, `${origin()}/files/${task.id}.mp4?sign=${task.address}`, tellsUnits)
    }
    switch (route.operation) {
      case 'submit':
        return submit(state, route, headers, body)
      case 'poll': {
        const task = state.tasks.all.find((one) => one.id === id && one.type === type)
        // Here an id that is not known is left out of the list.
        if (type === 'task') return success(task ? [told(task)] : [], textCodes)
        return task ? success(told(task), textCodes) : refusal(1203, 'task not found')
      }
      case 'find': {
        const external = query.get(type === 'task' ? 'external_task_ids' : 'external_task_id')
        const task = state.tasks.all.find((one) => one.externalId === external && one.type === type)
        if (type === 'task') {
          return success(task && state.behaviour.finds ? [told(task)] : [], textCodes)
        }
        return task && state.behaviour.finds
          ? success(told(task), textCodes)
          : refusal(1203, 'task not found')
      }
      case 'list':
        return list(state, route, told)
      case 'costs':
        return costs(state, query)
    }
  }

  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: origin(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function routeOf(method: string, url: string, kind: State['kind']): Route | null {
  const { pathname, searchParams: query } = new URL(url, 'http://localhost')
  const [, file] = /^\/files\/(\d+)\.mp4$/.exec(pathname) ?? []
  if (file !== undefined && method === 'GET')
    return { operation: 'file', type: 'text2video', id: file, query, newer: null }
  const path = kind === 'relay' ? pathname.replace(/^\/kling(?=\/)/, '') : pathname
  if (kind === 'relay' && path === pathname) return null
  if (path === '/account/costs' && method === 'GET' && kind === 'official') {
    return { operation: 'costs', type: 'text2video', id: '', query, newer: null }
  }
  if (kind === 'official') {
    const found = newerRoute(method, path, query)
    if (found) return found
  }
  const [, type, id = ''] = /^\/v1\/videos\/(text2video|image2video)(?:\/(\d+))?$/.exec(path) ?? []
  if (type === undefined) return null
  const at = { type: type as TaskType, id, query, newer: null }
  if (method === 'POST') return id === '' ? { operation: 'submit', ...at } : null
  if (method !== 'GET') return null
  if (id !== '') return { operation: 'poll', ...at }
  return { operation: query.has('external_task_id') ? 'find' : 'list', ...at }
}

/** The API of 2026, of which one model is served here. */
function newerRoute(method: string, path: string, query: URLSearchParams): Route | null {
  const [, newer] = /^\/(text-to-video|image-to-video)\/kling-3\.0-turbo$/.exec(path) ?? []
  const at = { type: 'task', query, newer: (newer ?? null) as Route['newer'] } as const
  if (newer !== undefined && method === 'POST') return { operation: 'submit', id: '', ...at }
  if (path !== '/tasks' || method !== 'GET') return null
  if (query.has('external_task_ids')) return { operation: 'find', id: '', ...at }
  return { operation: 'poll', id: query.get('task_ids') ?? '', ...at }
}

function damaged(fault: Fault): Reply | null {
  switch (fault.kind) {
    case 'html':
      return page(fault.status)
    case 'refuse':
      return refusal(fault.code, fault.message ?? 'refused by the test', fault.status, fault.retryAfter)
    case 'answer':
      return json(fault.json, fault.status)
    case 'drop':
    case 'drop_after':
    case 'half':
    case 'late':
      return null
  }
}

function notBelieved({ kind }: State, code: number): Reply {
  if (kind === 'official') return refusal(code, 'Auth failed')
  return json({ error: { message: 'invalid token', type: 'new_api_error', code: '' } }, 401)
}

async function submit(
  state: State,
  { type, newer }: Route,
  headers: IncomingHttpHeaders,
  text: string,
): Promise<Reply> {
  if (!/^application\/json\b/.test(headers['content-type'] ?? ''))
    return refusal(1200, 'content type is invalid')
  const { behaviour, tasks } = state
  try {
    const json = parsed(text)
    const asked = newer === null ? null : await readNewer(newer, json)
    const taken = asked === null && type !== 'task' ? await readBody(type, json) : null
    const external = asked?.external ?? taken?.body.external_task_id
    const model = taken?.body.model_name ?? 'kling-3.0-turbo'
    if (external !== undefined && tasks.all.some((task) => task.externalId === external)) {
      return refusal(1201, `external_task_id '${external}' already exists`)
    }
    if (behaviour.models !== null && !behaviour.models.includes(model))
      return refusal(1103, `no right to ${model}`)
    if (behaviour.money === 'empty') return refusal(1102, 'Account balance not enough')
    if (behaviour.money === 'arrears') return refusal(1101, 'Account in arrears')
    if (tasks.running() >= behaviour.concurrency)
      return refusal(1303, 'parallel task over resource pack limit')
    const task = asked
      ? tasks.beginNewer(asked, state.nextFailure)
      : taken && tasks.begin(type, taken, state.nextFailure)
    if (!task) throw new Refused(1200, 'nothing was asked for')
    state.nextFailure = null
    const { id, createdAt } = task
    if (asked) {
      const newerData = {
        id,
        status: 'submitted',
        message: '',
        external_id: external ?? '',
        create_time: createdAt,
      }
      return success(newerData, behaviour.textCodes)
    }
    const data = {
      task_id: id,
      task_info: external === undefined ? {} : { external_task_id: external },
      task_status: 'submitted',
      created_at: createdAt,
      updated_at: createdAt,
    }
    return success(data, behaviour.textCodes)
  } catch (error) {
    if (error instanceof Refused) return refusal(error.code, error.message)
    throw error
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(1200, 'the body is not JSON')
  }
}

function list(state: State, { type, query }: Route, told: (task: Tasks['all'][number]) => unknown): Reply {
  if (!state.behaviour.lists)
    return json({ error: { message: 'not found', type: 'new_api_error', code: '' } }, 404)
  const [page, size] = [Number(query.get('pageNum') ?? 1), Number(query.get('pageSize') ?? 30)]
  if (!(page >= 1 && page <= 1000 && size >= 1 && size <= 500))
    return refusal(1201, 'pageNum or pageSize is invalid')
  const all = state.tasks.all.filter((task) => task.type === type).reverse()
  return success(all.slice((page - 1) * size, page * size).map(told), state.behaviour.textCodes)
}

function costs({ behaviour }: State, query: URLSearchParams): Reply {
  const [start, end] = [Number(query.get('start_time')), Number(query.get('end_time'))]
  if (!(start > 0 && end > start)) return refusal(1201, 'start_time or end_time is invalid')
  const { units } = behaviour
  const pack = {
    resource_pack_name: 'Pack of the simulator',
    resource_pack_id: 'pack-1',
    resource_pack_type: 'decreasing_total',
    total_quantity: 1000,
    remaining_quantity: units ?? 0,
    purchase_time: start,
    effective_time: start,
    invalid_time: end + 86_400_000,
    status: (units ?? 0) > 0 ? 'online' : 'runOut',
  }
  const infos = units === null ? [] : [pack]
  return success({ code: 0, msg: 'success', resource_pack_subscribe_infos: infos }, behaviour.textCodes)
}

/** The video, whole or from a byte on, at the address that was given out last. */
function file({ tasks, video }: State, { id, query }: Route, headers: IncomingHttpHeaders): Reply {
  const task = tasks.all.find((one) => one.id === id)
  if (!task || query.get('sign') !== String(task.address)) {
    return {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: Buffer.from('<Error>Expired</Error>'),
    }
  }
  const about = { 'content-type': 'video/mp4', etag: `"${id}"`, 'accept-ranges': 'bytes' }
  const [, from] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? []
  const start = Number(from ?? 0)
  if (from === undefined) return { status: 200, headers: about, body: video }
  if (start >= video.byteLength) return { status: 416, headers: about, body: Buffer.alloc(0) }
  const range = `bytes ${start}-${video.byteLength - 1}/${video.byteLength}`
  return { status: 206, headers: { ...about, 'content-range': range }, body: video.subarray(start) }
}

function send(response: ServerResponse, reply: Reply, half: boolean, wall: () => number): void {
  response.writeHead(reply.status, {
    date: new Date(wall()).toUTCString(),
    ...reply.headers,
    'content-length': reply.body.byteLength,
  })
  if (!half) return void response.end(reply.body)
  response.write(reply.body.subarray(0, reply.body.byteLength >> 1), () => response.socket?.destroySoon())
}
