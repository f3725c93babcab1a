import type { Pose } from './camera'
import type { Mood } from './mood'
import type { Palette } from './palettes'
import { makeRng, type Rng } from './random'
import type { Box, Ctx } from './surface'

/** Everything a scene is built from. */
export interface Stage {
  width: number
  height: number
  /** The shorter side: what sizes of things hang on, so that every shape of frame looks alike. */
  unit: number
  seed: number
  palette: Palette
  mood: Mood
  /** The side the words begin at: the light keeps to the other. */
  words: 'left' | 'right'
  /** What the words will cover, null where there are none. */
  covered: Box | null
  rng(stream: string): Rng
}

export interface Scene {
  /** Paints everything but words; `seconds` since the start. */
  paint(ctx: Ctx, pose: Pose, seconds: number): void
}

export type MakeScene = (stage: Stage) => Scene

export function makeStage(of: Omit<Stage, 'unit' | 'rng'>): Stage {
  return {
    ...of,
    unit: Math.min(of.width, of.height),
    rng: (stream) => makeRng(of.seed, stream),
  }
}
