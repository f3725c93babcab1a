import type { AnimaticSpec } from '@shared/animatic'
import { cameraPath } from './camera'
import { lab } from './colour'
import { Dissolve } from './dissolve'
import { ease, smooth } from './ease'
import { Plate } from './plate'
import { Relief } from './relief'
import { roomFor } from './room'
import { makeScrim, readGround } from './scrim'
import type { Paint } from './story'
import type { Ctx } from './surface'
import { lowerThird } from './words/layout'
import { tidy } from './words/cards'
import { voiceOf } from './words/voice'

const near = lab('#08090b')
/** The part of the time in which one picture becomes the other. */
const change = { from: 0.2, to: 0.8 }

type Shot = (ctx: Ctx, t: number) => void

/** A camera move over one picture, or over two of which the first becomes the last. */
export function makeGallery(
  spec: AnimaticSpec,
  first: ImageBitmap | null,
  last: ImageBitmap | null,
  ctx: Ctx,
): Paint {
  const { width, height, fps } = spec
  const end = Math.max(1, Math.round((spec.durationMs * fps) / 1000) - 1)
  const shot = makeShot(spec, first, last)
  const words = makeWords(spec, ctx, (t) => shot(ctx, t))
  return (frame) => {
    const t = frame / end
    shot(ctx, t)
    words(frame / fps)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }

  function makeWords(of: AnimaticSpec, to: Ctx, ground: (t: number) => void): (seconds: number) => void {
    const text = tidy(of.prompt)
    const voice = voiceOf(text)
    const words = of.title && text ? lowerThird(to, text, voice, roomFor(width, height, voice.rtl), of) : null
    if (!words) return () => undefined
    const behind = [0.02, 0.5, 0.98].flatMap((t) => {
      ground(t)
      return readGround(to, words.box)
    })
    const scrim = makeScrim(of, near, words.box, behind)
    const show = words.make(scrim.look)
    return (seconds) => {
      to.globalAlpha = smooth(0, 0.6, seconds + 0.1)
      scrim.paint(to)
      to.globalAlpha = 1
      show(seconds, 0)
    }
  }
}

function makeShot(spec: AnimaticSpec, first: ImageBitmap | null, last: ImageBitmap | null): Shot {
  const alone = !(first && last)
  const one = first && shotOf(spec, first, alone)
  const other = last && shotOf(spec, last, alone)
  if (one && other) {
    const dissolve = new Dissolve(spec.width, spec.height, spec.seed, (ctx) => other(ctx, 0.5))
    return (ctx, t) => {
      const along = (t - change.from) / (change.to - change.from)
      const share = ease(spec.easing, Math.min(1, Math.max(0, along)))
      dissolve.paint(
        ctx,
        share,
        (to) => one(to, t),
        (to) => other(to, t),
      )
    }
  }
  const only = one ?? other
  if (!only) throw new Error('no picture')
  return only
}

/** `alone` is false where the picture has to stand as given, at the beginning or the end of a change. */
function shotOf(spec: AnimaticSpec, picture: ImageBitmap, alone: boolean): Shot {
  const { width, height, camera } = spec
  const path = cameraPath(spec)
  const moves = camera.startsWith('pan') || camera.startsWith('tilt')
  const plate = new Plate(picture, width, height, { shifts: moves, wanders: alone && !moves })
  if (camera === 'parallax') {
    const relief = new Relief(plate, width, height)
    return (ctx, t) => relief.paint(ctx, path(t), t)
  }
  return (ctx, t) => plate.paint(ctx, moves || camera === 'hold' ? { ...path(t), zoom: 1 } : path(t), t)
}
