import type { AnimaticSpec } from '@shared/animatic'
import { cameraPath } from './camera'
import { readMood } from './mood'
import { palettes } from './palettes'
import { makeRng } from './random'
import { makeStage } from './scene'
import { roomFor } from './room'
import { anchors, scenes } from './scenes'
import { makeScrim, readGround } from './scrim'
import type { Ctx } from './surface'
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
  const room = roomFor(width, height, voice.rtl)
  const words = spec.title && text ? layOut(ctx, text, voice, room, anchors[mood.scene], spec) : null
  const side = voice.rtl ? 'right' : 'left'
  const covered = words?.box ?? null
  const stage = makeStage({ width, height, seed, palette, mood, words: side, covered })
  const scene = scenes[mood.scene](stage)
  const weather = makeWeather(stage)
  const path = cameraPath(spec)
  const last = Math.max(1, Math.round(seconds * fps) - 1)

  const ground: Paint = (frame) => {
    const pose = path(frame / last)
    scene.paint(ctx, pose, frame / fps)
    weather(ctx, pose, frame / fps)
  }
  const behind = [0.05, 0.5, 0.95].flatMap((t) => {
    if (!words) return []
    ground(Math.round(last * t))
    return readGround(ctx, words.box)
  })
  const scrim = makeScrim(stage, palette.near, words?.box ?? null, behind)
  const show = words?.make(scrim.look)
  return (frame) => {
    ground(frame)
    scrim.paint(ctx)
    show?.(frame / fps, frame / last)
  }
}
