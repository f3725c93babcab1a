import { expect, it } from 'vitest'
import { Seqs } from '../../../src/main/history/seqs'
import { seededRandom } from '../../support/clock'

const read = (list: string) => Seqs.read(Buffer.from(list))

it.each([
  ['', []],
  ['7', [7]],
  ['1,23,456', [1, 23, 456]],
  ['30,31,32,33,63,64', [30, 31, 32, 33, 63, 64]],
  ['16777215,16777216', [16_777_215, 16_777_216]],
])('reads the list “%s”, at the edges of its words too', (list, numbers) => {
  const seqs = read(list)
  expect(seqs.list()).toEqual(numbers)
  expect(numbers.every((number) => seqs.has(number))).toBe(true)
  expect([0, 2, 22, 24, 34, 65, 457, 16_777_214, 16_777_217].filter((number) => seqs.has(number))).toEqual([])
})

it('holds exactly what it was made of, read or given (against a plain set)', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 50; round += 1) {
    const plain = new Set(
      Array.from({ length: round * 4 }, () => 1 + Math.floor(random.fraction() * 50 * (round + 1))),
    )
    const numbers = [...plain].sort((a, b) => a - b)
    expect(Seqs.of([...plain]).list()).toEqual(numbers)
    const seqs = read(numbers.join(','))
    expect(seqs.list()).toEqual(numbers)
    const all = Array.from({ length: 3_000 }, (_, number) => number)
    expect(all.filter((number) => seqs.has(number))).toEqual(numbers)
  }
})
