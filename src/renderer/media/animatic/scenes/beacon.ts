import type { Pose } from '../camera'
import { blend, css, lift } from '../colour'
import { smooth } from '../ease'
import { fractal, makeNoise } from '../random'
import type { Stage } from '../scene'
import { enter, makeLayer, overscan, showLayer, stretch, type Ctx } from '../surface'
import { hazed, makeGlow, type Spot } from './sky'

/** A lighthouse on its headland, the lamp sweeping through the haze. */
export function makeBeacon(stage: Stage, foot: Spot) {
  const { width, height, unit, palette } = stage
  const depth = 0.4
  const side = stage.words === 'left' ? 1 : -1
  const x = foot.x * width
  const ground = foot.y * height - unit * 0.035
  const tower = { high: unit * 0.25, low: unit * 0.03, top: unit * 0.019 }
  const lamp = { x, y: ground - tower.high - unit * 0.012 }
  const rock = hazed(stage, 0.8)
  const noise = fractal(makeNoise(stage.rng('rock')), 4)

  const land = makeLayer(stretch(width, height, 0, foot.y + 0.06), depth, (ctx) => {
    const body = ctx.createLinearGradient(0, ground - unit * 0.03, 0, foot.y * height + unit * 0.04)
    body.addColorStop(0, css(lift(rock, 0.02)))
    body.addColorStop(1, css(blend(rock, palette.near, 0.7)))
    ctx.fillStyle = body
    ctx.beginPath()
    const reach = unit * 0.42
    const far = side > 0 ? width * (1 + overscan) : -width * overscan
    const start = x - side * reach
    ctx.moveTo(start, foot.y * height + 2)
    for (let n = 0; n <= 120; n += 1) {
      const at = start + ((far - start) * n) / 120
      const inland = Math.abs(at - start) / reach
      const rise = unit * 0.035 * Math.min(1, inland) ** 0.6 + Math.max(0, inland - 1) * unit * 0.02
      ctx.lineTo(
        at,
        foot.y * height - rise * (1 + 0.35 * noise((at / unit) * 5, 1)) - (inland > 0.9 ? unit * 0.004 : 0),
      )
    }
    ctx.lineTo(far, foot.y * height + unit * 0.02)
    ctx.lineTo(start, foot.y * height + unit * 0.006)
    ctx.fill()

    const wall = ctx.createLinearGradient(x - tower.low, 0, x + tower.low, 0)
    const lit = blend(palette.sun, palette.far, 0.45)
    wall.addColorStop(0, css(side > 0 ? lit : blend(rock, palette.near, 0.2)))
    wall.addColorStop(1, css(side > 0 ? blend(rock, palette.near, 0.2) : lit))
    ctx.fillStyle = wall
    ctx.beginPath()
    ctx.moveTo(x - tower.low, ground + unit * 0.02)
    ctx.lineTo(x - tower.top, ground - tower.high)
    ctx.lineTo(x + tower.top, ground - tower.high)
    ctx.lineTo(x + tower.low, ground + unit * 0.02)
    ctx.fill()
    // Gallery, lamp room and cap.
    ctx.fillStyle = css(palette.near)
    ctx.fillRect(x - tower.top * 1.55, ground - tower.high - unit * 0.004, tower.top * 3.1, unit * 0.007)
    ctx.fillStyle = css(palette.glow)
    ctx.fillRect(x - tower.top * 0.8, ground - tower.high - unit * 0.026, tower.top * 1.6, unit * 0.023)
    ctx.fillStyle = css(palette.near)
    ctx.fillRect(x - tower.top * 0.06, ground - tower.high - unit * 0.026, tower.top * 0.12, unit * 0.023)
    ctx.beginPath()
    ctx.moveTo(x - tower.top * 1.1, ground - tower.high - unit * 0.025)
    ctx.quadraticCurveTo(
      x,
      ground - tower.high - unit * 0.058,
      x + tower.top * 1.1,
      ground - tower.high - unit * 0.025,
    )
    ctx.fill()
  })
  const halo = makeGlow(palette.glow, 256, 2.4)

  /** A beam as it is seen from the side: long when it crosses the view, short and bright when it points at us. */
  const beam = (ctx: Ctx, turn: number, strength: number) => {
    const reach = Math.cos(turn) * unit * 1.5
    const long = Math.abs(reach)
    if (long < unit * 0.06) return
    const end = lamp.x + reach
    const spread = long * 0.085
    const tilt = Math.sin(turn) * long * 0.03
    const open = strength * smooth(0.06, 0.5, long / unit)
    const fall = ctx.createLinearGradient(lamp.x, 0, end, 0)
    fall.addColorStop(0, css(palette.glow, 0.62 * open))
    fall.addColorStop(0.25, css(palette.glow, 0.26 * open))
    fall.addColorStop(1, css(palette.glow, 0))
    ctx.fillStyle = fall
    for (const wide of [1, 0.55]) {
      ctx.beginPath()
      ctx.moveTo(lamp.x, lamp.y - unit * 0.005)
      ctx.lineTo(end, lamp.y - spread * wide + tilt)
      ctx.lineTo(end, lamp.y + spread * wide + tilt)
      ctx.lineTo(lamp.x, lamp.y + unit * 0.005)
      ctx.fill()
    }
  }

  const turning = (seconds: number) => seconds * 0.95 + (side > 0 ? 2.4 : 0.75)
  const draw = (ctx: Ctx, pose: Pose, seconds: number, front: boolean) => {
    enter(ctx, pose, depth, width, height)
    ctx.globalCompositeOperation = 'screen'
    for (const turn of [turning(seconds), turning(seconds) + Math.PI]) {
      const towards = Math.sin(turn)
      if (towards > 0 === front) beam(ctx, turn, front ? 0.75 + 0.25 * towards : 0.8)
    }
    if (front) {
      const flare = Math.max(0, Math.abs(Math.sin(turning(seconds))) - 0.55) / 0.45
      const r = unit * (0.13 + 0.12 * flare)
      ctx.globalAlpha = 0.75 + 0.25 * flare
      ctx.drawImage(halo, lamp.x - r, lamp.y - r, 2 * r, 2 * r)
      ctx.globalAlpha = 1
    }
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  return {
    behind: (ctx: Ctx, pose: Pose, seconds: number) => draw(ctx, pose, seconds, false),
    paint(ctx: Ctx, pose: Pose, seconds: number) {
      showLayer(ctx, land, pose, width, height)
      draw(ctx, pose, seconds, true)
    },
  }
}
