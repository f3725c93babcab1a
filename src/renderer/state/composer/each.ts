import type { Params, ParamValue } from './fields'
import { valueIn } from './pairs'
import { canonical, shownOf, writtenOf, type Form, type Setting } from './settings'

/** How one model stands to one setting. */
export type EachCell =
  /** It knows nothing of it. */
  | { kind: 'none' }
  /** It is left to the model, which does not say what it takes. */
  | { kind: 'auto' }
  /** `sent` is the model's own way of writing, where that is another than what is shown. */
  | { kind: 'value'; shown: ParamValue; sent: ParamValue | null; differs: boolean }

/** What one model makes of the settings that several share. */
export interface EachModel {
  model: string
  cells: EachCell[]
}

/** What each model gets of the shared settings, in the order of both; a value that most do not have `differs`. */
export function eachOf(
  forms: readonly Form[],
  settings: readonly Setting[],
  params: Readonly<Record<string, Params | undefined>>,
): EachModel[] {
  const usual = settings.map((setting) => mostOf(setting, params))
  return forms.map(({ model }) => ({
    model,
    cells: settings.map((setting, place) => {
      const field = setting.carriers.find((carrier) => carrier.model === model)?.field
      if (!field) return { kind: 'none' }
      const value = valueIn(field, params[model]) ?? field.fallback
      if (value === undefined) return { kind: 'auto' }
      const stands = shownOf(field, value)
      const plain = canonical(setting.title, stands)
      const shown = stands === value ? writtenOf(field, value, params[model]) : stands
      return {
        kind: 'value',
        shown,
        sent: canonical(setting.title, value) === plain && shown === value ? null : value,
        differs: usual[place] !== undefined && plain !== usual[place],
      }
    }),
  }))
}

/** The value that most models have; the first of those that are equally many. */
function mostOf(
  { title, carriers }: Setting,
  params: Readonly<Record<string, Params | undefined>>,
): ParamValue | undefined {
  const counts = new Map<ParamValue, number>()
  for (const { model, field } of carriers) {
    const value = valueIn(field, params[model]) ?? field.fallback
    if (value === undefined) continue
    const plain = canonical(title, shownOf(field, value))
    counts.set(plain, (counts.get(plain) ?? 0) + 1)
  }
  let most: ParamValue | undefined
  for (const [value, count] of counts) if (most === undefined || count > (counts.get(most) ?? 0)) most = value
  return most
}
