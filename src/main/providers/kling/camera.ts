import { z } from 'zod'

/** Moves that Kling has ready; `simple` is one axis of one's own. */
export const cameraTypes = [
  'simple',
  'down_back',
  'forward_up',
  'right_turn_forward',
  'left_turn_forward',
] as const

/** The six axes of a simple move, each from -10 to 10. */
export const cameraAxes = ['horizontal', 'vertical', 'pan', 'tilt', 'roll', 'zoom'] as const

const axis = z.number().min(-10).max(10).optional()

/**
 * `camera_control` as Kling takes it (KlingAI API documentation, "Image to Video"): `config` always and only with
 * `simple`, and of its six axes exactly one that is not zero.
 */
export const CameraControl = z
  .strictObject({
    type: z.enum(cameraTypes),
    config: z
      .strictObject({ horizontal: axis, vertical: axis, pan: axis, tilt: axis, roll: axis, zoom: axis })
      .optional(),
  })
  .check(({ value, issues }) => {
    const say = (key: string) => issues.push({ code: 'custom', input: value, params: { key } })
    if (value.type !== 'simple') {
      if (value.config !== undefined) say('kling.cameraPreset')
      return
    }
    const moved = Object.values(value.config ?? {}).filter((amount) => amount !== undefined && amount !== 0)
    if (moved.length !== 1) say('kling.cameraOne')
  })
export type CameraControl = z.output<typeof CameraControl>
