import type { Pose } from '../camera'
import { blend, css } from '../colour'
import type { Stage } from '../scene'
import { enter, makeLayer, showLayer, stretch, type Ctx } from '../surface'

/** Stars over the upper part of the frame down to `bottom`, a few of them twinkling slowly. */
export function makeStars(stage: Stage, bottom: number, density = 1) {
  const { width, height, unit, palette } = stage
  const rng = stage.rng('stars')
  const area = (width * height * bottom) / (unit * unit)
  const one = () => ({
    x: rng.range(-0.08, 1.08) * width,
    // Thinner towards the horizon.
    y: rng() ** 1.4 * bottom * height,
    size: unit * (0.0007 + 0.0017 * rng() ** 4),
    light: rng.range(0.25, 1),
    tint: rng(),
    phase: rng.range(0, Math.PI * 2),
  })
  const still = Array.from({ length: Math.round(260 * area * density) }, one)
  const alive = Array.from({ length: Math.round(26 * area * density) }, one)
  const draw = (ctx: Ctx, star: ReturnType<typeof one>, light: number) => {
    const fade = 1 - (star.y / (bottom * height)) ** 2
    ctx.fillStyle = css(blend(palette.sun, palette.cool, star.tint * 0.5), light * Math.max(0, fade))
    ctx.beginPath()
    ctx.arc(star.x, star.y, star.size, 0, Math.PI * 2)
    ctx.fill()
  }
  const layer = makeLayer(stretch(width, height, -1, bottom), 0.05, (ctx) => {
    for (const star of still) draw(ctx, star, star.light * 0.8)
  })
  return {
    paint(ctx: Ctx, pose: Pose, seconds: number) {
      showLayer(ctx, layer, pose, width, height)
      enter(ctx, pose, 0.05, width, height)
      for (const star of alive) {
        const light = 0.55 + 0.45 * Math.sin(seconds * 1.3 + star.phase)
        draw(ctx, { ...star, size: star.size * 1.5 }, light * star.light)
      }
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  }
}
