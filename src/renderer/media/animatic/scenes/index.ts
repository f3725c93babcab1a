import type { SceneName } from '../mood'
import type { MakeScene } from '../scene'
import { glow } from './glow'
import { ridges } from './ridges'

/** How each scene is made. */
export const scenes: Record<SceneName, MakeScene> = {
  ridges,
  sea: ridges,
  city: ridges,
  forest: ridges,
  depths: glow,
  glow,
  paper: ridges,
  cosmos: glow,
  aurora: ridges,
}
