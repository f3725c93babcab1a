import type { Pose } from './camera'
import { reach } from './camera'
import type { Rng } from './random'

export type Ctx = OffscreenCanvasRenderingContext2D

/** A layer reaches beyond the frame by this share on every side, so that no camera move shows its edge. */
export const overscan = reach.shift + 0.02

/** A canvas to draw on once and show often, kept in ordinary memory. */
export function makeCanvas(width: number, height: number): { canvas: OffscreenCanvas; ctx: Ctx } {
  const canvas = new OffscreenCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)))
  const ctx = canvas.getContext('2d', { willReadFrequently: true })
  if (!ctx) throw new Error('No 2D canvas.')
  ctx.imageSmoothingQuality = 'high'
  return { canvas, ctx }
}

/** A picture larger than the frame, moved by the camera according to its depth (0 far away, 1 close by). */
export interface Layer {
  canvas: OffscreenCanvas
  depth: number
  /** Where it lies in the frame's own coordinates. */
  box: Box
}
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The whole frame with its overscan, or only the part of it between `top` and `bottom` (shares of the height). */
export function stretch(width: number, height: number, top = -overscan, bottom = 1 + overscan): Box {
  const y = Math.floor(height * Math.max(top, -overscan))
  return {
    x: Math.floor(-width * overscan),
    y,
    width: Math.ceil(width * (1 + 2 * overscan)),
    height: Math.ceil(height * Math.min(bottom, 1 + overscan)) - y,
  }
}

/** Makes a layer of `box`; `draw` sees the frame's own coordinates. */
export function makeLayer(box: Box, depth: number, draw: (ctx: Ctx) => void): Layer {
  const { canvas, ctx } = makeCanvas(box.width, box.height)
  ctx.translate(-box.x, -box.y)
  draw(ctx)
  return { canvas, depth, box }
}

/** Sets the transform under which the frame's own coordinates appear at `depth`. */
export function enter(ctx: Ctx, pose: Pose, depth: number, width: number, height: number): void {
  const zoom = 1 + (pose.zoom - 1) * (0.25 + 0.75 * depth)
  const x = width / 2 - (width / 2 + pose.x * depth * width) * zoom
  const y = height / 2 - (height / 2 + pose.y * depth * height) * zoom
  ctx.setTransform(zoom, 0, 0, zoom, x, y)
}

export function showLayer(ctx: Ctx, layer: Layer, pose: Pose, width: number, height: number): void {
  const { canvas, depth, box } = layer
  enter(ctx, pose, depth, width, height)
  ctx.drawImage(canvas, box.x, box.y, box.width, box.height)
  ctx.setTransform(1, 0, 0, 1, 0, 0)
}

/** Writes a colour (sRGB 0 to 255, fractions welcome) for the place `x`, `y`: 0 to 1 within the frame. */
export type Shade = (x: number, y: number, out: Float32Array) => void

/**
 * A layer computed pixel by pixel. Fractions of a colour step are dithered, so that the smoothest sky shows
 * no bands.
 */
export function makeField(
  width: number,
  height: number,
  depth: number,
  rng: Rng,
  shade: Shade,
  box: Box = stretch(width, height),
): Layer {
  const scale = Math.min(1, Math.sqrt(1_300_000 / (box.width * box.height)))
  const { canvas, ctx } = makeCanvas(box.width * scale, box.height * scale)
  const image = ctx.createImageData(canvas.width, canvas.height)
  const { data } = image
  const out = new Float32Array(3)
  const dither = Float32Array.from({ length: 4096 }, () => rng() + rng() - 1)
  for (let j = 0, at = 0; j < canvas.height; j += 1) {
    const y = (box.y + ((j + 0.5) / canvas.height) * box.height) / height
    const shift = Math.floor(rng() * 4096)
    for (let i = 0; i < canvas.width; i += 1, at += 4) {
      shade((box.x + ((i + 0.5) / canvas.width) * box.width) / width, y, out)
      const noise = dither[(i + shift) & 4095] as number
      data[at] = (out[0] as number) + noise
      data[at + 1] = (out[1] as number) + noise
      data[at + 2] = (out[2] as number) + noise
      data[at + 3] = 255
    }
  }
  ctx.putImageData(image, 0, 0)
  return { canvas, depth, box }
}
