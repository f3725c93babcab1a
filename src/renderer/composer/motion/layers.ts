import type { Area, Drawing, Stroke } from './drawing'
import { canvasOf, drawArea, drawStroke, isPainted, type Size } from './raster'

/** Pixels of the longer side at which areas are shown; they are sent in the frame's own. */
const shownSide = 1200

/** The areas of a drawing as pictures, each drawn anew only when it has changed. */
export class Layers {
  readonly scale: number
  readonly size: Size
  readonly #held: { area: Area; pen: CanvasRenderingContext2D; painted: boolean }[] = []
  readonly #scratch: CanvasRenderingContext2D

  /** `masks` are those that were painted before, by id. */
  constructor(
    frame: Size,
    readonly masks: ReadonlyMap<string, HTMLImageElement>,
  ) {
    this.scale = Math.min(1, shownSide / Math.max(frame.width, frame.height))
    this.size = {
      width: Math.max(1, Math.round(frame.width * this.scale)),
      height: Math.max(1, Math.round(frame.height * this.scale)),
    }
    this.#scratch = canvasOf(this.size).pen
  }

  /** Takes a drawing; answers of each area whether anything of it is left. */
  update(drawing: Drawing): boolean[] {
    return drawing.map((area, place) => {
      const known = this.#held[place]
      if (known?.area === area) return known.painted
      const pen = known?.pen ?? canvasOf(this.size).pen
      drawArea(pen, area, this.masks, this.scale)
      const any = area.base !== null || area.strokes.length > 0
      const held = { area, pen, painted: any && isPainted(pen) }
      this.#held[place] = held
      return held.painted
    })
  }

  /** Draws all areas over each other in their colours, the chosen one on top and with the stroke being made. */
  show(pen: CanvasRenderingContext2D, chosen: number, colours: readonly string[], live: Stroke | null): void {
    const { width, height } = this.size
    pen.clearRect(0, 0, width, height)
    const others = this.#held.map((_, place) => place).filter((place) => place !== chosen)
    for (const place of [...others, chosen]) {
      const held = this.#held[place]
      const mine = place === chosen
      if (!held || (!held.painted && !(mine && live))) continue
      const scratch = this.#scratch
      scratch.globalCompositeOperation = 'source-over'
      scratch.clearRect(0, 0, width, height)
      scratch.drawImage(held.pen.canvas, 0, 0)
      if (mine && live) drawStroke(scratch, live, this.scale)
      scratch.globalCompositeOperation = 'source-in'
      scratch.fillStyle = colours[place] ?? '#ffffff'
      scratch.fillRect(0, 0, width, height)
      pen.globalAlpha = mine ? 0.66 : 0.4
      pen.drawImage(scratch.canvas, 0, 0)
    }
    pen.globalAlpha = 1
  }
}
