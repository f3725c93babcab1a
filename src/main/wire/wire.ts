import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { neverReached, ProxyRefused, type Network } from '../network'
import { WireError, type Wire, type WireAnswer, type WireBody, type WireCall, type WireStream } from './types'

/** Milliseconds until a connection stands. */
const connectMs = 15_000
const usualSilenceMs = 60_000
const usualMaxBytes = 8 * 1024 * 1024

/** Makes the one way by which providers speak HTTP. */
export function createWire(network: Pick<Network, 'agents'>): Wire {
  async function open(call: WireCall): Promise<WireStream> {
    if (call.signal.aborted) throw new WireError('aborted', false, { cause: call.signal.reason })
    const agents = await network.agents(call.url).catch((error: unknown) => {
      throw new WireError('unreachable', false, { cause: error, message: messageOf(error) })
    })
    const answer = await head(call, agents)
    return { status: answer.statusCode ?? 0, headers: headersOf(answer), stream: answer }
  }

  return {
    open,
    async send(call) {
      const { status, headers, stream } = await open(call)
      const body = await textOf(stream, call)
      return { status, headers, body, json: jsonOf(body) } satisfies WireAnswer
    },
  }
}

/** Sends and waits for the head of the answer; whatever breaks later breaks the answer's stream. */
function head(call: WireCall, agents: Awaited<ReturnType<Network['agents']>>): Promise<IncomingMessage> {
  const { method, url, headers = {}, body, signal, silenceMs = usualSilenceMs, onSent } = call
  const secure = new URL(url).protocol === 'https:'
  return new Promise((resolve, reject) => {
    const streamed = typeof body === 'object' && 'open' in body ? body : null
    const bytes = body === undefined || streamed !== null ? null : Buffer.from(body as string | Uint8Array)
    const length = streamed?.bytes ?? bytes?.byteLength
    const options = {
      method,
      headers: length === undefined ? headers : { ...headers, 'content-length': String(length) },
      signal,
      timeout: silenceMs,
    }
    const request: ClientRequest = secure
      ? secureRequest(url, { ...options, agent: agents.httpsAgent })
      : plainRequest(url, { ...options, agent: agents.httpAgent })
    const cancel = giveUpConnecting(request, secure)
    if (onSent) request.once('finish', onSent)
    request.once('timeout', () => request.destroy(new Silence()))
    request.once('error', (error) => {
      cancel()
      reject(asWireError(error, signal))
    })
    request.once('response', (answer) => {
      cancel()
      resolve(answer)
    })
    if (streamed === null) request.end(bytes)
    else flow(streamed, request)
  })
}

/** Sends a body as it is read. One that cannot be read to its end breaks the request. */
function flow(body: WireBody, request: ClientRequest): void {
  const source = body.open()
  source.once('error', (error) => request.destroy(error))
  request.once('close', () => source.destroy())
  source.pipe(request)
}

class Silence extends Error {}
class NoConnection extends Error {}

/** A connection that does not come about is given up sooner than an answer that does not come. */
function giveUpConnecting(request: ClientRequest, secure: boolean): () => void {
  const timer = setTimeout(() => request.destroy(new NoConnection()), connectMs)
  const cancel = () => clearTimeout(timer)
  request.once('socket', (socket) => {
    if (request.reusedSocket || (!secure && !socket.connecting)) cancel()
    else socket.once(secure ? 'secureConnect' : 'connect', cancel)
  })
  request.once('close', cancel)
  return cancel
}

function asWireError(error: unknown, signal: AbortSignal): WireError {
  if (error instanceof WireError) return error
  const options = { cause: error, message: messageOf(error) }
  if (error instanceof ProxyRefused) return new WireError('proxyRefused', false, options)
  if (error instanceof NoConnection) return new WireError('unreachable', false, options)
  // Aborted in the middle: nobody can say how far it came.
  if (signal.aborted) return new WireError('aborted', true, options)
  if (error instanceof Silence) return new WireError('timeout', true, options)
  if (neverReached(error)) return new WireError('unreachable', false, options)
  return new WireError('broken', true, options)
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code: unknown = Reflect.get(error, 'code')
  return error.message === '' ? (typeof code === 'string' ? code : error.name) : error.message
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

async function textOf(
  stream: WireStream['stream'],
  { maxBytes = usualMaxBytes, signal }: WireCall,
): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      bytes += part.byteLength
      if (bytes > maxBytes) throw new WireError('tooLarge', true, { message: `more than ${maxBytes} bytes` })
      parts.push(part)
    }
  } catch (error) {
    throw asWireError(error, signal)
  }
  return Buffer.concat(parts).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
