import { z } from 'zod'

/** Areas that move, at most. */
export const mostMasks = 6
/** Points of a path of a five second video. */
export const pathPoints = { least: 2, most: 77 }

const Point = z.strictObject({ x: z.int().min(0), y: z.int().min(0) })

/**
 * The motion brush as a job keeps it (KlingAI API documentation, "Image to Video": `static_mask`, `dynamic_masks`): masks
 * are input images of the same request, named by their ids. Points are pixels of the first frame, counted from its lower left
 * corner.
 */
export const Motion = z
  .strictObject({
    static_mask: z.uuid().optional(),
    dynamic_masks: z
      .array(
        z.strictObject({
          mask: z.uuid(),
          trajectories: z.array(Point).min(pathPoints.least).max(pathPoints.most),
        }),
      )
      .max(mostMasks)
      .optional(),
  })
  .check(({ value, issues }) => {
    if (masksOf(value).length > 0) return
    issues.push({ code: 'custom', input: value, params: { key: 'kling.motionEmpty' } })
  })
export type Motion = z.output<typeof Motion>

/** The ids of all masks, the static one first. */
export function masksOf({ static_mask, dynamic_masks = [] }: Motion): string[] {
  return [...(static_mask === undefined ? [] : [static_mask]), ...dynamic_masks.map(({ mask }) => mask)]
}
