import type { Pose } from './camera'
import { reach } from './camera'
import { clamp } from './ease'
import { makeCanvas, type Ctx } from './surface'

/** The frame's window onto a picture, in the picture's own pixels. */
export interface View {
  x: number
  y: number
  width: number
  height: number
}

/** How far over the excess of a picture that fits badly the camera wanders, so that more of it is seen. */
const wander = 0.55
/** Faces and horizons sit above the middle. */
const focus = { x: 0.5, y: 0.43 }

/** A picture made ready for the camera: scaled once, well, so that each frame only moves it. */
export class Plate {
  readonly canvas: OffscreenCanvas
  readonly #cover: number

  /**
   * `shifts` is true where the camera moves sideways, which needs room beyond the frame; `wanders` where it may
   * drift over a picture of quite another shape, to show more of it.
   */
  constructor(
    picture: ImageBitmap,
    private readonly width: number,
    private readonly height: number,
    private readonly ways: { shifts: boolean; wanders: boolean },
  ) {
    const cover = Math.max(width / picture.width, height / picture.height)
    const wanted = Math.min(1, cover * reach.zoom * 1.04)
    this.canvas = shrink(picture, wanted)
    this.#cover = Math.max(width / this.canvas.width, height / this.canvas.height)
  }

  /** What of the picture the frame shows at this pose; `t` from 0 to 1 is the whole time. */
  view(pose: Pose, t: number): View {
    const { canvas, width, height } = this
    // Without room of its own, a shifting camera comes a little closer to have some.
    const spare = (size: number, frame: number) => (size * this.#cover) / frame - 1
    const tight = this.ways.shifts
      ? Math.max(
          0,
          2 * reach.shift -
            Math.max(
              spareOf(pose.x, spare(canvas.width, width)),
              spareOf(pose.y, spare(canvas.height, height)),
            ),
        )
      : 0
    const scale = this.#cover * (pose.zoom * (1 + tight))
    const view = { width: width / scale, height: height / scale }
    const free = { x: canvas.width - view.width, y: canvas.height - view.height }
    const place = (share: number, shift: number, excess: number, along: number) => {
      const drift = along > 0.55 && this.ways.wanders ? (t - 0.5) * wander : 0
      return clamp(excess * clamp(share + shift + drift, 0, 1), 0, excess)
    }
    const shift = (by: number, excess: number, size: number) =>
      excess > 0 ? (by / reach.shift) * Math.min(0.5, (0.16 * size) / excess) : 0
    return {
      ...view,
      x: place(focusOf(pose.x, focus.x), shift(pose.x, free.x, view.width), free.x, free.x / canvas.width),
      y: place(focusOf(pose.y, focus.y), shift(pose.y, free.y, view.height), free.y, free.y / canvas.height),
    }
  }

  paint(ctx: Ctx, pose: Pose, t: number): void {
    const { x, y, width, height } = this.view(pose, t)
    ctx.drawImage(this.canvas, x, y, width, height, 0, 0, this.width, this.height)
  }
}

const spareOf = (shift: number, spare: number) => (shift === 0 ? 0 : spare)
const focusOf = (shift: number, share: number) => (shift === 0 ? share : 0.5)

/** Halves as often as it can before the last step: the way to a small picture without shimmer. */
function shrink(picture: ImageBitmap, scale: number): OffscreenCanvas {
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  let from: ImageBitmap | OffscreenCanvas = picture
  while (from.width >= width * 2 && from.height >= height * 2) {
    const half = makeCanvas(Math.ceil(from.width / 2), Math.ceil(from.height / 2))
    half.ctx.drawImage(from, 0, 0, half.canvas.width, half.canvas.height)
    from = half.canvas
  }
  const { canvas, ctx } = makeCanvas(width, height)
  // Pictures with alpha stand on a quiet dark ground.
  ctx.fillStyle = '#101114'
  ctx.fillRect(0, 0, width, height)
  ctx.drawImage(from, 0, 0, width, height)
  return canvas
}
