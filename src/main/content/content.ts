import { posix } from 'node:path'
import { problemStatus, StudioError, type ProblemKey } from '@shared/problems'
import type { Assets } from '../assets'
import type { History } from '../history'
import { inside, type Library, type Presence } from '../library'
import type { Derivatives } from '../media'
import { attachment, immutable, mediaHeaders, pageHeaders, revalidated } from './headers'
import { serveFile } from './serve'

export interface ContentDeps {
  /** The built page. */
  pageDir: string
  history: Pick<History, 'jobs' | 'derivatives'>
  library: Pick<Library & Presence, 'seek'>
  assets: Pick<Assets, 'get' | 'path' | 'thumb'>
  derivatives: Pick<Derivatives, 'path'>
}

const id = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
const jobMedia = new RegExp(`^media/${id}/(video|poster|preview)$`)
const assetMedia = new RegExp(`^media/asset/${id}/(image|thumb)$`)
/** Files whose name the bundler made of their content. */
const hashed = /-[\w-]{8,}\.\w+$/

/**
 * The one door for content: the page's files, videos, posters, previews and input images, by id. Serves Electron's
 * protocol and the HTTP server alike; the host and scheme of the address do not matter here.
 */
export function createContent(deps: ContentDeps): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    const path = decoded(url.pathname)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refusal(405, 'method.notAllowed', {
        path: url.pathname,
        method: request.method,
        allowed: 'GET, HEAD',
      })
    }
    const answer = path === null ? null : await route(request, path, url.searchParams, deps)
    return answer ?? refusal(404, 'path.notFound', { path: url.pathname })
  }
}

async function route(request: Request, path: string, query: URLSearchParams, deps: ContentDeps) {
  const [, jobId = '', kind = ''] = jobMedia.exec(path) ?? []
  if (kind === 'video') return video(request, jobId, query.has('download'), deps)
  if (kind === 'poster' || kind === 'preview') return derivative(request, jobId, kind, query.has('v'), deps)
  const [, assetId = '', size = ''] = assetMedia.exec(path) ?? []
  return size === '' ? page(request, path, deps) : asset(request, assetId, size, deps)
}

async function video(request: Request, jobId: string, download: boolean, deps: ContentDeps) {
  const job = deps.history.jobs.get(jobId)
  if (!job || job.removedAt !== null) return refusal(404, 'job.notFound')
  if (job.state !== 'completed' || job.outputPath === null) return refusal(404, 'video.notYet')
  const path = await deps.library.seek(job)
  if (path === null) return refusal(404, 'video.missing')
  const saving = download ? { 'Content-Disposition': attachment(posix.basename(job.outputPath)) } : {}
  return serveFile(request, {
    path,
    etag: job.sha256 === null ? undefined : `"${job.sha256}"`,
    cacheControl: revalidated,
    headers: { ...mediaHeaders, ...saving },
  })
}

async function derivative(
  request: Request,
  jobId: string,
  kind: 'poster' | 'preview',
  versioned: boolean,
  deps: ContentDeps,
) {
  const path = deps.derivatives.path(jobId, kind)
  if (path === null) return null
  const sha256 = deps.history.derivatives.get(jobId, kind)?.sha256
  return serveFile(request, {
    path,
    etag: sha256 ? `"${sha256}"` : undefined,
    cacheControl: versioned ? immutable : revalidated,
    headers: mediaHeaders,
  })
}

async function asset(request: Request, assetId: string, size: string, deps: ContentDeps) {
  const found = deps.assets.get(assetId)
  if (!found) return refusal(404, 'asset.notFound')
  const path = size === 'thumb' ? await deps.assets.thumb(assetId) : deps.assets.path(assetId)
  if (path === null) return null
  const etag = `"${found.hash}${size === 'thumb' ? '-thumb' : ''}"`
  return serveFile(request, { path, etag, cacheControl: immutable, headers: mediaHeaders })
}

async function page(request: Request, path: string, { pageDir }: ContentDeps) {
  const name = path === '' ? 'index.html' : path
  const real = await inside(pageDir, name)
  const cacheControl = hashed.test(name) ? immutable : revalidated
  if (real === null) return null
  return serveFile(request, { path: real, cacheControl, headers: pageHeaders })
}

/** The path of an address, decoded once and without its first slash; null where that is not possible. */
function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname.slice(1))
  } catch {
    return null
  }
}

function refusal(status: number, key: ProblemKey, values: Record<string, string> = {}): Response {
  const code = status === problemStatus.not_found ? 'not_found' : 'invalid_request'
  const { message, hint } = new StudioError(code, key, { values })
  return Response.json(
    { code, message, ...(hint === undefined ? {} : { hint }) },
    {
      status,
      headers: {
        ...mediaHeaders,
        'Cache-Control': 'no-store',
        ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
      },
    },
  )
}
