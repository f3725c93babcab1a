import type { IncomingMessage, ServerResponse } from 'node:http'

/** A sender that goes on longer than this after its answer is cut off: milliseconds, and bytes. */
const patienceMs = 30_000
const mostBytes = 1024 * 1024 * 1024

/**
 * Reads on what a sender still writes after its request was answered, and drops it. A connection closed under a writing
 * sender is a broken one to it, and the sentence in the answer is never read.
 */
export function hearOut(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete || request.destroyed) return
    let dropped = 0
    const cut = setTimeout(() => request.destroy(), patienceMs)
    request.on('data', (chunk: Buffer) => {
      dropped += chunk.byteLength
      if (dropped > mostBytes) request.destroy()
    })
    request.once('close', () => clearTimeout(cut))
    request.resume()
  })
}
