import type { Pose } from './camera'
import { blend, css, lab, lift, rgb, type Lab } from './colour'
import { smooth } from './ease'
import type { Stage } from './scene'
import { makeGlow } from './scenes/sky'
import { enter, makeCanvas, type Ctx } from './surface'

/** Paints what falls, floats or glimmers in front of the scene. */
export type Fall = (ctx: Ctx, pose: Pose, seconds: number) => void

const wrap = (value: number, from: number, to: number) => {
  const span = to - from
  return from + ((((value - from) % span) + span) % span)
}

/** The weather of the stage's mood; every drop is where its seed and the time put it. */
export function makeWeather(stage: Stage): Fall {
  switch (stage.mood.weather) {
    case 'none':
      return () => undefined
    case 'rain':
      return rain(stage)
    case 'snow':
      return drift(stage, {
        count: 190,
        colour: stage.palette.sun,
        size: [0.0022, 0.0105],
        fall: 0.085,
        sway: 0.03,
      })
    case 'dust':
      return drift(stage, {
        count: 60,
        colour: stage.palette.glow,
        size: [0.001, 0.004],
        fall: -0.012,
        sway: 0.04,
      })
    case 'embers':
      return drift(stage, {
        count: 70,
        colour: stage.palette.glow,
        size: [0.003, 0.009],
        fall: -0.11,
        sway: 0.05,
        pulse: 2.2,
      })
    case 'fireflies':
      return drift(stage, {
        count: 46,
        colour: lift(stage.palette.glow, 0.05),
        size: [0.007, 0.024],
        fall: -0.008,
        sway: 0.06,
        pulse: 1.1,
        low: 0.3,
      })
    case 'petals':
      return petals(stage)
  }
}

function rain(stage: Stage): Fall {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('rain')
  const [r, g, b] = rgb(lift(palette.cool, 0.22))
  const sheets = [0.35, 0.65, 1].map((depth) => ({
    depth,
    drops: Array.from({ length: Math.round((150 * width) / unit) }, () => ({
      x: rng.range(-0.2, 1.2) * width,
      y: rng.range(-0.2, 1.2) * height,
      length: unit * (0.02 + 0.075 * depth) * rng.range(0.7, 1.3),
      speed: height * (0.9 + 1.3 * depth) * rng.range(0.9, 1.1),
    })),
  }))
  const slant = rng.range(0.06, 0.14)
  return (ctx, pose, seconds) => {
    for (const { depth, drops } of sheets) {
      enter(ctx, pose, depth, width, height)
      ctx.strokeStyle = `rgb(${r} ${g} ${b} / ${(0.07 + 0.15 * depth).toFixed(3)})`
      ctx.lineWidth = unit * (0.0008 + 0.0014 * depth)
      ctx.lineCap = 'round'
      ctx.beginPath()
      for (const drop of drops) {
        const y = wrap(drop.y + seconds * drop.speed, -0.2 * height, 1.2 * height)
        const x = wrap(drop.x - seconds * drop.speed * slant, -0.2 * width, 1.2 * width)
        ctx.moveTo(x, y)
        ctx.lineTo(x + drop.length * slant, y - drop.length)
      }
      ctx.stroke()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

interface DriftLook {
  count: number
  colour: Lab
  size: [number, number]
  /** Frame heights a second, downwards. */
  fall: number
  sway: number
  pulse?: number
  /** Only below this share of the height. */
  low?: number
}

function drift(stage: Stage, look: DriftLook): Fall {
  const { width, height, unit } = stage
  const rng = stage.rng('drift')
  const sprite = makeGlow(look.colour, 96, look.pulse ? 2.4 : 1.3)
  const top = look.low ?? -0.06
  const motes = Array.from(
    { length: Math.round(look.count * Math.sqrt((width * height) / (unit * unit))) },
    () => {
      const depth = rng() ** 1.6
      return {
        depth: 0.25 + 0.75 * depth,
        x: rng.range(-0.1, 1.1) * width,
        y: rng.range(top, 1.06) * height,
        r: unit * (look.size[0] + (look.size[1] - look.size[0]) * depth) * 1.6,
        speed: look.fall * height * (0.45 + 0.9 * depth),
        phase: rng.range(0, 6.28),
        pace: rng.range(0.5, 1.1),
        alpha: rng.range(0.45, 0.95),
      }
    },
  )
  return (ctx, pose, seconds) => {
    if (look.pulse) ctx.globalCompositeOperation = 'lighter'
    for (const mote of motes) {
      enter(ctx, pose, mote.depth, width, height)
      const y = wrap(mote.y + seconds * mote.speed, top * height, 1.06 * height)
      const x = mote.x + Math.sin(seconds * mote.pace + mote.phase) * look.sway * unit
      const pulse = look.pulse ? 0.5 + 0.5 * Math.sin(seconds * look.pulse * mote.pace + mote.phase) : 1
      // Where they come and go within the frame, they do so gently.
      const edge = look.low === undefined ? 1 : smooth(top, top + 0.12, y / height)
      ctx.globalAlpha = mote.alpha * pulse * edge
      ctx.drawImage(sprite, x - mote.r, y - mote.r, 2 * mote.r, 2 * mote.r)
    }
    ctx.globalAlpha = 1
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

function petals(stage: Stage): Fall {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('petals')
  // Blossom is pink in any light, tinted by the scene's own.
  const blossom = blend(lab('#ffb3c6'), palette.sun, 0.22)
  const tints = [blossom, lift(blossom, 0.05), blend(blossom, palette.glow, 0.3)].map(petal)
  const falling = Array.from({ length: Math.round((44 * width) / unit) }, (_, n) => {
    const depth = rng()
    return {
      sprite: tints[n % tints.length] as OffscreenCanvas,
      depth: 0.3 + 0.7 * depth,
      x: rng.range(-0.1, 1.1) * width,
      y: rng.range(-0.1, 1.1) * height,
      size: unit * (0.012 + 0.03 * depth ** 2),
      speed: height * (0.05 + 0.07 * depth),
      turn: rng.range(-0.9, 0.9),
      phase: rng.range(0, 6.28),
      alpha: 0.6 + 0.35 * depth,
    }
  })
  return (ctx, pose, seconds) => {
    for (const one of falling) {
      enter(ctx, pose, one.depth, width, height)
      const y = wrap(one.y + seconds * one.speed, -0.1 * height, 1.1 * height)
      const x = wrap(
        one.x + seconds * one.speed * 0.5 + Math.sin(seconds * 0.9 + one.phase) * unit * 0.03,
        -0.1 * width,
        1.1 * width,
      )
      ctx.translate(x, y)
      ctx.rotate(one.phase + seconds * one.turn)
      ctx.scale(1, 0.45 + 0.5 * Math.abs(Math.sin(seconds * 0.8 * one.turn + one.phase)))
      ctx.globalAlpha = one.alpha
      ctx.drawImage(one.sprite, -one.size / 2, -one.size / 2, one.size, one.size)
    }
    ctx.globalAlpha = 1
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

function petal(colour: Lab): OffscreenCanvas {
  const { canvas, ctx } = makeCanvas(96, 96)
  const fill = ctx.createLinearGradient(20, 10, 70, 90)
  fill.addColorStop(0, css(lift(colour, 0.04)))
  fill.addColorStop(1, css(lift(colour, -0.1)))
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.moveTo(48, 92)
  ctx.bezierCurveTo(6, 66, 14, 12, 40, 6)
  ctx.quadraticCurveTo(48, 14, 56, 6)
  ctx.bezierCurveTo(82, 12, 90, 66, 48, 92)
  ctx.fill()
  return canvas
}
