import { blend, css, lift, ramp, type Lab } from '../colour'
import type { MakeScene } from '../scene'
import { enter, makeField, showLayer, type Ctx } from '../surface'
import { lightSide, makeGlow } from './sky'

/** Large soft lights drifting through each other; with bokeh, discs of light out of focus in front. */
export const glow: MakeScene = (stage) => {
  const { width, height, unit, palette, mood } = stage
  const rng = stage.rng('glow')
  const centre = { x: lightSide(stage), y: rng.range(0.34, 0.5) }
  const table = ramp(
    [palette.sky[2], palette.sky[1], palette.sky[0], palette.near] as Lab[],
    [0, 0.35, 0.75, 1],
  )
  const ground = makeField(width, height, 0.05, rng, (x, y, out) => {
    const dx = ((x - centre.x) * width) / unit
    const dy = ((y - centre.y) * height) / unit
    const d = Math.min(0.999, Math.sqrt(dx * dx * 0.55 + dy * dy) / 1.25)
    const at = Math.floor(d * 1023) * 3
    out.set(table.subarray(at, at + 3))
  })
  const hues: Lab[] = [palette.sky[3], palette.sky[4], palette.glow, palette.cool, palette.sky[3]] as Lab[]
  const blobs = hues.map((hue, n) => ({
    sprite: makeGlow(hue, 320, 1.5),
    x: centre.x + rng.range(-0.3, 0.24) * (n === 0 ? 0.3 : 1),
    y: centre.y + rng.range(-0.34, 0.38) * (n === 0 ? 0.3 : 1),
    radius: unit * rng.range(0.34, 0.62) * (n === 1 ? 0.6 : 1),
    alpha: [0.85, 0.75, 0.5, 0.38, 0.5][n] ?? 0.5,
    phase: rng.range(0, 6.28),
    depth: 0.15 + 0.16 * n,
  }))
  const discs =
    mood.motif === 'bokeh'
      ? makeDiscs(stage.rng('bokeh'), width, height, unit, palette.glow, palette.cool)
      : []
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, ground, pose, width, height)
      ctx.globalCompositeOperation = 'screen'
      for (const blob of blobs) {
        enter(ctx, pose, blob.depth, width, height)
        const x = (blob.x + 0.035 * Math.sin(seconds * 0.42 + blob.phase)) * width
        const y = (blob.y + 0.045 * Math.cos(seconds * 0.36 + blob.phase * 1.7)) * height
        const r = blob.radius * (1 + 0.05 * Math.sin(seconds * 0.5 + blob.phase))
        ctx.globalAlpha = blob.alpha
        ctx.drawImage(blob.sprite, x - r, y - r, 2 * r, 2 * r)
      }
      for (const disc of discs) {
        enter(ctx, pose, disc.depth, width, height)
        const y = disc.y - seconds * disc.rise
        ctx.globalAlpha = disc.alpha * (0.8 + 0.2 * Math.sin(seconds * 0.9 + disc.phase))
        ctx.drawImage(disc.sprite, disc.x - disc.r, y - disc.r, 2 * disc.r, 2 * disc.r)
      }
      ctx.globalAlpha = 1
      ctx.globalCompositeOperation = 'source-over'
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  }
}

function makeDiscs(
  rng: ReturnType<Parameters<MakeScene>[0]['rng']>,
  width: number,
  height: number,
  unit: number,
  warm: Lab,
  cool: Lab,
) {
  const sprites = [0, 0.15, 0.3, 0.75].map((t) => disc(blend(warm, cool, t)))
  return Array.from({ length: 34 }, (_, n) => {
    const depth = rng.range(0.3, 1)
    return {
      sprite: sprites[n % sprites.length] as OffscreenCanvas,
      x: rng.range(-0.05, 1.05) * width,
      y: rng.range(-0.05, 1.1) * height,
      r: unit * (0.012 + 0.075 * depth ** 2 * rng.range(0.5, 1)),
      alpha: rng.range(0.1, 0.42) * (1.2 - depth * 0.7),
      phase: rng.range(0, 6.28),
      rise: unit * 0.012 * depth,
      depth,
    }
  })
}

/** Light out of focus: an even disc, a little brighter at its edge. */
function disc(colour: Lab): OffscreenCanvas {
  const canvas = new OffscreenCanvas(160, 160)
  const ctx = canvas.getContext('2d') as Ctx
  const fill = ctx.createRadialGradient(80, 80, 0, 80, 80, 78)
  fill.addColorStop(0, css(colour, 0.62))
  fill.addColorStop(0.86, css(colour, 0.72))
  fill.addColorStop(0.94, css(lift(colour, 0.08), 0.95))
  fill.addColorStop(1, css(colour, 0))
  ctx.fillStyle = fill
  ctx.fillRect(0, 0, 160, 160)
  return canvas
}
