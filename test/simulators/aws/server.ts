import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Faults, Operation } from './faults'
import type { Identities } from './identity'
import { parseQuery, verify, type Doubt, type Signing, type SigningService } from './sigv4'
import { jsonError, newRequestId, readBody, Refused, send, sendFrames, type Reply } from './wire'

/** One request as it was seen and answered. */
export interface SeenRequest {
  service: SigningService
  operation: Operation | null
  method: string
  /** Path and query, as they came. */
  url: string
  headers: IncomingHttpHeaders
  /** Text of the body for Bedrock and STS; empty for S3, whose bodies are files. */
  body: string
  bodyBytes: number
  /** Arrival, milliseconds since 1970. */
  at: number
  requestId: string
  /** Access key of a believed signature. */
  accessKeyId: string | null
  /** Status of the answer; null while it is on its way or when the connection was broken instead. */
  status: number | null
  /** Code of the AWS error answered. */
  error: string | null
}

/** A request whose signature has been checked, handed to the service. */
export interface Call {
  operation: Operation
  method: string
  /** Without the query, still percent-encoded. */
  path: string
  query: Map<string, string>
  headers: IncomingHttpHeaders
  body: Buffer
  signing: Signing
  requestId: string
  /** Another writer replaces the object before this call sees it. */
  etagChange: boolean
}

/** What one of the services brings to {@link serve}. */
export interface Service {
  name: SigningService
  /** Regions whose signatures this endpoint takes. */
  regions: (region: string) => boolean
  /** Names the operation; null for an address that does not exist. */
  route(
    method: string,
    path: string,
    query: Map<string, string>,
    headers: IncomingHttpHeaders,
  ): Operation | null
  /** The operation, or the answer for an unknown address. */
  handle(call: Call): Promise<Reply> | Reply
  /** Tells in the service's words why a signature is not believed. */
  doubt(doubt: Doubt, requestId: string): Reply
  /** An error in the service's shape. */
  failure(status: number, code: string | undefined, message: string | undefined, requestId: string): Reply
  throttled(requestId: string): Reply
  unknown(requestId: string): Reply
  /** The service's request id headers. */
  stamp(requestId: string): Record<string, string>
}

export interface ServeOptions {
  identities: Identities
  faults: Faults
  /** Wall time in milliseconds since 1970, which signatures are checked against. */
  wall: () => number
  skewMs: number
  port: number
  seen: (request: SeenRequest) => void
  /** Called when a request has been answered or broken off. */
  done: (request: SeenRequest) => void
}

const page =
  '<!doctype html><html><head><title>Gateway</title></head><body><h1>Sign in to the network</h1></body></html>'

/** Serves one AWS service on a loopback port. */
export async function serve(
  service: Service,
  options: ServeOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer(
    { keepAliveTimeout: 65_000, requestTimeout: 0 },
    (request, response) => {
      const path = request.url ?? '/'
      readBody(request)
        .then((body) => answer(request.method ?? 'GET', path, request.headers, body, response))
        // The client broke off while sending, or the simulator itself is wrong.
        .catch((error: unknown) => {
          if (response.headersSent || response.destroyed) return response.destroy()
          response.writeHead(500, { 'content-type': 'text/plain' })
          response.end(`simulator: ${error instanceof Error ? error.stack : String(error)}`)
        })
    },
  )
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })

  async function answer(
    method: string,
    url: string,
    headers: IncomingHttpHeaders,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const [path = '', rawQuery = ''] = url.split(/\?(.*)/s)
    const query = new Map(parseQuery(rawQuery))
    const operation = service.route(method, path, query, headers)
    const requestId = newRequestId()
    const seen: SeenRequest = {
      service: service.name,
      operation,
      method,
      url,
      headers,
      body: service.name === 's3' ? '' : body.toString(),
      bodyBytes: body.byteLength,
      at: options.wall(),
      requestId,
      accessKeyId: null,
      status: null,
      error: null,
    }
    options.seen(seen)
    response.on('close', () => options.done(seen))
    if (operation) await options.faults.held(operation, 'before')
    const fault = operation ? await options.faults.take(operation) : null
    const { reply, damage } = await respond()
    if (!reply) return void response.destroy()
    if (operation) await options.faults.held(operation, 'after')
    // SDKs correct a wrong clock of their own by this header.
    const date = new Date(options.wall()).toUTCString()
    seen.error = reply.error ?? null
    if (damage?.kind !== 'drop_after') seen.status = reply.status
    // A proxy's page carries nothing of the service behind it.
    const own = fault?.kind === 'html' ? {} : service.stamp(requestId)
    const stamped = { ...reply, headers: { date, ...own, ...reply.headers } }
    if (stamped.frames && damage === null) return sendFrames(response, stamped, stamped.frames)
    return send(response, stamped, { head: method === 'HEAD', damage, wait: (ms) => options.faults.wait(ms) })

    async function respond(): Promise<{ reply: Reply | null; damage: Parameters<typeof send>[2]['damage'] }> {
      switch (fault?.kind) {
        case 'drop':
          return { reply: null, damage: null }
        case 'html':
          return { reply: html(fault.status ?? 502), damage: null }
        case 'throttle': {
          const reply = service.throttled(requestId)
          const wait = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
          return { reply: { ...reply, headers: { ...reply.headers, ...wait } }, damage: null }
        }
        case 'error':
          return {
            reply: service.failure(fault.status, fault.code, fault.message, requestId),
            damage: null,
          }
        case 'expired':
          return { reply: service.doubt({ kind: 'expired' }, requestId), damage: null }
        case 'etag_change':
        case undefined:
          return { reply: await perform(), damage: null }
        case 'drop_after':
        case 'half':
        case 'truncated':
        case 'flipped':
        case 'wrong_checksum':
        case 'slow':
          return { reply: await perform(), damage: fault }
      }
    }

    async function perform(): Promise<Reply> {
      const { regions, name } = service
      const now = options.wall()
      const signed = { method, url, headers, body }
      const { identities, skewMs } = options
      const bearer = bearerOf(headers, identities, name)
      if (bearer === 'unknown') {
        const said = 'Authentication failed: Please make sure your API Key is valid.'
        return jsonError(403, 'AccessDeniedException', said)
      }
      const signing = bearer ?? verify(signed, { identities, service: name, regions, now, skewMs })
      if ('kind' in signing) return service.doubt(signing, requestId)
      seen.accessKeyId = signing.credential.accessKeyId
      if (!operation) return service.unknown(requestId)
      const etagChange = fault?.kind === 'etag_change'
      try {
        return await service.handle({
          operation,
          method,
          path,
          query,
          headers,
          body,
          signing,
          requestId,
          etagChange,
        })
      } catch (error) {
        if (error instanceof Refused) return error.reply
        throw error
      }
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => resolve())
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/**
 * A Bedrock API key in place of a signature; only Bedrock takes one (Bedrock User Guide, "Use an Amazon Bedrock API
 * key"). Undefined where there is none.
 */
function bearerOf(
  headers: IncomingHttpHeaders,
  identities: Identities,
  service: SigningService,
): Signing | 'unknown' | undefined {
  const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? []
  if (token === undefined || service !== 'bedrock') return undefined
  const credential = identities.bearer(token)
  if (!credential) return 'unknown'
  return { credential, region: '', date: '', scope: '', key: Buffer.alloc(0), signature: '', payload: '' }
}

function html(status: number): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(page) }
}
