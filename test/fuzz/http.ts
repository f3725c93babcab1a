import { Agent, request, type RequestOptions } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Call } from './calls'
import type { Dice } from './dice'
import type { Perform } from './drive'
import { hostileText } from './hostile'
import { secretMark } from './house'
import { faultOfAnswer } from './judge'
import type { Memory } from './memory'
import { patiently, within } from './timing'

export interface Server {
  port: number
  token: string
}

interface Answer {
  status: number
  type: string
  text: string
}

/** Calls of the local API as a script makes them: values in path, query and JSON. */
export function throughApi({ port, token }: Server, memory: Memory): Perform {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  return async (call) => {
    const wanted = requestOf(call)
    if (wanted === null) return { sent: false, granted: false, fault: null }
    const { method, path } = wanted
    const image = wanted.body instanceof Blob ? new Uint8Array(await wanted.body.arrayBuffer()) : null
    const body = wanted.body instanceof Blob ? image : wanted.body
    const headers: Record<string, string> = { authorization: `Bearer ${token}` }
    if (body !== null) headers['content-type'] = image ? 'image/png' : 'application/json'
    const answer = await ask({ host: '127.0.0.1', port, method, path, headers, agent }, body)
    const isJson = answer.type.startsWith('application/json')
    const json: unknown = isJson ? JSON.parse(answer.text) : null
    memory.learn(json, call.procedure.path[0] ?? '')
    const leaked = answer.text.includes(secretMark) ? 'a secret came back' : null
    return { sent: true, granted: answer.status < 400, fault: leaked ?? faultOfAnswer(answer.status, json) }
  }
}

/** An image is its own body; everything else is JSON. */
function requestOf({
  procedure,
  input,
}: Call): { method: string; path: string; body: string | Blob | null } | null {
  const { route } = procedure
  if (!route) return null
  const fields = new Map<string, unknown>(
    typeof input === 'object' && input !== null ? Object.entries(input) : [],
  )
  const path = route.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = fields.get(name)
    fields.delete(name)
    return encodeURIComponent(textOf(value).toWellFormed().slice(0, 2000)) || '%00'
  })
  // Longer than the head of any request may be: Node refuses it without a word of ours.
  if (path.length > 12_000) return null
  const file = fields.get('file')
  if (file instanceof Blob) return { method: route.method, path: `/api${path}`, body: file }
  const inQuery = route.method === 'GET' || route.method === 'DELETE'
  if (!inQuery) {
    const whole =
      typeof input === 'object' && input !== null && !Array.isArray(input) && !(input instanceof Blob)
    const body = whole ? Object.fromEntries(fields) : input
    return { method: route.method, path: `/api${path}`, body: JSON.stringify(body) ?? null }
  }
  const query = [...fields].map(([name, value]) => `${escape(name)}=${escape(textOf(value))}`).join('&')
  const address = `/api${path}${query === '' ? '' : `?${query}`}`
  return address.length > 12_000 ? null : { method: route.method, path: address, body: null }
}

