import type { AnimaticSpec } from '@shared/animatic'
import { ease } from './ease'

/** Where the camera is: `x`, `y` in frame widths and heights from the middle, `zoom` 1 at rest. */
export interface Pose {
  x: number
  y: number
  zoom: number
}

/** The most a camera moves, so that layers know how far they have to reach beyond the frame. */
export const reach = { shift: 0.075, zoom: 1.2 }

/** The camera's path over the whole animatic; `t` from 0 to 1. Longer ones travel further, at a calm pace. */
export function cameraPath(
  spec: Pick<AnimaticSpec, 'camera' | 'easing' | 'durationMs'>,
): (t: number) => Pose {
  const amount = 0.55 + 0.45 * Math.min(1, spec.durationMs / 6000)
  const shift = reach.shift * amount
  const zoom = 1 + (reach.zoom - 1) * amount
  const at = (t: number) => ease(spec.easing, t)
  const across = (from: number, to: number, t: number) => from + (to - from) * at(t)
  switch (spec.camera) {
    case 'push_in':
      return (t) => ({ x: 0, y: 0, zoom: across(1, zoom, t) })
    case 'pull_out':
      return (t) => ({ x: 0, y: 0, zoom: across(zoom, 1, t) })
    case 'pan_left':
      return (t) => ({ x: across(shift, -shift, t), y: 0, zoom: 1.04 })
    case 'pan_right':
      return (t) => ({ x: across(-shift, shift, t), y: 0, zoom: 1.04 })
    case 'tilt_up':
      return (t) => ({ x: 0, y: across(shift, -shift, t), zoom: 1.04 })
    case 'tilt_down':
      return (t) => ({ x: 0, y: across(-shift, shift, t), zoom: 1.04 })
    case 'parallax':
      return (t) => {
        const swing = (at(t) - 0.5) * Math.PI
        return { x: shift * Math.sin(swing), y: -0.22 * shift * Math.cos(swing), zoom: 1.05 }
      }
    case 'hold':
      return () => ({ x: 0, y: 0, zoom: 1.02 })
  }
}
