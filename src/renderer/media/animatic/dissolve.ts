import { clamp, smooth } from './ease'
import { fractal, makeNoise, makeRng } from './random'
import { makeCanvas, type Ctx } from './surface'

/**
 * One picture becoming another: light parts of the new one come through first, along soft organic fronts, as in a
 * dissolve on film, and mid-way both breathe in the light between them.
 */
export class Dissolve {
  readonly #from: { canvas: OffscreenCanvas; ctx: Ctx }
  readonly #to: { canvas: OffscreenCanvas; ctx: Ctx }
  readonly #order: Uint8Array

  constructor(
    private readonly width: number,
    private readonly height: number,
    seed: number,
    /** Paints the picture that comes, as it stands in the middle of the change. */
    coming: (ctx: Ctx) => void,
  ) {
    this.#from = makeCanvas(width, height)
    this.#to = makeCanvas(width, height)
    coming(this.#to.ctx)
    this.#order = orderOf(this.#to.canvas, width, height, seed)
  }

  /** Paints the change at `share` (0 all old, 1 all new). */
  paint(ctx: Ctx, share: number, old: (ctx: Ctx) => void, next: (ctx: Ctx) => void): void {
    if (share <= 0) return old(ctx)
    if (share >= 1) return next(ctx)
    const { width, height } = this
    old(this.#from.ctx)
    next(this.#to.ctx)
    const a = this.#from.ctx.getImageData(0, 0, width, height)
    const b = this.#to.ctx.getImageData(0, 0, width, height)
    const one = new Uint32Array(a.data.buffer)
    const other = new Uint32Array(b.data.buffer)
    const table = weights(share)
    const order = this.#order
    for (let i = 0; i < one.length; i += 1) {
      const w = table[order[i] as number] as number
      if (w === 0) continue
      const p = one[i] as number
      const q = other[i] as number
      if (w === 256) {
        one[i] = q
        continue
      }
      const rb = ((p & 0xff00ff) * (256 - w) + (q & 0xff00ff) * w) >>> 8
      const g = (((p >>> 8) & 0xff) * (256 - w) + ((q >>> 8) & 0xff) * w) >>> 8
      one[i] = (0xff000000 | (rb & 0xff00ff) | (g << 8)) >>> 0
    }
    ctx.putImageData(a, 0, 0)
  }
}

/** How much of the new picture shows where the order is `n` of 255. */
function weights(share: number): Uint16Array {
  const soft = 0.62
  const table = new Uint16Array(256)
  for (let n = 0; n < 256; n += 1) {
    const front = share * (1 + soft)
    table[n] = Math.round(256 * smooth(0, soft, clamp(front - n / 255, 0, soft)))
  }
  return table
}

/** Which places change first (0) and which last (255): bright ones, and where soft noise is high. */
function orderOf(picture: OffscreenCanvas, width: number, height: number, seed: number): Uint8Array {
  const cols = 160
  const rows = Math.max(2, Math.round((cols * height) / width))
  const small = makeCanvas(cols, rows)
  small.ctx.filter = 'blur(3px)'
  small.ctx.drawImage(picture, 0, 0, cols, rows)
  const { data } = small.ctx.getImageData(0, 0, cols, rows)
  const noise = fractal(makeNoise(makeRng(seed, 'dissolve')), 3)
  const map = new Float32Array(cols * rows)
  let low = Infinity
  let high = -Infinity
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < cols; x += 1) {
      const i = y * cols + x
      const luma =
        (0.2126 * (data[i * 4] ?? 0) + 0.7152 * (data[i * 4 + 1] ?? 0) + 0.0722 * (data[i * 4 + 2] ?? 0)) /
        255
      const value = -0.62 * luma + 0.5 * noise((x / cols) * 4, (y / cols) * 4)
      map[i] = value
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  const order = new Uint8Array(width * height)
  for (let y = 0, i = 0; y < height; y += 1) {
    const v = clamp(((y + 0.5) / height) * rows - 0.5, 0, rows - 1.001)
    const yi = Math.floor(v)
    for (let x = 0; x < width; x += 1, i += 1) {
      const u = clamp(((x + 0.5) / width) * cols - 0.5, 0, cols - 1.001)
      const xi = Math.floor(u)
      const of = (dx: number, dy: number) => map[(yi + dy) * cols + xi + dx] as number
      const upper = of(0, 0) + (of(1, 0) - of(0, 0)) * (u - xi)
      const lower = of(0, 1) + (of(1, 1) - of(0, 1)) * (u - xi)
      order[i] = 255 * ((upper + (lower - upper) * (v - yi) - low) / Math.max(1e-6, high - low))
    }
  }
  return order
}
