/** How much room there is, in pixels. */
export interface Room {
  width: number
  height: number
}

/** Where a picture goes, in pixels from the corner of the room. */
export interface Box extends Room {
  left: number
  top: number
}

/** Pictures in rows. */
export interface Layout {
  rows: number[][]
  /** One for each picture, in the order given. */
  boxes: Box[]
  /** What all rows take with what stands under them. */
  height: number
}

/** The ways to break up to four pictures into at most two rows, keeping their order. */
function breaks(count: number): number[][][] {
  const all = Array.from({ length: count }, (_, place) => place)
  const one = count === 0 ? [] : [[all]]
  const two = Array.from({ length: Math.max(0, count - 1) }, (_, cut) => [
    all.slice(0, cut + 1),
    all.slice(cut + 1),
  ])
  return [...one, ...two]
}

/** One way of breaking them, as large as it goes, each row in the middle. */
function fitted(rows: number[][], ratios: readonly number[], room: Room, gap: number, foot: number): Layout {
  const lines = rows.map((places) => {
    const across = places.reduce((sum, place) => sum + (ratios[place] ?? 1), 0)
    const gaps = gap * (places.length - 1)
    return { places, across, gaps, height: (room.width - gaps) / across }
  })
  const free = room.height - foot * rows.length - gap * (rows.length - 1)
  const heights = shared(
    lines.map((line) => line.height),
    free,
  )
  const boxes = ratios.map((): Box => ({ left: 0, top: 0, width: 0, height: 0 }))
  let top = 0
  for (const [line, { places, across, gaps }] of lines.entries()) {
    const height = Math.max(1, heights[line] ?? 1)
    let left = (room.width - height * across - gaps) / 2
    for (const place of places) {
      const width = height * (ratios[place] ?? 1)
      boxes[place] = { left, top, width, height }
      left += width + gap
    }
    top += height + foot + gap
  }
  return { rows, boxes, height: Math.max(0, top - gap) }
}

/** Shares out a height among rows: as equally as may be, none more than it can use. */
function shared(most: readonly number[], free: number): number[] {
  const heights = most.map(() => 0)
  let left = free
  const order = most.map((_, line) => line).sort((a, b) => (most[a] ?? 0) - (most[b] ?? 0))
  for (const [done, line] of order.entries()) {
    const height = Math.min(most[line] ?? 0, left / (order.length - done))
    heights[line] = height
    left -= height
  }
  return heights
}

/** The height of the least picture: in a comparison nobody may be small for the sake of another. */
const least = ({ boxes }: Layout) => Math.min(...boxes.map(({ height }) => height))

/** Two rows must make the least picture so many times as high: side by side is what comparing means. */
const worth = 1.2

/**
 * The largest way to show pictures of these shapes (width over height) side by side, or in two rows where that shows them
 * much larger: pictures of a row are equally high. `foot` is the height of what stands under each.
 */
export function layoutOf(ratios: readonly number[], room: Room, gap: number, foot: number): Layout {
  const [beside, ...others] = breaks(ratios.length).map((rows) => fitted(rows, ratios, room, gap, foot))
  if (!beside) return { rows: [], boxes: [], height: 0 }
  const best = others.reduce((first, other) => (least(other) > least(first) ? other : first), beside)
  return least(best) > least(beside) * worth ? best : beside
}