function escape(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Reads an answer to its end; of a stream of events only that it began. */
function ask(options: RequestOptions, body: string | Uint8Array | null): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const type = incoming.headers['content-type'] ?? ''
      const status = incoming.statusCode ?? 0
      if (type.startsWith('text/event-stream')) {
        incoming.on('error', () => undefined)
        incoming.destroy()
        resolve({ status, type, text: '' })
        return
      }
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve({ status, type, text: Buffer.concat(chunks).toString() }))
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'get',
  'X',
] as const
const paths = [
  '/',
  '/index.html',
  '/api',
  '/api/',
  '/api//jobs',
  '/api/jobs/',
  '/api/jobs/../settings',
  '/api/%6a%6f%62%73',
  '/api/jobs/%00',
  '/api/jobs/%',
  '/api/jobs/%E0%A4%A',
  '/api/__proto__',
  '/api/jobs?limit=1&limit=2&limit[]=3&limit[a][b]=4',
  '/api/jobs?__proto__[polluted]=1&constructor[prototype][polluted]=1',
  `/api/jobs?${'a[0]'.repeat(500)}=1`,
  `/api/jobs?${'a=1&'.repeat(2000)}`,
  '/api/openapi.json',
  '/rpc',
  '/media/x/video',
  '/media/../../../etc/passwd',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/....//....//etc/passwd',
  '/..\\..\\etc\\passwd',
  '/assets/..%5c..%5cpackage.json',
  '//evil.example/x',
  'http://evil.example/api/jobs',
  '*',
  '/\u0007',
] as const
const bodies = [
  '',
  '{',
  '[]',
  'null',
  '"x"',
  '{"a":1}{"b":2}',
  '\uFEFF{}',
  '{"__proto__":{"polluted":1}}',
  '{"prompt":"\\ud800"}',
  '['.repeat(50_000),
  '{"a":'.repeat(2000),
  '\0\0\0',
  'a=1&b=2',
  '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x"\r\n\r\n\0\r\n--x--\r\n',
  '{"n":1e999,"m":-0,"k":123456789012345678901234567890}',
] as const
const types = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json5',
  'text/plain',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'image/png',
  '',
] as const

/** One request as bytes, most of them with something wrong on the level of HTTP. */
export function rawRequest(dice: Dice, { port, token }: Server): string {
  const body = dice.pick(bodies)
  const length = Buffer.byteLength(body)
  const extra = [
    `X-Filename: ${dice.pick(['a.png', '%E0%A4%A', '../../etc/passwd', 'x'.repeat(3000)])}`,
    `Range: bytes=${dice.pick(['0-', '-1', '5-1', '0-0,2-3', '99999999999999999999-', 'x'])}`,
    `Cookie: ${'a=b; '.repeat(200)}`,
    `Last-Event-ID: ${'9'.repeat(500)}`,
    'Transfer-Encoding: chunked',
    'Expect: 100-continue',
    `Origin: ${dice.pick(['null', 'http://evil.example', `http://127.0.0.1:${port}`])}`,
    'Host: evil.example',
    `X-Long: ${'y'.repeat(20_000)}`,
    `: no name`,
    `X-Odd: ${hostileText(dice)
      .slice(0, 200)
      .replace(/[\r\n]/g, ' ')}`,
    'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA',
  ]
  const lines = [
    `${dice.pick(methods)} ${dice.pick(paths)} ${dice.pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/9'])}`,
    `Host: ${dice.chance(0.85) ? `127.0.0.1:${port}` : dice.pick(['evil.example', '', 'localhost', '127.0.0.1'])}`,
    `Authorization: ${dice.chance(0.85) ? `Bearer ${token}` : dice.pick(['Bearer x', 'Basic eA==', ''])}`,
    `Content-Type: ${dice.pick(types)}`,
    `Content-Length: ${dice.chance(0.9) ? length : dice.pick([0, 1, -1, 99_999_999_999, 'x'])}`,
    ...(dice.chance(0.6) ? [dice.pick(extra)] : []),
    'Connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

/** What is wrong with the answer to such a request, or null. A connection that is only closed is an answer too. */
export async function faultOfRaw(text: string, { port }: Server): Promise<string | null> {
  // A body that was announced and never comes is waited for, as it should be.
  const waits = /Content-Length: (1|99)|chunked|Expect/.test(text)
  const open: Socket[] = []
  const attempt = () => {
    const socket = connect(port, '127.0.0.1')
    open.push(socket)
    return readAll(socket, text)
  }
  const answer = await (waits ? within(attempt(), 200) : patiently(attempt))
  for (const socket of open) socket.destroy()
  if (answer.late) return waits ? null : 'no answer in a second'
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.value)?.[1] ?? 0)
  if (answer.value.includes('root:')) return 'a file of the system was served'
  if (status >= 500 && status !== 501 && status !== 503) return answer.value.slice(0, 300)
  return null
}

function readAll(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    socket.end(text)
  })
}
