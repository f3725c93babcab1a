import { z } from 'zod'
import type { InputRule } from '../../../src/shared/contract'
import type { Model } from '../../../src/main/providers'

/** `duration` is required by the provider and filled in; `ratio` and `seed` are left out when left alone. */
export const FakeParams = z
  .strictObject({
    duration: z
      .literal([5, 10])
      .default(5)
      .meta({ title: 'duration', 'x-ui': { place: 'chip', control: 'choice', unit: 's' } }),
    ratio: z
      .enum(['16:9', '9:16'])
      .optional()
      .meta({ title: 'ratio', default: '16:9', 'x-ui': { place: 'chip', control: 'choice' } }),
    strength: z
      .number()
      .min(0)
      .max(1)
      .multipleOf(0.25)
      .optional()
      .meta({ title: 'strength', 'x-ui': { place: 'more', control: 'slider' } }),
    seed: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .meta({ title: 'seed', 'x-ui': { place: 'chip', control: 'seed' } }),
  })
  .check(({ value, issues }) => {
    if (value.duration === 10 && value.ratio === '9:16') {
      const values = { choices: '16:9' }
      issues.push({ code: 'custom', path: ['ratio'], input: value, params: { key: 'field.choice', values } })
    }
  })

export const fakeInput: InputRule = {
  role: 'first',
  required: false,
  max: 1,
  mimes: ['image/png'],
  maxBytes: 1_000_000,
  minSide: 64,
  maxSide: 2048,
  minRatio: 0.5,
  maxRatio: 2,
  sent: 'bytes',
}

/** A model of the simulator. */
export function fakeModel(change: Partial<Model['info']> = {}): Model {
  const inputs = change.inputs ?? [fakeInput]
  return {
    info: {
      id: 'fake-1',
      provider: 'fake',
      label: 'Fake 1',
      summary: 'A model of the simulator',
      prompt: { required: 'without_image', max: 500 },
      inputs,
      price: { unit: 'video', micros: 250_000, currency: 'USD', date: '2026-11-01', source: 'the simulator' },
      typicalSeconds: 600,
      concurrency: 2,
      cancel: 'stops',
      docs: null,
      servedBy: null,
      ...change,
    },
    params: FakeParams,
    inputs,
    shared: { ratio: 'ratio', duration: 'duration', seed: 'seed' },
    estimate: (params) => ({ micros: params['duration'] === 10 ? 500_000 : 250_000, currency: 'USD' }),
    seconds: () => (change.typicalSeconds === undefined ? 600 : change.typicalSeconds),
    ratio: (params, first) =>
      first ? first.width / first.height : params['ratio'] === '9:16' ? 9 / 16 : 16 / 9,
  }
}
