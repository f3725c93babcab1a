import type { AnimaticSpec } from '@shared/animatic'
import { frameCount } from '@shared/frames'
import { createPainter } from '../animatic'
import { RenderError } from '../protocol'
import { startFilm } from './film'
import { Planes } from './planes'
import { breathe } from './breathe'

/** Addresses of the images, absolute. */
export interface Images {
  first: string | null
  last: string | null
}

/** Renders an animatic into an MP4. The same spec and images give the same frames. */
export async function renderAnimatic(
  spec: AnimaticSpec,
  images: Images,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
): Promise<ArrayBuffer> {
  const { width, height, fps } = spec
  const total = frameCount(spec)
  progress(0, total)
  const film = await startFilm({ width, height, fps, density: 0.24 })
  try {
    const [first, last] = await Promise.all([load(images.first, signal), load(images.last, signal)])
    const canvas = new OffscreenCanvas(width, height)
    // Drawn by the processor, not the graphics card: the pixels are read back anyway, and are the same everywhere.
    const ctx = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
    if (!ctx) throw new RenderError('unsupported', 'This browser cannot draw off screen.')
    const paint = await createPainter(spec, { first, last }, ctx)
    const planes = new Planes(width, height, { strength: 1.6, seed: spec.seed })
    for (let frame = 0; frame < total; frame += 1) {
      await breathe(signal)
      paint(frame)
      planes.fill(ctx.getImageData(0, 0, width, height).data, frame)
      await film.add(planes.data)
      progress(frame + 1, total)
    }
    return await film.finish()
  } catch (error) {
    await film.cancel().catch(() => undefined)
    throw error
  }
}

async function load(address: string | null, signal: AbortSignal): Promise<ImageBitmap | null> {
  if (!address) return null
  try {
    const answer = await fetch(address, { signal })
    if (!answer.ok) throw new Error(`status ${answer.status}`)
    return await createImageBitmap(await answer.blob())
  } catch (cause) {
    signal.throwIfAborted()
    throw new RenderError('source', `An image could not be read: ${String(cause)}`, { cause })
  }
}
