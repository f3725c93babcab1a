import { issue, StudioError, type Issue } from '@shared/problems'
import type { JobInput, JobRequest, WireRequest } from '@shared/contract'
import { isServed } from '@shared/served'
import type { z } from 'zod'
import type { AssetRecord, NewJob } from '../history'
import { paramRange, readParams, type Model, type Provider } from '../providers'
import { checkInputs } from './inputs'
import { checkPrompt } from './prompt'
import type { JobDeps } from './engine'

type Request = z.output<typeof JobRequest>
type Path = (string | number)[]
type Params = Record<string, unknown>

/** A request that was found good: what each of its jobs is made of. */
export interface Admitted {
  provider: Provider
  model: Model
  prompt: string
  connectionId: string | null
  inputs: JobInput[]
  /** Width over height of the video to come. */
  ratio(params: Params): number | null
  /** Frozen parameters of each job. */
  params: [Params, ...Params[]]
}

type AdmitDeps = Pick<JobDeps, 'providers' | 'assets' | 'random' | 'connections' | 'hosting'>

/**
 * Checks one request against its model's description. To `make` jobs, seeds are drawn (see {@link seeded}); a `preview`
 * tells the price before there is a connection.
 * Issues have their path below `at`.
 */
export function admit(
  deps: AdmitDeps,
  request: Request,
  purpose: 'make' | 'again' | 'preview',
  at: Path = [],
): { admitted: Admitted; issues: [] } | { admitted: null; issues: Issue[] } {
  const known = deps.providers.model(request.model)
  if (!known) {
    return { admitted: null, issues: [issue([...at, 'model'], 'model.notFound', { model: request.model })] }
  }
  const { provider, model } = known
  const inputs = request.inputs ?? []
  const count = request.count ?? 1
  const given = seeded(deps, known, request.params ?? {}, count, purpose === 'make')
  const read = given.map((params) => readParams(model, params, [...at, 'params']))
  const images = inputs.map((input) => deps.assets.get(input.assetId))
  const issues = [
    ...checkConnection(deps, known, request.connectionId, purpose !== 'preview', at),
    ...checkPrompt(model, request.prompt, inputs, at),
    ...checkInputs(model, inputs, images, at),
    ...checkHosting(deps, model, inputs, request.connectionId, at),
    // The jobs of one request differ in their seed only: what is wrong with the first says it for all.
    ...(read.find((one) => one.issues.length > 0)?.issues ?? []),
  ]
  const [head, ...more] = read.flatMap((one) => (one.params ? [one.params] : []))
  if (head && issues.length === 0) {
    const wish = { prompt: request.prompt, params: head, inputs }
    issues.push(...(model.check?.(wish) ?? []).map((one) => ({ ...one, path: [...at, ...one.path] })))
  }
  if (issues.length > 0 || !head) return { admitted: null, issues }
  const image = firstImage(inputs, images)
  return {
    admitted: {
      provider,
      model,
      prompt: request.prompt,
      connectionId: request.connectionId ?? null,
      inputs,
      ratio: (params) => model.ratio(params, image),
      params: [head, ...more],
    },
    issues: [],
  }
}

/** One sentence for what is wrong: the issue itself where there is only one. */
export function refusal(issues: Issue[]): StudioError {
  const [only, ...more] = issues
  if (!only || more.length > 0) return new StudioError('invalid_request', 'request.invalid', { issues })
  return new StudioError('invalid_request', only.key, {
    issues,
    ...(only.values ? { values: only.values } : {}),
  })
}

/**
 * A seed that was given counts up by one for each job. One that was left alone stays so at a provider, which draws its
 * own; work done on this computer gets one drawn here for each job, so that they differ and can be made again.
 */
function seeded(
  { random }: AdmitDeps,
  { provider, model }: { provider: Provider; model: Model },
  given: Params,
  count: number,
  draw: boolean,
): Params[] {
  const name = model.shared.seed
  const jobs = Array.from({ length: count }, (_, index) => ({ index, params: given }))
  if (name === undefined) return jobs.map(({ params }) => params)
  const seed = given[name]
  if (typeof seed === 'number') return jobs.map(({ index, params }) => ({ ...params, [name]: seed + index }))
  if (seed !== undefined || !provider.offline || !draw) return jobs.map(({ params }) => params)
  return jobs.map(({ params }) => ({ ...params, [name]: drawSeed(model, name, random) }))
}

/** A seed within what the model takes. */
export function drawSeed(model: Model, name: string, random: AdmitDeps['random']): number {
  const { min, max } = paramRange(model, name)
  return min + Math.floor(random.fraction() * (max - min + 1))
}

function checkConnection(
  { connections }: AdmitDeps,
  { provider, model }: { provider: Provider; model: Model },
  connectionId: string | undefined,
  needed: boolean,
  at: Path,
): Issue[] {
  const path = [...at, 'connectionId']
  const values = { provider: provider.label }
  if (provider.needsConnection && connectionId === undefined) {
    return needed ? [issue(path, 'connection.required', values)] : []
  }
  if (connectionId === undefined) return []
  if (!provider.needsConnection) return [issue(path, 'connection.none', values)]
  const record = connections.record(connectionId)
  if (record === null || record.removedAt !== null) return [issue(path, 'connection.gone')]
  if (record.provider !== provider.id) return [issue(path, 'connection.otherProvider', values)]
  if (!isServed(model.info.servedBy, record.settings)) {
    return [issue(path, 'connection.notServed', { connection: record.label, model: model.info.label })]
  }
  return record.enabled ? [] : [issue(path, 'connection.disabled', { connection: record.label })]
}

/** Images that only an address is taken of need a hosting; found here, and not after the job was queued. */
function checkHosting(
  { connections, hosting }: AdmitDeps,
  model: Model,
  inputs: readonly JobInput[],
  connectionId: string | undefined,
  at: Path,
): Issue[] {
  const record = connectionId === undefined ? null : connections.record(connectionId)
  if (record === null || hosting.of(record.settings) !== null) return []
  const index = inputs.findIndex(({ role }) =>
    model.inputs.some((rule) => rule.role === role && rule.sent === 'address'),
  )
  return index < 0 ? [] : [issue([...at, 'inputs', index], 'hosting.none')]
}

/** The image that the video begins with, else the one it ends with. */
function firstImage(inputs: JobInput[], images: (AssetRecord | null)[]): AssetRecord | null {
  const at = (role: JobInput['role']) => images[inputs.findIndex((input) => input.role === role)] ?? null
  return at('first') ?? at('last')
}

/** The row of one job of an admitted request. */
export function newJob(
  { clock, random, connections }: Pick<JobDeps, 'clock' | 'random' | 'connections'>,
  admitted: Admitted,
  params: Params,
  from: { batchId: string | null; retryOf: string | null },
): NewJob & { request: WireRequest } {
  const { provider, model, prompt, connectionId, inputs } = admitted
  const createdAt = clock.now()
  const id = random.id(createdAt)
  const idempotencyToken = random.id(createdAt)
  const settings = connectionId === null ? null : (connections.record(connectionId)?.settings ?? null)
  const endpoint = provider.endpoint?.(settings) ?? null
  const place = settings === null ? null : (provider.place?.(settings) ?? null)
  const sent = { id, model: model.info.id, prompt, params, inputs, idempotencyToken, endpoint, place }
  return {
    ...from,
    ...sent,
    provider: provider.id,
    connectionId,
    request: provider.request(sent),
    estimate: model.estimate(params),
    priceDate: model.info.price.date,
    price: model.info.price,
    ratio: admitted.ratio(params),
    createdAt,
  }
}
