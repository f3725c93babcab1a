import type { Pose } from '../camera'
import { blend, css, lift, type Lab } from '../colour'
import { mix } from '../ease'
import type { MakeScene, Stage } from '../scene'
import { enter, makeCanvas, makeLayer, overscan, showLayer, stretch, type Ctx, type Layer } from '../surface'
import { drawDisc, hazed, lightSide, lightSpot, makeGlow, makeSky } from './sky'

/** Rows of towers with their lights on, over a street that mirrors them. */
export const city: MakeScene = (stage) => {
  const { width, height, unit, palette, mood } = stage
  const tall = height > width
  const street = tall ? 0.72 : 0.74
  const sun = mood.night ? { x: lightSide(stage), y: 0.5 } : lightSpot(stage, 0.46, unit * 0.07)
  const sky = makeSky(stage, { sun, horizon: street + 0.04, glow: mood.night ? 0.45 : 0.9, cloud: 0.5 })
  const disc = mood.night
    ? null
    : makeLayer(stretch(width, height, 0, street), 0.1, (ctx) =>
        drawDisc(ctx, sun.x * width, sun.y * height, unit * 0.07, palette.sun),
      )
  const rows = [0, 1, 2].map((n) => towers(stage, n, street))
  const haze = makeGlow(palette.sky[3] as Lab, 256, 1.4)
  const wet = mirror(stage, rows, street)
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, sky, pose, width, height)
      if (disc) showLayer(ctx, disc, pose, width, height)
      for (const [n, row] of rows.entries()) {
        showLayer(ctx, row, pose, width, height)
        // Light gathers between the rows.
        enter(ctx, pose, row.depth, width, height)
        ctx.globalAlpha = 0.42 - 0.1 * n
        ctx.globalCompositeOperation = 'screen'
        ctx.drawImage(haze, sun.x * width - width * 0.7, (street - 0.26) * height, width * 1.4, height * 0.5)
        ctx.globalCompositeOperation = 'source-over'
        ctx.globalAlpha = 1
      }
      ctx.setTransform(1, 0, 0, 1, 0, 0)
      wet(ctx, pose, seconds)
    },
  }
}

function towers(stage: Stage, n: number, street: number): Layer {
  const { width, height, unit, palette, mood } = stage
  const rng = stage.rng(`towers${n}`)
  const depth = [0.22, 0.42, 0.75][n] as number
  const body = blend(hazed(stage, [0.25, 0.5, 0.9][n] as number), palette.near, 0.12 * n)
  const lights = [palette.glow, blend(palette.glow, palette.sun, 0.6), palette.cool]
  const lit = mood.night ? 0.34 : 0.13
  const base = height * street
  return makeLayer(stretch(width, height, 0.02, street + 0.004), depth, (ctx) => {
    let x = -width * overscan - unit * 0.1
    while (x < width * (1 + overscan)) {
      const wide = unit * rng.range(0.05, 0.11) * (0.7 + 0.32 * n)
      const free = Math.abs(x / width - (stage.words === 'left' ? 0.25 : 0.75))
      const lower = 0.62 + 0.38 * Math.min(1, free / 0.35)
      const high = unit * mix(0.2, 0.56, rng() ** 1.6) * ([0.95, 0.86, 0.66][n] as number) * lower
      tower(ctx, stage, { x, wide, high, base, body, n }, lights, lit, rng)
      x += wide + (n === 2 ? unit * rng.range(0, 0.07) : unit * rng.range(-0.008, 0.012))
    }
  })
}

interface Tower {
  x: number
  wide: number
  high: number
  base: number
  body: Lab
  n: number
}

