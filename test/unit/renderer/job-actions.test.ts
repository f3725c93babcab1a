import { expect, test } from 'vitest'
import type { Charged, JobState, ModelInfo } from '../../../src/shared/contract'
import { isAskable, paysTwice } from '../../../src/renderer/actions/asked'

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

const paid = { price: { unit: 'second' } } as ModelInfo
const free = { price: { unit: 'free' } } as ModelInfo
const ended = (state: JobState, charged: Charged, fetchable = false) => ({ state, charged, fetchable })

test.each([
  ['nobody knows what became of it', ended('needs_attention', 'unknown'), paid, true],
  ['it needs attention and was never sent', ended('needs_attention', 'no'), paid, false],
  ['it was let rest and nobody knows whether it was charged', ended('failed', 'unknown'), paid, true],
  ['its video can still be fetched', ended('failed', 'yes', true), paid, true],
  ['it was stopped too late to know', ended('cancelled', 'unknown'), paid, true],
  ['it certainly was not charged', ended('failed', 'no'), paid, false],
  ['it was charged, and there is nothing to be had for it', ended('failed', 'yes'), paid, false],
  ['it costs nothing', ended('failed', 'unknown'), free, false],
  ['its model is not known any more', ended('failed', 'unknown'), undefined, true],
  ['it is under way', ended('processing', 'unknown'), paid, false],
] as const)(
  'a second payment would be offered as a plain retry, or the other way, although %s',
  (_why, job, model, twice) => {
    expect(paysTwice(job, model)).toBe(twice)
  },
)
