import type { HeldValue } from '../../state/composer'

/** Ready moves, by the names that Kling has for them. */
export const presets = ['down_back', 'forward_up', 'right_turn_forward', 'left_turn_forward'] as const

/** The axes of a move of one's own, in the order of Kling's documentation. */
export const axes = ['horizontal', 'vertical', 'pan', 'tilt', 'roll', 'zoom'] as const
export type Axis = (typeof axes)[number]

/** How far an axis goes to either side. */
export const reach = 10

/** A move of the camera; `moved` is the one axis of a `simple` move that is not at 0, null while there is none yet. */
export interface CameraMove {
  type: 'simple' | (typeof presets)[number]
  moved: { axis: Axis; amount: number } | null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Reads a `camera` control's value; null where the camera is left to the model. */
export function readMove(value: HeldValue | undefined): CameraMove | null {
  if (!isObject(value)) return null
  const preset = presets.find((name) => name === value['type'])
  if (preset !== undefined) return { type: preset, moved: null }
  if (value['type'] !== 'simple') return null
  const config = isObject(value['config']) ? value['config'] : {}
  for (const axis of axes) {
    const amount = config[axis]
    if (typeof amount === 'number' && amount !== 0) return { type: 'simple', moved: { axis, amount } }
  }
  return { type: 'simple', moved: null }
}

/** The value of a move. Only the axis that moves is in it, so that the others are at 0. */
export function writeMove({ type, moved }: CameraMove): HeldValue {
  if (type !== 'simple') return { type }
  return { type, config: moved === null ? {} : { [moved.axis]: moved.amount } }
}

/** Moves one axis, which sets every other one back; at 0 nothing moves. */
export function moveAxis(axis: Axis, amount: number): CameraMove {
  const within = Math.min(reach, Math.max(-reach, Math.round(amount * 10) / 10))
  return { type: 'simple', moved: within === 0 ? null : { axis, amount: within } }
}

/** Which axis a place on the pad means: the one it lies further along. `x` and `y` from -1 to 1, up and right above 0. */
export function axisAt(x: number, y: number): CameraMove {
  const [axis, share]: [Axis, number] = Math.abs(x) >= Math.abs(y) ? ['horizontal', x] : ['vertical', y]
  return moveAxis(axis, Math.round(share * reach))
}
