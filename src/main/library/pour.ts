import { IncomingMessage } from 'node:http'
import { Readable, Writable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { pipeline } from 'node:stream/promises'
import { landed } from '../network'
import type { Inspection, OutputBody } from '../providers'
import type { Tail } from './tail'

/** Bytes that may wait while every slab is on its way to the disk; then the source is told to wait. */
const waitingBytes = 1024 * 1024
const progressStep = 256 * 1024

/** Closes a source that is not wanted. */
export function close(stream: OutputBody['stream']): void {
  // One that broke meanwhile has nobody else to tell.
  readable(stream)
    .on('error', () => undefined)
    .destroy()
}

/**
 * Appends what the stream gives to the tail until it ends, breaks off or `signal` aborts, and closes it. Answers what
 * broke it off, or null. Raises what `check` raises, the abort's reason, and disk errors; whatever happens, all that
 * was appended is written. `inspect` is shown first what it has not seen of the tail; what it finds breaks the stream
 * off. `check` is asked before each chunk with the length there would then be, `told` after it.
 */
export async function pour(
  { stream, inspect }: Pick<OutputBody, 'stream' | 'inspect'>,
  tail: Tail,
  what: { check(bytes: number): void; told(bytes: number): void; signal: AbortSignal },
): Promise<Error | null> {
  if (inspect?.memory) tail.borrow(inspect.memory)
  const known = inspect ? await show(tail, inspect, stream) : null
  if (known) return known
  const frees = stream instanceof Readable && !stream.readableObjectMode
  let told = tail.bytes
  let ours: { error: unknown } | null = null
  const sink = new Writable({
    highWaterMark: waitingBytes,
    write(chunk: Uint8Array, _encoding, done) {
      const refuse = (error: unknown) => {
        ours = { error }
        done(error instanceof Error ? error : new Error('refused', { cause: error }))
      }
      const taken = () => {
        if (frees && !tail.holds(chunk)) giveBack(chunk)
        if (tail.bytes - told >= progressStep) what.told((told = tail.bytes))
        done()
      }
      try {
        what.check(tail.bytes + chunk.byteLength)
        const unfit = faultOf(() => inspect?.chunk(chunk))
        if (unfit) return done(unfit)
        const waiting = tail.append(chunk)
        if (waiting === null) taken()
        else waiting.then(taken).catch(refuse)
      } catch (error) {
        refuse(error)
      }
    },
    final: (done) => done(faultOf(() => inspect?.end())),
  })
  // Only what comes when nothing waits is taken at once, as bytes that lie in the tail's memory have to be.
  const source: Readable =
    stream instanceof IncomingMessage
      ? landed(stream, {
          room: () => (source.readableLength + sink.writableLength === 0 ? tail.room() : null),
          free: () => tail.free(),
        })
      : readable(stream)
  const broken = await pump(source, sink, what.signal).then(
    () => null,
    (error: Error) => error,
  )
  await tail.settle()
  what.signal.throwIfAborted()
  raise(ours)
  if (broken === null && tail.bytes !== told) what.told(tail.bytes)
  return broken
}

/**
 * Node's `pipeline`, which, when the sink breaks or `signal` aborts, would wait for ever for an HTTP answer that came
 * whole and whose connection has closed: it aborts the request, which is over. Here the sink's error ends the answer.
 */
export function pump(source: Readable, sink: Writable, signal: AbortSignal): Promise<void> {
  sink.once('close', () => {
    if (sink.errored) source.destroy(sink.errored)
  })
  return pipeline(source, sink, { signal })
}

/** Shows an inspection what it has not seen of the tail. Answers what it found, and then closes the stream. */
async function show(tail: Tail, inspect: Inspection, stream: OutputBody['stream']): Promise<Error | null> {
  if (inspect.seen >= tail.bytes) return null
  let found: Error | null = null
  try {
    await tail.replay(inspect.seen, (part) => {
      found ??= faultOf(() => inspect.chunk(part))
    })
  } catch (error) {
    close(stream)
    throw error
  }
  if (found) close(stream)
  return found
}

function faultOf(look: () => void): Error | null {
  try {
    look()
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error('refused', { cause: error })
  }
}

function raise(failure: { error: unknown } | null): void {
  if (failure) throw failure.error
}

function readable(stream: OutputBody['stream']): Readable {
  if (stream instanceof Readable) return stream
  return Readable.fromWeb(stream as NodeReadableStream<Uint8Array>)
}

/**
 * Gives the memory of a chunk back at once instead of at some collection: the next chunk then lands where the caches
 * are warm, which halves the time of reading from a socket. Only a chunk that has its buffer for itself is freed.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0) buffer.transfer(0)
}
