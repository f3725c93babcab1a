import type { Pose } from '../camera'
import { blend, lift, rgb, type Lab } from '../colour'
import { smooth } from '../ease'
import { fractal, makeNoise } from '../random'
import type { MakeScene, Stage } from '../scene'
import { makeCanvas, makeField, showLayer, enter, type Ctx } from '../surface'
import { lightSide, lightSpot, makeGlow } from './sky'
import { makeStars } from './stars'

/** A nebula, stars, and the lit rim of a world. */
export const cosmos: MakeScene = (stage) => {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('cosmos')
  const light = lightSide(stage)
  const noise = fractal(makeNoise(rng), 5)
  const bend = fractal(makeNoise(rng), 3)
  const tones = [palette.sky[0], palette.sky[2], palette.sky[3], palette.sky[4], palette.glow].map((c) =>
    rgb(c as Lab),
  )
  const nebula = makeField(width, height, 0.04, rng, (x, y, out) => {
    const u = (x * width) / unit
    const v = (y * height) / unit
    const warp = bend(u * 1.2, v * 1.2) * 0.7
    const band = Math.exp(-(((v - 0.42 - (u - light * (width / unit)) * 0.34 + warp * 0.4) / 0.5) ** 2))
    const dense = Math.min(1, Math.max(0, noise(u * 1.5 + warp, v * 1.5 - warp) * 1.1 + 0.52)) * band
    const hot = Math.max(0, noise(u * 2.1 - warp * 2, v * 2.1 + 5) + 0.12) * band * 1.5
    const veil = [1, dense * 0.95, dense * dense * 0.9, hot * dense * 0.7, hot * hot * 0.35]
    for (let c = 0; c < 3; c += 1) {
      let value = 0
      for (const [k, tone] of tones.entries())
        value = value + ((tone[c] as number) - value * (k ? 1 : 0)) * Math.min(1, veil[k] ?? 0)
      out[c] = value
    }
  })
  const stars = makeStars(stage, 1.1, 1.5)
  const world = makeWorld(stage, light)
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, nebula, pose, width, height)
      stars.paint(ctx, pose, seconds)
      world(ctx, pose, seconds)
    },
  }
}

/** A dark globe, lit along one edge, with its breath of air. */
function makeWorld(stage: Stage, light: number) {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('world')
  const radius = unit * rng.range(0.2, 0.26)
  // Far enough out that words on the other side have their room.
  const out = width > height ? 0.5 + Math.sign(light - 0.5) * rng.range(0.27, 0.33) : light
  const spot = lightSpot(stage, height > width ? 0.3 : 0.42, radius)
  const centre = { x: out * width, y: (width > height ? 0.42 : spot.y) * height }
  const size = Math.ceil(radius * 2.1)
  const { canvas, ctx } = makeCanvas(size, size)
  const image = ctx.createImageData(size, size)
  const noise = fractal(makeNoise(rng), 5)
  const angle = rng.range(-0.9, -0.4)
  const sun: [number, number, number] = [Math.cos(angle) * 0.82, Math.sin(angle) * 0.82, 0.42]
  const land = rgb(blend(palette.sky[3] as Lab, palette.glow, 0.4))
  const deep = rgb(blend(palette.sky[1] as Lab, palette.cool, 0.35))
  const air = rgb(lift(palette.cool, 0.08))
  const bands = rng() < 0.5
  for (let j = 0, at = 0; j < size; j += 1)
    for (let i = 0; i < size; i += 1, at += 4) {
      const x = (i + 0.5 - size / 2) / radius
      const y = (j + 0.5 - size / 2) / radius
      const d = Math.hypot(x, y)
      if (d > 1.05) continue
      const z = Math.sqrt(Math.max(0, 1 - d * d))
      const ground = bands
        ? 0.5 + 0.5 * Math.sin(y * 9 + noise(x * 1.4, y * 4) * 2.4)
        : smooth(-0.08, 0.16, noise(x * 1.9 + z, y * 1.9))
      const lit = Math.max(0, x * sun[0] + y * sun[1] + z * sun[2])
      const day = smooth(0, 0.75, lit) ** 1.3
      const rim = (1 - z) ** 3 * smooth(-0.1, 0.7, x * sun[0] + y * sun[1] + 0.2)
      for (let c = 0; c < 3; c += 1) {
        const surface = (deep[c] as number) + ((land[c] as number) - (deep[c] as number)) * ground
        const value = surface * (0.02 + 0.98 * day) + (air[c] as number) * rim * 0.9
        image.data[at + c] = value + rng() - 0.5
      }
      image.data[at + 3] = 255 * (1 - smooth(0.994, 1.006, d))
    }
  ctx.putImageData(image, 0, 0)
  const halo = makeGlow(palette.cool, 256, 1.6)
  return (to: Ctx, pose: Pose, seconds: number) => {
    enter(to, pose, 0.55, width, height)
    const y = centre.y + Math.sin(seconds * 0.2) * unit * 0.003
    const r = radius * 1.7
    to.globalCompositeOperation = 'screen'
    to.globalAlpha = 0.4
    to.drawImage(halo, centre.x - r + radius * 0.16, y - r - radius * 0.12, 2 * r, 2 * r)
    to.globalAlpha = 1
    to.globalCompositeOperation = 'source-over'
    to.drawImage(canvas, centre.x - size / 2, y - size / 2)
    to.setTransform(1, 0, 0, 1, 0, 0)
  }
}
