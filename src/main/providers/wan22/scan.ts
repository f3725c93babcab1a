/** The answer is no JSON, or says too much. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

/** Bytes kept of an answer beside its video: what an app says of one is a few kilobytes. */
const mostKept = 1024 * 1024
/** Bytes kept of any one text of it: enough for a prompt, and for an error of the app. */
const mostText = 16 * 1024

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const comma = 0x2c
const openers = new Set([0x7b, 0x5b])
const closers = new Set([0x7d, 0x5d])
const spaces = new Set([0x20, 0x09, 0x0a, 0x0d])

/** Takes a piece of the video's text; it must stay as it is until the promise, where there is one, is kept. */
export type TakeText = (text: Buffer) => Promise<unknown> | null

/**
 * Reads one JSON answer as it arrives, whatever its length: the text of `video_base64`, at the top or inside `result`,
 * is handed on in pieces, and all else is kept and parsed at the end, so that what is no JSON is found out.
 */
export class AnswerScanner {
  #state: 'between' | 'text' | 'escape' = 'between'
  /** The text being read is the video's. */
  #inVideo = false
  #videos = 0
  /** Of each open object the name it is at; null in a list, and before a name. */
  readonly #names: (string | null)[] = []
  /** What was read of the last text that is not the video's, as it stood between its quotes. */
  #text = ''
  #textBytes = 0
  /** The escape being read, without its backslash. */
  #escape = ''
  /** The answer so far, with an empty text in the video's place. */
  readonly #kept = new Kept()

  constructor(private readonly take: TakeText) {}

  /**
   * Takes the next bytes; where it answers a promise, the chunk must stay as it is until that is kept.
   * Throws (or rejects with) {@link BadAnswer} and what `take` throws.
   */
  push(chunk: Buffer, from = 0): Promise<unknown> | null {
    for (let at = from; at < chunk.byteLength;) {
      const text = this.#state === 'between' ? null : this.#read(chunk, at)
      if (text === null) {
        this.#between(chunk[at] ?? 0)
        at += 1
        continue
      }
      at = text.to
      const waiting = text.video.byteLength === 0 ? null : this.take(text.video)
      if (waiting !== null) return waiting.then(() => this.push(chunk, at))
    }
    return null
  }

  /**
   * The answer without its video, once all has come; null where it ends in the middle. Throws {@link BadAnswer} where
   * it is no JSON.
   */
  end(): { answer: unknown; hasVideo: boolean } | null {
    const json = this.#kept.text()
    if (this.#state !== 'between' || this.#names.length > 0 || json === '') return null
    return { answer: parsed(json), hasVideo: this.#videos > 0 }
  }

  /** Reads on in a text up to its next quote or escape. Answers where it came to, and what of it is the video's. */
  #read(chunk: Buffer, at: number): { to: number; video: Buffer } {
    if (this.#state === 'escape') {
      this.#escape += String.fromCharCode(chunk[at] ?? 0)
      const whole = !this.#escape.startsWith('u') || this.#escape.length === 5
      if (whole) this.#state = 'text'
      return { to: at + 1, video: whole ? this.#pass(Buffer.from(`\\${this.#escape}`, 'latin1')) : nothing }
    }
    const to = endOfRun(chunk, at)
    const run = chunk.subarray(at, to)
    if (to === chunk.byteLength) return { to, video: this.#pass(run) }
    const video = this.#pass(run)
    this.#escape = ''
    this.#state = chunk[to] === quote ? 'between' : 'escape'
    if (this.#state === 'between') this.#kept.add(Buffer.of(quote))
    return { to: to + 1, video }
  }

  /** Bytes of a text: those of the video go on, with escapes undone; of others the beginning is kept. */
  #pass(bytes: Buffer): Buffer {
    if (this.#inVideo)
      return bytes[0] === backslash ? Buffer.from(unescaped(bytes.toString('latin1'))) : bytes
    const room = mostText - this.#textBytes
    this.#textBytes += bytes.byteLength
    // Half an escape would make the whole no JSON.
    const part =
      bytes[0] === backslash && bytes.byteLength > room ? nothing : bytes.subarray(0, Math.max(0, room))
    this.#text += part.toString('latin1')
    this.#kept.add(part)
    return nothing
  }

  #between(byte: number): void {
    if (spaces.has(byte)) return
    this.#kept.add(Buffer.of(byte))
    if (byte === quote) this.#begin()
    else if (openers.has(byte)) this.#names.push(null)
    else if (closers.has(byte)) this.#names.pop()
    else if (byte === colon) this.#name(unescaped(this.#text))
    else if (byte === comma) this.#name(null)
  }

  #begin(): void {
    const depth = this.#names.length
    this.#state = 'text'
    this.#inVideo =
      this.#names.at(-1) === 'video_base64' && (depth === 1 || (depth === 2 && this.#names[0] === 'result'))
    if (this.#inVideo) this.#videos += 1
    if (this.#videos > 1) throw new BadAnswer('it holds two videos')
    this.#text = ''
    this.#textBytes = 0
  }

  #name(name: string | null): void {
    if (this.#names.length > 0) this.#names[this.#names.length - 1] = name
  }
}

const nothing = Buffer.alloc(0)

/** Where a text's plain run ends: at its quote, at an escape, or with the chunk. */
function endOfRun(chunk: Buffer, at: number): number {
  const end = chunk.indexOf(quote, at)
  const run = end < 0 ? chunk.subarray(at) : chunk.subarray(at, end)
  const escape = run.indexOf(backslash)
  return escape < 0 ? at + run.byteLength : at + escape
}

function unescaped(text: string): string {
  return text.includes('\\') ? String(parsed(`"${text}"`)) : text
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new BadAnswer('it is no JSON', { cause })
  }
}

/** A text that grows, up to {@link mostKept}. */
class Kept {
  #bytes = Buffer.alloc(4096)
  #length = 0

  add(bytes: Buffer): void {
    const length = this.#length + bytes.byteLength
    if (length > mostKept) throw new BadAnswer('it says too much beside the video')
    if (length > this.#bytes.byteLength) {
      this.#bytes = Buffer.concat([this.#bytes], Math.max(length, 2 * this.#bytes.byteLength))
    }
    bytes.copy(this.#bytes, this.#length)
    this.#length = length
  }

  text(): string {
    return this.#bytes.toString('utf8', 0, this.#length)
  }
}
