import { blend, css, lift } from '../colour'
import { mix } from '../ease'
import { fractal, makeNoise, type Noise } from '../random'
import type { MakeScene, Stage } from '../scene'
import { makeLayer, overscan, showLayer, stretch, type Ctx, type Layer } from '../surface'
import { drawDisc, hazed, lightSide, makeSky } from './sky'
import { makeStars } from './stars'

type Profile = (x: number) => number

/** Hills, dunes or peaks one behind the other, under a low light. */
export const ridges: MakeScene = (stage) => {
  const { width, height, unit, palette, mood } = stage
  const tall = height > width
  const sun = { x: lightSide(stage), y: mood.night ? 0.22 : tall ? 0.4 : mix(0.4, 0.5, stage.rng('sun')()) }
  const top = tall ? 0.5 : 0.52
  const sky = makeSky(stage, { sun, horizon: top + 0.12, glow: mood.night ? 0.55 : 0.95, cloud: 0.75 })
  const stars = mood.night ? makeStars(stage, 0.55) : null
  const disc = makeLayer(stretch(width, height, 0, top + 0.2), 0.1, (ctx) =>
    drawDisc(ctx, sun.x * width, sun.y * height, unit * (mood.night ? 0.045 : 0.068), palette.sun),
  )
  const layers = rangeOf(stage, top)
  return {
    words: 'bottom',
    paint(ctx, pose, seconds) {
      showLayer(ctx, sky, pose, width, height)
      stars?.paint(ctx, pose, seconds)
      showLayer(ctx, disc, pose, width, height)
      for (const layer of layers) showLayer(ctx, layer, pose, width, height)
    },
  }
}

function rangeOf(stage: Stage, top: number): Layer[] {
  const { mood } = stage
  const rng = stage.rng('range')
  const count = mood.motif === 'dunes' ? 4 : 5
  return Array.from({ length: count }, (_, n) => {
    const depth = 0.14 + 0.86 * (n / (count - 1)) ** 1.25
    const base = top + (0.98 - top) * (n / (count - 1)) ** 1.1
    const noise = fractal(makeNoise(rng), mood.motif === 'dunes' ? 2 : 6)
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
    case 'peaks':
      return (x) => {
        const sharp = 1 - Math.abs(noise(x * aspect * (1.3 - 0.3 * closer) + n * 13.1, n * 3.7)) * 2
        return scale * mix(0.24, 0.09, closer) * Math.max(-0.4, sharp) * (n === 0 ? 1.15 : 1)
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
  const body = hazed(stage, depth)
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
    if (mood.motif === 'peaks' && depth < 0.8) snowOn(ctx, stage, points, depth)
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

/** Snow lies on the side of the light, thicker towards the top. */
function snowOn(ctx: Ctx, stage: Stage, points: readonly [number, number][], depth: number): void {
  const { height, palette, unit } = stage
  const rng = stage.rng(`snow${depth.toFixed(2)}`)
  const noise = fractal(makeNoise(rng), 4)
  const white = blend(palette.sun, hazed(stage, depth), 0.25 + 0.3 * depth)
  const highest = Math.min(...points.map(([, y]) => y))
  ctx.fillStyle = css(white, 0.85)
  ctx.beginPath()
  ctx.moveTo(points[0]?.[0] ?? 0, points[0]?.[1] ?? 0)
  for (const [x, y] of points) ctx.lineTo(x, y)
  for (const [x, y] of [...points].reverse()) {
    const left = Math.max(0, 1 - (y - highest) / (height * 0.16))
    ctx.lineTo(x, y + left * unit * (0.055 + 0.09 * Math.abs(noise(x * 0.03, depth * 10))))
  }
  ctx.closePath()
  ctx.fill()
}
