import { css, ramp, rgb } from '../colour'
import { fractal, makeNoise } from '../random'
import type { MakeScene } from '../scene'
import { enter, makeField, overscan, showLayer } from '../surface'
import { lightSide, makeGlow } from './sky'

/** Under water: light falling in shafts, motes rising through it. */
export const depths: MakeScene = (stage) => {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('depths')
  const light = lightSide(stage)
  const table = ramp(palette.sky, [0, 0.16, 0.4, 0.7, 1])
  const sun = rgb(palette.sun)
  const noise = fractal(makeNoise(rng), 4)
  const water = makeField(width, height, 0.08, rng, (x, y, out) => {
    const dx = ((x - light) * width) / unit
    const cloud = noise((x * width * 1.6) / unit, (y * height * 2.2) / unit)
    const place = Math.min(0.999, Math.max(0, y * 0.92 + dx * dx * 0.16 + 0.05 + cloud * 0.05))
    const at = Math.floor(place * 1023) * 3
    const lit = Math.exp(-(dx * dx * 5 + (y + 0.06) ** 2 * 9)) * 0.75
    for (let c = 0; c < 3; c += 1) {
      const base = table[at + c] as number
      out[c] = base + ((sun[c] as number) - base) * lit
    }
  })
  const shafts = Array.from({ length: 11 }, () => ({
    at: rng.range(-0.42, 0.42),
    wide: rng.range(0.02, 0.075),
    alpha: rng.range(0.06, 0.17),
    long: rng.range(0.55, 0.95),
    phase: rng.range(0, 6.28),
  }))
  const mote = makeGlow(palette.glow, 64, 1.6)
  const motes = Array.from({ length: 90 }, () => {
    const depth = rng() ** 1.5
    return {
      x: rng.range(-0.1, 1.1),
      y: rng.range(-0.1, 1.1),
      depth,
      r: unit * (0.002 + 0.011 * depth ** 2),
      phase: rng.range(0, 6.28),
    }
  })
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, water, pose, width, height)
      enter(ctx, pose, 0.3, width, height)
      ctx.globalCompositeOperation = 'screen'
      for (const shaft of shafts) {
        const sway = 0.02 * Math.sin(seconds * 0.35 + shaft.phase)
        const alpha = shaft.alpha * (0.65 + 0.35 * Math.sin(seconds * 0.7 + shaft.phase * 2))
        const top = light * width + shaft.at * unit * 0.55
        const foot = light * width + (shaft.at * 1.9 + sway) * unit
        const fall = ctx.createLinearGradient(0, 0, 0, height * shaft.long)
        fall.addColorStop(0, css(palette.sun, alpha))
        fall.addColorStop(1, css(palette.sun, 0))
        ctx.fillStyle = fall
        for (const soft of [1, 0.55]) {
          ctx.beginPath()
          ctx.moveTo(top - shaft.wide * unit * 0.35 * soft, -height * overscan)
          ctx.lineTo(top + shaft.wide * unit * 0.35 * soft, -height * overscan)
          ctx.lineTo(foot + shaft.wide * unit * 1.5 * soft, height * shaft.long)
          ctx.lineTo(foot - shaft.wide * unit * 1.5 * soft, height * shaft.long)
          ctx.fill()
        }
      }
      for (const one of motes) {
        enter(ctx, pose, 0.2 + 0.8 * one.depth, width, height)
        const rise = one.y - seconds * (0.012 + 0.03 * one.depth)
        const y = (rise - Math.floor((rise + 0.1) / 1.2) * 1.2) * height
        const x = one.x * width + Math.sin(seconds * 0.5 + one.phase) * unit * 0.015
        ctx.globalAlpha = 0.25 + 0.45 * (1 - one.depth)
        ctx.drawImage(mote, x - one.r, y - one.r, one.r * 2, one.r * 2)
      }
      ctx.globalAlpha = 1
      ctx.globalCompositeOperation = 'source-over'
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  }
}
