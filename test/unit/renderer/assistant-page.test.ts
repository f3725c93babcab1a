import { describe, expect, it } from 'vitest'
import { emptyRow, entriesFrom, inserted, moved, readRatio } from '../../../src/renderer/assistant/shotTable'
import { fitTarget, lackOf, translateInto, wishOf } from '../../../src/renderer/assistant/wish'
import { wordDiff, type Part } from '../../../src/renderer/assistant/wordDiff'
import { createLive } from '../../../src/renderer/state/assistant/live'
import {
  samplingChosen,
  samplingFor,
  withSampling,
  wishOfSampling,
} from '../../../src/renderer/state/assistant/sampling'
import { readAssistant } from '../../../src/renderer/state/assistant/draft'

const joined = (parts: Part[], without: Part['kind']) =>
  parts
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('')

describe('the difference of two prompts', () => {
  const pairs: [before: string, after: string][] = [
    ['a red fox runs', 'a quick red fox, running'],
    ['', 'new'],
    ['old', ''],
    ['same', 'same'],
    ['盐湖上一位骑手慢慢走过', '清晨的盐湖上，一位骑手缓缓走过'],
    ['line one\nline two', 'line one\n\nline 2'],
    ['🦊 jumps', '🦊🦊 jump'],
  ]

  it('would lose or add a sign of either of them', () => {
    for (const [before, after] of pairs) {
      const parts = wordDiff(before, after)
      expect(joined(parts, 'gone')).toBe(after)
      expect(joined(parts, 'new')).toBe(before)
    }
  })

  it('would mark what is the same, or whole sentences for one word', () => {
    expect(wordDiff('a red fox runs', 'a grey fox runs')).toEqual([
      { kind: 'same', text: 'a ' },
      { kind: 'gone', text: 'red' },
      { kind: 'new', text: 'grey' },
      { kind: 'same', text: ' fox runs' },
    ])
    const chinese = wordDiff('一位骑手慢慢走过盐湖', '一位骑手缓缓走过盐湖')
    expect(chinese.find(({ kind }) => kind === 'new')?.text).toBe('缓缓')
  })

  it('would tear a rewritten stretch apart at the blanks in it', () => {
    const parts = wordDiff('one two three four', 'five six seven eight')
    expect(parts.map(({ kind }) => kind)).toEqual(['gone', 'new'])
  })

  it('would hang on two long texts that have nothing in common', () => {
    const long = (word: string) => Array.from({ length: 10_000 }, (_, at) => `${word}${at}`).join(' ')
    const begun = performance.now()
    const parts = wordDiff(long('a'), long('b'))
    expect(performance.now() - begun).toBeLessThan(2000)
    expect(joined(parts, 'gone')).toBe(long('b'))
  })
})

describe('words as they come', () => {
  it('would tell a follower twice what it has, or lose what came before it', () => {
    const live = createLive('One ')
    live.append('two ')
    const heard: string[] = []
    const stop = live.follow((words) => heard.push(words))
    live.append('three')
    stop()
    live.append('!')
    expect(heard).toEqual(['three'])
    expect(live.text).toBe('One two three!')
  })
})

describe('the table of shots', () => {
  const rows = ['a', 'b', 'c'].map((key) => ({ ...emptyRow(key), prompt: key }))
  const keys = (list: { key: string }[]) => list.map(({ key }) => key).join('')

  it('would put a row elsewhere than its key says', () => {
    expect(keys(moved(rows, 'b', 'up').rows)).toBe('bac')
    expect(keys(moved(rows, 'b', 'bottom').rows)).toBe('acb')
    expect(keys(moved(rows, 'c', 'top').rows)).toBe('cab')
    expect(moved(rows, 'a', 'up')).toEqual({ rows, at: 0 })
    expect(moved(rows, 'c', 'down')).toEqual({ rows, at: 2 })
    expect(keys(moved(rows, 'gone', 'up').rows)).toBe('abc')
    expect(keys(inserted(rows, emptyRow('x'), 'a'))).toBe('axbc')
    expect(keys(inserted(rows, emptyRow('x')))).toBe('abcx')
  })

  it('would take for a ratio what is none, or set what was left open', () => {
    expect([
      readRatio(' 16:9 '),
      readRatio('9：16'),
      readRatio(''),
      readRatio('wide'),
      readRatio('0:9'),
    ]).toEqual(['16:9', '9:16', null, undefined, undefined])
    const row = { ...emptyRow('a'), prompt: ' Fog ' }
    expect(entriesFrom([row, { ...row, seconds: 5, ratio: '16:9' }])).toEqual([
      { prompt: 'Fog', cells: {} },
      { prompt: 'Fog', cells: { duration: '5', ratio: '16:9' } },
    ])
  })
})

