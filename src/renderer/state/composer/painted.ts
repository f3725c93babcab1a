import type { JobInput } from '@shared/contract'
import type { HeldValue, Params } from './fields'

/** A point of a path: pixels of the frame, from its lower left corner. */
export interface PathPoint {
  x: number
  y: number
}

/** What a `motion` control makes: areas that move along paths, and one that stays still. Masks are images by their ids. */
export interface Painted {
  static_mask?: string
  dynamic_masks?: { mask: string; trajectories: PathPoint[] }[]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function pointsOf(value: unknown): PathPoint[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((point: unknown) =>
    isObject(point) && typeof point['x'] === 'number' && typeof point['y'] === 'number'
      ? [{ x: point['x'], y: point['y'] }]
      : [],
  )
}

/** Reads what was painted; null where the value is of another kind. */
export function paintedOf(value: HeldValue | undefined): Painted | null {
  if (!isObject(value)) return null
  const { static_mask: still, dynamic_masks: moving } = value
  if (typeof still !== 'string' && !Array.isArray(moving)) return null
  const areas = (Array.isArray(moving) ? moving : []).flatMap((area: unknown) =>
    isObject(area) && typeof area['mask'] === 'string'
      ? [{ mask: area['mask'], trajectories: pointsOf(area['trajectories']) }]
      : [],
  )
  return {
    ...(typeof still === 'string' ? { static_mask: still } : {}),
    ...(areas.length > 0 ? { dynamic_masks: areas } : {}),
  }
}

/** The masks of a model's parameters as inputs of its request, each once. */
export function maskInputs(params: Params): JobInput[] {
  const ids = Object.values(params).flatMap((value) => {
    const painted = paintedOf(value)
    if (painted === null) return []
    const { static_mask: still, dynamic_masks: moving = [] } = painted
    return [...(still === undefined ? [] : [still]), ...moving.map(({ mask }) => mask)]
  })
  return [...new Set(ids)].map((assetId) => ({ role: 'mask', assetId }))
}

/** Everything that was set, but for what was painted. */
export function withoutPainted(params: Readonly<Record<string, Params>>): Record<string, Params> {
  return Object.fromEntries(
    Object.entries(params).map(([model, own]) => [
      model,
      Object.fromEntries(Object.entries(own).filter(([, value]) => paintedOf(value) === null)),
    ]),
  )
}

/**
 * What was set, without what was painted on a frame that is no longer there: values that are the same in `before`. The
 * answer is `now` itself where nothing goes.
 */
export function withoutStale(
  now: Record<string, Params>,
  before: Readonly<Record<string, Params>>,
): Record<string, Params> {
  const stale = (model: string, name: string, value: HeldValue) =>
    paintedOf(value) !== null && before[model]?.[name] === value
  const any = Object.entries(now).some(([model, own]) =>
    Object.entries(own).some(([name, value]) => stale(model, name, value)),
  )
  if (!any) return now
  return Object.fromEntries(
    Object.entries(now).map(([model, own]) => [
      model,
      Object.fromEntries(Object.entries(own).filter(([name, value]) => !stale(model, name, value))),
    ]),
  )
}
