import { css, type Lab } from '../colour'
import { settle, smooth } from '../ease'
import { makeCanvas, type Box, type Ctx } from '../surface'
import type { Setting } from './cards'
import type { Voice } from './voice'
import { setFont } from './wrap'

/** How a line is laid into its place. */
export interface Look {
  ink: Lab
  /** What the soft shadow behind the letters is made of. */
  shade: Lab
}

/** Where in `box` the block of lines stands. */
export type Anchor = 'top' | 'middle' | 'bottom'

interface Placed {
  canvas: OffscreenCanvas
  x: number
  y: number
}

const inSeconds = 0.7
const outSeconds = 0.35
const stagger = 0.09
const startAt = 0.12

/** Shows cards one after the other; each takes time by the length of its text. */
export class Show {
  readonly #cards: { lines: Placed[]; from: number; to: number }[]
  readonly #rise: number

  constructor(setting: Setting, voice: Voice, box: Box, anchor: Anchor, look: Look, seconds: number) {
    const weights = setting.cards.map(
      (card) => 24 + card.lines.reduce((sum, line) => sum + line.text.length, 0),
    )
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    let from = 0
    this.#rise = setting.size * 0.32
    this.#cards = setting.cards.map((card, n) => {
      const to = from + ((weights[n] ?? 0) / total) * seconds
      const placed = { lines: place(card.lines, setting.size, voice, box, anchor, look), from, to }
      from = to
      return placed
    })
  }

  get count(): number {
    return this.#cards.length
  }

  /** How far card `n` is through its time at `seconds`, 0 to 1. */
  share(n: number, seconds: number): number {
    const card = this.#cards[n]
    return card ? Math.min(1, Math.max(0, (seconds - card.from) / (card.to - card.from))) : 0
  }

  paint(ctx: Ctx, seconds: number): void {
    for (const [n, card] of this.#cards.entries()) {
      if (seconds < card.from || seconds > card.to) continue
      const last = n === this.#cards.length - 1
      const leaving = last ? 0 : smooth(card.to - outSeconds, card.to - 0.02, seconds)
      const quick = Math.min(1, (card.to - card.from) / 2.4)
      for (const [row, line] of card.lines.entries()) {
        const delay = (startAt + Math.min(row, 8) * stagger) * quick
        const t = (seconds - card.from - delay) / (inSeconds * quick)
        const alpha = smooth(0, 0.8, t) * (1 - leaving)
        if (alpha <= 0) continue
        ctx.globalAlpha = alpha
        const off = this.#rise * (1 - settle(t)) - leaving * this.#rise * 0.4
        ctx.drawImage(line.canvas, line.x, line.y + (Math.abs(off) < 0.02 ? 0 : off))
      }
      ctx.globalAlpha = 1
    }
  }
}

function place(
  lines: { text: string; width: number }[],
  size: number,
  voice: Voice,
  box: Box,
  anchor: Anchor,
  look: Look,
) {
  const step = voice.leading * size
  const block = (lines.length - 1) * step + size
  const free = box.height - block
  const top = box.y + (anchor === 'top' ? 0 : anchor === 'middle' ? free / 2 : free)
  return lines.map((line, row): Placed => {
    const pad = Math.ceil(size * 0.75)
    const width = (line.width * size) / 100
    const { canvas, ctx } = makeCanvas(width + 2 * pad, size * 1.3 + 2 * pad)
    setFont(ctx, voice, size)
    const x = voice.rtl ? pad + width : pad
    const baseline = Math.round(pad + size * 0.86)
    ctx.fillStyle = css(look.ink)
    ctx.shadowColor = css(look.shade, 0.42)
    ctx.shadowBlur = size * 0.4
    ctx.fillText(line.text, x, baseline)
    const left = voice.rtl ? box.x + box.width - width : box.x
    return { canvas, x: Math.round(left - pad), y: Math.round(top + row * step - pad) }
  })
}
