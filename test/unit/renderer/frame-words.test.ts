import { beforeAll, describe, expect, it } from 'vitest'
import { score } from '../../../src/renderer/app/palette/fuzzy'
import {
  bytes,
  clock,
  duration,
  money,
  percent,
  roughSum,
  span,
  withUnit,
} from '../../../src/renderer/format'
import { problemText, speak } from '../../../src/renderer/messages'
import { exampleOf } from '../../../src/renderer/settings/nameTemplate'
import { shortcutSigns } from '../../../src/renderer/ui/shortcut'

const gap = '\u00a0'

beforeAll(async () => {
  // The catalogue writes the language into the page; here there is only the place for it.
  Object.assign(globalThis, { document: { documentElement: { lang: '', dir: '' } } })
  await speak('en')
})

describe('figures', () => {
  it('would say 100 % before a job is done, or 1000 MB instead of 1 GB', () => {
    expect(percent(0.999)).toBe(`99${gap}%`)
    expect(percent(1)).toBe(`100${gap}%`)
    expect(bytes(999)).toBe(`999${gap}B`)
    expect(bytes(8_400_000)).toBe(`8.4${gap}MB`)
    expect(bytes(999_950_000)).toBe(`1${gap}GB`)
    expect(bytes(412_000_000_000)).toBe(`412${gap}GB`)
  })

  it('would show 0:60, lose the hour, or round the length of a video away', () => {
    expect(clock(59_999)).toBe('0:59')
    expect(clock(60_000)).toBe('1:00')
    expect(clock(3_723_000)).toBe('1:02:03')
    expect(duration(5000)).toBe(`5${gap}s`)
    expect(duration(5250)).toBe(`5.3${gap}s`)
    expect(duration(64_000)).toBe('1:04')
    expect(span(42)).toBe('40 s')
    expect(span(185)).toBe('3 min')
  })

  it('would call what is free $0.00, hide a tenth of a cent, or take credits for a currency', () => {
    expect(money({ micros: 0, currency: 'USD' })).toBe('free')
    expect(money({ micros: 7_500_000, currency: 'USD' })).toBe('$7.50')
    expect(money({ micros: 1500, currency: 'USD' })).toBe('$0.0015')
    expect(money({ micros: 60_000_000, currency: 'credits' })).toBe(`60${gap}credits`)
    expect(withUnit(24, 'fps')).toBe(`24${gap}fps`)
  })

  it('would write millions out where there is room for five characters, or round small sums', () => {
    const axis = (units: number, currency = 'USD') => roughSum({ micros: 0, currency }, units * 1_000_000)
    expect(axis(99_999)).toBe('$0.00')
    expect(axis(100_000)).toBe('$0')
    expect(roughSum({ micros: 1_250_000_000_000, currency: 'USD' }, 2_500_000_000_000)).toBe('$1.3M')
    expect(roughSum({ micros: 60_000_000_000, currency: 'credits' }, 120_000_000_000)).toBe(
      `60K${gap}credits`,
    )
    expect(roughSum({ micros: 60_000_000, currency: 'credits' }, 120_000_000)).toBe(`60${gap}credits`)
  })
})

describe('the template of file names', () => {
  it('would show another name than the one that is made', () => {
    const sample = {
      date: '2026-11-21',
      time: '10-00-00',
      model: 'Animatic',
      words: 'fog',
      seed: '42',
      id: 'a',
    }
    expect(exampleOf('{date}  {model} take {seed}', sample)).toBe('2026-11-21 Animatic take 42.mp4')
  })
})

describe('the palette', () => {
  it('would find by letters strewn over a text, or not find by beginnings of words', () => {
    expect(score('City wakes, trams leave the depot', 'ett')).toBeNull()
    expect(score('Go to the queue', 'gq')).not.toBeNull()
    expect(score('Go to the queue', 'goqu')).not.toBeNull()
    expect(score('霓虹雨夜的上海街头', '上海')).not.toBeNull()
  })

  it('would put a hit inside a word before one at its beginning', () => {
    const beginning = score('Open settings', 'set') ?? 0
    const inside = score('Reset the view', 'set') ?? 0
    const initials = score('Skip every title', 'set') ?? 0
    expect(beginning).toBeGreaterThan(inside)
    expect(inside).toBeGreaterThan(initials)
  })
})

describe('words', () => {
  it('would show a shortcut in letters nobody finds on a key', () => {
    expect(shortcutSigns('Mod+Shift+Enter')).toEqual(['Ctrl', 'Shift', '↵'])
    expect(shortcutSigns('i')).toEqual(['I'])
    expect(shortcutSigns('+')).toEqual(['+'])
    expect(shortcutSigns('Mod++')).toEqual(['Ctrl', '+'])
  })

  it('would leave a gap in a sentence, or make one up for a problem nobody named', () => {
    expect(problemText('prompt.tooLong', { length: 5000, max: 4000 })?.message).toContain('5000')
    expect(problemText('no.such.problem')).toBeNull()
  })
})
