import type { AssetInfo } from '@shared/contract'
import { api } from '../../api'
import type { Painted } from '../../state/composer'
import { beginDrawing, still, type Drawing, type History } from './drawing'
import { fromTrajectory, toTrajectory } from './path'
import { exportMask, loadMask, type Size } from './raster'

/** What was painted before, ready to be painted on. */
export interface Opened {
  history: History
  masks: ReadonlyMap<string, HTMLImageElement>
}

/** Reads what was painted on a frame. Rejects where a mask cannot be read any more. */
export async function openPainted(painted: Painted | null, frame: Size): Promise<Opened> {
  const moving = painted?.dynamic_masks ?? []
  const areas = Array.from({ length: still + 1 }, (_, place) => {
    const area = moving[place]
    if (place === still)
      return painted?.static_mask === undefined ? null : { base: painted.static_mask, path: [] }
    return area ? { base: area.mask, path: fromTrajectory(area.trajectories, frame) } : null
  })
  const ids = [...new Set(areas.flatMap((area) => (area ? [area.base] : [])))]
  const images = await Promise.all(ids.map(async (id) => [id, await loadMask(id)] as const))
  return { history: beginDrawing(areas), masks: new Map(images) }
}

/**
 * Keeps the masks of a drawing as images of the studio and answers the value of the parameter. `painted`: which areas have
 * anything painted. Rejects with the studio's refusal of a mask.
 */
export async function savePainted(
  drawing: Drawing,
  painted: readonly boolean[],
  masks: Opened['masks'],
  frame: AssetInfo,
): Promise<Painted> {
  const kept = await Promise.all(
    drawing.map(async (area, place) => {
      if (painted[place] !== true) return null
      // What was not touched is the mask that it was.
      if (area.base !== null && area.strokes.length === 0) return area.base
      const blob = await exportMask(area, masks, frame)
      if (blob === null) return null
      const name = place === still ? 'mask-still.png' : `mask-${place + 1}.png`
      return (await api.assets.import({ file: new File([blob], name, { type: 'image/png' }) })).id
    }),
  )
  const moving = drawing.slice(0, still).flatMap(({ path }, place) => {
    const mask = kept[place]
    const trajectories = toTrajectory(path, frame)
    return mask && trajectories.length > 0 ? [{ mask, trajectories }] : []
  })
  const fixed = kept[still]
  return {
    ...(fixed ? { static_mask: fixed } : {}),
    ...(moving.length > 0 ? { dynamic_masks: moving } : {}),
  }
}
