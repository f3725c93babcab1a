import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { StudioError } from '@shared/problems'
import { Hono, type Context } from 'hono'
import type { Logger } from 'pino'
import { toProblem } from '../rpc'
import type { Studio } from '../studio'
import type { PageSource } from '../system'
import { refuse, strangerPage } from './answers'
import { createApi } from './api'
import { answerBroken } from './broken'
import { createGate, type Gate } from './gate'
import { describeApi } from './openapi'
import { hearOut } from './hearOut'
import { serveSocket } from './socket'
import { uploadAsset } from './upload'

/** How long answers that are under way may go on once the studio closes. */
const closingMs = 500

export interface ServerOptions {
  studio: Pick<Studio, 'router' | 'content' | 'assets'>
  /** Where the page's files come from during development, before the studio's own content. */
  source: PageSource | null
  /** 0 lets the system choose. */
  port: number
  token: string
  version: string
  log: Logger
}

/** Serves the studio on 127.0.0.1. Rejects with the system's error where the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<{ port: number; close(): Promise<void> }> {
  // A client that dawdles over its headers or body is let go; answers may take as long as they like.
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 120_000, keepAliveTimeout: 10_000 })
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  const gate = createGate(port, options.token)
  const app = createApp(options, gate)
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    // Its own way of clearing up gives a slow sender half a second.
    autoCleanupIncoming: false,
    // Only a request that makes no address at all ends here.
    errorHandler: () => refuse(new StudioError('invalid_request', 'request.malformed')),
  })
  server.on('request', (request, response) => {
    hearOut(request, response)
    void answer(request, response)
  })
  answerBroken(server)
  const sockets = serveSocket(server, options.studio.router, gate, options.log)
  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      sockets.close()
      server.closeIdleConnections()
      const cut = setTimeout(() => {
        sockets.cut()
        server.closeAllConnections()
      }, closingMs)
      await closed
      clearTimeout(cut)
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function createApp({ studio, source, version, log }: ServerOptions, gate: Gate): Hono {
  const api = createApi(studio.router)
  const app = new Hono()

  app.use(async (context, next) => {
    const refused = admit(context, gate)
    if (refused) context.res = refused
    else await next()
    const { headers } = context.res
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    if (refused || context.req.path.startsWith('/api/')) headers.set('cache-control', 'no-store')
  })
  if (source) app.use(async (context, next) => (await source(context.req.raw)) ?? next())
  app.get('/api/openapi.json', async (context) => context.json(await describeApi(version)))
  app.post('/api/assets', (context) => uploadAsset(context.req.raw, studio.assets))
  app.all('/api/*', (context) => api(context.req.raw))
  app.all('*', (context) => studio.content(context.req.raw))

  app.onError((error) => {
    if (error instanceof StudioError) return refuse(error)
    toProblem(error, () => log.error({ err: error }, 'a request failed'))
    return refuse(new StudioError('internal', 'internal'))
  })
  return app
}

/** What somebody gets who may not come in, or who just traded the token of the address for a cookie; else null. */
function admit({ req }: Context, gate: Gate): Response | null {
  const header = (name: string) => req.header(name)
  const token = req.path === '/' && req.method === 'GET' ? req.query('token') : undefined
  const verdict = token === undefined ? gate.check(header) : gate.checkLogin(header, token)
  switch (verdict) {
    case 'foreign':
      return refuse(new StudioError('forbidden', 'origin.foreign'))
    case 'stranger': {
      const isPage = !req.path.startsWith('/api/') && (req.header('accept') ?? '').includes('text/html')
      if (isPage) return strangerPage()
      return refuse(new StudioError('unauthorized', 'token.missing'), { 'www-authenticate': 'Bearer' })
    }
    case 'welcome':
      if (token === undefined) return null
      return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': gate.cookie } })
  }
}
