import { StudioError } from '@shared/problems'

/** Thrown into a body that went on past its limit. */
function tooLarge(limit: number): StudioError {
  return new StudioError('too_large', 'request.tooLarge', {
    values: { limit: `${Math.floor(limit / 1024 / 1024)} MiB` },
  })
}

/**
 * The same body, ended with StudioError `too_large` once it is longer than `limit` bytes.
 * A length declared too large is refused before a byte is read.
 */
export function limited(request: Request, limit: number): ReadableStream<Uint8Array> | null {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  let read = 0
  return (
    request.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          read += chunk.byteLength
          if (read > limit) controller.error(tooLarge(limit))
          else controller.enqueue(chunk)
        },
      }),
    ) ?? null
  )
}

/** The whole body in memory. Throws StudioError `too_large`. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const body = limited(request, limit)
  return body ? new Uint8Array(await new Response(body).arrayBuffer()) : new Uint8Array()
}
