import { blend, css, lift, ramp, rgb, type Lab } from '../colour'
import { smooth } from '../ease'
import { fractal, makeNoise } from '../random'
import type { MakeScene, Stage } from '../scene'
import { enter, makeField, makeLayer, overscan, showLayer, stretch, type Ctx } from '../surface'
import { makeBeacon } from './beacon'
import { drawDisc, lightSide, lightSpot, makeSky, type Spot } from './sky'
import { makeStars } from './stars'

/** Open water under a low light, its path glittering towards us; with a lighthouse where the words ask for one. */
export const sea: MakeScene = (stage) => {
  const { width, height, unit, palette, mood } = stage
  const tall = height > width
  const horizon = tall ? 0.5 : 0.56
  const beacon = mood.motif === 'lighthouse'
  const x = lightSide(stage)
  // Where a lamp is the hero, the sun has just gone.
  const radius = unit * (mood.night ? 0.042 : 0.058)
  const sun: Spot = beacon
    ? { x: 0.5, y: horizon - 0.01 }
    : lightSpot(stage, horizon - (mood.night ? 0.3 : 0.13), radius)
  const sky = makeSky(stage, { sun, horizon: horizon + 0.015, glow: mood.night ? 0.5 : 0.95, cloud: 0.9 })
  const stars = mood.night ? makeStars(stage, horizon) : null
  const disc = beacon
    ? null
    : makeLayer(stretch(width, height, sun.y - 0.2, horizon), 0.1, (ctx) =>
        drawDisc(ctx, sun.x * width, sun.y * height, radius, palette.sun),
      )
  const water = makeWater(stage, horizon, sun)
  const glints = makeGlints(stage, horizon, sun)
  const swells = makeSwells(stage, horizon)
  const lamp = beacon ? makeBeacon(stage, { x, y: horizon }) : null
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, sky, pose, width, height)
      stars?.paint(ctx, pose, seconds)
      if (disc) showLayer(ctx, disc, pose, width, height)
      lamp?.behind(ctx, pose, seconds)
      showLayer(ctx, water, pose, width, height)
      enter(ctx, pose, 0.16, width, height)
      glints(ctx, seconds)
      lamp?.paint(ctx, pose, seconds)
      for (const [n, swell] of swells.entries()) {
        enter(ctx, pose, 0.35 + 0.3 * n, width, height)
        swell(ctx, seconds)
      }
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  }
}

function makeWater(stage: Stage, horizon: number, sun: Spot) {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('water')
  const top = blend(palette.sky[3] as Lab, palette.far, 0.55)
  const table = ramp([top, blend(palette.far, palette.near, 0.45), palette.near], [0, 0.42, 1])
  const light = rgb(palette.sun)
  const noise = fractal(makeNoise(rng), 4)
  return makeField(
    width,
    height,
    0.16,
    rng,
    (x, y, out) => {
      const depth = Math.max(0.004, y - horizon)
      // Seen flat, waves grow wider and further apart towards us.
      const ripple = noise(((x - 0.5) * width * 1.6) / unit / (0.1 + depth * 2.2), 2.6 / (0.035 + depth))
      const place = Math.min(0.999, Math.max(0, depth / (1 - horizon) + ripple * 0.09))
      const at = Math.floor(place * 1023) * 3
      const spread = 0.035 + depth * 0.42
      const off = (((x - sun.x) * width) / unit / spread) ** 2
      const path = Math.exp(-off) * (0.5 - 0.42 * smooth(0, 0.75, depth / (1 - horizon))) * (1 + ripple * 1.1)
      for (let c = 0; c < 3; c += 1) {
        const base = table[at + c] as number
        out[c] = base + ((light[c] as number) - base) * Math.max(0, path) * 0.85
      }
    },
    stretch(width, height, horizon),
  )
}

/** Short strokes of light on the water, each swelling and fading in its own slow time. */
function makeGlints(stage: Stage, horizon: number, sun: Spot): (ctx: Ctx, seconds: number) => void {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('glints')
  const strokes = Array.from({ length: 240 }, () => {
    const depth = rng() ** 1.7
    const spread = 0.05 + depth * 0.34
    const bell = (rng() + rng() + rng() - 1.5) / 1.5
    return {
      x: sun.x * width + bell * spread * unit * 1.25,
      y: (horizon + 0.006 + depth * (1 - horizon)) * height,
      length: unit * (0.012 + 0.07 * depth) * rng.range(0.4, 1.2),
      thick: Math.max(0.8, unit * (0.0012 + 0.0042 * depth)),
      alpha: (0.75 - 0.45 * depth) * (1 - Math.abs(bell) * 0.6),
      pace: rng.range(0.7, 1.6),
      phase: rng.range(0, 6.28),
    }
  })
  const colour = css(lift(palette.sun, 0.01))
  return (ctx, seconds) => {
    ctx.strokeStyle = colour
    ctx.lineCap = 'round'
    for (const one of strokes) {
      const swell = 0.5 + 0.5 * Math.sin(seconds * one.pace + one.phase)
      const half = (one.length / 2) * (0.35 + 0.65 * swell)
      const x = one.x + Math.sin(seconds * 0.5 + one.phase) * one.length * 0.25
      ctx.globalAlpha = one.alpha * swell * swell
      ctx.lineWidth = one.thick
      ctx.beginPath()
      ctx.moveTo(x - half, one.y)
      ctx.lineTo(x + half, one.y)
      ctx.stroke()
    }
    ctx.globalAlpha = 1
  }
}

/** Low waves rolling through the foreground. */
function makeSwells(stage: Stage, horizon: number): ((ctx: Ctx, seconds: number) => void)[] {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('swells')
  return [0.42, 0.7].map((place, n) => {
    const base = (horizon + (1 - horizon) * place) * height
    const wave = unit * (0.34 + 0.3 * n)
    const rise = unit * (0.008 + 0.012 * n)
    const phase = rng.range(0, 6.28)
    const body = blend(palette.far, palette.near, 0.55 + 0.4 * n)
    return (ctx, seconds) => {
      const fill = ctx.createLinearGradient(0, base - rise, 0, base + height * 0.2)
      fill.addColorStop(0, css(lift(body, 0.05), 0.62))
      fill.addColorStop(1, css(palette.near, 0.35 + 0.6 * n))
      ctx.fillStyle = fill
      ctx.beginPath()
      const low = height * (1 + overscan)
      ctx.moveTo(-width * overscan, low)
      for (let x = -width * overscan; x <= width * (1 + overscan) + 12; x += 12) {
        const a = (x / wave) * 2 + seconds * (0.55 + 0.2 * n) + phase
        ctx.lineTo(x, base + rise * (Math.sin(a) + 0.45 * Math.sin(a * 2.3 + 1.3 - seconds * 0.3)))
      }
      ctx.lineTo(width * (1 + overscan), low)
      ctx.fill()
    }
  })
}
