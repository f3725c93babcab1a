import { accepts, type Field, type Params, type ParamValue } from '../state/composer/fields'
import { withValue } from '../state/composer/pairs'
import { canonical, writtenBy } from '../state/composer/settings'

/** A cell that a model does not take, or a column that nobody knows. */
export interface BadCell {
  column: string
  value: string
  /** What would be taken, where that can be listed. */
  choices: ParamValue[]
}

/** Columns that are no settings: they say which models and how many. */
export const ownColumns = ['model', 'count'] as const

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '')

/** The field that a column means: by its title or its own name, however it is spelled. */
export function fieldOfColumn(fields: readonly Field[], column: string): Field | undefined {
  return fields.find(({ title, name }) => plain(title) === plain(column) || plain(name) === plain(column))
}

function valueOf(field: Field, text: string): ParamValue | undefined {
  switch (field.control) {
    case 'switch': {
      const word = text.toLowerCase()
      if (['true', 'yes', 'on', '1'].includes(word)) return true
      return ['false', 'no', 'off', '0'].includes(word) ? false : undefined
    }
    case 'choice': {
      const same = field.options.find((option) => String(option).toLowerCase() === text.toLowerCase())
      return same ?? writtenBy(field, canonical(field.title, text))
    }
    case 'slider':
    case 'number':
    case 'seed': {
      const number = Number(text.replace(/\s*s$/i, ''))
      return accepts(field, number) ? number : writtenBy(field, canonical(field.title, text))
    }
    case 'size': {
      const sides = text.replace(/\s*[x*:]\s*/i, '×')
      return accepts(field, sides) ? sides : writtenBy(field, canonical(field.title, text))
    }
    case 'text':
      return text
    // What is steered or painted cannot be written into a cell.
    case 'camera':
    case 'motion':
    case 'shots':
      return undefined
  }
}

/** What the cells of a line set in a model's form. Columns that other models have are no mistake; `known` are all. */
export function cellsInto(
  fields: readonly Field[],
  cells: Readonly<Record<string, string>>,
): { params: Params; bad: BadCell[] } {
  const params: Params = {}
  const bad: BadCell[] = []
  for (const [column, text] of Object.entries(cells)) {
    const field = fieldOfColumn(fields, column)
    if (!field) continue
    const value = valueOf(field, text)
    if (value === undefined) bad.push({ column, value: text, choices: field.options })
    else Object.assign(params, withValue(field, {}, value))
  }
  return { params, bad }
}
