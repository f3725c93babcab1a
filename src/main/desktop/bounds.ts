import type { Rectangle } from 'electron'
import { z } from 'zod'

const Saved = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
})
/** Where the window was when it was last closed. */
export type SavedBounds = z.infer<typeof Saved>

export const smallest = { width: 960, height: 640 }
const usual = { width: 1440, height: 900 }
/** So much of the window's upper edge must be on a display for a person to get hold of it. */
const handle = { width: 160, height: 40 }

/**
 * Bounds for a new window: the remembered ones where displays still show them, made to fit; otherwise the usual size,
 * and the system chooses the place. `workAreas` are those of all displays, the primary one first.
 */
export function restoreBounds(
  saved: unknown,
  workAreas: readonly Rectangle[],
): { bounds: Partial<Rectangle> & { width: number; height: number }; maximized: boolean } {
  const parsed = Saved.safeParse(saved)
  const primary = workAreas[0] ?? { x: 0, y: 0, ...usual }
  const fallback = {
    bounds: { width: Math.min(usual.width, primary.width), height: Math.min(usual.height, primary.height) },
    maximized: false,
  }
  if (!parsed.success) return fallback
  const { maximized, ...was } = parsed.data
  if (!workAreas.some((area) => within(was, area))) return { ...fallback, maximized }
  return { bounds: fit(was, workAreas), maximized }
}

/**
 * Where an open window must move when displays went away or changed; null where a person can still get hold of it.
 * It goes onto the primary display, which is the first of `workAreas`.
 */
export function rescueBounds(window: Rectangle, workAreas: readonly Rectangle[]): Rectangle | null {
  const [primary] = workAreas
  if (!primary || workAreas.some((area) => within(window, area))) return null
  const width = clamp(window.width, smallest.width, primary.width)
  const height = clamp(window.height, smallest.height, primary.height)
  return {
    x: primary.x + Math.max(0, Math.round((primary.width - width) / 2)),
    y: primary.y + Math.max(0, Math.round((primary.height - height) / 2)),
    width,
    height,
  }
}

/** A window that lies across displays stays as it was; one that hangs over every edge is moved inside. */
function fit(was: Rectangle, workAreas: readonly Rectangle[]): Rectangle {
  const covered = workAreas.reduce((sum, area) => sum + overlap(was, area), 0)
  if (covered >= was.width * was.height) return was
  const area = workAreas
    .filter((one) => within(was, one))
    .reduce((best, one) => (overlap(was, one) > overlap(was, best) ? one : best))
  const width = clamp(was.width, smallest.width, area.width)
  const height = clamp(was.height, smallest.height, area.height)
  return {
    x: clamp(was.x, area.x, area.x + area.width - width),
    y: clamp(was.y, area.y, area.y + area.height - height),
    width,
    height,
  }
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

function within(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const top = window.y >= area.y && window.y + handle.height <= area.y + area.height
  return top && width >= handle.width
}

/** On a display smaller than the smallest window the smallest wins. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
