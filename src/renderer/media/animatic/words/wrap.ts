import type { Ctx } from '../surface'
import { family } from './fonts'
import type { Voice } from './voice'

/** A piece of text that is not broken, and its advance at a size of 100 pixels. */
interface Piece {
  text: string
  width: number
  /** Of the space that follows unless the line ends here. */
  gap: number
  /** The line ends here whatever the width. */
  ends: boolean
}

export interface Line {
  text: string
  /** At a size of 100 pixels. */
  width: number
}

/** Breaks are allowed between characters of these scripts, which write no spaces. */
const dense =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uffef]/u
/** What must not stand at the start of a line, and what must not stand at its end. */
const closing = /^[\p{Pe}\p{Pf}\p{Po}ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…—～・:;!?.,%]/u
const opening = /[\p{Ps}\p{Pi}¿¡#@“‘「『（《〈【]$/u

/** Readies a context for measuring and drawing in this voice. `size` in pixels. */
export function setFont(ctx: Ctx, voice: Voice, size: number, weight = voice.weight): void {
  ctx.font = `${weight} ${size}px ${family}`
  ctx.letterSpacing = `${(voice.tracking * size).toFixed(3)}px`
  ctx.fontKerning = 'normal'
  ctx.direction = voice.rtl ? 'rtl' : 'ltr'
  ctx.textAlign = voice.rtl ? 'right' : 'left'
  ctx.textBaseline = 'alphabetic'
  if ('lang' in ctx) (ctx as { lang: string }).lang = voice.lang
}

/** Cuts a text where lines may break, by the rules of its scripts, and measures the pieces. */
export function makePieces(ctx: Ctx, voice: Voice, text: string): Piece[] {
  setFont(ctx, voice, 100)
  const space = ctx.measureText(' ').width
  const measured = new Map<string, number>()
  const measure = (piece: string) => {
    const known = measured.get(piece)
    if (known !== undefined) return known
    const { width } = ctx.measureText(piece)
    measured.set(piece, width)
    return width
  }
  const pieces: Piece[] = []
  const words = new Intl.Segmenter(voice.lang || undefined, { granularity: 'word' })
  for (const paragraph of text.split(/\n+/)) {
    let piece = ''
    const flush = (gap: number) => {
      if (piece) pieces.push({ text: piece, width: measure(piece), gap, ends: false })
      else if (gap && pieces.length > 0) (pieces.at(-1) as Piece).gap = gap
      piece = ''
    }
    for (const { segment } of words.segment(paragraph)) {
      if (/^\s+$/u.test(segment)) flush(space)
      else if (piece && mayPart(piece, segment)) {
        flush(0)
        piece = segment
      } else piece += segment
    }
    flush(0)
    const last = pieces.at(-1)
    if (last) last.ends = true
  }
  return pieces
}

function mayPart(before: string, after: string): boolean {
  if (closing.test(after) || opening.test(before)) return false
  const left = before.at(-1) ?? ''
  const right = after.at(0) ?? ''
  if (/[-–—/]/.test(left) && /\p{L}/u.test(right) && before.length > 3) return true
  return dense.test(left) || dense.test(right)
}

/** Fills lines of at most `width` (at size 100), first come first set. */
function fill(pieces: readonly Piece[], width: number): Line[] {
  const lines: Line[] = []
  let text = ''
  let used = 0
  let gap = 0
  const end = () => {
    if (text) lines.push({ text, width: used })
    text = ''
    used = 0
    gap = 0
  }
  for (const piece of pieces) {
    if (text && used + gap + piece.width > width) end()
    text += (text && gap > 0 ? ' ' : '') + piece.text
    used += (used > 0 ? gap : 0) + piece.width
    gap = piece.gap
    if (piece.ends) end()
  }
  end()
  return lines
}

/** Cuts pieces that are wider than a line between characters. */
function chop(ctx: Ctx, voice: Voice, pieces: readonly Piece[], width: number): Piece[] {
  if (pieces.every((piece) => piece.width <= width)) return [...pieces]
  setFont(ctx, voice, 100)
  const marks = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return pieces.flatMap((piece) => {
    if (piece.width <= width) return [piece]
    const parts: Piece[] = []
    let text = ''
    for (const { segment } of marks.segment(piece.text)) {
      const longer = ctx.measureText(text + segment).width
      if (text && longer > width) {
        parts.push({ text, width: ctx.measureText(text).width, gap: 0, ends: false })
        text = ''
      }
      text += segment
    }
    parts.push({ text, width: ctx.measureText(text).width, gap: piece.gap, ends: piece.ends })
    return parts
  })
}

/** Lines of at most `width` (at size 100), as few as it takes, even in length and kind to the sense. */
export function balance(ctx: Ctx, voice: Voice, pieces: readonly Piece[], width: number): Line[] {
  const whole = chop(ctx, voice, pieces, width)
  const lines = fill(whole, width)
  if (lines.length < 2 || lines.length > 12) return lines
  let low = Math.max(...whole.map((piece) => piece.width))
  let high = width
  for (let n = 0; n < 12 && high - low > 1; n += 1) {
    const middle = (low + high) / 2
    if (fill(whole, middle).length <= lines.length) high = middle
    else low = middle
  }
  let best = fill(whole, high)
  let cost = ragged(best)
  for (let n = 1; n <= 10; n += 1) {
    const other = fill(whole, high + ((width - high) * n) / 10)
    if (other.length !== lines.length || ragged(other) >= cost) continue
    best = other
    cost = ragged(other)
  }
  return best
}

const weak =
  /(?:^|\s)(?:a|an|the|of|in|on|to|at|by|and|or|with|for|from|de|la|le|un|une|el|der|die|das|и|в|на|с)$/iu

/** Little words of Chinese and Japanese that belong to what stands before them. */
const clinging = /^[的了着过地得吗呢吧们のはがをにでともへや]/u

/** How uneven lines are, and how badly they cut the sense: 0 is perfect. */
export function ragged(lines: readonly Line[]): number {
  const widest = Math.max(...lines.map((line) => line.width))
  return lines.reduce((before, { text, width }, n) => {
    const sum = n > 0 && clinging.test(text) ? before + 0.3 : before
    if (n === lines.length - 1) return sum + (lines.length > 1 && width < widest * 0.34 ? 0.5 : 0)
    const end = /[\p{Po}\p{Pd}]$/u.test(text) ? -0.18 : weak.test(text) ? 0.12 : 0
    return sum + ((widest - width) / widest) ** 2 + end
  }, 0)
}

/** Lines of at most `width` (at size 100), filled as running text is. */
export function flow(ctx: Ctx, voice: Voice, pieces: readonly Piece[], width: number): Line[] {
  return fill(chop(ctx, voice, pieces, width), width)
}

export type { Piece }
