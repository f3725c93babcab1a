import { z } from 'zod'
import type { Model } from '../types'

/**
 * What a task is of that was begun elsewhere: Kling tells neither its model nor what was asked for. Nobody can choose it,
 * since no connection serves it.
 */
export const importedModel: Model = {
  info: {
    id: 'kling-task',
    provider: 'kling',
    label: 'Kling, begun elsewhere',
    summary: 'A task that was begun elsewhere',
    prompt: { required: 'never', max: 2500 },
    inputs: [],
    price: {
      unit: 'unknown',
      micros: 0,
      currency: 'USD',
      date: '2026-11-21',
      source: 'Kling does not tell which model a task is of',
    },
    typicalSeconds: null,
    concurrency: 2,
    cancel: 'stops_watching',
    docs: null,
    servedBy: { field: 'kind', in: [] },
  },
  params: z.strictObject({}),
  inputs: [],
  shared: {},
  estimate: () => null,
  seconds: () => null,
  ratio: () => null,
}
