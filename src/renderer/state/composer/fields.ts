import { controlOfType, isObject, textsOf, type Schema } from '../schema'

/** A value that a choice, a number, a switch or a text makes. */
export type ParamValue = string | number | boolean
/** What a control of its own makes: a camera move, what was painted on a frame. */
export type ParamObject = Readonly<Record<string, unknown>>
/** A value a parameter can hold. */
export type HeldValue = ParamValue | ParamObject
/** Parameters by name, only those that the person has set. */
export type Params = Record<string, HeldValue>

const controls = [
  'choice',
  'slider',
  'number',
  'switch',
  'seed',
  'text',
  'camera',
  'motion',
  'shots',
] as const
/** `size` is drawn for two parameters at once, see `paired`. */
export type Control = (typeof controls)[number] | 'size'

/** One parameter of a model as a form shows it, read from the model's JSON Schema. */
export interface Field {
  name: string
  /** Catalogue key below `param`; fields of several models with one title are one setting to the person. */
  title: string
  place: 'chip' | 'more'
  control: Control
  unit: string | null
  /** What the provider is sent, or takes, when the person leaves it alone. */
  fallback: ParamValue | undefined
  /** What a value stands for, where models write one thing in several ways. */
  as: Readonly<Record<string, string | number>>
  /** Where it works at all; null where always. */
  only: Only | null
  options: ParamValue[]
  min: number | null
  max: number | null
  step: number
  /** Of a number of frames: the parameter that says how many make a second, and how many do when it is left alone. */
  rate: { name: string; usual: number } | null
  /** Of shots: most of them, most characters of the text of one, and the parameter that is the length of all. */
  shots: { most: number; text: number; of: string } | null
  /** The parameter that is one thing with this one to a person, what the two are called, and what pairs stand for. */
  pair: { with: string; title: string; as: Field['as'] } | null
  /** The two that this one stands for. */
  parts: readonly [Field, Field] | null
}

/** Where a parameter works: with which values of others, with which frames, and not together with what. */
export interface Only {
  params: Readonly<Record<string, readonly ParamValue[]>>
  /** Roles of images that must be there. */
  needs: readonly string[]
  /** Roles of images and names of parameters that exclude it. */
  without: readonly string[]
}

const isValue = (value: unknown): value is ParamValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null

/** The schema without its "or null" branch: an optional parameter is left out, never sent as null. */
function withoutNull(schema: Schema): Schema {
  const branches = schema['anyOf']
  if (!Array.isArray(branches)) return schema
  const real = branches.filter((branch) => isObject(branch) && branch['type'] !== 'null')
  const only = real[0]
  return real.length === 1 && isObject(only) ? { ...schema, anyOf: undefined, ...only } : schema
}

function optionsOf(schema: Schema): ParamValue[] {
  if (Array.isArray(schema['enum'])) return schema['enum'].filter(isValue)
  if (isValue(schema['const'])) return [schema['const']]
  if (!Array.isArray(schema['anyOf'])) return []
  return schema['anyOf'].flatMap((branch) => (isObject(branch) ? optionsOf(branch) : []))
}

function controlOf(asked: unknown, schema: Schema, options: ParamValue[]): Control | null {
  const named = controls.find((control) => control === asked)
  if (named) return named
  if (options.length > 0) return 'choice'
  return controlOfType(schema)
}

function stepOf(schema: Schema, asked: unknown, min: number | null, max: number | null): number {
  // Counted from the least value, which JSON Schema cannot say.
  if (typeof asked === 'number' && asked > 0) return asked
  const multiple = numberOf(schema['multipleOf'])
  if (multiple !== null && multiple > 0) return multiple
  if (schema['type'] === 'integer') return 1
  const span = min !== null && max !== null ? max - min : Infinity
  return span <= 1 ? 0.01 : span <= 20 ? 0.1 : 1
}

function asOf(given: unknown): Field['as'] {
  if (!isObject(given)) return {}
  return Object.fromEntries(
    Object.entries(given).flatMap(([value, meant]) =>
      typeof meant === 'string' || typeof meant === 'number' ? [[value, meant]] : [],
    ),
  )
}

