import { describe, expect, it } from 'vitest'
import { homeless } from '../../../src/main/diagnostics/homeless'
import { mapStrings, wordless } from '../../../src/main/diagnostics/wordless'
import { zip } from '../../../src/main/diagnostics/zip'
import { unzip } from '../../support/unzip'

describe('an archive', () => {
  it('gives back every file, empty, in Chinese or of a megabyte', async () => {
    const files = new Map([
      ['empty.txt', Buffer.alloc(0)],
      ['logs/日志.log', Buffer.from('一只苍鹭\n'.repeat(100))],
      ['big.bin', Buffer.alloc(1_000_000, 'ab')],
    ])
    const list = [...files].map(([name, bytes]) => ({ name, bytes }))
    expect(unzip(await zip(list, Date.UTC(2026, 10, 29)))).toEqual(files)
  })
})

describe('a path', () => {
  it.each([
    ['/home/anna', '/home/anna/Videos/a.mp4', '~/Videos/a.mp4'],
    ['/home/anna', 'in "/media/anna/Disk": full', 'in "/media/<user>/Disk": full'],
    ['/home/anna', '/home/annabel/x', '/home/annabel/x'],
    ['C:\\Users\\Anna', JSON.stringify('C:\\Users\\Anna\\Videos'), '"~\\\\Videos"'],
    ['C:\\Users\\Anna', 'file:///c:/users/anna/x', 'file:///~/x'],
    ['/Users/anna li', 'file:///Users/anna%20li/x', 'file://~/x'],
    ['/root', '/root/x and /data/root', '~/x and /data/<user>'],
    ['/', '/var/log', '/var/log'],
  ])('below %s: %s has no name in it', (home, text, clean) => {
    expect(homeless(home)(text)).toBe(clean)
  })
})

describe('words that somebody wrote', () => {
  const prompt = 'A heron "at dawn" over 山水, slow'
  const without = wordless([prompt, 'cat', 'A heron at noon over the sea and the hills'])

  it.each([
    ['whole', `said ${prompt}!`, 'said [text]!'],
    ['in JSON', `body ${JSON.stringify({ prompt })}`, 'body {"prompt":"[text]"}'],
    ['in JSON of Python', String.raw`"A heron \"at dawn\" over \u5c71\u6c34, slow"`, '"[text]"'],
    ['in an address', `?q=${encodeURIComponent(prompt)}&n=1`, '?q=[text]&n=1'],
    ['cut off', 'A heron at noon over the se', '[text]'],
    ['cut off with dots', 'A heron at noon over the…', '[text]…'],
    ['twice', `${prompt}${prompt}`, '[text][text]'],
    ['short, alone', 'cat', '[text]'],
    ['short, in a word', 'concatenate', 'concatenate'],
    ['not at all', 'A herald came', 'A herald came'],
  ])('%s', (_how, text, clean) => {
    expect(without(text)).toBe(clean)
  })

  it('are found at any depth, and nothing else is changed', () => {
    expect(mapStrings({ a: [1, null, { b: prompt, c: true }] }, without)).toEqual({
      a: [1, null, { b: '[text]', c: true }],
    })
  })
})