describe('the choice of words', () => {
  const held = {
    styleId: 'anime',
    samplings: { anime: { kind: 'topP', value: 0.4 }, none: { kind: 'temperature', value: 3 } },
  } as const

  it('would be sent to a model that refuses it, or out of its range', () => {
    expect(samplingFor(held, { sampling: true })).toEqual({ topP: 0.4 })
    expect(samplingFor(held, { sampling: false })).toBeUndefined()
    expect(samplingFor({ ...held, styleId: null }, { sampling: true })).toBeNull()
    expect(samplingFor({ ...held, styleId: 'product' }, { sampling: true })).toBeUndefined()
  })

  it('would leave one style with what was chosen for another', () => {
    const changed = withSampling({ ...held, styleId: 'product' }, { kind: 'temperature', value: 0 })
    expect(samplingChosen({ styleId: 'product', samplings: changed })).toEqual({
      kind: 'temperature',
      value: 0,
    })
    expect(samplingChosen({ styleId: 'anime', samplings: changed })).toEqual(held.samplings.anime)
    expect(withSampling(held, { kind: 'usual', value: null })).toEqual({ none: held.samplings.none })
    expect(wishOfSampling({ temperature: 0 })).toEqual({ kind: 'temperature', value: 0 })
    expect(wishOfSampling(null).kind).toBe('usual')
  })
})

describe('a wish', () => {
  const wanted = { ...readAssistant(null), words: 'calm' }
  const standing = { prompt: 'A fox', models: ['kling-v1', 'luma-ray2'], inputs: [] }

  it('would send more than its action takes', () => {
    expect(wishOf({ ...wanted, language: 'fr', styleId: 'anime', conversationId: 'c' }, standing)).toEqual({
      action: 'improve',
      prompt: 'A fox',
      words: 'calm',
      targets: ['kling-v1', 'luma-ray2'],
      styleId: 'anime',
      conversationId: 'c',
    })
    expect(wishOf({ ...wanted, action: 'fit', fitTo: 'luma-ray2' }, standing).targets).toEqual(['luma-ray2'])
    expect(wishOf({ ...wanted, action: 'variations', count: 3 }, standing).count).toBe(3)
  })

  it('would fit to a model that is no longer chosen, or translate into a language that no model takes', () => {
    expect(fitTarget({ fitTo: 'gone' }, standing.models)).toBe('kling-v1')
    expect(translateInto({ language: null }, standing)).toBe('en')
    expect(translateInto({ language: null }, { prompt: 'A fox', models: ['kling-v1'] })).toBe('zh')
    expect(translateInto({ language: 'fr' }, standing)).toBe('fr')
  })

  it('would be asked for without what it works on', () => {
    const lack = (action: typeof wanted.action, words: string, prompt: string, models = ['kling-v1']) =>
      lackOf({ ...wanted, action, words }, { prompt, models, inputs: [] })
    expect(lack('improve', 'calm', ' ')).toBe('prompt')
    expect(lack('expand', 'a fox', '')).toBeNull()
    expect(lack('chat', ' ', 'A fox')).toBe('words')
    expect(lack('describe', '', 'A fox')).toBe('image')
    expect(lack('fit', '', 'A fox', [])).toBe('target')
  })
})
