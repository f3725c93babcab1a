import type { AssetInfo, InputRole, JobRequest, ModelInfo } from '@shared/contract'
import { accepts, fieldsOf, type Field, type Params } from '../state/composer/fields'
import { withPairs } from '../state/composer/pairs'
import { obstaclesOf, type ComposerInput, type Obstacle } from '../state/composer/inputs'
import { maskInputs } from '../state/composer/painted'
import { maxCount, promptLength, type Composition, type ConnectionOf } from '../state/composer/requests'
import { cellsInto, fieldOfColumn, ownColumns, type BadCell } from './cells'
import type { Entry } from './entries'

/** A row of seeds, both ends included. */
export interface Seeds {
  from: number
  to: number
}

/** What a batch multiplies: each prompt with each image for each model, some of each. */
export interface Plan {
  entries: readonly Entry[]
  /** Images that each make a video; with none, the composer's own stand for all. */
  images: readonly AssetInfo[]
  /** What those images are for. */
  role: InputRole
  seeds: Seeds | null
  count: number
}

/** Why a row cannot be asked for. */
export type RowTrouble =
  | { kind: 'prompt' }
  | { kind: 'tooLong'; length: number; limit: number }
  /** The motion brush was painted on another frame than the row's own. */
  | { kind: 'painted' }
  | { kind: 'obstacle'; obstacle: Obstacle }
  | { kind: 'cell'; cell: BadCell }
  | { kind: 'model'; name: string }
  | { kind: 'count'; value: string; max: number }
  | { kind: 'seed'; seed: number; max: number | null }

/** One wish of a batch. */
export interface Row {
  /** The same for the same prompt, image and model as long as the prompts stay where they are. */
  key: string
  /** Which prompt of the batch, from 0. */
  place: number
  prompt: string
  image: AssetInfo | null
  /** Null where a table names a model that there is none of. */
  model: ModelInfo | null
  /** What the row sets beyond the composer's settings. */
  set: Params
  /** Seeds were asked for, and this model has none. */
  seedless: boolean
  trouble: RowTrouble | null
  request: JobRequest
}

/** What the rows are made with: the composer as it stands, all models there are, and the accounts. */
export interface PlanContext {
  composition: Composition
  models: readonly ModelInfo[]
  connectionOf: ConnectionOf
}

/** Every wish of a batch, prompt by prompt. Nothing is left out: a row that cannot be asked for says why. */
export function rowsOf(plan: Plan, context: PlanContext): Row[] {
  const images: (AssetInfo | null)[] = plan.images.length > 0 ? [...plan.images] : [null]
  return plan.entries.flatMap((entry, place) =>
    images.flatMap((image) =>
      modelsFor(entry, context).map((model) => rowOf(plan, context, { entry, place, image, model })),
    ),
  )
}

/** Columns of a table that neither the batch nor any of these models knows. */
export function strangeColumns(columns: readonly string[], models: readonly ModelInfo[]): string[] {
  const fields = models.flatMap((model) => withPairs(fieldsOf(model.params)))
  return columns.filter(
    (column) => !ownColumns.some((own) => own === column) && !fieldOfColumn(fields, column),
  )
}

/** How many videos a row makes. */
export const videosOf = ({ request }: Pick<Row, 'request'>) => request.count ?? 1

function modelsFor({ cells }: Entry, { composition, models }: PlanContext): (ModelInfo | string)[] {
  const named = cells['model']
  if (named === undefined) return models.filter(({ id }) => composition.models.includes(id))
  const word = named.toLowerCase()
  const found = models.find(({ id, label }) => id.toLowerCase() === word || label.toLowerCase() === word)
  return [found ?? named]
}

function rowOf(
  plan: Plan,
  { composition, connectionOf }: PlanContext,
  one: { entry: Entry; place: number; image: AssetInfo | null; model: ModelInfo | string },
): Row {
  const { entry, place, image } = one
  const model = typeof one.model === 'string' ? null : one.model
  const id = typeof one.model === 'string' ? one.model : one.model.id
  const fields = model ? withPairs(fieldsOf(model.params)) : []
  const { params: set, bad } = cellsInto(fields, entry.cells)
  const times = timesOf(plan, entry, fields, set)
  const inputs: ComposerInput[] =
    image === null
      ? composition.inputs
      : [...composition.inputs.filter(({ role }) => role !== plan.role), { role: plan.role, asset: image }]
  const params = { ...composition.params[id], ...set, ...times.params }
  const masks = maskInputs(params)
  const images = [...inputs.map(({ role, asset }) => ({ role, assetId: asset.id })), ...masks]
  // What was painted on the composer's frame does not fit another one.
  const painted: RowTrouble | null =
    masks.length > 0 && image !== null && plan.role === 'first' ? { kind: 'painted' } : null
  const connectionId = connectionOf(id, composition.connections)
  const base = { place, prompt: entry.prompt, image, model, set, seedless: times.seedless }
  return {
    ...base,
    key: `${place} ${image?.id ?? ''} ${id}`,
    trouble:
      troubleOf(model, id, entry, inputs) ??
      painted ??
      (bad[0] ? { kind: 'cell', cell: bad[0] } : times.trouble),
    request: {
      model: id,
      ...(connectionId === undefined ? {} : { connectionId }),
      prompt: entry.prompt,
      ...(Object.keys(params).length > 0 ? { params } : {}),
      ...(images.length > 0 ? { inputs: images } : {}),
      ...(times.count > 1 ? { count: times.count } : {}),
    },
  }
}

interface Times {
  count: number
  params: Params
  seedless: boolean
  trouble: RowTrouble | null
}

/** How many of a row, and from which seed on; a row's own count or seed in a table goes first. */
function timesOf({ seeds, count }: Plan, { cells }: Entry, fields: readonly Field[], set: Params): Times {
  const none = { params: {}, seedless: false, trouble: null }
  const own = cells['count']
  if (own !== undefined) {
    const number = Number(own)
    if (Number.isInteger(number) && number >= 1 && number <= maxCount) return { ...none, count: number }
    return { ...none, count: 1, trouble: { kind: 'count', value: own, max: maxCount } }
  }
  if (seeds === null) return { ...none, count }
  const field = fields.find(({ control }) => control === 'seed')
  if (!field) return { ...none, count: 1, seedless: true }
  if (set[field.name] !== undefined) return { ...none, count: 1 }
  const wrong = [seeds.from, seeds.to].find((seed) => !accepts(field, seed))
  return {
    ...none,
    count: seeds.to - seeds.from + 1,
    params: { [field.name]: seeds.from },
    trouble: wrong === undefined ? null : { kind: 'seed', seed: wrong, max: field.max },
  }
}

function troubleOf(
  model: ModelInfo | null,
  name: string,
  { prompt }: Entry,
  inputs: readonly ComposerInput[],
): RowTrouble | null {
  if (!model) return { kind: 'model', name }
  const { required, max } = model.prompt
  if (prompt === '' && (required === 'always' || (required === 'without_image' && inputs.length === 0)))
    return { kind: 'prompt' }
  const length = promptLength(prompt)
  if (length > max) return { kind: 'tooLong', length, limit: max }
  const [obstacle] = obstaclesOf(model, inputs)
  return obstacle ? { kind: 'obstacle', obstacle } : null
}
