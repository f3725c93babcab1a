/** A colour in OKLab with linear opacity left to whoever draws. */
export type Lab = readonly [L: number, a: number, b: number]
export type Rgb = readonly [r: number, g: number, b: number]

const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const toGamma = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)

/** `#rrggbb` to OKLab. */
export function lab(hex: string): Lab {
  const n = Number.parseInt(hex.slice(1), 16)
  const r = toLinear((n >> 16) / 255)
  const g = toLinear(((n >> 8) & 255) / 255)
  const b = toLinear((n & 255) / 255)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** OKLab to sRGB, 0 to 255, not rounded. */
export function rgb([L, a, b]: Lab): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channel = (c: number) => 255 * toGamma(Math.min(1, Math.max(0, c)))
  return [
    channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

export function blend(from: Lab, to: Lab, t: number): Lab {
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t]
}

/** Lighter by `by` in OKLab lightness; darker where negative. */
export const lift = ([L, a, b]: Lab, by: number): Lab => [Math.min(1, Math.max(0, L + by)), a, b]

/** A CSS colour. */
export function css(colour: Lab, alpha = 1): string {
  const [r, g, b] = rgb(colour)
  return `rgb(${r.toFixed(1)} ${g.toFixed(1)} ${b.toFixed(1)} / ${alpha.toFixed(4)})`
}

/** Relative luminance as WCAG has it, of sRGB 0 to 255. */
export function luminance(r: number, g: number, b: number): number {
  return 0.2126 * toLinear(r / 255) + 0.7152 * toLinear(g / 255) + 0.0722 * toLinear(b / 255)
}

/** Contrast ratio of two luminances, 1 to 21. */
export function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** A ramp through `stops` (evenly spaced unless `at` says where), as 1024 sRGB triples. */
export function ramp(stops: readonly Lab[], at?: readonly number[]): Float32Array {
  const size = 1024
  const table = new Float32Array(size * 3)
  const last = stops.length - 1
  for (let i = 0; i < size; i += 1) {
    const t = i / (size - 1)
    let k = 0
    const place = (n: number) => at?.[n] ?? n / Math.max(1, last)
    while (k < last - 1 && t > place(k + 1)) k += 1
    const from = place(k)
    const span = place(k + 1) - from
    const share = span > 0 ? Math.min(1, Math.max(0, (t - from) / span)) : 0
    const low = stops[k] ?? [0, 0, 0]
    const colour = rgb(blend(low, stops[k + 1] ?? low, share))
    table.set(colour, i * 3)
  }
  return table
}
