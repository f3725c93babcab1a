/**
 * Turns RGBA pixels into I420 planes in BT.709 video range, which every player shows the same way, and lays living
 * film grain over the luma on the way. The grain also breaks the steps of smooth gradients.
 */
export class Planes {
  readonly data: Uint8Array<ArrayBuffer>
  readonly #tile: Int16Array | null
  readonly #gain = new Uint8Array(256)

  /** `grain` is its strength in luma steps at mid grey (0 for none); `seed` decides its pattern. */
  constructor(
    private readonly width: number,
    private readonly height: number,
    grain: { strength: number; seed: number },
  ) {
    const chroma = (width >> 1) * (height >> 1)
    this.data = new Uint8Array(width * height + 2 * chroma)
    this.#tile = grain.strength > 0 ? makeTile(grain.seed) : null
    // Grain is strongest in the middle tones and never gone in the dark, where steps would show first.
    for (let y = 0; y < 256; y += 1) {
      const level = Math.min(1, Math.max(0, (y - 16) / 219))
      this.#gain[y] = Math.round(64 * grain.strength * (0.45 + 2.2 * level * (1 - level)))
    }
  }

  /** Fills {@link data} from one frame. `frame` moves the grain. */
  fill(rgba: Uint8ClampedArray, frame: number): void {
    const { width, height, data } = this
    const shift = Math.imul(frame + 1, 0x9e3779b1) >>> 0
    const tile = this.#tile
    const gain = this.#gain
    for (let y = 0, at = 0, from = 0; y < height; y += 1) {
      const row = ((y + (shift >>> 20)) & tileMask) << tileBits
      const across = shift & tileMask
      for (let x = 0; x < width; x += 1, at += 1, from += 4) {
        const r = rgba[from] as number
        const g = rgba[from + 1] as number
        const b = rgba[from + 2] as number
        // 65536 * (16 + 219/255 * (0.2126 R + 0.7152 G + 0.0722 B))
        let luma = 11966 * r + 40254 * g + 4064 * b + 1048576
        if (tile) luma += (tile[row | ((x + across) & tileMask)] as number) * (gain[luma >> 16] as number)
        luma = (luma + 32768) >> 16
        data[at] = luma < 16 ? 16 : luma > 235 ? 235 : luma
      }
    }
    const columns = width >> 1
    const u = width * height
    const v = u + columns * (height >> 1)
    const below = width * 4
    for (let y = 0, at = 0; y < height; y += 2) {
      let from = y * width * 4
      const row = ((y + (shift >>> 12)) & tileMask) << tileBits
      for (let x = 0; x < columns; x += 1, at += 1, from += 8) {
        const r = sum(rgba, from, below)
        const g = sum(rgba, from + 1, below)
        const b = sum(rgba, from + 2, below)
        // A touch of the grain instead of plain rounding, so that colour does not step either.
        const middle = tile ? 33554432 + 131072 + (tile[row | (x & tileMask)] as number) * 96 : 33685504
        data[u + at] = (-6596 * r - 22189 * g + 28784 * b + middle) >> 18
        data[v + at] = (28784 * r - 26145 * g - 2639 * b + middle) >> 18
      }
    }
  }
}

const tileBits = 9
const tileMask = (1 << tileBits) - 1

function sum(rgba: Uint8ClampedArray, at: number, below: number): number {
  const top = (rgba[at] as number) + (rgba[at + 4] as number)
  return top + (rgba[at + below] as number) + (rgba[at + below + 4] as number)
}

/** Noise with a little softness, as film has it: mean 0, deviation 1024 a step. */
function makeTile(seed: number): Int16Array {
  const size = 1 << tileBits
  const raw = new Float32Array(size * size)
  let state = (seed ^ 0x5bd1e995) >>> 0
  for (let i = 0; i < raw.length; i += 1) {
    let total = 0
    for (let n = 0; n < 3; n += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      total += state / 4294967296 - 0.5
    }
    raw[i] = total * 2
  }
  const tile = new Int16Array(size * size)
  const at = (x: number, y: number) => raw[((y & tileMask) << tileBits) | (x & tileMask)] as number
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const soft = at(x, y) * 0.72 + (at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1)) * 0.17
      tile[(y << tileBits) | x] = Math.round(soft * 1024)
    }
  return tile
}
