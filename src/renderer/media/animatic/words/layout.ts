import type { AnimaticSpec } from '@shared/animatic'
import { smooth } from '../ease'
import type { Box, Ctx } from '../surface'
import { sentences, setBeginning, setCards, type Room, type Setting } from './cards'
import { Page } from './page'
import { Show, type Anchor, type Look } from './show'
import type { Voice } from './voice'

/** Words that have found their place; `make` gives them their colours. */
export interface Words {
  /** What they cover over the whole time. */
  box: Box
  make(look: Look): (seconds: number, t: number) => void
}

/** Sets a prompt in the room it has: on one card, on several one after the other, or as a page that moves by. */
export function layOut(
  ctx: Ctx,
  text: string,
  voice: Voice,
  box: Box,
  anchor: Anchor,
  spec: AnimaticSpec,
): Words {
  const unit = Math.min(spec.width, spec.height)
  const tall = spec.height > spec.width
  const seconds = spec.durationMs / 1000
  const setting = setCards(ctx, voice, text, {
    width: box.width,
    height: box.height * (tall ? 0.52 : 0.6),
    largest: unit * (tall ? 0.155 : 0.165),
    smallest: unit * 0.048,
    cards: Math.max(1, Math.floor(seconds / 1.5)),
  })
  if (!setting) return manuscript(ctx, text, voice, box, spec)
  const covered = cover(setting, voice, box, anchor)
  return {
    box: covered,
    make(look) {
      const show = new Show(
        setting,
        voice,
        { ...box, y: covered.y, height: covered.height },
        anchor,
        look,
        seconds,
      )
      return (at) => show.paint(ctx, at)
    },
  }
}

/** Sets a prompt small at the foot of a picture; where there is not time for all of it, as much as there is. */
export function lowerThird(ctx: Ctx, text: string, voice: Voice, box: Box, spec: AnimaticSpec): Words {
  const { width, height } = spec
  const unit = Math.min(width, height)
  const seconds = spec.durationMs / 1000
  const room: Room = {
    width: Math.min(box.width, unit * 1.15),
    height: height > width ? height * 0.2 : height * 0.26,
    largest: unit * (height > width ? 0.088 : 0.066),
    smallest: unit * (height > width ? 0.05 : 0.036),
    cards: Math.max(1, Math.floor(seconds / 1.8)),
  }
  const setting = setCards(ctx, voice, text, room) ?? setBeginning(ctx, voice, text, room)
  const place: Box = { ...box, width: room.width, x: voice.rtl ? box.x + box.width - room.width : box.x }
  const covered = cover(setting, voice, place, 'bottom')
  return {
    box: covered,
    make(look) {
      const show = new Show(
        setting,
        voice,
        { ...place, y: covered.y, height: covered.height },
        'bottom',
        look,
        seconds,
      )
      return (at) => show.paint(ctx, at)
    },
  }
}

/** The smallest box that holds every card. */
export function cover(setting: Setting, voice: Voice, box: Box, anchor: Anchor): Box {
  const rows = Math.max(...setting.cards.map((card) => card.lines.length))
  const height = ((rows - 1) * voice.leading + 1) * setting.size
  const free = box.height - height
  const y = box.y + (anchor === 'top' ? 0 : anchor === 'middle' ? free / 2 : free)
  const lines = setting.cards.flatMap((card) => card.lines)
  const width = (Math.max(...lines.map((line) => line.width)) * setting.size) / 100
  return { x: voice.rtl ? box.x + box.width - width : box.x, y, width, height }
}

/** Far more text than time: its beginning large, and the whole of it as a page that moves by. */
function manuscript(ctx: Ctx, text: string, voice: Voice, box: Box, spec: AnimaticSpec): Words {
  const { width, height } = spec
  const unit = Math.min(width, height)
  const seconds = spec.durationMs / 1000
  const side = voice.rtl ? width - box.x - box.width : box.x
  const across = width > height * 1.2
  const inner = { x: side, y: box.y, width: width - 2 * side, height: box.height }
  const gap = unit * 0.08
  const headWidth = across ? (inner.width - gap) * 0.47 : inner.width
  const room: Room = {
    width: headWidth,
    height: across ? inner.height * 0.7 : inner.height * 0.3,
    largest: unit * 0.1,
    smallest: unit * 0.05,
    cards: 1,
  }
  const head = setCards(ctx, voice, firstWords(text, voice.breadth > 1.5 ? 26 : 60), room)
  const rows = head?.cards[0]?.lines.length ?? 0
  const headHigh = head ? ((rows - 1) * voice.leading + 1.1) * head.size : 0
  const bodyTop = across ? inner.y : inner.y + headHigh + gap * 0.8
  const body: Box = {
    x: across && !voice.rtl ? inner.x + headWidth + gap : inner.x,
    y: bodyTop,
    width: across ? inner.width - headWidth - gap : inner.width,
    height: inner.y + inner.height - bodyTop,
  }
  const headBox = {
    ...inner,
    x: across && voice.rtl ? inner.x + inner.width - headWidth : inner.x,
    width: headWidth,
  }
  return {
    box: inner,
    make(look) {
      const show = head && new Show(head, voice, headBox, 'top', look, seconds)
      const page = new Page(ctx, text, voice, body, unit * (across ? 0.034 : 0.037), look, seconds)
      return (at, t) => {
        show?.paint(ctx, at)
        page.paint(ctx, t, 0.92 * smooth(0.35, 1.1, at))
      }
    },
  }
}

/** The first sentence, or as much of it as makes a headline. */
function firstWords(text: string, most: number): string {
  const first = sentences(text.slice(0, 4000))[0] ?? text
  if (first.length <= most * 1.3) return first
  let end = most
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(first))
    if (index + segment.length <= most) end = index + segment.length
  return `${first.slice(0, end).replace(/[\s\p{P}]+$/u, '')}…`
}
