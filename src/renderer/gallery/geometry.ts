/** Where cards lie, all in pixels. Every card is as large as every other, so places follow from counting. */
export interface Geometry {
  columns: number
  /** Width of a card. */
  card: number
  /** Height of its picture, always 16:9. */
  picture: number
  /** From the top of one row to the top of the next. */
  pitch: number
}

/** Space between cards. */
export const gap = 14
/** Height of the two lines under a picture, with what sets them off. */
const caption = 45

/** Lays cards of about `wanted` width into `width`: as many columns as come nearest to it, filling the line. */
export function geometryOf(width: number, wanted: number): Geometry {
  const columns = Math.max(1, Math.round((width + gap) / (wanted + gap)))
  const card = Math.max(0, (width - gap * (columns - 1)) / columns)
  const picture = Math.round((card * 9) / 16)
  return { columns, card, picture, pitch: picture + caption + gap }
}

export type Move = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown'

/** The place a key leads to from `place` among `count` cards; `page` is how many rows a page is. */
export function moved(place: number, move: Move, count: number, columns: number, page: number): number {
  const last = count - 1
  const column = place % columns
  const lines = (by: number) => {
    const to = place + by * columns
    // Below the last full line the nearest card is the last one; above the first, the one in this column.
    return by > 0 ? Math.min(to, last) : Math.max(to, column)
  }
  const to: Record<Move, () => number> = {
    left: () => place - 1,
    right: () => place + 1,
    up: () => lines(-1),
    down: () => lines(1),
    pageUp: () => lines(-page),
    pageDown: () => lines(page),
    first: () => 0,
    last: () => last,
  }
  return Math.max(0, Math.min(last, to[move]()))
}

/** Lines drawn beyond each edge: as many as keep the cards in the page below 150, two at the most. */
export function overscanOf(height: number, { columns, pitch }: Geometry): number {
  const seen = Math.ceil(height / pitch) + 1
  const spare = Math.floor(140 / columns) - seen
  return Math.max(0, Math.min(2, Math.floor(spare / 2)))
}

/** How far to scroll so that the card that was first on the screen is so in another layout. */
export function rescroll(offset: number, before: Geometry, now: Geometry): number {
  const line = Math.floor(offset / before.pitch)
  const share = offset / before.pitch - line
  return (Math.floor((line * before.columns) / now.columns) + share) * now.pitch
}
