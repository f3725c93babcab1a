import { mediaUrl } from '../../api'
import type { Area, Stroke } from './drawing'

export interface Size {
  width: number
  height: number
}

/** A canvas of so many pixels with its pen. */
export function canvasOf({ width, height }: Size): {
  canvas: HTMLCanvasElement
  pen: CanvasRenderingContext2D
} {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('This page cannot draw')
  return { canvas, pen }
}

/** Draws one stroke, `scale` pixels of the canvas for one of the frame. */
export function drawStroke(
  pen: CanvasRenderingContext2D,
  { erase, size, points }: Stroke,
  scale: number,
): void {
  const [first, ...more] = points
  if (!first) return
  pen.save()
  pen.globalCompositeOperation = erase ? 'destination-out' : 'source-over'
  pen.fillStyle = pen.strokeStyle = '#ffffff'
  pen.lineCap = pen.lineJoin = 'round'
  pen.lineWidth = size * scale
  pen.beginPath()
  pen.moveTo(first.x * scale, first.y * scale)
  // A line to where it is makes the dot of a single touch.
  if (more.length === 0) pen.lineTo(first.x * scale, first.y * scale)
  for (const { x, y } of more) pen.lineTo(x * scale, y * scale)
  pen.stroke()
  pen.restore()
}

/** Reads masks that were painted before; each is white where the area is. */
export async function loadMask(id: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = mediaUrl.asset(id)
  await image.decode()
  return image
}

/** Draws an area, white where it is and clear elsewhere. `masks` are those that were painted before, by id. */
export function drawArea(
  pen: CanvasRenderingContext2D,
  area: Pick<Area, 'base' | 'strokes'>,
  masks: ReadonlyMap<string, HTMLImageElement>,
  scale: number,
): void {
  const { width, height } = pen.canvas
  pen.clearRect(0, 0, width, height)
  const base = area.base === null ? undefined : masks.get(area.base)
  if (base) {
    pen.drawImage(base, 0, 0, width, height)
    const picture = pen.getImageData(0, 0, width, height)
    const { data } = picture
    for (let at = 0; at < data.length; at += 4) {
      data[at + 3] = data[at] ?? 0
      data[at] = data[at + 1] = data[at + 2] = 255
    }
    pen.putImageData(picture, 0, 0)
  }
  for (const stroke of area.strokes) drawStroke(pen, stroke, scale)
}

/** Whether anything of an area is left. */
export function isPainted(pen: CanvasRenderingContext2D): boolean {
  const { width, height } = pen.canvas
  const { data } = pen.getImageData(0, 0, width, height)
  for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 127) return true
  return false
}

/**
 * An area as it is sent: a PNG of exactly the frame's size, white where the area is and black elsewhere, without greys
 * between. Null where nothing of it is left.
 */
export async function exportMask(
  area: Pick<Area, 'base' | 'strokes'>,
  masks: ReadonlyMap<string, HTMLImageElement>,
  size: Size,
): Promise<Blob | null> {
  const { canvas, pen } = canvasOf(size)
  drawArea(pen, area, masks, 1)
  const picture = pen.getImageData(0, 0, size.width, size.height)
  const { data } = picture
  let any = false
  for (let at = 0; at < data.length; at += 4) {
    const on = (data[at + 3] ?? 0) > 127
    any ||= on
    data[at] = data[at + 1] = data[at + 2] = on ? 255 : 0
    data[at + 3] = 255
  }
  if (!any) return null
  pen.putImageData(picture, 0, 0)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
