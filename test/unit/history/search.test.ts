import { expect, it } from 'vitest'
import type { History } from '../../../src/main/history'
import { seededRandom } from '../../support/clock'
import { inserted, jobMaker, openTestHistory } from './support'

const prompts = {
  dawn: 'A Lighthouse at dawn, slow push-in (35mm)',
  tokyo: '夜晚的东京街道，霓虹与雨',
  cat: '一只猫在屋顶上奔跑 running',
  wide: 'ＮＥＯＮ　ｃｉｔｙ ｶﾀｶﾅ',
  syntax: 'He said "fire" AND smoke NOT rain; cost 100% a_b * c-d ^e',
  accent: 'Café de Flore, Straße, İstanbul',
  photo: 'photorealistic cinematography of a kinematic cinemati',
}
type Name = keyof typeof prompts

async function filled() {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const jobs = inserted(
    history,
    ...(Object.values(prompts).map((prompt) => make({ prompt })) as [ReturnType<typeof make>]),
  )
  const names = new Map(jobs.map((job, at) => [job.seq, Object.keys(prompts)[at]]))
  return {
    history,
    find: (q: string) => seqsOf(history, q).map((seq) => names.get(seq)),
  }
}

const seqsOf = (history: History, q: string) => history.lists.index({ q }, 'oldest', undefined, 10_000).seqs

it.each<[string, Name[]]>([
  ['lighthouse', ['dawn']],
  ['LIGHTHOUSE', ['dawn']],
  ['ighthou', ['dawn']],
  ['dawn light', ['dawn']],
  ['dawn 东京', []],
  ['东京', ['tokyo']],
  ['京', ['tokyo']],
  ['猫', ['cat']],
  ['猫 run', ['cat']],
  ['东京街道，霓虹与雨', ['tokyo']],
  ['夜晚的东京街道，霓虹与猫', []],
  ['neon', ['wide']],
  ['ｎｅｏｎ city', ['wide']],
  ['カタカナ', ['wide']],
  ['café', ['accent']],
  ['cafe\u0301', ['accent']],
  ['istanbul', []],
  ['photorealistic', ['photo']],
  ['realistic', ['photo']],
  ['cinematographer', []],
  ['kinematography', []],
  ['zz', []],
  ['龍', []],
])('finds “%s” in %j', async (q, expected) => {
  const { find } = await filled()
  expect(find(q)).toEqual(expected)
})

it.each<[string, Name[]]>([
  ['"fire"', ['syntax']],
  ['AND', ['syntax']],
  ['fire AND smoke', ['syntax']],
  ['fire OR lighthouse', []],
  ['NOT', ['syntax']],
  ['NEAR(fire smoke)', []],
  ['*', ['syntax']],
  ['fire*', []],
  ['push-in', ['dawn']],
  ['-in', ['dawn']],
  ['(35mm)', ['dawn']],
  ['text:fire', []],
  ['100%', ['syntax']],
  ['a_b', ['syntax']],
  ['a_', ['syntax']],
  ['^e', ['syntax']],
  ['"', ['syntax']],
  ["'; DROP TABLE job; --", []],
  ['\\', []],
])('takes the signs of %s for text, not for search syntax', async (q, expected) => {
  const { find } = await filled()
  expect(find(q)).toEqual(expected)
})

it.each(['', '   ', '\u3000', '\u0000', '\ud800'])(
  'takes a query without a word (%j) for none',
  async (q) => {
    const { find } = await filled()
    expect(find(q)).toHaveLength(Object.keys(prompts).length)
  },
)

it('finds exactly the prompts that hold all words, whatever they are (against a plain look)', async () => {
  const { history } = await openTestHistory()
  const random = seededRandom(23)
  const pick = (from: string) => from[Math.floor(random.fraction() * from.length)] ?? ''
  const word = (most: number) =>
    Array.from({ length: 1 + Math.floor(random.fraction() * most) }, () => pick('ab东京".-*')).join('')
  const text = (count: number, most: number) => Array.from({ length: count }, () => word(most)).join(' ')
  const made = Array.from({ length: 400 }, () => text(4, 9))
  const make = jobMaker()
  const jobs = history.jobs.insert(made.map((prompt) => make({ prompt })))
  for (let round = 0; round < 300; round += 1) {
    const q = text(1 + (round % 3), 1 + (round % 8))
    const expected = jobs.filter((job) => q.split(' ').every((part) => job.prompt.includes(part)))
    expect([q, seqsOf(history, q)]).toEqual([q, expected.map((job) => job.seq)])
  }
})

it('holds every one of many words against a prompt, also those the index is not asked for', async () => {
  const { history } = await openTestHistory()
  const many = Array.from({ length: 30 }, (_, at) => `word${String(at).padStart(2, '0')}`)
  const make = jobMaker()
  const [whole] = inserted(
    history,
    make({ prompt: many.join(' ') }),
    make({ prompt: many.slice(1).join(' ') }),
  )
  expect(seqsOf(history, many.join(' '))).toEqual([whole.seq])
})

it('finds a job as soon as it is there, and no more once it is purged, for the same words', async () => {
  const { history } = await openTestHistory()
  expect(seqsOf(history, 'whale')).toEqual([])
  const [{ id, seq }] = inserted(history, jobMaker()({ prompt: 'A whale' }))
  expect(seqsOf(history, 'whale')).toEqual([seq])
  history.jobs.purge([id])
  expect(seqsOf(history, 'whale')).toEqual([])
})

it('takes a prompt of 100,000 characters without choking, and finds it by its beginning', async () => {
  const { history } = await openTestHistory()
  const prompt = `Whale ${'东京街道'.repeat(25_000)}`
  const [{ seq }] = inserted(history, jobMaker()({ prompt }))
  expect(seqsOf(history, 'whale 京街')).toEqual([seq])
})
