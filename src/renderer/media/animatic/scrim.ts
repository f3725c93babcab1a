import { blend, contrast, lab, luminance, rgb, type Lab, type Rgb } from './colour'
import { clamp, smooth } from './ease'
import { makeRng } from './random'
import { makeCanvas, type Box, type Ctx } from './surface'
import type { Look } from './words/show'

/** Colours found behind the words. */
export type Ground = readonly Rgb[]

const light = lab('#fdfaf3')
const dark = lab('#15161a')
/** What WCAG asks of text of any size. */
const enough = 4.6

/** Looks at what is painted where words will stand. */
export function readGround(ctx: Ctx, box: Box): Ground {
  const { canvas } = ctx
  const pad = Math.min(canvas.width, canvas.height) * 0.02
  const x = Math.floor(clamp(box.x - pad, 0, canvas.width - 1))
  const y = Math.floor(clamp(box.y - pad, 0, canvas.height - 1))
  const width = Math.ceil(clamp(box.width + 2 * pad, 1, canvas.width - x))
  const height = Math.ceil(clamp(box.height + 2 * pad, 1, canvas.height - y))
  const { data } = ctx.getImageData(x, y, width, height)
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 3000)))
  const found: Rgb[] = []
  for (let j = 0; j < height; j += step)
    for (let i = 0; i < width; i += step) {
      const at = (j * width + i) * 4
      found.push([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0])
    }
  return found
}

interface Need {
  look: Look
  alpha: number
}

/** The weakest veil of the shade under which the ink can be read everywhere. */
function needOf(ground: Ground, ink: Lab, shade: Lab): Need {
  const [ir, ig, ib] = rgb(ink)
  const [sr, sg, sb] = rgb(shade)
  const of = luminance(ir, ig, ib)
  for (let alpha = 0; alpha < 0.92; alpha += 0.04) {
    const ratios = ground
      .map(([r, g, b]) => luminance(r + (sr - r) * alpha, g + (sg - g) * alpha, b + (sb - b) * alpha))
      .map((behind) => contrast(of, behind))
      .sort((a, b) => a - b)
    if ((ratios[Math.floor(ratios.length * 0.02)] ?? 21) >= enough) return { look: { ink, shade }, alpha }
  }
  return { look: { ink, shade }, alpha: 0.92 }
}

export interface Scrim {
  look: Look
  paint(ctx: Ctx): void
}

/** Chooses light or dark letters, and veils what is behind them just enough; the corners fall off a little too. */
export function makeScrim(
  frame: { width: number; height: number; seed: number },
  shadow: Lab,
  box: Box | null,
  ground: Ground,
): Scrim {
  const { width, height } = frame
  const onDark = needOf(ground, light, blend(lab('#07080a'), shadow, 0.55))
  const onLight = needOf(ground, dark, blend(lab('#ffffff'), shadow, 0.04))
  // Dark letters only where the picture is so bright that light ones would smother it.
  const need = onLight.alpha < 0.2 && onDark.alpha > 0.6 ? onLight : onDark
  const scale = Math.min(1, 960 / Math.max(width, height))
  const { canvas, ctx } = makeCanvas(width * scale, height * scale)
  const image = ctx.createImageData(canvas.width, canvas.height)
  const [r, g, b] = rgb(need.look.shade)
  const rng = makeRng(frame.seed, 'scrim')
  const vignette = need === onDark ? 0.15 : 0
  for (let j = 0, at = 0; j < canvas.height; j += 1)
    for (let i = 0; i < canvas.width; i += 1, at += 4) {
      const x = (i + 0.5) / canvas.width
      const y = (j + 0.5) / canvas.height
      const corner = vignette * smooth(0.42, 1.05, Math.hypot((x - 0.5) * 1.05, (y - 0.5) * 1.15) * 1.35)
      const veil = box ? need.alpha * within(x * width, y * height, box, width, height) : 0
      image.data[at] = r
      image.data[at + 1] = g
      image.data[at + 2] = b
      image.data[at + 3] = 255 * (1 - (1 - corner) * (1 - veil)) + rng() - 0.5
    }
  ctx.putImageData(image, 0, 0)
  return {
    look: need.look,
    paint: (to) => to.drawImage(canvas, 0, 0, width, height),
  }
}

/** 1 behind the words and out to the edge of the frame they stand at, falling off gently elsewhere. */
function within(x: number, y: number, box: Box, width: number, height: number): number {
  const pad = Math.min(width, height) * 0.045
  const fall = (distance: number, over: number) => 1 - smooth(0, over, distance)
  const left = box.x - pad - x
  const right = x - (box.x + box.width + pad)
  const above = box.y - pad - y
  const below = y - (box.y + box.height + pad)
  const side = (distance: number, free: number, over: number) => (free < 0.24 ? 1 : fall(distance, over))
  return (
    side(left, box.x / width, width * 0.3) *
    side(right, 1 - (box.x + box.width) / width, width * 0.3) *
    side(above, box.y / height, height * 0.27) *
    side(below, 1 - (box.y + box.height) / height, height * 0.27)
  )
}
