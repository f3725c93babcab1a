import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { fromChromium } from './address'

export type Handler = (request: Request) => Response | Promise<Response>

/** The handlers of `protocol.handle`, by scheme. */
export const handlers = new Map<string, Handler>()

/** Listens on loopback and answers from the handlers, as Electron's network service does; answers its port. */
export async function startForwarder(): Promise<{ port: number; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    outgoing.sendDate = false
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() }
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const address = fromChromium(`http://${incoming.headers.host ?? ''}${incoming.url ?? '/'}`)
  const handler = handlers.get(address.slice(0, address.indexOf(':')))
  // Nobody serves this scheme: to the page that is a network error, not an answer.
  if (!handler) return void outgoing.destroy()
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  const { method = 'GET' } = incoming
  const body =
    method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as unknown as BodyInit)
  const request = new Request(address, {
    method,
    headers: requestHeaders(incoming),
    signal: gone.signal,
    ...(body === null ? {} : { body, duplex: 'half' }),
  })
  const response = await handler(request)
  if (response.type === 'error') return void outgoing.destroy()
  outgoing.writeHead(response.status, [...response.headers].flat())
  if (response.body === null || method === 'HEAD') return void outgoing.end()
  const stream = Readable.fromWeb(response.body as ReadableStream)
  outgoing.on('close', () => stream.destroy())
  stream.on('error', () => outgoing.destroy())
  stream.pipe(outgoing)
}

function requestHeaders(incoming: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || name === 'host' || name === 'connection') continue
    const text = Array.isArray(value) ? value.join(', ') : value
    headers.set(name, name === 'origin' || name === 'referer' ? fromChromium(text) : text)
  }
  return headers
}
