import type { InputRole } from '@shared/contract'
import { inputRoles } from '@shared/words'
import { plainOf, type Field, type Params, type ParamValue } from './fields'
import type { Form } from './settings'

/** Why a control does not work as things stand. */
export type Bar =
  /** Another parameter has a value with which it does not. */
  | { kind: 'param'; title: string; unit: string | null; values: readonly ParamValue[] }
  | { kind: 'needs'; role: InputRole }
  | { kind: 'withoutRole'; role: InputRole }
  | { kind: 'withoutParam'; title: string }

const roleOf = (name: string): InputRole | undefined => inputRoles.find((role) => role === name)

/** What keeps a field from counting, the first that a person can change; null where nothing does. */
export function barOf(
  { only }: Field,
  fields: readonly Field[],
  params: Params,
  inputs: readonly { role: InputRole }[],
): Bar | null {
  if (only === null) return null
  const there = (role: InputRole) => inputs.some((input) => input.role === role)
  for (const name of only.without) {
    const role = roleOf(name)
    if (role !== undefined && there(role)) return { kind: 'withoutRole', role }
    const other = fields.find((field) => field.name === name)
    if (other && params[name] !== undefined) return { kind: 'withoutParam', title: other.title }
  }
  for (const [name, values] of Object.entries(only.params)) {
    const other = fields.find((field) => field.name === name)
    const value = plainOf(params[name]) ?? other?.fallback
    if (other && (value === undefined || !values.includes(value)))
      return { kind: 'param', title: other.title, unit: other.unit, values }
  }
  const missing = only.needs.map(roleOf).find((role) => role !== undefined && !there(role))
  return missing === undefined ? null : { kind: 'needs', role: missing }
}

/**
 * The setting that keeps an image of this role out, where it does so for every form that is given; null where some
 * model would still take it.
 */
export function barredBy(
  role: InputRole,
  forms: readonly Form[],
  params: Readonly<Record<string, Params | undefined>>,
): string | null {
  const titles = forms.map(({ model, fields }) => {
    const field = fields.find(
      ({ name, only }) => only?.without.includes(role) && params[model]?.[name] !== undefined,
    )
    return field?.title ?? null
  })
  const [first = null] = titles
  return titles.includes(null) ? null : first
}
