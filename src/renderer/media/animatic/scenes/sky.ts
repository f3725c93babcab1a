import { blend, css, lift, ramp, rgb, type Lab } from '../colour'
import { smooth } from '../ease'
import { fractal, makeNoise } from '../random'
import type { Stage } from '../scene'
import { makeCanvas, makeField, type Ctx, type Layer } from '../surface'

/** A place in the frame, in shares of its width and height. */
export interface Spot {
  x: number
  y: number
}

export interface SkyLook {
  sun: Spot
  /** Where the sky ends, as a share of the height. */
  horizon: number
  /** How far the light reaches and how strong it is, about 1. */
  glow: number
  /** How much cloud: 0 none, 1 streaks all over. */
  cloud: number
}

/** The side away from the words, about a third in. */
export function lightSide(stage: Stage): number {
  const x = stage.rng('light').range(0.64, 0.8)
  return stage.words === 'left' ? x : 1 - x
}

/** Where a light of `radius` (pixels) stands at height `y` or, if words would be in its way, above them. */
export function lightSpot(stage: Stage, y: number, radius: number): Spot {
  const { covered, width, height, unit } = stage
  const x = lightSide(stage)
  if (!covered) return { x, y }
  const clear = radius + unit * 0.11
  const beside = x * width + clear < covered.x || x * width - clear > covered.x + covered.width
  const above = (covered.y - clear) / height
  if (beside || y <= above) return { x, y }
  // Where words fill the frame, the light comes from just outside it.
  return { x, y: above > radius / height + 0.05 ? above : -radius / height - 0.05 }
}

/** A sky with its light and thin clouds, computed so smoothly that it shows no bands. */
export function makeSky(stage: Stage, look: SkyLook): Layer {
  const { width, height, palette, unit } = stage
  const table = ramp(palette.sky, [0, 0.34, 0.62, 0.86, 1])
  const light = rgb(palette.sun)
  const rng = stage.rng('sky')
  const cloud = fractal(makeNoise(rng), 4)
  const stretchX = (width / unit) * 1.5
  const stretchY = (height / unit) * 7
  return makeField(width, height, 0.06, rng, (x, y, out) => {
    const dx = ((x - look.sun.x) * width) / unit
    const dy = ((y - look.sun.y) * height) / unit
    const distance = Math.sqrt(dx * dx + dy * dy * 1.5)
    const streak = look.cloud === 0 ? 0 : cloud(x * stretchX + 3, y * stretchY) * look.cloud
    const place = Math.min(0.999, Math.max(0, y / look.horizon + streak * 0.1))
    const at = Math.floor(place * 1023) * 3
    const near = 0.6 * Math.exp(-distance * 3.1) + 0.4 * Math.exp(-distance * 9)
    const lit = Math.min(1, look.glow * near * (1 + streak * 0.7))
    for (let c = 0; c < 3; c += 1) {
      const base = table[at + c] as number
      out[c] = base + ((light[c] as number) - base) * lit
    }
  })
}

/** A disc of light with a soft rim. */
export function drawDisc(ctx: Ctx, x: number, y: number, radius: number, colour: Lab, rim = 0.02): void {
  const fill = ctx.createRadialGradient(x, y, 0, x, y, radius * (1 + rim))
  fill.addColorStop(0, css(lift(colour, 0.03)))
  fill.addColorStop(1 - 2 * rim, css(colour))
  fill.addColorStop(1, css(colour, 0))
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.arc(x, y, radius * (1 + rim), 0, Math.PI * 2)
  ctx.fill()
}

/** A soft round light, to be drawn at any size. Falls off without an edge. */
export function makeGlow(colour: Lab, size = 256, power = 2.2): OffscreenCanvas {
  const { canvas, ctx } = makeCanvas(size, size)
  const image = ctx.createImageData(size, size)
  const [r, g, b] = rgb(colour)
  for (let y = 0, at = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1, at += 4) {
      const d = Math.hypot(x - (size - 1) / 2, y - (size - 1) / 2) / (size / 2)
      image.data.set([r, g, b, 255 * (1 - smooth(0, 1, d)) ** power], at)
    }
  ctx.putImageData(image, 0, 0)
  return canvas
}

/** The colour of things at `depth`: 0 is lost in the haze, 1 stands right in front. */
export function hazed(stage: Stage, depth: number): Lab {
  const { palette } = stage
  const haze = palette.sky[3] ?? palette.far
  const body = blend(palette.far, palette.near, Math.min(1, Math.max(0, depth * 1.15 - 0.15)))
  return blend(haze, body, 0.35 + 0.65 * smooth(0, 0.55, depth))
}
