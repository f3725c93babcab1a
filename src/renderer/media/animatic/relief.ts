import type { Pose } from './camera'
import { reach } from './camera'
import { clamp, smooth } from './ease'
import type { Plate } from './plate'
import { makeCanvas, type Ctx } from './surface'

const cell = 8
const across = 96
const down = 54

/**
 * A picture with depth guessed from itself: what is low, central and sharp is taken to be near. The camera swings
 * round it, and near parts move further than far ones, without ever tearing.
 */
export class Relief {
  readonly #source: Uint32Array
  readonly #depth: Float32Array
  readonly #out: ImageData
  readonly #pixels: Uint32Array

  constructor(
    private readonly plate: Plate,
    private readonly width: number,
    private readonly height: number,
  ) {
    const { canvas } = plate
    const ctx = canvas.getContext('2d') as Ctx
    const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height)
    this.#source = new Uint32Array(data.buffer)
    this.#depth = guessDepth(canvas)
    this.#out = new ImageData(width, height)
    this.#pixels = new Uint32Array(this.#out.data.buffer)
  }

  paint(ctx: Ctx, pose: Pose, t: number): void {
    const { width, height, plate } = this
    const { canvas } = plate
    const calm = plate.view({ x: 0, y: 0, zoom: pose.zoom + 0.05 }, t)
    const swing = pose.x / reach.shift
    const lift = pose.y / reach.shift
    const amount = calm.width * 0.034
    const columns = Math.ceil(width / cell) + 1
    const grid = (row: number) => {
      const xs = new Float32Array(columns)
      const ys = new Float32Array(columns)
      const v = Math.min(1, (row * cell) / height)
      for (let column = 0; column < columns; column += 1) {
        const u = Math.min(1, (column * cell) / width)
        const x = calm.x + calm.width * ((column * cell) / width)
        const y = calm.y + calm.height * ((row * cell) / height)
        const near = this.#near(x / canvas.width, y / canvas.height) - 0.45
        // The edge of the picture stays put, so that nothing beyond it is ever asked for.
        const inner = smooth(0, 0.08, Math.min(u, 1 - u, v, 1 - v)) * 0.5 + 0.5
        xs[column] = clamp(x - swing * amount * near * inner, 0, canvas.width - 1.001)
        ys[column] = clamp(y - lift * amount * near * inner, 0, canvas.height - 1.001)
      }
      return { xs, ys }
    }
    let top = grid(0)
    for (let row = 0; row * cell < height; row += 1) {
      const bottom = grid(row + 1)
      this.#fillRow(row, top, bottom, columns)
      top = bottom
    }
    ctx.putImageData(this.#out, 0, 0)
  }

  /** One row of cells; within a cell the source place runs evenly. Places are 16.8 fixed point. */
  #fillRow(row: number, top: Corners, bottom: Corners, columns: number): void {
    const { width, height } = this
    const source = this.#source
    const stride = this.plate.canvas.width
    const pixels = this.#pixels
    const rows = Math.min(cell, height - row * cell)
    for (let column = 0; column + 1 < columns; column += 1) {
      const from = column * cell
      const until = Math.min(from + cell, width)
      for (let j = 0; j < rows; j += 1) {
        const share = j / cell
        const x0 = at(top.xs, bottom.xs, column, share)
        const y0 = at(top.ys, bottom.ys, column, share)
        const dx = (at(top.xs, bottom.xs, column + 1, share) - x0) / cell
        const dy = (at(top.ys, bottom.ys, column + 1, share) - y0) / cell
        let sx = (x0 * 256) | 0
        let sy = (y0 * 256) | 0
        const stepX = (dx * 256) | 0
        const stepY = (dy * 256) | 0
        let to = (row * cell + j) * width + from
        for (let i = from; i < until; i += 1, to += 1) {
          const place = (sy >> 8) * stride + (sx >> 8)
          const fx = sx & 255
          const fy = sy & 255
          const a = source[place] as number
          const b = source[place + 1] as number
          const c = source[place + stride] as number
          const d = source[place + stride + 1] as number
          // Two channels at a time: red with blue, green with alpha.
          const rb1 = ((a & 0xff00ff) * (256 - fx) + (b & 0xff00ff) * fx) >>> 8
          const rb2 = ((c & 0xff00ff) * (256 - fx) + (d & 0xff00ff) * fx) >>> 8
          const g1 = (((a >>> 8) & 0xff) * (256 - fx) + ((b >>> 8) & 0xff) * fx) >>> 8
          const g2 = (((c >>> 8) & 0xff) * (256 - fx) + ((d >>> 8) & 0xff) * fx) >>> 8
          const rb = ((rb1 & 0xff00ff) * (256 - fy) + (rb2 & 0xff00ff) * fy) >>> 8
          const g = (g1 * (256 - fy) + g2 * fy) >>> 8
          pixels[to] = (0xff000000 | (rb & 0xff00ff) | (g << 8)) >>> 0
          sx += stepX
          sy += stepY
        }
      }
    }
  }

  /** Depth at a place of the picture, 0 far to 1 near. */
  #near(u: number, v: number): number {
    const x = clamp(u * across - 0.5, 0, across - 1.001)
    const y = clamp(v * down - 0.5, 0, down - 1.001)
    const xi = Math.floor(x)
    const yi = Math.floor(y)
    const map = this.#depth
    const of = (i: number, j: number) => map[j * across + i] as number
    const high = of(xi, yi) + (of(xi + 1, yi) - of(xi, yi)) * (x - xi)
    const low = of(xi, yi + 1) + (of(xi + 1, yi + 1) - of(xi, yi + 1)) * (x - xi)
    return high + (low - high) * (y - yi)
  }
}

