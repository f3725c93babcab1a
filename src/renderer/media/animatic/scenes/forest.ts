import type { Pose } from '../camera'
import { blend, css, lift, type Lab } from '../colour'
import { mix } from '../ease'
import { fractal, makeNoise } from '../random'
import type { MakeScene, Stage } from '../scene'
import { enter, makeLayer, overscan, showLayer, stretch, type Ctx, type Layer } from '../surface'
import { lightSide, makeGlow, makeSky } from './sky'

/** Trunks fading into mist, with light falling between them. */
export const forest: MakeScene = (stage) => {
  const { width, height, mood } = stage
  const light = { x: lightSide(stage), y: 0.3 }
  const sky = makeSky(stage, { sun: light, horizon: 0.62, glow: mood.night ? 0.6 : 1.1, cloud: 0 })
  const count = 5
  const rows = Array.from({ length: count }, (_, n) => trunks(stage, n, count))
  const rays = makeRays(stage, light)
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, sky, pose, width, height)
      for (const [n, row] of rows.entries()) {
        showLayer(ctx, row, pose, width, height)
        if (n === 2) rays(ctx, pose, seconds)
      }
    },
  }
}

function trunks(stage: Stage, n: number, count: number): Layer {
  const { width, height, unit, palette } = stage
  const rng = stage.rng(`trunks${n}`)
  const closer = n / (count - 1)
  const depth = 0.15 + 0.85 * closer
  const mist = blend(palette.sky[3] as Lab, palette.sky[2] as Lab, 0.4)
  const body = blend(mist, palette.near, 0.18 + 0.82 * closer ** 0.8)
  const noise = fractal(makeNoise(rng), 3)
  const floor = (x: number) => height * (mix(0.66, 0.94, closer) + 0.025 * noise((x / unit) * 2.2, n * 7))
  const many = Math.round((mix(30, 6, closer ** 0.7) * width) / unit)
  return makeLayer(stretch(width, height), depth, (ctx) => {
    const fill = ctx.createLinearGradient(0, 0, 0, height * 0.98)
    fill.addColorStop(0, css(lift(body, -0.03)))
    fill.addColorStop(0.5, css(body))
    fill.addColorStop(1, css(blend(body, mist, 0.35 * (1 - closer))))
    ctx.fillStyle = fill
    ctx.beginPath()
    ctx.moveTo(-width * overscan, height * (1 + overscan))
    for (let x = -width * overscan; x <= width * (1 + overscan) + 8; x += 8) {
      const tuft = unit * 0.006 * closer * Math.abs(noise((x / unit) * 60, n))
      ctx.lineTo(x, floor(x) - tuft * 3)
    }
    ctx.lineTo(width * (1 + overscan), height * (1 + overscan))
    ctx.fill()
    for (let k = 0; k < many; k += 1) {
      const place = (k + rng.range(-0.45, 0.45)) / many
      // The nearest trunks leave the words alone.
      const x = (place * (1 + 2 * overscan) - overscan) * width
      const share = x / width
      const over = stage.words === 'left' ? share < 0.5 : share > 0.5
      if (n === count - 1 && over && share > 0.06 && share < 0.94) continue
      trunk(
        ctx,
        x,
        floor(x) + unit * 0.02,
        unit * mix(0.009, 0.058, closer ** 1.3) * rng.range(0.6, 1.25),
        stage,
        rng,
        closer,
      )
    }
    if (n === count - 1) return
    const veil = makeGlow(blend(palette.sky[3] as Lab, palette.sun, 0.3), 256, 1.2)
    ctx.globalAlpha = 0.46 - 0.07 * n
    const y = (0.52 + 0.07 * n) * height
    const x = rng.range(-0.5, -0.2) * width
    ctx.drawImage(veil, x, y - height * 0.24, width * 1.8, height * 0.54)
    ctx.globalAlpha = 1
  })
}

function trunk(
  ctx: Ctx,
  x: number,
  foot: number,
  wide: number,
  stage: Stage,
  rng: ReturnType<Stage['rng']>,
  closer: number,
): void {
  const { height, unit } = stage
  const lean = rng.range(-0.03, 0.03) * unit
  const top = -height * overscan
  ctx.beginPath()
  ctx.moveTo(x - wide * 0.95, foot)
  ctx.quadraticCurveTo(x - wide * 0.48, foot - height * 0.08, x - wide * 0.42 + lean, top)
  ctx.lineTo(x + wide * 0.36 + lean, top)
  ctx.quadraticCurveTo(x + wide * 0.46, foot - height * 0.08, x + wide * 0.95, foot)
  ctx.fill()
  const twigs = Math.round(rng.range(2, 5))
  ctx.lineCap = 'round'
  ctx.strokeStyle = ctx.fillStyle
  for (let n = 0; n < twigs; n += 1) {
    const y = foot * rng.range(0.05, 0.62)
    const way = rng() < 0.5 ? -1 : 1
    const long = unit * rng.range(0.05, 0.15) * (0.4 + closer)
    ctx.lineWidth = Math.max(0.8, wide * rng.range(0.06, 0.16))
    ctx.beginPath()
    ctx.moveTo(x + way * wide * 0.3, y)
    ctx.quadraticCurveTo(
      x + way * long * 0.5,
      y - long * 0.1,
      x + way * long,
      y - long * rng.range(0.25, 0.6),
    )
    ctx.stroke()
  }
}

function makeRays(stage: Stage, from: { x: number; y: number }) {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('rays')
  const side = from.x > 0.5 ? -1 : 1
  const rays = Array.from({ length: 5 }, () => ({
    x: from.x * width + rng.range(-0.5, 0.45) * unit,
    wide: unit * rng.range(0.03, 0.11),
    alpha: rng.range(0.1, 0.26),
    phase: rng.range(0, 6.28),
  }))
  return (ctx: Ctx, pose: Pose, seconds: number) => {
    enter(ctx, pose, 0.4, width, height)
    ctx.globalCompositeOperation = 'screen'
    for (const ray of rays) {
      const alpha = ray.alpha * (0.7 + 0.3 * Math.sin(seconds * 0.6 + ray.phase))
      const fall = ctx.createLinearGradient(0, 0, 0, height * 0.86)
      fall.addColorStop(0, css(palette.sun, alpha))
      fall.addColorStop(0.5, css(palette.sun, alpha * 0.6))
      fall.addColorStop(1, css(palette.sun, 0))
      ctx.fillStyle = fall
      const far = side * height * 0.42
      for (const soft of [1, 0.5]) {
        ctx.globalAlpha = 0.6
        ctx.beginPath()
        ctx.moveTo(ray.x - ray.wide * 0.35 * soft, -height * overscan)
        ctx.lineTo(ray.x + ray.wide * 0.35 * soft, -height * overscan)
        ctx.lineTo(ray.x + far + ray.wide * 1.3 * soft, height * 0.9)
        ctx.lineTo(ray.x + far - ray.wide * 1.3 * soft, height * 0.9)
        ctx.fill()
      }
    }
    ctx.globalAlpha = 1
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
