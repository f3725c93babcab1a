import type { Ctx } from '../surface'
import type { Voice } from './voice'
import { balance, makePieces, ragged, type Line } from './wrap'

/** What is shown at once. */
export interface Card {
  lines: Line[]
}

/** Cards in one size, in pixels. */
export interface Setting {
  cards: Card[]
  size: number
  /** The text went on; the last card ends with an ellipsis. */
  cut: boolean
}

export interface Room {
  width: number
  height: number
  /** The largest and smallest size of type, in pixels. */
  largest: number
  smallest: number
  /** The most cards there is time for. */
  cards: number
}

/** One space where there was any white space, no control characters; paragraphs stay. */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/(?:(?!\n)[\p{Cc}\ufeff])+/gu, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

/** Sentences, or paragraphs' ends; each keeps its punctuation. */
export function sentences(text: string): string[] {
  const parts = new Intl.Segmenter(undefined, { granularity: 'sentence' })
  return [...parts.segment(text)].map(({ segment }) => segment.trim()).filter(Boolean)
}

/** The largest setting of `text` on one card, or null where even the smallest does not fit. */
function onOne(ctx: Ctx, voice: Voice, text: string, room: Room): { lines: Line[]; size: number } | null {
  const pieces = makePieces(ctx, voice, text)
  const at = (size: number) => {
    const lines = balance(ctx, voice, pieces, (room.width / size) * 100)
    const high = ((lines.length - 1) * voice.leading + 1.05) * size
    // A word cut in two is a worse fault than a smaller size.
    const whole =
      size <= room.smallest * 1.05 || pieces.every((piece) => (piece.width * size) / 100 <= room.width)
    return high <= room.height && whole ? lines : null
  }
  let best = at(room.smallest)
  if (!best) return null
  let low = room.smallest
  let high = Math.max(low, largestFor(text, voice, room))
  for (let n = 0; n < 10; n += 1) {
    const size = n === 0 ? high : (low + high) / 2
    const lines = at(size)
    if (!lines) {
      high = size
      continue
    }
    best = lines
    low = size
    if (n === 0) break
  }
  // A little smaller is worth it where the lines then end where the phrases do.
  let chosen = { lines: best, size: low }
  let cost = ragged(best)
  for (const share of [0.94, 0.88, 0.82, 0.76]) {
    const size = low * share
    const lines = size < room.smallest ? null : at(size)
    if (!lines || ragged(lines) + (1 - share) * 1.3 >= cost) continue
    chosen = { lines, size }
    cost = ragged(lines) + (1 - share) * 1.3
  }
  return chosen
}

/** Few words speak loudly, many in a calmer voice. */
function largestFor(text: string, voice: Voice, room: Room): number {
  const length = Math.max(1, text.length * voice.breadth)
  const share = Math.min(1, Math.max(0, Math.log(length / 8) / Math.log(160 / 8)))
  return Math.max(room.smallest, room.largest * (1 - 0.56 * share))
}

/** Sets a text on as few cards as it reads well on. Null where there is not time enough for all of it. */
export function setCards(ctx: Ctx, voice: Voice, text: string, room: Room): Setting | null {
  const comfortable = Math.max(room.smallest, room.largest * 0.4)
  const one = onOne(ctx, voice, text, { ...room, smallest: comfortable })
  if (one) return { cards: [{ lines: one.lines }], size: one.size, cut: false }
  for (let count = 2; count <= room.cards; count += 1) {
    const groups = divide(text, count)
    const set = groups.map((group) => onOne(ctx, voice, group, { ...room, smallest: comfortable }))
    if (set.every((card) => card !== null)) return together(ctx, voice, groups, set, room)
  }
  const groups = divide(text, room.cards)
  const set = groups.map((group) => onOne(ctx, voice, group, room))
  return set.every((card) => card !== null) ? together(ctx, voice, groups, set, room) : null
}

/** All cards of one text speak in one size. */
function together(ctx: Ctx, voice: Voice, groups: string[], set: { size: number }[], room: Room): Setting {
  const size = Math.min(...set.map((card) => card.size))
  const cards = groups.map((group) => ({
    lines: balance(ctx, voice, makePieces(ctx, voice, group), (room.width / size) * 100),
  }))
  return { cards, size, cut: false }
}

/** As much of the text as there is time for; an ellipsis says that it goes on. */
export function setBeginning(ctx: Ctx, voice: Voice, text: string, room: Room): Setting {
  const size = Math.max(room.smallest, room.largest * 0.5)
  const per = Math.max(1, Math.floor((room.height / size - 1.05) / voice.leading) + 1)
  const pieces = makePieces(ctx, voice, text.slice(0, 400 * room.cards))
  const lines = balance(ctx, voice, pieces, (room.width / size) * 100)
  const shown = lines.slice(0, per * room.cards)
  const cut = shown.length < lines.length || text.length > 400 * room.cards
  const last = shown.at(-1)
  if (cut && last) last.text = `${last.text.replace(/[\s\p{P}]+$/u, '')}…`
  const cards: Card[] = []
  for (let n = 0; n < shown.length; n += per) cards.push({ lines: shown.slice(n, n + per) })
  return { cards, size, cut }
}

/** Divides a text into `count` parts of like length, between sentences where that is near enough, else at words. */
function divide(text: string, count: number): string[] {
  if (count < 2) return [text]
  const aim = text.length / count
  const marks = [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)].map(
    ({ index, segment }) => index + segment.length,
  )
  const clauses = [...text.matchAll(/[,;:،؛、，；：—–]\s?|\n/gu)].map(
    (match) => match.index + match[0].length,
  )
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)]
    .filter(({ segment }) => /\s/.test(segment) || segment.length > 0)
    .map(({ index }) => index)
  const cuts: number[] = []
  for (let n = 1; n < count; n += 1) {
    const ideal = aim * n
    const from = cuts.at(-1) ?? 0
    const near = (places: number[], slack: number) =>
      places
        .filter((place) => place > from && place < text.length && Math.abs(place - ideal) < aim * slack)
        .toSorted((a, b) => Math.abs(a - ideal) - Math.abs(b - ideal))[0]
    const spaced = words.filter((place) => /\s/.test(text[place - 1] ?? ''))
    const cut = near(marks, 0.35) ?? near(clauses, 0.25) ?? near(spaced, 0.4) ?? near(words, 0.5)
    if (cut !== undefined) cuts.push(cut)
  }
  return [0, ...cuts].map((from, n) => text.slice(from, cuts[n]).trim()).filter(Boolean)
}
