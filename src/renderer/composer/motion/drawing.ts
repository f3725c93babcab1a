/** A place on the frame in its own pixels, from the upper left corner. */
export interface Point {
  x: number
  y: number
}

/** One stroke of the brush, or of the eraser. `size` is its diameter in pixels of the frame. */
export interface Stroke {
  erase: boolean
  size: number
  points: readonly Point[]
}

/** One painted area: what was there when it was opened, what was painted since, and where it moves to. */
export interface Area {
  /** The id of a mask that was painted before. */
  base: string | null
  strokes: readonly Stroke[]
  path: readonly Point[]
}

/** Areas that move, at most (KlingAI API documentation, `dynamic_masks`); one more may stay still. */
export const moving = 6
/** The place of the area that stays still, behind those that move. */
export const still = moving

/** The places of all areas, which never change. */
export const places = Array.from({ length: moving + 1 }, (_, place) => place)

/** All areas, the one that stays still last. */
export type Drawing = readonly Area[]

/** A drawing with its past and its future. */
export interface History {
  past: readonly Drawing[]
  now: Drawing
  future: readonly Drawing[]
}

const blank: Area = { base: null, strokes: [], path: [] }

/** A drawing of what was painted before; without, an empty one. */
export function beginDrawing(areas: readonly (Pick<Area, 'base' | 'path'> | null)[] = []): History {
  const now = places.map((place) => ({ ...blank, ...areas[place] }))
  return { past: [], now, future: [] }
}

/** Steps that can be taken back, at most. */
const mostSteps = 100

function step(history: History, place: number, change: (area: Area) => Area): History {
  const now = history.now.map((area, at) => (at === place ? change(area) : area))
  return { past: [...history.past, history.now].slice(-mostSteps), now, future: [] }
}

/** Adds a stroke to an area. */
export function paint(history: History, place: number, stroke: Stroke): History {
  return step(history, place, (area) => ({ ...area, strokes: [...area.strokes, stroke] }))
}

/** Gives an area its path, in the place of the one it had. */
export function drawPath(history: History, place: number, path: readonly Point[]): History {
  return step(history, place, (area) => ({ ...area, path }))
}

/** Empties an area, its path too. */
export function clearArea(history: History, place: number): History {
  return isBlank(history.now[place]) ? history : step(history, place, () => blank)
}

/** Whether nothing was ever done to an area. */
export function isBlank(area: Area | undefined): boolean {
  return !area || (area.base === null && area.strokes.length === 0 && area.path.length === 0)
}

export function undo({ past, now, future }: History): History {
  const before = past.at(-1)
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : { past, now, future }
}

export function redo({ past, now, future }: History): History {
  const [next, ...rest] = future
  return next ? { past: [...past, now], now: next, future: rest } : { past, now, future }
}
