/** Seeded numbers in [0, 1): the only randomness an animatic knows. */
export interface Rng {
  (): number
  /** A number between `from` and `to`. */
  range(from: number, to: number): number
  /** One of the items. */
  pick<T>(items: readonly [T, ...T[]]): T
}

/** A generator for `seed`; `stream` separates uses, so that a change in one leaves the others alone. */
export function makeRng(seed: number, stream: string): Rng {
  let a = seed >>> 0
  for (const char of stream) a = Math.imul(a ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  // Neighbouring seeds start alike; a few turns part them.
  for (let i = 0; i < 8; i += 1) next()
  return Object.assign(next, {
    range: (from: number, to: number) => from + (to - from) * next(),
    pick: <T>(items: readonly [T, ...T[]]): T => items[Math.floor(next() * items.length)] ?? items[0],
  })
}

export type Noise = (x: number, y: number) => number

/** Smooth value noise in [-1, 1] that repeats after 256 units. */
export function makeNoise(rng: Rng): Noise {
  const lattice = new Float32Array(65_536)
  for (let i = 0; i < lattice.length; i += 1) lattice[i] = rng() * 2 - 1
  const at = (x: number, y: number) => lattice[((y & 255) << 8) | (x & 255)] as number
  return (x, y) => {
    const xi = Math.floor(x)
    const yi = Math.floor(y)
    const fx = x - xi
    const fy = y - yi
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
    const top = at(xi, yi) + (at(xi + 1, yi) - at(xi, yi)) * u
    const low = at(xi, yi + 1) + (at(xi + 1, yi + 1) - at(xi, yi + 1)) * u
    return top + (low - top) * v
  }
}

/** Noise in octaves, each half as strong and twice as fine; in about [-1, 1]. */
export function fractal(noise: Noise, octaves: number): Noise {
  return (x, y) => {
    let sum = 0
    let gain = 0.5
    for (let n = 0; n < octaves; n += 1) {
      sum += noise(x, y) * gain
      x = x * 2 + 17.3
      y = y * 2 + 9.1
      gain /= 2
    }
    return sum
  }
}
