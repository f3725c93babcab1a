import { describe, expect, test } from 'vitest'
import { staysInside } from '../../../src/main/library'
import { fileStem, monthOf, nameBudget } from '../../../src/main/library/names'

const at = new Date(2026, 10, 21, 9, 5, 7).getTime()
const parts = { at, model: 'animatic', prompt: '', seed: '42', id: '019a-id' }
const named = (prompt: string, template = '{words}', budget = 120) =>
  fileStem(template, { ...parts, prompt }, budget)

describe('a file name', () => {
  test('is filled from the template in the system time zone', () => {
    expect(named('A fox runs', '{date} {time} {model} {words} {seed} {id}')).toBe(
      '2026-11-21 09-05-07 animatic A fox runs 42 019a-id',
    )
    expect(monthOf(at)).toBe('2026-11')
  })

  test('leaves unknown names of the template as they are and closes the gap of empty ones', () => {
    expect(fileStem('{model}  {seed} {nope}', { ...parts, seed: '' }, 120)).toBe('animatic {nope}')
  })

  test.each([
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
    ['../../etc/passwd', 'etc passwd'],
    ['...hidden', 'hidden'],
    ['--rm -rf', 'rm -rf'],
    ['ends with dots... ', 'ends with dots'],
    ['two\nlines\tand\0nul', 'two lines and nul'],
    ['CON', '_CON'],
    ['nul', '_nul'],
    ['com1.take two', '_com1.take two'],
    ['console', 'console'],
    ['', 'video'],
    ['///', 'video'],
    ['. . .', 'video'],
    ['\u202Egpj.exe', 'gpj.exe'],
    ['zero\u200Bwidth\uFEFF', 'zerowidth'],
    ['lone \uD83D surrogate', 'lone surrogate'],
    ['e\u0301te\u0301', 'été'],
    ['奔跑的猫，在雨中', '奔跑的猫，在雨中'],
    ['שלום עולם', 'שלום עולם'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['👩‍🚀 walks', '👩‍🚀 walks'],
  ])('is safe and still readable: %j', (prompt, name) => {
    expect(named(prompt)).toBe(name)
  })

  test('is never cut inside a letter with its marks or inside an emoji', () => {
    expect(named('👩‍🚀'.repeat(40), '{words}', 30)).toBe('👩‍🚀'.repeat(2))
    const marks = `a${'\u0301'.repeat(80)}`
    expect(named(`short ${marks}`, '{words}', 40)).toBe('short')
  })

  test('is cut at a word where one ends nearby', () => {
    expect(named('a long sentence about nothing', '{words}', 18)).toBe('a long sentence')
  })

  test.each(['x', '猫', '🐈', 'e\u0301', '\u0301', 'word '])(
    'fits every file system however long the prompt is: 5,000 times %j',
    (text) => {
      const stem = named(text.repeat(5000), '{date} {model} {words}', nameBudget(40))
      expect(Buffer.byteLength(`${stem} 99.mp4.part`)).toBeLessThanOrEqual(143)
      expect(staysInside(`2026-11/${stem}.mp4`)).toBe(true)
    },
  )

  test('leaves the whole path short enough for Windows in a deep folder', () => {
    const folder = `C:\\${'deep\\'.repeat(30)}2026-11\\`
    const stem = named('word '.repeat(500), '{words} {words} {words} {words}', nameBudget(folder.length))
    expect(`${folder}${stem} 99.mp4.part`.length).toBeLessThanOrEqual(240)
    expect(nameBudget(400)).toBeGreaterThanOrEqual(20)
  })
})
