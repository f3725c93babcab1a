import type { Pose } from './camera'
import type { Mood } from './mood'
import type { Palette } from './palettes'
import { makeRng, type Rng } from './random'
import type { Ctx } from './surface'

/** Everything a scene is built from. */
export interface Stage {
  width: number
  height: number
  /** The shorter side: what sizes of things hang on, so that every shape of frame looks alike. */
  unit: number
  seed: number
  palette: Palette
  mood: Mood
  /** Where the words will stand: the light keeps to the other side. */
  words: 'left' | 'right'
  rng(stream: string): Rng
}

export interface Scene {
  /** Where words are read best. */
  words: 'top' | 'middle' | 'bottom'
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