function tower(
  ctx: Ctx,
  stage: Stage,
  of: Tower,
  lights: Lab[],
  lit: number,
  rng: ReturnType<Stage['rng']>,
): void {
  const { unit, palette } = stage
  const { x, wide, high, base, body, n } = of
  const top = base - high
  const fill = ctx.createLinearGradient(0, top, 0, base)
  fill.addColorStop(0, css(lift(body, -0.01)))
  fill.addColorStop(1, css(blend(body, palette.sky[3] as Lab, 0.24 - 0.07 * n)))
  ctx.fillStyle = fill
  ctx.fillRect(x, top, wide, high + 2)
  // Roofs: a step, a mast, or nothing.
  const roof = rng()
  if (roof < 0.3) ctx.fillRect(x + wide * 0.2, top - unit * 0.018, wide * 0.5, unit * 0.02)
  else if (roof < 0.45) {
    ctx.fillRect(x + wide * 0.47, top - unit * 0.06, Math.max(1, wide * 0.04), unit * 0.062)
    ctx.fillStyle = css(lights[2] as Lab)
    ctx.fillRect(x + wide * 0.46, top - unit * 0.062, Math.max(1.4, wide * 0.06), Math.max(1.4, unit * 0.003))
  }
  const pane = { wide: unit * (0.0042 + 0.0022 * n), high: unit * (0.0058 + 0.003 * n) }
  const step = { x: pane.wide * 2.1, y: pane.high * 2.05 }
  const share = lit * rng.range(0.35, 1.5)
  const main = lights[rng() < 0.72 ? 0 : rng() < 0.5 ? 1 : 2] as Lab
  for (let wy = top + step.y; wy < base - step.y; wy += step.y) {
    const floor = rng() < 0.1 ? 0 : rng.range(0.5, 1.3)
    for (let wx = x + step.x * 0.7; wx < x + wide - step.x; wx += step.x) {
      if (rng() > share * floor) continue
      ctx.fillStyle = css(rng() < 0.85 ? main : (lights[1] as Lab), rng.range(0.25, 0.95) * (0.5 + 0.22 * n))
      ctx.fillRect(wx, wy, pane.wide, pane.high)
    }
  }
  // A sign, where the night is loud.
  if (n === 2 && stage.mood.night && rng() < 0.4) {
    const sign = rng() < 0.5 ? palette.glow : palette.cool
    ctx.shadowColor = css(sign)
    ctx.shadowBlur = unit * 0.03
    ctx.fillStyle = css(lift(sign, 0.08))
    ctx.fillRect(
      x + wide * 0.12,
      top + high * rng.range(0.15, 0.4),
      Math.max(2, wide * 0.09),
      high * rng.range(0.16, 0.3),
    )
    ctx.shadowBlur = 0
  }
}

/** The street: the towers upside down, drawn out and blurred along their height, with slow ripples. */
function mirror(stage: Stage, rows: Layer[], street: number) {
  const { width, height, palette, unit } = stage
  const box = stretch(width, height, street)
  const scale = 0.5
  const { canvas, ctx } = makeCanvas(box.width * scale, box.height * scale)
  ctx.fillStyle = css(blend(palette.near, palette.sky[2] as Lab, 0.16))
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  ctx.filter = `blur(${(unit * 0.0035).toFixed(1)}px)`
  for (const row of rows) {
    for (const [draw, alpha] of [
      [1.5, 0.5],
      [2.1, 0.34],
    ] as const) {
      ctx.save()
      ctx.globalAlpha = alpha
      ctx.scale(scale, -scale * draw)
      ctx.drawImage(row.canvas, 0, -row.box.height)
      ctx.restore()
    }
  }
  ctx.filter = 'none'
  const fade = ctx.createLinearGradient(0, 0, 0, canvas.height)
  fade.addColorStop(0, css(palette.near, 0.1))
  fade.addColorStop(1, css(palette.near, 0.86))
  ctx.fillStyle = fade
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  const strip = Math.max(2, Math.round(height / 180))
  return (to: Ctx, pose: Pose, seconds: number) => {
    enter(to, pose, 0.75, width, height)
    for (let y = 0; y < box.height; y += strip) {
      const near = y / box.height
      const wave = Math.sin(y * 0.22 + seconds * 1.5) + 0.6 * Math.sin(y * 0.09 - seconds * 0.9)
      const off = wave * unit * (0.0008 + 0.0042 * near)
      const high = Math.min(strip, box.height - y)
      to.drawImage(
        canvas,
        0,
        y * scale,
        canvas.width,
        high * scale,
        box.x + off,
        box.y + y,
        box.width,
        high + 0.6,
      )
    }
    to.setTransform(1, 0, 0, 1, 0, 0)
  }
}
