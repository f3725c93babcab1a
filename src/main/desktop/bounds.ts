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
 * Bounds for a new window: the remembered ones where a display still shows them, made to fit it;
 * otherwise the usual size, and the system chooses the place.
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
  const area = workAreas.find((area) => within(was, area))
  if (!area) return { ...fallback, maximized }
  return {
    bounds: {
      x: was.x,
      y: was.y,
      width: clamp(was.width, smallest.width, area.width),
      height: clamp(was.height, smallest.height, area.height),
    },
    maximized,
  }
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
