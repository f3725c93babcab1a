import { ALL_FORMATS, CanvasSink, Input, UrlSource, type InputVideoTrack } from 'mediabunny'
import { RenderError } from '../protocol'
import { breathe } from './breathe'
import { startFilm } from './film'
import { Planes } from './planes'

const posterSide = 640
const previewSide = 480
const previewFps = 15
const previewSeconds = 5
/** Where in the video a poster is looked for. A third in comes first: it wins when all are alike. */
const posterPlaces = [0.34, 0.2, 0.5, 0.68, 0.85]

/** The most telling of a few frames, as WebP. `source` is an absolute address. */
export function makePoster(source: string, signal: AbortSignal): Promise<ArrayBuffer> {
  return withVideo(source, signal, async ({ track, start, seconds, size }) => {
    const { width, height } = fit(size, posterSide)
    const sink = new CanvasSink(track, { width, height, fit: 'fill' })
    let best: { score: number; canvas: OffscreenCanvas } | null = null
    for (const [index, place] of posterPlaces.entries()) {
      await breathe(signal)
      const found = await sink.getCanvas(start + seconds * place)
      if (!found) continue
      const canvas = found.canvas as OffscreenCanvas
      const score = telling(canvas) * (index === 0 ? 1.15 : 1)
      if (!best || score > best.score) best = { score, canvas }
    }
    if (!best) throw new RenderError('source', 'The video holds no frame.')
    return encode(best.canvas, 'image/webp', 0.86)
  })
}

/** At most five seconds of the video, small and silent; longer ones run up to twice as fast. */
export function makePreview(
  source: string,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
): Promise<ArrayBuffer> {
  return withVideo(source, signal, async ({ track, start, seconds, size }) => {
    const { width, height } = even(fit(size, previewSide))
    const speed = Math.min(2, Math.max(1, seconds / previewSeconds))
    const total = Math.max(1, Math.floor((Math.min(previewSeconds * speed, seconds) / speed) * previewFps))
    const times = Array.from({ length: total }, (_, n) => start + (n * speed) / previewFps)
    const sink = new CanvasSink(track, { width, height, fit: 'fill', poolSize: 2 })
    const film = await startFilm({ width, height, fps: previewFps, density: 0.16 })
    const planes = new Planes(width, height, { strength: 0, seed: 0 })
    let done = 0
    try {
      for await (const found of sink.canvasesAtTimestamps(times)) {
        await breathe(signal)
        if (found) planes.fill(pixels(found.canvas as OffscreenCanvas), done)
        await film.add(planes.data)
        done += 1
        progress(done, total)
      }
      return await film.finish()
    } catch (error) {
      await film.cancel().catch(() => undefined)
      throw error
    }
  })
}

/** The very last frame in full size, as PNG. */
export function makeLastFrame(source: string, signal: AbortSignal): Promise<ArrayBuffer> {
  return withVideo(source, signal, async ({ track, start, seconds }) => {
    const found = await new CanvasSink(track).getCanvas(start + seconds)
    if (!found) throw new RenderError('source', 'The video holds no frame.')
    return encode(found.canvas as OffscreenCanvas, 'image/png')
  })
}

interface Opened {
  track: InputVideoTrack
  /** Of the first frame, in seconds. */
  start: number
  seconds: number
  size: Size
}
interface Size {
  width: number
  height: number
}

async function withVideo<T>(
  source: string,
  signal: AbortSignal,
  use: (video: Opened) => Promise<T>,
): Promise<T> {
  const retry = (attempts: number) => (attempts < 2 && !signal.aborted ? 0.3 : null)
  const input = new Input({ source: new UrlSource(source, { getRetryDelay: retry }), formats: ALL_FORMATS })
  const abort = () => input.dispose()
  signal.addEventListener('abort', abort, { once: true })
  try {
    const track = await input.getPrimaryVideoTrack()
    if (!track) throw new RenderError('source', 'The file holds no video.')
    if (!(await track.canDecode()))
      throw new RenderError(
        'unsupported',
        `This browser cannot decode ${(await track.getCodec()) ?? 'this video'}.`,
      )
    const start = await track.getFirstTimestamp()
    const end = await track.computeDuration()
    const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() }
    return await use({ track, start, seconds: Math.max(0, end - start), size })
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof RenderError) throw cause
    throw new RenderError('source', cause instanceof Error ? cause.message : String(cause), { cause })
  } finally {
    signal.removeEventListener('abort', abort)
    input.dispose()
  }
}

/** The size with the same shape whose longer side is at most `side`. */
function fit({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

const even = ({ width, height }: Size): Size => ({
  width: Math.max(16, Math.round(width / 2) * 2),
  height: Math.max(16, Math.round(height / 2) * 2),
})

function pixels(canvas: OffscreenCanvas): Uint8ClampedArray {
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new RenderError('unsupported', 'This browser cannot draw off screen.')
  return ctx.getImageData(0, 0, canvas.width, canvas.height).data
}

/** How much a frame shows: contrast and colour, with little left for frames that are nearly black or white. */
function telling(canvas: OffscreenCanvas): number {
  const side = 48
  const small = new OffscreenCanvas(side, side)
  const ctx = small.getContext('2d', { willReadFrequently: true })
  if (!ctx) return 0
  ctx.imageSmoothingQuality = 'medium'
  ctx.drawImage(canvas, 0, 0, side, side)
  const { data } = ctx.getImageData(0, 0, side, side)
  let sum = 0
  let squares = 0
  let colour = 0
  for (let i = 0; i < data.length; i += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3)
    const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    sum += luma
    squares += luma * luma
    colour += Math.max(r, g, b) - Math.min(r, g, b)
  }
  const count = side * side
  const mean = sum / count
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean))
  const exposure = Math.min(1, mean / 28) * Math.min(1, (255 - mean) / 28)
  return (deviation + 0.25 * (colour / count)) * exposure
}

async function encode(canvas: OffscreenCanvas, type: string, quality?: number): Promise<ArrayBuffer> {
  const blob = await canvas.convertToBlob(quality === undefined ? { type } : { type, quality })
  if (blob.type !== type) throw new RenderError('unsupported', `This browser cannot write ${type}.`)
  return blob.arrayBuffer()
}
