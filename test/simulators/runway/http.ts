import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (body === undefined) return void response.writeHead(status, headers).end()
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** Answers a page, as a console or a captive network does. */
export function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end('<!doctype html><html><head><title>Console</title></head><body></body></html>')
}

/** A request's body, whole. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}

/** JSON of a body; undefined where it is none. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

/** A file with ranges under an ETag; `half` breaks off in the middle. */
export function file(request: IncomingMessage, response: ServerResponse, bytes: Buffer, half: boolean): void {
  const etag = '"video-1"'
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
  const version = request.headers['if-range']
  const start = from !== undefined && (version === undefined || version === etag) ? Number(from) : 0
  if (start >= bytes.byteLength) return void response.writeHead(416).end()
  const rest = bytes.subarray(start)
  const range =
    start > 0 ? { 'content-range': `bytes ${start}-${bytes.byteLength - 1}/${bytes.byteLength}` } : {}
  response.writeHead(start > 0 ? 206 : 200, {
    'content-type': 'video/mp4',
    'content-length': String(rest.byteLength),
    etag,
    ...range,
  })
  if (!half) return void response.end(rest)
  response.write(rest.subarray(0, Math.floor(rest.byteLength / 2)), () => response.destroy())
}
