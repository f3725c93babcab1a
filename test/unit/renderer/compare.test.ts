import { describe, expect, it } from 'vitest'
import { differencesOf } from '../../../src/renderer/compare/differences'
import { layoutOf } from '../../../src/renderer/compare/layout'
import {
  correctionOf,
  holdsAt,
  isOver,
  lastFrame,
  longest,
  placeAt,
  stepRate,
} from '../../../src/renderer/compare/sync'
import { winnerOf } from '../../../src/renderer/compare/winner'
import { wordDiff } from '../../../src/renderer/compare/words'
import { row } from './gallery-rows'

describe('the common time of several videos', () => {
  const short = { seconds: 2, fps: 24 }
  const long = { seconds: 5, fps: 30 }

  it('would end with the first, or step over frames of the fastest', () => {
    expect(longest([short, long])).toBe(5)
    expect(stepRate([short, long])).toBe(30)
    expect([longest([]), stepRate([])]).toEqual([0, 1])
  })

  it('would lead a shorter one past its end, where players show nothing', () => {
    expect(placeAt(short, 1)).toBe(1)
    expect(placeAt(short, 4)).toBeCloseTo(47.5 / 24, 6)
    expect(placeAt(short, -1)).toBe(0)
    // A length that is no whole number of frames still has a last one within it.
    expect(lastFrame({ seconds: 2.01, fps: 24 })).toBeLessThan(2.01)
    expect(lastFrame({ seconds: 0, fps: 24 })).toBeGreaterThan(0)
  })

  it('would call one over that still has a frame to show, or none over that has', () => {
    expect(isOver(short, 47.4 / 24)).toBe(false)
    expect(isOver(short, 2)).toBe(true)
  })

  it('would say of videos of one length that they wait for each other', () => {
    expect(holdsAt(short, 3, 5)).toBe(true)
    expect(holdsAt(short, 1, 5)).toBe(false)
    expect(holdsAt(long, 5, 5)).toBe(false)
    expect(holdsAt({ seconds: 4.99, fps: 30 }, 5, 5)).toBe(false)
  })

  it('would let a drift grow to a frame, chase one that nobody sees, or change the speed audibly', () => {
    const frame = 1 / 24
    expect(correctionOf(frame / 10, 24)).toEqual({ kind: 'keep' })
    expect(correctionOf(-frame / 10, 24)).toEqual({ kind: 'keep' })
    const behind = correctionOf(-frame / 2, 24)
    const ahead = correctionOf(frame / 2, 24)
    expect(behind.kind === 'rate' && behind.factor).toBeGreaterThan(1)
    expect(ahead.kind === 'rate' && ahead.factor).toBeLessThan(1)
    const far = correctionOf(0.25, 24)
    expect(far.kind === 'rate' && far.factor).toBeGreaterThanOrEqual(0.75)
    expect(correctionOf(0.4, 24)).toEqual({ kind: 'jump' })
    expect(correctionOf(-2, 24)).toEqual({ kind: 'jump' })
  })

  it('would never come together: a drift under correction does not shrink', () => {
    let drift = 0.2
    for (let frames = 0; frames < 60; frames += 1) {
      const correction = correctionOf(drift, 24)
      if (correction.kind === 'rate') drift += (correction.factor - 1) / 60
    }
    expect(Math.abs(drift)).toBeLessThan(0.25 / 24)
  })
})

