import en from '@shared/messages/en.json' with { type: 'json' }
import { issue, type Issue, type ProblemKey, type ProblemValues } from '@shared/problems'
import type { z } from 'zod'

export type Path = (string | number)[]

/** The sentence for a value of the wrong type, by the type that zod expected. */
const typeKeys: Record<string, ProblemKey> = {
  string: 'field.text',
  number: 'field.number',
  int: 'field.whole',
  boolean: 'field.switch',
  array: 'field.list',
  object: 'field.object',
  record: 'field.object',
  file: 'field.file',
}

export interface IssueOptions {
  /** Where the parsed data lies in the whole request. */
  at?: Path
  /** The sentence for a name that the schema does not know. */
  unknown?: 'field.unknown' | 'field.unexpected'
}

/**
 * Turns what zod found wrong into the studio's own issues, the one place that does.
 * `data` is what was parsed: only it tells a missing value from one of the wrong type.
 */
export function toIssues(
  found: readonly z.core.$ZodIssue[],
  data: unknown,
  { at = [], unknown = 'field.unexpected' }: IssueOptions = {},
): Issue[] {
  return found.flatMap((one) => toIssue(one, data, at, unknown))
}

function toIssue(found: z.core.$ZodIssue, data: unknown, at: Path, unknown: ProblemKey): Issue[] {
  const inside = found.path.map((step) => (typeof step === 'number' ? step : String(step)))
  const path = [...at, ...inside]
  switch (found.code) {
    case 'invalid_type':
      if (valueAt(data, inside) === undefined) return [issue(path, 'field.required')]
      return [issue(path, typeKeys[found.expected] ?? 'field.invalid')]
    case 'invalid_value':
      if (valueAt(data, inside) === undefined) return [issue(path, 'field.required')]
      return [issue(path, 'field.choice', { choices: found.values.map(String).join(', ') })]
    case 'too_small':
      return [tooSmall(found, path)]
    case 'too_big':
      return [
        issue(path, measured(found.origin) ? 'field.max' : 'field.length', { max: Number(found.maximum) }),
      ]
    case 'unrecognized_keys':
      return found.keys.map((name) => issue([...path, name], unknown, { name }))
    case 'not_multiple_of':
      return [issue(path, 'field.step', { step: found.divisor })]
    case 'invalid_format':
      return [issue(path, found.format === 'uuid' ? 'field.id' : 'field.invalid')]
    case 'custom':
      return [named(path, found.params)]
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return [issue(path, 'field.invalid')]
  }
}

function tooSmall(found: z.core.$ZodIssueTooSmall, path: Path): Issue {
  const min = Number(found.minimum)
  if (measured(found.origin)) return issue(path, 'field.min', { min })
  return found.origin === 'string' && min === 1
    ? issue(path, 'field.required')
    : issue(path, 'field.count', { min })
}

/** A rule of a schema's own names its sentence by `params: {key, values}` of the zod issue. */
function named(path: Path, params: Record<string, unknown> | undefined): Issue {
  const key = params?.['key']
  if (typeof key !== 'string' || !Object.hasOwn(en.problem, key)) return issue(path, 'field.invalid')
  return issue(path, key as ProblemKey, params?.['values'] as ProblemValues | undefined)
}

/** Whether a limit is on the value itself and not on how many characters or entries it has. */
function measured(origin: string): boolean {
  return origin === 'number' || origin === 'int' || origin === 'bigint'
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data
  for (const step of path) {
    // A text that was split into a list on the way in: it was there.
    if (typeof value !== 'object' || value === null) return value
    value = Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined
  }
  return value
}
