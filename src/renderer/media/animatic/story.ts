import type { AnimaticSpec } from '@shared/animatic'
import { cameraPath } from './camera'
import { smooth } from './ease'
import { readMood } from './mood'
import { palettes } from './palettes'
import { makeRng } from './random'
import { makeStage } from './scene'
import { scenes } from './scenes'
import { makeScrim, readGround } from './scrim'
import type { Box, Ctx } from './surface'
import { makeWeather } from './weather'
import { layOut } from './words/layout'
import { tidy } from './words/cards'
import { voiceOf } from './words/voice'

/** Paints one frame. */
export type Paint = (frame: number) => void

/** A storyboard of words alone: a scene that the prompt suggests, and the prompt set over it. */
export function makeStory(spec: AnimaticSpec, ctx: Ctx): Paint {
  const { width, height, fps, seed } = spec
  const seconds = spec.durationMs / 1000
  const text = tidy(spec.prompt)
  const voice = voiceOf(text)
  const mood = readMood(text, makeRng(seed, 'mood'))
  const palette = palettes[mood.palette]
  const stage = makeStage({ width, height, seed, palette, mood, words: voice.rtl ? 'right' : 'left' })
  const scene = scenes[mood.scene](stage)
  const weather = makeWeather(stage)
  const path = cameraPath(spec)
  const last = Math.max(1, Math.round(seconds * fps) - 1)

  const ground: Paint = (frame) => {
    const pose = path(frame / last)
    scene.paint(ctx, pose, frame / fps)
    weather(ctx, pose, frame / fps)
  }
  const words =
    spec.title && text ? layOut(ctx, text, voice, roomFor(width, height, voice.rtl), scene.words, spec) : null
  const behind = [0.05, 0.5, 0.95].flatMap((t) => {
    ground(Math.round(last * t))
    return words ? readGround(ctx, words.box) : []
  })
  const scrim = makeScrim(stage, palette.near, words?.box ?? null, behind)
  const show = words?.make(scrim.look)
  return (frame) => {
    ground(frame)
    scrim.paint(ctx)
    show?.(frame / fps, smooth(0, 1, frame / last))
  }
}

/** The part of the frame where words may stand, inside margins that no screen cuts off. */
function roomFor(width: number, height: number, rtl: boolean): Box {
  const tall = height > width * 1.1
  const wide = width > height * 2
  const square = !tall && width < height * 1.2
  const side = tall ? width * 0.085 : Math.min(width * 0.075, height * 0.13)
  const share = tall || square ? 1 : wide ? 0.58 : 0.74
  const room = (width - 2 * side) * share
  const edge = tall ? height * 0.085 : height * 0.11
  return { x: rtl ? width - side - room : side, y: edge, width: room, height: height - 2 * edge }
}