function rateOf(given: unknown): Field['rate'] {
  if (!isObject(given) || typeof given['rate'] !== 'string' || typeof given['usual'] !== 'number') return null
  return { name: given['rate'], usual: given['usual'] }
}

function shotsOf(given: unknown): Field['shots'] {
  if (!isObject(given)) return null
  const { most, text, of } = given
  if (typeof most !== 'number' || typeof text !== 'number' || typeof of !== 'string') return null
  return { most, text, of }
}

function pairOf(given: unknown): Field['pair'] {
  if (!isObject(given) || typeof given['with'] !== 'string' || typeof given['title'] !== 'string') return null
  return { with: given['with'], title: given['title'], as: asOf(given['as']) }
}

function onlyOf(given: unknown): Only | null {
  if (!isObject(given)) return null
  const params = isObject(given['params']) ? given['params'] : {}
  return {
    params: Object.fromEntries(
      Object.entries(params).map(([name, values]) => [
        name,
        Array.isArray(values) ? values.filter(isValue) : [],
      ]),
    ),
    needs: textsOf(given['needs']),
    without: textsOf(given['without']),
  }
}

function fieldOf(name: string, raw: Schema): Field | null {
  const schema = withoutNull(raw)
  const ui = isObject(schema['x-ui']) ? schema['x-ui'] : {}
  const options = optionsOf(schema)
  const control = controlOf(ui['control'], schema, options)
  if (!control) return null
  const min = numberOf(schema['minimum']) ?? numberOf(schema['exclusiveMinimum'])
  const max = numberOf(schema['maximum']) ?? numberOf(schema['exclusiveMaximum'])
  return {
    name,
    title: typeof schema['title'] === 'string' ? schema['title'] : name,
    place: ui['place'] === 'chip' ? 'chip' : 'more',
    control,
    unit: typeof ui['unit'] === 'string' ? ui['unit'] : null,
    fallback: isValue(schema['default']) ? schema['default'] : undefined,
    as: asOf(ui['as']),
    only: onlyOf(ui['only']),
    options,
    min,
    max,
    step: stepOf(schema, ui['step'], min, max),
    rate: rateOf(ui['frames']),
    shots: shotsOf(ui['shots']),
    pair: pairOf(ui['pair']),
    parts: null,
  }
}

/** The fields of a model's form, in the order of its description. Parameters no control can show are left alone. */
export function fieldsOf(params: Record<string, unknown>): Field[] {
  const properties = isObject(params['properties']) ? params['properties'] : {}
  return Object.entries(properties).flatMap(([name, schema]) => {
    const field = isObject(schema) ? fieldOf(name, schema) : null
    return field ? [field] : []
  })
}

function countsTo(field: Field, value: HeldValue): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  if (field.min !== null && value < field.min) return false
  if (field.max !== null && value > field.max) return false
  const steps = (value - (field.min ?? 0)) / field.step
  return Math.abs(steps - Math.round(steps)) < 1e-6
}

const takes: Record<Control, (field: Field, value: HeldValue) => boolean> = {
  choice: (field, value) => isValue(value) && field.options.includes(value),
  switch: (_field, value) => typeof value === 'boolean',
  text: (_field, value) => typeof value === 'string',
  slider: countsTo,
  number: countsTo,
  seed: countsTo,
  size: (field, value) => {
    const both = typeof value === 'string' ? value.split('×').map(Number) : []
    return both.length === 2 && both.every((side) => countsTo(field, side))
  },
  camera: (_field, value) => isObject(value),
  motion: (_field, value) => isObject(value),
  shots: (_field, value) => isObject(value),
}

/** Whether a field takes this value as it stands; nothing is rounded. */
export function accepts(field: Field, value: HeldValue): boolean {
  return takes[field.control](field, value)
}

/** A value that stands for itself; undefined for none and for what a control of its own makes. */
export function plainOf(value: HeldValue | undefined): ParamValue | undefined {
  return isValue(value) ? value : undefined
}
