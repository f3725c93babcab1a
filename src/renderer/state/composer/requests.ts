import type { JobPreview, JobRequest, ModelInfo, Money } from '@shared/contract'
import type { ComposerInput } from './inputs'
import type { Params } from './fields'
import { maskInputs } from './painted'

/** All that stands in the composer and decides what is asked for. */
export interface Composition {
  prompt: string
  /** Ids of the chosen models, in the order of choosing. */
  models: string[]
  /** What was set, by model and parameter; what was left alone is absent. */
  params: Record<string, Params>
  inputs: ComposerInput[]
  /** Jobs of each model. */
  count: number
  /** The chosen connection by what it serves (`Need.key`); it may be gone by now. */
  connections: Record<string, string>
}

/** Which connection a model's jobs go through, given what was chosen; undefined where it needs or has none. */
export type ConnectionOf = (model: string, chosen: Composition['connections']) => string | undefined

/** The most of one kind in one press, as the contract has it. */
export const maxCount = 50
/** The most requests in one batch, as the contract has it. */
export const maxRequests = 200

/** One wish for each chosen model; what the person left alone is left out. */
export function requestsOf(composition: Composition, connectionOf: ConnectionOf): JobRequest[] {
  const inputs = composition.inputs.map(({ role, asset }) => ({ role, assetId: asset.id }))
  return composition.models.map((model) => {
    const params = composition.params[model] ?? {}
    const all = [...inputs, ...maskInputs(params)]
    const connectionId = connectionOf(model, composition.connections)
    return {
      model,
      ...(connectionId === undefined ? {} : { connectionId }),
      prompt: composition.prompt,
      ...(Object.keys(params).length > 0 ? { params } : {}),
      ...(all.length > 0 ? { inputs: all } : {}),
      ...(composition.count > 1 ? { count: composition.count } : {}),
    }
  })
}

/** Length of a prompt as a person counts it: characters, not UTF-16 units. */
export function promptLength(prompt: string): number {
  let length = prompt.length
  for (let at = 1; at < prompt.length; at += 1)
    if ((prompt.charCodeAt(at) & 0xfc00) === 0xdc00 && (prompt.charCodeAt(at - 1) & 0xfc00) === 0xd800)
      length -= 1
  return length
}

/** The least of the chosen models' limits, or null when none is chosen. */
export function promptLimit(models: readonly ModelInfo[]): number | null {
  return models.length === 0 ? null : Math.min(...models.map((model) => model.prompt.max))
}

/** Whether these models need a prompt that is not there. */
export function promptMissing(models: readonly ModelInfo[], composition: Composition): boolean {
  if (composition.prompt.trim() !== '') return false
  return models.some(
    ({ prompt }) =>
      prompt.required === 'always' ||
      (prompt.required === 'without_image' && composition.inputs.length === 0),
  )
}

/** What all chosen models together come to. */
export interface Estimate {
  jobs: number
  /** One sum a currency; nothing when all are free. */
  money: Money[]
  /** At least one price is not known, so the sums are not all of it. */
  unknown: boolean
  /** Usual seconds until the last is done; null where not known. */
  seconds: number | null
}

/** Adds up previews: money by currency, time by the slowest model with its jobs in as many lanes as it runs. */
export function estimateOf(
  previews: readonly JobPreview[],
  concurrency: (model: string) => number,
  times = 1,
): Estimate {
  const sums = new Map<string, number>()
  let unknown = false
  let seconds: number | null = 0
  let jobs = 0
  for (const preview of previews) {
    const count = preview.count * times
    jobs += count
    if (!preview.estimate) unknown = true
    else if (preview.estimate.micros > 0) {
      const { currency, micros } = preview.estimate
      sums.set(currency, (sums.get(currency) ?? 0) + micros * times)
    }
    const rounds = Math.ceil(count / Math.max(1, concurrency(preview.model)))
    seconds =
      seconds === null || preview.seconds === null ? null : Math.max(seconds, preview.seconds * rounds)
  }
  return { jobs, money: [...sums].map(([currency, micros]) => ({ micros, currency })), unknown, seconds }
}
