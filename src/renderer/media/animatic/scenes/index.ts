import type { SceneName } from '../mood'
import type { MakeScene } from '../scene'
import type { Anchor } from '../words/show'
import { aurora } from './aurora'
import { city } from './city'
import { cosmos } from './cosmos'
import { depths } from './depths'
import { forest } from './forest'
import { glow } from './glow'
import { paper } from './paper'
import { ridges } from './ridges'
import { sea } from './sea'

/** Where words are read best. */
export const anchors: Record<SceneName, Anchor> = {
  ridges: 'bottom',
  sea: 'bottom',
  city: 'bottom',
  forest: 'bottom',
  depths: 'middle',
  glow: 'middle',
  paper: 'bottom',
  cosmos: 'middle',
  aurora: 'bottom',
}

/** How each scene is made. */
export const scenes: Record<SceneName, MakeScene> = {
  ridges,
  sea,
  city,
  forest,
  depths,
  glow,
  paper,
  cosmos,
  aurora,
}
