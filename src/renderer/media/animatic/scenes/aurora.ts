import { blend, rgb, type Lab } from '../colour'
import { mix, smooth } from '../ease'
import { makeNoise } from '../random'
import type { MakeScene, Stage } from '../scene'
import { enter, makeCanvas, makeField, showLayer, stretch } from '../surface'
import { rangeOf } from './ridges'
import { makeSky } from './sky'
import { makeStars } from './stars'

/** Curtains of light over still water and dark hills. */
export const aurora: MakeScene = (stage) => {
  const { width, height } = stage
  const horizon = height > width ? 0.6 : 0.64
  const sky = makeSky(stage, { sun: { x: 0.5, y: horizon }, horizon: horizon + 0.25, glow: 0, cloud: 0.2 })
  const stars = makeStars(stage, horizon)
  const curtain = makeCurtain(stage, horizon)
  const hills = rangeOf(stage, horizon - 0.06, 2, horizon)
  const lake = makeLake(stage, horizon)
  return {
    paint(ctx, pose, seconds) {
      showLayer(ctx, sky, pose, width, height)
      stars.paint(ctx, pose, seconds)
      const light = curtain(seconds)
      enter(ctx, pose, 0.08, width, height)
      ctx.globalCompositeOperation = 'screen'
      ctx.drawImage(light, -0.1 * width, -0.02 * height, 1.2 * width, (horizon + 0.02) * height)
      ctx.globalCompositeOperation = 'source-over'
      for (const hill of hills) showLayer(ctx, hill, pose, width, height)
      showLayer(ctx, lake, pose, width, height)
      enter(ctx, pose, 0.3, width, height)
      ctx.globalCompositeOperation = 'screen'
      ctx.globalAlpha = 0.3
      ctx.translate(0, horizon * height)
      ctx.scale(1, -0.62)
      ctx.drawImage(light, -0.1 * width, -horizon * height * 0.98, 1.2 * width, horizon * height)
      ctx.globalAlpha = 1
      ctx.globalCompositeOperation = 'source-over'
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  }
}

/** The light itself, computed small each frame: it has no edges to lose. */
function makeCurtain(stage: Stage, horizon: number) {
  const { width, height, palette, unit } = stage
  const cols = Math.round((120 * width) / unit)
  const rows = Math.max(40, Math.round((84 * height * horizon) / unit))
  const { canvas, ctx } = makeCanvas(cols, rows)
  const image = ctx.createImageData(cols, rows)
  // Twice enlarged: first smoothly while it is small, then plainly.
  const large = makeCanvas(cols * 3, rows * 3)
  const rng = stage.rng('curtain')
  const noise = makeNoise(rng)
  const foot = rgb(palette.sky[4] as Lab)
  const body = rgb(palette.glow)
  const crown = rgb(palette.cool)
  const sheets = Array.from({ length: 3 }, (_, n) => ({
    base: rng.range(0.74, 0.92) - n * 0.14,
    high: rng.range(0.6, 0.85),
    seed: rng.range(0, 90),
    strength: [1, 0.7, 0.5][n] as number,
  }))
  const aspect = width / unit
  return (seconds: number) => {
    const sum = new Float32Array(cols * rows * 3)
    for (const sheet of sheets)
      for (let i = 0; i < cols; i += 1) {
        const u = (i / cols) * aspect
        const fold = noise(u * 0.8 + sheet.seed + seconds * 0.035, seconds * 0.07 + sheet.seed)
        const base = (sheet.base + fold * 0.22) * rows
        const fine = 0.5 + 0.5 * noise(u * 13 + fold * 9 + seconds * 0.1, sheet.seed + seconds * 0.16)
        const broad = smooth(-0.9, 0.7, noise(u * 1.3 + sheet.seed * 2 - seconds * 0.05, seconds * 0.05))
        const tall = sheet.high * rows * (0.45 + 0.55 * fine)
        const power = sheet.strength * broad * (0.35 + 0.65 * fine)
        for (let j = 0; j < rows; j += 1) {
          const rise = (base - j) / tall
          if (rise < -0.12 || rise > 1) continue
          const light = power * smooth(-0.12, 0.04, rise) * (1 - smooth(0, 1, rise)) ** 1.2
          const at = (j * cols + i) * 3
          for (let c = 0; c < 3; c += 1) {
            const low = mix(foot[c] as number, body[c] as number, smooth(0, 0.25, rise))
            sum[at + c] =
              (sum[at + c] as number) + light * mix(low, crown[c] as number, smooth(0.3, 0.9, rise))
          }
        }
      }
    for (let k = 0, at = 0; k < sum.length; k += 3, at += 4) {
      image.data[at] = sum[k] as number
      image.data[at + 1] = sum[k + 1] as number
      image.data[at + 2] = sum[k + 2] as number
      image.data[at + 3] = 255
    }
    ctx.putImageData(image, 0, 0)
    large.ctx.drawImage(canvas, 0, 0, large.canvas.width, large.canvas.height)
    return large.canvas
  }
}

function makeLake(stage: Stage, horizon: number) {
  const { width, height, palette } = stage
  const rng = stage.rng('lake')
  const far = rgb(blend(palette.sky[2] as Lab, palette.near, 0.45))
  const near = rgb(palette.near)
  const noise = makeNoise(rng)
  return makeField(
    width,
    height,
    0.3,
    rng,
    (x, y, out) => {
      const depth = Math.max(0.003, y - horizon)
      const ripple = noise((x * 9) / (0.2 + depth * 4), 3 / (0.03 + depth))
      const t = Math.min(1, Math.max(0, depth / (1 - horizon) + ripple * 0.06))
      for (let c = 0; c < 3; c += 1) out[c] = mix(far[c] as number, near[c] as number, t)
    },
    stretch(width, height, horizon),
  )
}
