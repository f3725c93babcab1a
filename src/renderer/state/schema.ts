/** A JSON Schema, or any part of one. */
export type Schema = Record<string, unknown>

export const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The texts of a list; none of anything else. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** What a field is drawn as by its type, where its description does not ask for a control. */
export function controlOfType(schema: Schema): 'switch' | 'number' | 'text' | null {
  switch (schema['type']) {
    case 'boolean':
      return 'switch'
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
      return 'text'
    default:
      return null
  }
}
