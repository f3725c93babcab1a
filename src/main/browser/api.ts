import { ORPCError } from '@orpc/client'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { traverseContractProcedures } from '@orpc/server'
import { contract } from '@shared/contract'
import { issue, StudioError } from '@shared/problems'
import { fromStudio, problemBody, type Router } from '../rpc'
import { readBody } from './body'

const maxJson = 2 * 1024 * 1024

/**
 * The local API under `/api`: every procedure of the contract that has a route. Refusals that come before the
 * contract (too large, not JSON, no such path or method) are thrown as StudioError.
 */
export function createApi(router: Router): (request: Request) => Promise<Response> {
  const routes = listRoutes()
  const handler = new OpenAPIHandler(router, {
    filter: ({ contract }) => contract['~orpc'].route.path !== undefined,
    customErrorResponseBodyEncoder: problemBody,
    interceptors: [
      async (options) => {
        try {
          return await options.next()
        } catch (error) {
          if (error instanceof ORPCError) throw error
          // Procedures throw the contract's errors only, so this one is from reading the request.
          throw fromStudio(new StudioError('invalid_request', 'request.malformed', { cause: error }))
        }
      },
    ],
  })

  return async (request) => {
    const { pathname } = new URL(request.url)
    const path = pathname.slice('/api'.length).replace(/\/$/, '')
    const methods = routes.filter((route) => route.pattern.test(path)).map((route) => route.method)
    if (methods.length === 0) {
      throw new StudioError('not_found', 'path.notFound', { values: { path: pathname } })
    }
    if (!methods.includes(request.method)) {
      throw new StudioError('method_not_allowed', 'method.notAllowed', {
        values: { path: pathname, method: request.method, allowed: methods.join(', ') },
      })
    }
    const { matched, response } = await handler.handle(await readable(request), { prefix: '/api' })
    if (!matched) throw new StudioError('not_found', 'path.notFound', { values: { path: pathname } })
    return response
  }
}

/** The request with its body read, bounded and known to be JSON. */
async function readable(request: Request): Promise<Request> {
  const { method, url, signal } = request
  const lastEvent = request.headers.get('last-event-id')
  const headers = new Headers(lastEvent === null ? {} : { 'last-event-id': lastEvent })
  if (method === 'GET') return new Request(url, { method, headers, signal })

  const body = await readBody(request, maxJson)
  headers.set('content-type', 'application/json')
  if (body.byteLength > 0) {
    const type = request.headers.get('content-type') ?? ''
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      throw new StudioError('unsupported_media', 'request.notJson')
    }
    refuseProto(body)
    return new Request(url, { method, headers, body, signal })
  }
  // DELETE has no body by custom: what it may say stands in the query.
  const query = method === 'DELETE' ? Object.fromEntries(new URL(url).searchParams) : {}
  return new Request(url, { method, headers, body: JSON.stringify(query), signal })
}

/** The one name that schemas of open objects leave out in silence: here it is refused like any other unknown one. */
function refuseProto(body: Uint8Array): void {
  const name = '__proto__'
  const text = new TextDecoder().decode(body)
  if (!text.includes(name)) return
  let found = false
  try {
    JSON.parse(text, (key, value: unknown) => {
      found ||= key === name
      return value
    })
  } catch (error) {
    throw new StudioError('invalid_request', 'request.malformed', { cause: error })
  }
  if (!found) return
  const issues = [issue([name], 'field.unexpected', { name })]
  throw new StudioError('invalid_request', 'request.invalid', { issues })
}

function listRoutes(): { method: string; pattern: RegExp }[] {
  const routes: { method: string; pattern: RegExp }[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: { '~orpc': def } }) => {
    const { method, path } = def.route
    if (!path) return
    const pattern = path.replace(/\{[^}]+\}/g, '[^/]+')
    routes.push({ method: method ?? 'POST', pattern: new RegExp(`^${pattern}$`) })
  })
  return routes
}
