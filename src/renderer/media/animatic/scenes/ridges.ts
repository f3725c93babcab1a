import { blend, css, lift } from '../colour'
import { mix, smooth } from '../ease'
import { fractal, makeNoise, type Noise } from '../random'
import type { MakeScene, Stage } from '../scene'
import { makeLayer, overscan, showLayer, stretch, type Ctx, type Layer } from '../surface'
import { drawDisc, hazed, lightSpot, makeSky } from './sky'
import { makeStars } from './stars'

type Profile = (x: number) => number

/** Hills, dunes or peaks one behind the other, under a low light. */
export const ridges: MakeScene = (stage) => {
  const { width, height, unit, palette, mood } = stage
  const tall = height > width
  const radius = unit * (mood.night ? 0.045 : 0.068)
  const sun = lightSpot(stage, mood.night ? 0.22 : tall ? 0.4 : mix(0.4, 0.5, stage.rng('sun')()), radius)
  const top = tall ? 0.5 : 0.52
  const sky = makeSky(stage, { sun, horizon: top + 0.12, glow: mood.night ? 0.55 : 0.95, cloud: 0.75 })
  const stars = mood.night ? makeStars(stage, 0.55) : null
  const disc = makeLayer(stretch(width, height, 0, top + 0.2), 0.1, (ctx) =>
    drawDisc(ctx, sun.x * width, sun.y * height, radius, palette.sun),
  )
  const layers = rangeOf(stage, top)
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, sky, pose, width, height)
      stars?.paint(ctx, pose, seconds)
      showLayer(ctx, disc, pose, width, height)
      for (const layer of layers) showLayer(ctx, layer, pose, width, height)
    },
  }
}

/** Ridges one behind the other from `top` down to `bottom` (shares of the height). */
export function rangeOf(
  stage: Stage,
  top: number,
  count = stage.mood.motif === 'dunes' ? 4 : 5,
  bottom = 0.98,
): Layer[] {
  const { mood } = stage
  const rng = stage.rng('range')
  return Array.from({ length: count }, (_, n) => {
    const closer = n / (count - 1)
    const depth = (0.14 + 0.86 * closer ** 1.25) * (bottom < 0.9 ? 0.3 : 1)
    const base = top + (bottom - top) * closer ** 1.1
    const noise = fractal(makeNoise(rng), mood.motif === 'dunes' ? 2 : mood.motif === 'peaks' ? 3 : 6)
    return ridge(stage, depth, base, profile(stage, noise, n, count))
  })
}

/** Height above the base line, as a share of the frame's height, along `x` from 0 to 1. */
function profile(stage: Stage, noise: Noise, n: number, count: number): Profile {
  const { width, height, unit, mood } = stage
  const aspect = width / unit
  const closer = n / (count - 1)
  const scale = unit / height
  switch (mood.motif) {
    case 'dunes':
      return (x) => {
        const along = x * aspect * (0.9 - 0.25 * closer) + n * 7.7
        // A slope that rises slowly and falls at once is what makes a dune.
        const wave = along - Math.floor(along)
        const crest = wave < 0.68 ? (wave / 0.68) ** 1.7 : ((1 - wave) / 0.32) ** 0.8
        return scale * ((0.1 - 0.03 * closer) * crest + 0.05 * noise(x * aspect * 0.7 + n * 9, n))
      }
    case 'peaks': {
      const rng = stage.rng(`peaks${n}`)
      const tents: { at: number; high: number; left: number; right: number }[] = []
      for (let at = -0.4; at < aspect + 0.4; at += rng.range(0.24, 0.52) * mix(1, 0.7, closer))
        tents.push({ at, high: rng.range(0.45, 1), left: rng.range(1.9, 2.9), right: rng.range(1.7, 2.6) })
      return (x) => {
        const u = x * aspect
        const rough = 0.1 * noise(u * 6.1, n * 3.7) + 0.04 * noise(u * 17, n * 5.1)
        let best = 0
        for (const tent of tents) {
          const off = u - tent.at
          const slope = mix(1, 0.55, closer) * (off < 0 ? tent.left : tent.right)
          best = Math.max(best, tent.high - Math.abs(off) * slope)
        }
        return scale * mix(0.3, 0.12, closer) * (best + rough - 0.12)
      }
    }
    case 'lighthouse':
    case 'bokeh':
    case 'none':
      return (x) =>
        scale * mix(0.15, 0.1, closer) * noise(x * aspect * mix(1.5, 0.75, closer) + n * 11.3, n * 5.1) * 1.5
  }
}

