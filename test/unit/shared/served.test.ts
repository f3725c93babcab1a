import { expect, test } from 'vitest'
import { isServed } from '../../../src/shared/served'

const relay = { field: 'kind', in: ['relay', 'mirror'] }

test('a connection has what hangs on its kind, and nothing of another kind', () => {
  expect(isServed(null, {})).toBe(true)
  expect(isServed(relay, { kind: 'mirror' })).toBe(true)
  expect(isServed(relay, { kind: 'official' })).toBe(false)
  // Kept before there were kinds: nobody can say that it has it.
  expect(isServed(relay, {})).toBe(false)
})