describe('the pictures side by side', () => {
  const room = { width: 1300, height: 640 }
  const area = (ratios: number[], within = room) =>
    layoutOf(ratios, within, 16, 44).boxes.map(({ width, height }) => width * height)

  it('would be squeezed into one row where two show more, or torn apart where one does', () => {
    expect(layoutOf([16 / 9, 16 / 9], room, 16, 44).rows).toEqual([[0, 1]])
    expect(layoutOf([9 / 16, 9 / 16, 9 / 16], room, 16, 44).rows).toEqual([[0, 1, 2]])
    expect(layoutOf([16 / 9, 16 / 9, 16 / 9, 16 / 9], room, 16, 44).rows).toEqual([
      [0, 1],
      [2, 3],
    ])
  })

  it.each([[[16 / 9, 9 / 16]], [[16 / 9, 9 / 16, 1]], [[21 / 9, 9 / 16, 16 / 9, 1]], [[9 / 16, 9 / 16]]])(
    'would leave the room or their shape: %o',
    (ratios) => {
      for (const within of [room, { width: 850, height: 384 }]) {
        const { rows, boxes } = layoutOf(ratios, within, 16, 44)
        expect(rows.flat()).toEqual(ratios.map((_, place) => place))
        for (const [place, { width, height }] of boxes.entries())
          expect(Math.abs(width / height - (ratios[place] ?? 0))).toBeLessThan(0.02)
        for (const { left, top, width, height } of boxes) {
          expect(left).toBeGreaterThan(-0.01)
          expect(left + width).toBeLessThan(within.width + 0.01)
          expect(top + height + 44).toBeLessThan(within.height + 0.01)
        }
      }
    },
  )

  it('would shrink wide pictures for the sake of tall ones in the other row', () => {
    const { rows, boxes } = layoutOf([16 / 9, 16 / 9, 9 / 16, 16 / 9], { width: 1312, height: 656 }, 16, 44)
    expect(rows).toHaveLength(2)
    expect(new Set(boxes.map(({ height }) => Math.round(height))).size).toBe(1)
  })

  it('would not use the room there is', () => {
    expect(Math.max(...area([16 / 9, 16 / 9]))).toBeGreaterThan(640 * 350)
    expect(layoutOf([], room, 16, 44)).toEqual({ rows: [], boxes: [], height: 0 })
  })
})

describe('what differs', () => {
  it('would be said of what is the same, or of nothing where one lacks it', () => {
    const fact = (key: string, text: string, value = text) => ({ key, name: key.toUpperCase(), text, value })
    const { differing, same } = differencesOf([
      [fact('model', 'Ray2'), fact('seed', '7'), fact('length', '5 s')],
      [fact('model', 'Ray2'), fact('length', '5 s'), fact('ratio', '1:1')],
    ])
    expect(same.map(({ key }) => key)).toEqual(['model', 'length'])
    expect(differing).toEqual([
      { key: 'seed', name: 'SEED', cells: ['7', null] },
      { key: 'ratio', name: 'RATIO', cells: [null, '1:1'] },
    ])
  })

  it('would take two images of one name for the same', () => {
    const first = (id: string) => [{ key: 'first', name: 'First frame', text: 'cat.png', value: id }]
    expect(differencesOf([first('a'), first('b')]).differing).toHaveLength(1)
    expect(differencesOf([first('a'), first('a')]).same).toHaveLength(1)
  })

  it('would mark words of a prompt that all have, or lose some of them', () => {
    const texts = ['A red fox at dawn', 'A fox at dusk', 'A small red fox at night']
    const diff = wordDiff(texts)
    expect(diff.map((own) => own.map(({ text }) => text).join(''))).toEqual(texts)
    const own = diff.map((stretches) =>
      stretches.filter(({ common }) => !common).map(({ text }) => text.trim()),
    )
    expect(own).toEqual([['red', 'dawn'], ['dusk'], ['small red', 'night']])
    expect(wordDiff(['same', 'same'])).toEqual([
      [{ text: 'same', common: true }],
      [{ text: 'same', common: true }],
    ])
  })

  it('would take a Chinese prompt for one word, or an endless one for a reason to stand still', () => {
    const [first = []] = wordDiff(['黎明时分的红狐狸', '黄昏时分的红狐狸'])
    expect(
      first
        .filter(({ common }) => common)
        .map(({ text }) => text)
        .join(''),
    ).toContain('红狐狸')
    const long = 'word '.repeat(20_000)
    expect(wordDiff([long, 'word'])).toEqual([
      [{ text: long, common: true }],
      [{ text: 'word', common: true }],
    ])
  })
})

describe('the winner', () => {
  const column = (seq: number, favourite: boolean) => {
    const own = row(seq, { favourite })
    return { id: own.id, letter: 'A', row: own, detail: null, error: null }
  }

  it('would be told of two favourites, or of none', () => {
    expect(winnerOf([column(1, false), column(2, true)])).toBe(column(2, true).id)
    expect(winnerOf([column(1, true), column(2, true)])).toBeNull()
    expect(winnerOf([column(1, false), column(2, false)])).toBeNull()
  })
})
