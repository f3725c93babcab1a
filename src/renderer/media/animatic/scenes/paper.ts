import { blend, css, lift, rgb, type Lab } from '../colour'
import { mix } from '../ease'
import type { MakeScene, Stage } from '../scene'
import {
  makeCanvas,
  makeField,
  makeLayer,
  overscan,
  showLayer,
  stretch,
  type Box,
  type Ctx,
  type Layer,
} from '../surface'
import { lightSpot } from './sky'

/** Sheets of coloured paper, cut in waves and laid over each other, with real shadows between them. */
export const paper: MakeScene = (stage) => {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('paper')
  const spot = lightSpot(stage, height > width ? 0.3 : 0.36, unit * 0.15)
  const sun = { x: spot.x * width, y: spot.y * height }
  const ground = makeField(width, height, 0.04, rng, (x, y, out) => {
    const [r, g, b] = tone(stage, 0, x, y)
    out[0] = r
    out[1] = g
    out[2] = b
  })
  const disc = makeLayer(stretch(width, height, 0, 0.9), 0.1, (ctx) => {
    const trace = (to: Ctx) => {
      to.beginPath()
      to.arc(sun.x, sun.y, unit * 0.15, 0, Math.PI * 2)
    }
    castShadow(ctx, stage, stretch(width, height, 0, 0.9), trace)
    ctx.fillStyle = css(palette.sun)
    trace(ctx)
    ctx.fill()
  })
  const count = 6
  const sheets = Array.from({ length: count }, (_, n) => sheet(stage, n, count))
  return {
    paint(ctx, pose) {
      showLayer(ctx, ground, pose, width, height)
      showLayer(ctx, disc, pose, width, height)
      for (const layer of sheets) showLayer(ctx, layer, pose, width, height)
    },
  }
}

function tone(stage: Stage, place: number, x: number, y: number): readonly [number, number, number] {
  const { palette } = stage
  const base = blend(
    palette.sky[3] as Lab,
    palette.sky[4] as Lab,
    Math.min(1, Math.max(0, 0.25 + y * 0.7 - place)),
  )
  const warm = lift(base, 0.025 * Math.cos(x * 2.4))
  return rgb(warm)
}

/** The soft shadow of a shape, drawn small: nothing in it is sharp. `draw` traces the shape in frame coordinates. */
function castShadow(ctx: Ctx, stage: Stage, box: Box, draw: (ctx: Ctx) => void): void {
  const scale = 0.2
  const small = makeCanvas(box.width * scale, box.height * scale)
  small.ctx.filter = `blur(${(stage.unit * 0.02 * scale).toFixed(2)}px)`
  small.ctx.scale(scale, scale)
  small.ctx.translate(-box.x, -box.y - stage.unit * 0.012)
  small.ctx.fillStyle = css(blend(stage.palette.near, stage.palette.sky[0] as Lab, 0.3), 0.4)
  draw(small.ctx)
  small.ctx.fill()
  ctx.drawImage(small.canvas, box.x, box.y, box.width, box.height)
}

function sheet(stage: Stage, n: number, count: number): Layer {
  const { width, height, unit, palette } = stage
  const rng = stage.rng(`sheet${n}`)
  const closer = n / (count - 1)
  const depth = 0.2 + 0.8 * closer
  const base = mix(0.47, 0.9, closer ** 0.9)
  const waves = [
    { size: unit * rng.range(1.1, 1.7), rise: unit * rng.range(0.05, 0.085), phase: rng.range(0, 6.28) },
    { size: unit * rng.range(0.5, 0.75), rise: unit * rng.range(0.012, 0.03), phase: rng.range(0, 6.28) },
  ]
  const edge = (x: number) =>
    base * height -
    waves.reduce((sum, wave) => sum + wave.rise * Math.sin((x / wave.size) * 6.283 + wave.phase), 0)
  const stops = [palette.sky[3], palette.sky[2], palette.sky[1], palette.sky[0]] as Lab[]
  const at = closer * (stops.length - 1.001)
  const low = stops[Math.floor(at)] as Lab
  const colour = blend(low, stops[Math.floor(at) + 1] ?? low, at % 1)
  const highest = base - 0.16
  const box = stretch(width, height, highest - 0.1)
  return makeLayer(box, depth, (ctx) => {
    const trace = (to: Ctx) => {
      to.beginPath()
      to.moveTo(-width * (overscan + 0.1), height * 1.3)
      for (let x = -width * (overscan + 0.1); x <= width * (1.1 + overscan); x += 6) to.lineTo(x, edge(x))
      to.lineTo(width * (1.1 + overscan), height * 1.3)
      to.closePath()
    }
    castShadow(ctx, stage, box, trace)
    const fill = ctx.createLinearGradient(0, (base - 0.1) * height, 0, (base + 0.4) * height)
    fill.addColorStop(0, css(lift(colour, 0.02)))
    fill.addColorStop(1, css(lift(colour, -0.05)))
    ctx.fillStyle = fill
    trace(ctx)
    ctx.fill()
    // The cut edge catches a thread of light.
    ctx.strokeStyle = css(lift(colour, 0.12), 0.5)
    ctx.lineWidth = Math.max(1, unit * 0.0016)
    trace(ctx)
    ctx.stroke()
  })
}
