import { expect, it } from 'vitest'
import { reordered, type Place } from '@shared/queue'

const order = ['a', 'b', 'c', 'd', 'e']
const after = (moving: string, to: Place) => reordered(order, moving.split(''), to)?.join('') ?? null

it.each<[string, Place, string]>([
  ['c', 'top', 'cabde'],
  ['c', 'bottom', 'abdec'],
  ['c', 'up', 'acbde'],
  ['c', 'down', 'abdce'],
  ['a', 'up', 'abcde'],
  ['e', 'down', 'abcde'],
  ['c', { before: 'a' }, 'cabde'],
  ['c', { after: 'd' }, 'abdce'],
  ['a', { after: 'e' }, 'bcdea'],
  ['c', { before: 'c' }, 'abcde'],
])('puts %s at %o', (moving, to, wanted) => {
  expect(after(moving, to)).toBe(wanted)
})

it('moves several together, in the order they stood in and not in that of the call', () => {
  expect(after('db', 'top')).toBe('bdace')
  expect(after('db', 'bottom')).toBe('acebd')
  expect(after('cd', 'up')).toBe('acdbe')
  expect(after('bc', 'down')).toBe('adbce')
  expect(after('ae', { before: 'c' })).toBe('baecd')
  expect(after('bd', { after: 'd' })).toBe('acbde')
})

it('neither loses nor doubles a job for an id that is not in the queue', () => {
  expect(after('xc', 'top')).toBe('cabde')
  expect(after('xc', 'bottom')).toBe('abdec')
  expect(after('xc', 'down')).toBe('abdce')
  expect(after('c', { before: 'x' })).toBeNull()
})
