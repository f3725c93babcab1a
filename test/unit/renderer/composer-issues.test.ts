import { expect, it } from 'vitest'
import { complaintsOf, paramComplaint } from '../../../src/renderer/state/composer/issues'

it('a sentence about one model of a batch stands at that model, not at all of them', () => {
  const refused = {
    title: 'Some values need another look.',
    issues: [
      { path: ['requests', 1, 'params', 'duration'], text: 'The most is 10.' },
      { path: ['prompt'], text: 'Write a prompt.' },
    ],
  }
  const complaints = complaintsOf(refused, ['a', 'b'])
  expect(paramComplaint(complaints, 'b', 'duration')).toBe('The most is 10.')
  expect(paramComplaint(complaints, 'a', 'duration')).toBeUndefined()
  expect(complaints[1]).toEqual({ model: null, place: { kind: 'prompt' }, text: 'Write a prompt.' })
})

it('a refusal without a place is still said', () => {
  expect(complaintsOf({ title: 'The disk is full.', issues: [] }, ['a'])).toEqual([
    { model: 'a', place: { kind: 'whole' }, text: 'The disk is full.' },
  ])
})

it('a path nobody knows is said of the whole instead of being lost', () => {
  const [complaint] = complaintsOf({ title: 'x', issues: [{ path: ['shape'], text: 'No.' }] }, ['a', 'b'])
  expect(complaint).toEqual({ model: null, place: { kind: 'whole' }, text: 'No.' })
})
