import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { matches, wanted } from './ranges'

export interface Serving {
  /** Absolute path of the file, already known to lie where it may. */
  path: string
  /** A strong entity tag, quotes and all; without one the file's time and size make a weak one. */
  etag?: string | undefined
  cacheControl: string
  headers?: Record<string, string>
}

/** Everything the studio serves; whatever else lies in a folder is handed over as plain bytes. */
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
}

/**
 * Answers with a file: 200, 206 for one range, 304, or 416. Null when there is no such file.
 * HEAD answers the same headers without a body; a cancelled body closes the file.
 */
export async function serveFile(request: Request, serving: Serving): Promise<Response | null> {
  const { path, cacheControl } = serving
  const found = await stat(path).catch(() => null)
  if (found?.isFile() !== true) return null
  const { size } = found
  const etag = serving.etag ?? `W/"${size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`
  const headers: Record<string, string> = {
    ...serving.headers,
    'Cache-Control': cacheControl,
    'Accept-Ranges': 'bytes',
    'Last-Modified': found.mtime.toUTCString(),
    ETag: etag,
  }
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })

  const part = wanted(rangeHeld(request.headers, etag), size)
  if (part.kind === 'none') {
    headers['Content-Range'] = `bytes */${size}`
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = part.kind === 'part' ? part : { start: 0, end: size - 1 }
  const status = part.kind === 'part' ? 206 : 200
  if (part.kind === 'part') headers['Content-Range'] = `bytes ${start}-${end}/${size}`
  headers['Content-Length'] = String(end - start + 1)
  headers['Content-Type'] = types[extname(path).toLowerCase()] ?? 'application/octet-stream'
  const empty = request.method === 'HEAD' || size === 0
  return new Response(empty ? null : bytesOf(path, start, end), { status, headers })
}

function bytesOf(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  return Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream<Uint8Array>
}

/** The Range header, unless If-Range says that the client holds parts of another version. */
function rangeHeld(headers: Headers, etag: string): string | null {
  const condition = headers.get('if-range')
  // Only a strong tag proves that parts belong together; a date has whole seconds only.
  return condition === null || (condition.trim() === etag && !etag.startsWith('W/'))
    ? headers.get('range')
    : null
}
