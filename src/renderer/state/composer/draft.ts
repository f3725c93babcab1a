import type { AssetInfo, InputRole } from '@shared/contract'
import { inputRoles } from '@shared/words'
import type { Params } from './fields'
import type { ComposerInput } from './inputs'
import { paintedOf } from './painted'
import { maxCount, type Composition } from './requests'

type Unknown = Record<string, unknown>

const isObject = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What of the composer is kept across restarts. */
export interface ComposerDraft extends Composition {
  collapsed: boolean
}

/** The draft as main keeps it: plain data with a version of its shape. */
export function writeDraft(draft: ComposerDraft): Record<string, unknown> {
  const { prompt, models, params, inputs, count, connections, collapsed } = draft
  return { version: 1, prompt, models, params, inputs, count, connections, collapsed }
}

/** Whether an object is what a control of its own makes: a camera move, or what was painted. */
const isMade = (value: Unknown) =>
  typeof (value['type'] ?? value['shot_type']) === 'string' || paintedOf(value) !== null

/** Parameters of one model, of any origin: what no control of the page could hold is left out. */
export function readParams(own: Unknown): Params {
  const known: Params = {}
  for (const [name, set] of Object.entries(own)) {
    const plain = typeof set === 'string' || typeof set === 'number' || typeof set === 'boolean'
    if (plain || (isObject(set) && isMade(set))) known[name] = set
  }
  return known
}

function readAllParams(value: unknown): Record<string, Params> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([model, own]) => (isObject(own) ? [[model, readParams(own)]] : [])),
  )
}

function readTexts(value: unknown): Record<string, string> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function readAsset(value: unknown): AssetInfo | null {
  if (!isObject(value)) return null
  const { id, name, width, height, mime, bytes, alpha, createdAt } = value
  if (typeof id !== 'string' || typeof name !== 'string' || typeof mime !== 'string') return null
  if (typeof width !== 'number' || typeof height !== 'number' || typeof bytes !== 'number') return null
  return {
    id,
    name,
    mime,
    width,
    height,
    bytes,
    alpha: alpha === true,
    createdAt: typeof createdAt === 'number' ? createdAt : 0,
    notes: [],
  }
}

function readInputs(value: unknown): ComposerInput[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    if (!isObject(entry)) return []
    const role = inputRoles.find((known): known is InputRole => known === entry['role'])
    const asset = readAsset(entry['asset'])
    return role && asset ? [{ role, asset }] : []
  })
}

/** A draft of any age read back: what fits is kept, what does not is left out. Null for something else altogether. */
export function readDraft(value: unknown): ComposerDraft | null {
  if (!isObject(value) || value['version'] !== 1) return null
  const { prompt, models, params, inputs, count, connections, collapsed } = value
  const whole = typeof count === 'number' && Number.isInteger(count) ? count : 1
  return {
    prompt: typeof prompt === 'string' ? prompt : '',
    models: Array.isArray(models) ? models.filter((id): id is string => typeof id === 'string') : [],
    params: readAllParams(params),
    inputs: readInputs(inputs),
    count: Math.min(Math.max(whole, 1), maxCount),
    connections: readTexts(connections),
    collapsed: collapsed === true,
  }
}
