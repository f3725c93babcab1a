import { expect, test } from 'vitest'
import { evenShots, lengthOf, readCut, writeCut } from '../../../src/renderer/composer/shots/shots'

test.each([
  [['a', 'b'], 5, [3, 2]],
  [['a', 'b', 'c'], 15, [5, 5, 5]],
  [['a', 'b', 'c', 'd'], 3, [1, 1, 1, 1]],
])('%j over %i seconds would not be whole seconds as even as they can be', (texts, seconds, lengths) => {
  expect(evenShots(texts, seconds).map(({ duration }) => duration)).toEqual(lengths)
  expect(evenShots(texts, seconds).map(({ prompt }) => prompt)).toEqual(texts)
})

test('a cut would not come back from a draft as it was written', () => {
  const shots = [{ prompt: ' a ', duration: 2 }]
  expect(readCut(writeCut({ by: 'hand', shots }))).toEqual({ by: 'hand', shots })
  expect(readCut(writeCut({ by: 'model' }))).toEqual({ by: 'model' })
  expect(lengthOf([...shots, ...shots])).toBe(4)
})

test.each([undefined, 'intelligence', { type: 'simple' }, { shot_type: 'customize' }, { shot_type: 'else' }])(
  '%j would be taken for a cut',
  (value) => {
    expect(readCut(value)).toBeNull()
  },
)