function ridge(stage: Stage, depth: number, base: number, rise: Profile): Layer {
  const { width, height, palette, mood } = stage
  const step = Math.max(1, Math.round(width / 640))
  const from = Math.floor(-overscan * width)
  const to = Math.ceil((1 + overscan) * width)
  const points: [number, number][] = []
  for (let x = from; x <= to + step; x += step) points.push([x, (base - rise(x / width)) * height])
  const highest = Math.min(...points.map(([, y]) => y))
  const body = hazed(stage, mood.motif === 'peaks' ? Math.min(1, depth + 0.22) : depth)
  const foot = blend(body, palette.sky[3] ?? body, 0.5 * (1 - depth))
  return makeLayer(stretch(width, height, highest / height - 0.01), depth, (ctx) => {
    const fill = ctx.createLinearGradient(
      0,
      highest,
      0,
      Math.min(height * (1 + overscan), highest + height * 0.42),
    )
    fill.addColorStop(0, css(lift(body, 0.012)))
    fill.addColorStop(0.55, css(blend(body, foot, 0.75)))
    fill.addColorStop(1, css(depth > 0.9 ? palette.near : foot))
    trace(ctx, points, height)
    ctx.fillStyle = fill
    ctx.fill()
    ctx.clip()
    if (mood.motif === 'peaks' && depth < 0.5) faceOf(ctx, stage, points, depth)
    // The rim that catches the light.
    ctx.strokeStyle = css(blend(body, palette.sun, 0.5), 0.5 * (1 - depth * 0.7))
    ctx.lineWidth = Math.max(1.2, height * 0.0028)
    ctx.lineJoin = 'round'
    ctx.beginPath()
    for (const [x, y] of points) ctx.lineTo(x, y)
    ctx.stroke()
  })
}

function trace(ctx: Ctx, points: readonly [number, number][], height: number): void {
  const low = height * (1 + overscan)
  ctx.beginPath()
  ctx.moveTo(points[0]?.[0] ?? 0, low)
  for (const [x, y] of points) ctx.lineTo(x, y)
  ctx.lineTo(points.at(-1)?.[0] ?? 0, low)
  ctx.closePath()
}

/** Rock in light and shade, and snow on the heights down to a ragged line. */
function faceOf(ctx: Ctx, stage: Stage, points: readonly [number, number][], depth: number): void {
  const { height, palette, unit } = stage
  const noise = fractal(makeNoise(stage.rng(`snow${depth.toFixed(2)}`)), 3)
  const body = hazed(stage, Math.min(1, depth + 0.22))
  const white = blend(palette.sun, body, 0.08 + 0.5 * depth)
  const cold = blend(white, blend(body, palette.cool, 0.5), 0.62)
  const highest = Math.min(...points.map(([, y]) => y))
  const side = stage.words === 'left' ? 1 : -1
  const wide = Math.max(2, Math.round(points.length / 110))
  for (const [n, [x, y]] of points.entries()) {
    const [nextX] = points[n + 1] ?? [x + 1]
    const [fromX, fromY] = points[Math.max(0, n - wide)] ?? [x, y]
    const [toX, toY] = points[Math.min(points.length - 1, n + wide)] ?? [x, y]
    const slope = ((toY - fromY) / Math.max(1, toX - fromX)) * side
    const dark = smooth(-0.1, 0.1, -slope)
    const fall = ctx.createLinearGradient(0, y, 0, y + unit * 0.26)
    fall.addColorStop(0, css(blend(lift(body, 0.05), lift(body, -0.07), dark), 0.9))
    fall.addColorStop(1, css(body, 0))
    ctx.fillStyle = fall
    // Slanted, as the edges between faces run.
    const slant = side * unit * 0.07
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.lineTo(nextX + 0.6, y)
    ctx.lineTo(nextX + 0.6 + slant, y + unit * 0.26)
    ctx.lineTo(x + slant, y + unit * 0.26)
    ctx.fill()
    const cover = Math.max(0, 1 - (y - highest) / (height * 0.17))
    const u = x / unit
    const ragged = 0.7 + 0.55 * noise(u * 7, depth * 10) + 0.5 * noise(u * 23, depth * 4)
    const reach = cover * unit * 0.085 * ragged
    if (reach <= 0) continue
    ctx.fillStyle = css(blend(white, cold, dark))
    ctx.fillRect(x, y - 1, nextX - x + 0.6, reach + 1)
  }
}