interface Corners {
  xs: Float32Array
  ys: Float32Array
}

const at = (top: Float32Array, bottom: Float32Array, column: number, share: number) => {
  const high = top[column] as number
  return high + ((bottom[column] as number) - high) * share
}

function guessDepth(picture: OffscreenCanvas): Float32Array {
  const { ctx } = makeCanvas(across, down)
  ctx.drawImage(picture, 0, 0, across, down)
  const { data } = ctx.getImageData(0, 0, across, down)
  const luma = new Float32Array(across * down)
  for (let i = 0; i < luma.length; i += 1)
    luma[i] = 0.2126 * (data[i * 4] ?? 0) + 0.7152 * (data[i * 4 + 1] ?? 0) + 0.0722 * (data[i * 4 + 2] ?? 0)
  const of = (x: number, y: number) =>
    luma[clamp(y, 0, down - 1) * across + clamp(x, 0, across - 1)] as number
  const detail = new Float32Array(luma.length)
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1)
      detail[y * across + x] = Math.hypot(of(x + 1, y) - of(x - 1, y), of(x, y + 1) - of(x, y - 1))
  const sharp = level(blur(blur(detail, 5), 5))
  const depth = new Float32Array(luma.length)
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1) {
      const u = (x + 0.5) / across - 0.5
      const v = (y + 0.5) / down
      const middle = Math.exp(-(u * u) / 0.07 - (v - 0.56) ** 2 / 0.1)
      depth[y * across + x] = 0.42 * v ** 1.3 + 0.3 * middle + 0.34 * (sharp[y * across + x] as number)
    }
  return level(blur(blur(depth, 4), 4))
}

/** A box blur; twice is nearly round. */
function blur(map: Float32Array, radius: number): Float32Array {
  const pass = (from: Float32Array, stepX: number, stepY: number) => {
    const to = new Float32Array(from.length)
    for (let y = 0; y < down; y += 1)
      for (let x = 0; x < across; x += 1) {
        let sum = 0
        for (let n = -radius; n <= radius; n += 1)
          sum += from[
            clamp(y + n * stepY, 0, down - 1) * across + clamp(x + n * stepX, 0, across - 1)
          ] as number
        to[y * across + x] = sum / (2 * radius + 1)
      }
    return to
  }
  return pass(pass(map, 1, 0), 0, 1)
}

/** Stretches values to run from 0 to 1. */
function level(map: Float32Array): Float32Array {
  let low = Infinity
  let high = -Infinity
  for (const value of map) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return map.map((value) => (value - low) / Math.max(1e-6, high - low))
}
