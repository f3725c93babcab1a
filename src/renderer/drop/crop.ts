/** A part of an image, each number a share of its width or height. */
export interface Crop {
  x: number
  y: number
  width: number
  height: number
}

/** The largest part of an image with the given ratio around a focus point, kept inside the image. */
export function cropOf(
  image: { width: number; height: number },
  ratio: number,
  focus: { x: number; y: number },
): Crop {
  const own = image.width / image.height
  const width = Math.min(1, ratio / own)
  const height = Math.min(1, own / ratio)
  const within = (centre: number, size: number) => Math.min(Math.max(centre - size / 2, 0), 1 - size)
  return { x: within(focus.x, width), y: within(focus.y, height), width, height }
}

/** Width over height of `"16:9"`, or of a size as `"1280×704"`; null for anything else. */
export function ratioOf(text: string): number | null {
  const sides = /^(\d+(?:\.\d+)?)[:×](\d+(?:\.\d+)?)$/.exec(text)
  const [across, down] = [Number(sides?.[1]), Number(sides?.[2])]
  return across > 0 && down > 0 ? across / down : null
}

/** The ratio nearest to the image's own that lies between two ends. */
export function nearestRatio(own: number, min: number, max: number): number {
  return Math.min(Math.max(own, min), max)
}
