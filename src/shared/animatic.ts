import { z } from 'zod'
import { cameraMoves, easings } from './words'

/** Everything that decides the frames of an animatic; the same spec and images give the same frames. */
export const AnimaticSpec = z.strictObject({
  prompt: z.string(),
  title: z.boolean(),
  seed: z.int().min(0).max(4_294_967_295),
  width: z.int(),
  height: z.int(),
  fps: z.int(),
  durationMs: z.int(),
  camera: z.enum(cameraMoves),
  easing: z.enum(easings),
})
export type AnimaticSpec = z.infer<typeof AnimaticSpec>
