import { issue, type Issue } from '@shared/problems'
import type { z } from 'zod'

type Path = (string | number)[]

/** What a JSON type is called in a sentence. */
const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  file: 'a file',
  null: 'null',
}

/**
 * Turns what zod found wrong into the studio's own issues.
 * `data` is what was parsed: only it tells a missing value from one of the wrong type.
 */
export function toIssues(found: readonly z.core.$ZodIssue[], data: unknown): Issue[] {
  return found.flatMap((one) => toIssue(one, data))
}

function toIssue(found: z.core.$ZodIssue, data: unknown): Issue[] {
  const path = found.path.map((step) => (typeof step === 'number' ? step : String(step)))
  switch (found.code) {
    case 'invalid_type':
      if (valueAt(data, path) === undefined) return [issue(path, 'field.required')]
      return [issue(path, 'field.type', { expected: typeWords[found.expected] ?? found.expected })]
    case 'invalid_value':
      if (valueAt(data, path) === undefined) return [issue(path, 'field.required')]
      return [issue(path, 'field.choice', { choices: found.values.map(String).join(', ') })]
    case 'too_small':
      return [tooSmall(found, path)]
    case 'too_big':
      return [
        issue(path, measured(found.origin) ? 'field.max' : 'field.length', { max: Number(found.maximum) }),
      ]
    case 'unrecognized_keys':
      return found.keys.map((key) => issue([...path, key], 'field.unexpected', { name: key }))
    case 'invalid_format':
      return [issue(path, found.format === 'uuid' ? 'field.id' : 'field.invalid')]
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      break
  }
  return [issue(path, 'field.invalid')]
}

function tooSmall(found: z.core.$ZodIssueTooSmall, path: Path): Issue {
  const min = Number(found.minimum)
  if (measured(found.origin)) return issue(path, 'field.min', { min })
  return found.origin === 'string' && min === 1
    ? issue(path, 'field.required')
    : issue(path, 'field.count', { min })
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
    value = (value as Record<string | number, unknown>)[step]
  }
  return value
}
