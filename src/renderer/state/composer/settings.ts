import { accepts, plainOf, type Control, type Field, type Params, type ParamValue } from './fields'
import { valueIn, withValue } from './pairs'

/** One model with its form. */
export interface Form {
  model: string
  fields: Field[]
}

/** One choice of a setting over several models. */
export interface SettingOption {
  /** The same for every model's way of writing it. */
  value: ParamValue
  /** How a model writes it, for its label. */
  written: ParamValue
  /** Models that carry the setting and do not take this value. */
  missing: string[]
}

export type SettingValue =
  | { kind: 'auto' }
  | { kind: 'one'; value: ParamValue; written: ParamValue; byDefault: boolean }
  | { kind: 'mixed'; written: ParamValue[] }

/** A parameter that several models share, or that one shows as a chip. */
export interface Setting {
  title: string
  control: Control
  unit: string | null
  carriers: { model: string; field: Field }[]
  /** Whose field is drawn where the setting is no choice. */
  lead: { model: string; field: Field } | null
  options: SettingOption[]
  /** Where every carrier counts freely between two ends. */
  range: { min: number | null; max: number | null; step: number } | null
  value: SettingValue
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

/**
 * One way of writing what models write in several: `"1280:720"` and `"16:9"` are one ratio, `"5s"` and `5` one
 * duration, `"1080P"` and `1080` one resolution. Other values stand for themselves.
 */
export function canonical(title: string, value: ParamValue): ParamValue {
  const text = String(value).trim().toLowerCase()
  if (title === 'ratio') {
    const sides = /^(\d+)\s*[:x×*]\s*(\d+)$/.exec(text)
    if (!sides) return value
    const [width, height] = [Number(sides[1]), Number(sides[2])]
    const divisor = greatestDivisor(width, height)
    return divisor > 0 ? `${width / divisor}:${height / divisor}` : value
  }
  if (title === 'duration') {
    const seconds = /^(\d+(?:\.\d+)?)\s*s?$/.exec(text)
    return seconds ? Number(seconds[1]) : value
  }
  if (title === 'resolution') {
    const lines = /^(\d+)\s*p?$/.exec(text)
    return lines ? Number(lines[1]) : text
  }
  return value
}

/** What a field's own value says to a person: `1104:832` is shown as the 4:3 that it stands for. */
export function shownOf(field: Pick<Field, 'as'>, value: ParamValue): ParamValue {
  return field.as[String(value)] ?? value
}

/** The one way of writing for a field's own value. */
function meaningOf(field: Pick<Field, 'as' | 'title'>, value: ParamValue): ParamValue {
  return canonical(field.title, shownOf(field, value))
}

/**
 * A field's own value as a person reads it: a size by its sides, frames over the frames of a second (`121/24`), which
 * `valueName` says as a length, and else what it stands for.
 */
export function writtenOf(field: Field, value: ParamValue, params: Params | undefined): ParamValue {
  if (field.control === 'size') return value
  if (field.rate === null) return shownOf(field, value)
  return `${value}/${plainOf(params?.[field.rate.name]) ?? field.rate.usual}`
}

/** How this field writes a canonical value, or undefined when it does not take it. */
export function writtenBy(field: Field, value: ParamValue): ParamValue | undefined {
  const option = field.options.find((own) => meaningOf(field, own) === value)
  if (option !== undefined) return option
  if (field.control === 'choice') return undefined
  if (accepts(field, value)) return value
  // What it counts otherwise: 121 frames for 5 seconds.
  const counted = Object.keys(field.as).find((own) => canonical(field.title, field.as[own] ?? own) === value)
  return counted !== undefined && accepts(field, Number(counted)) ? Number(counted) : undefined
}

function optionsOver(carriers: Setting['carriers'], control: Control): SettingOption[] {
  const found = new Map<ParamValue, SettingOption>()
  for (const { field } of carriers)
    for (const written of field.options) {
      const value = meaningOf(field, written)
      if (found.has(value)) continue
      const missing = carriers.filter((carrier) => writtenBy(carrier.field, value) === undefined)
      found.set(value, {
        value,
        written: control === 'size' ? written : shownOf(field, written),
        missing: missing.map((carrier) => carrier.model),
      })
    }
  return [...found.values()]
}

function rangeOver(carriers: Setting['carriers']): Setting['range'] {
  const all = carriers.map((carrier) => carrier.field)
  // Seconds and frames have no range in common: seconds count, and frames follow by what they stand for.
  const plain = all.filter((field) => field.rate === null)
  const fields = plain.length > 0 ? plain : all
  const mins = fields.flatMap((field) => (field.min === null ? [] : [field.min]))
  const maxs = fields.flatMap((field) => (field.max === null ? [] : [field.max]))
  return {
    min: mins.length ? Math.max(...mins) : null,
    max: maxs.length ? Math.min(...maxs) : null,
    step: Math.max(...fields.map((field) => field.step)),
  }
}

function valueOver(
  carriers: Setting['carriers'],
  params: Readonly<Record<string, Params | undefined>>,
): SettingValue {
  const values = carriers.map(({ model, field }) => {
    const set = valueIn(field, params[model])
    const own = set ?? field.fallback
    if (own === undefined) return null
    const written = writtenOf(field, own, params[model])
    return { written, plain: meaningOf(field, own), byDefault: set === undefined }
  })
  const known = values.filter((value) => value !== null)
  const written = known.map((value) => value.written)
  const [first] = known
  if (!first) return { kind: 'auto' }
  if (known.length < values.length || known.some(({ plain }) => plain !== first.plain)) {
    return { kind: 'mixed', written }
  }
  const byDefault = known.every((value) => value.byDefault)
  return { kind: 'one', value: first.plain, written: first.written, byDefault }
}

function controlOver(fields: Field[]): Control {
  const order: Control[] = ['choice', 'size', 'slider', 'number', 'seed', 'switch', 'text']
  return order.find((control) => fields.some((field) => field.control === control)) ?? 'text'
}

/** The chips of the chosen models: a parameter is a chip when any of them asks for it, and then for all who have it. */
export function settingsOf(
  forms: readonly Form[],
  params: Readonly<Record<string, Params | undefined>>,
): Setting[] {
  const titles = new Set(
    forms.flatMap((form) =>
      form.fields.filter((field) => field.place === 'chip').map((field) => field.title),
    ),
  )
  return [...titles].map((title) => {
    const carriers = forms.flatMap((form) =>
      form.fields.filter((field) => field.title === title).map((field) => ({ model: form.model, field })),
    )
    const control = controlOver(carriers.map((carrier) => carrier.field))
    const drawn = carriers.filter(({ field }) => field.control === control)
    return {
      title,
      control,
      lead: drawn.find(({ field }) => field.rate === null) ?? drawn[0] ?? null,
      unit: carriers.find((carrier) => carrier.field.unit)?.field.unit ?? null,
      carriers,
      options: control === 'choice' || control === 'size' ? optionsOver(carriers, control) : [],
      range: control === 'slider' || control === 'number' || control === 'seed' ? rangeOver(carriers) : null,
      value: valueOver(carriers, params),
    }
  })
}

/** The fields of one model that no chip shows. */
export function moreOf(form: Form, settings: readonly Setting[]): Field[] {
  return form.fields.filter((field) => !settings.some((setting) => setting.title === field.title))
}

/** Sets (or, with undefined, frees) a setting in every model that takes the value, each in its own writing. */
export function setOver(
  params: Readonly<Record<string, Params | undefined>>,
  setting: Pick<Setting, 'carriers'>,
  value: ParamValue | undefined,
): Record<string, Params> {
  const next = copyOf(params)
  for (const { model, field } of setting.carriers) {
    const written = value === undefined ? undefined : writtenBy(field, value)
    if (value !== undefined && written === undefined) continue
    next[model] = withValue(field, next[model], written)
  }
  return next
}

/** Gives a model that joins the choices already made for the others, as far as it takes them. */
export function carriedOver(
  params: Readonly<Record<string, Params | undefined>>,
  present: readonly Form[],
  joining: Form,
): Params {
  let own: Params = { ...params[joining.model] }
  for (const field of joining.fields) {
    if (valueIn(field, own) !== undefined) continue
    for (const form of present) {
      const other = form.fields.find((candidate) => candidate.title === field.title)
      const set = other && valueIn(other, params[form.model])
      const written = set === undefined || !other ? undefined : writtenBy(field, meaningOf(other, set))
      if (written === undefined) continue
      own = withValue(field, own, written)
      break
    }
  }
  return own
}

function copyOf(params: Readonly<Record<string, Params | undefined>>): Record<string, Params> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([model, own]) => (own ? [[model, { ...own }]] : [])),
  )
}
