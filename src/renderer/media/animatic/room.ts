import type { Box } from './surface'

/** The part of the frame where words may stand, inside margins that no screen cuts off. */
export function roomFor(width: number, height: number, rtl: boolean): Box {
  const tall = height > width * 1.1
  const wide = width > height * 2
  const square = !tall && width < height * 1.2
  const side = tall ? width * 0.085 : Math.min(width * 0.075, height * 0.13)
  const share = tall || square ? 1 : wide ? 0.58 : 0.74
  const room = (width - 2 * side) * share
  const edge = tall ? height * 0.085 : height * 0.11
  return { x: rtl ? width - side - room : side, y: edge, width: room, height: height - 2 * edge }
}
