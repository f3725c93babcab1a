import { mostBytes, tooHeavy } from './refuse'

/** Reads a stream to its end, but never further than the largest image: then it is cancelled and refused. */
export async function readLimited(source: Uint8Array | ReadableStream<Uint8Array>): Promise<Uint8Array> {
  if (source instanceof Uint8Array) {
    if (source.byteLength > mostBytes) throw tooHeavy()
    return source
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop by an error cancels the stream.
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw tooHeavy()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
