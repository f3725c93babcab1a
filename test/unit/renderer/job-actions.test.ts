import { expect, test } from 'vitest'
import { isAskable } from '../../../src/renderer/actions/asked'

const providers = [
  { id: 'wan22', finds: false },
  { id: 'kling', finds: true },
]

test.each([
  ['nobody can be asked about it', { state: 'needs_attention', provider: 'wan22', known: false }, false],
  ['the provider has given it an id', { state: 'needs_attention', provider: 'wan22', known: true }, true],
  ['the provider finds it by our token', { state: 'needs_attention', provider: 'kling', known: false }, true],
  ['it needs no attention', { state: 'failed', provider: 'kling', known: true }, false],
] as const)('“Check again” would be offered, or kept back, although %s', (_why, job, can) => {
  expect(isAskable(job, providers)).toBe(can)
})
