import { issue, type Issue, type ProblemKey, type ProblemValues } from '@shared/problems'
import en from '@shared/messages/en.json' with { type: 'json' }
import type { ModelInfo } from '@shared/contract'
import { z } from 'zod'
import type { Model } from './types'

type Params = Record<string, unknown>
type Path = (string | number)[]

/** What a JSON type is called in a sentence. */
const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** A model as the page and scripts see it, with its parameters as JSON Schema (titles, defaults and `x-ui` kept). */
export function describeModel(model: Model): ModelInfo {
  return { ...model.info, params: paramsSchema(model) }
}

/** JSON Schema of what may be given: a parameter with a default is not required. */
export function paramsSchema(model: Model): Record<string, unknown> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(model.params, { io: 'input' })
  return schema
}

/** Least and greatest value of a whole-number parameter as its schema has them. */
export function paramRange(model: Model, name: string): { min: number; max: number } {
  const properties = paramsSchema(model)['properties'] as Record<string, Params> | undefined
  const { minimum, maximum } = properties?.[name] ?? {}
  return {
    min: typeof minimum === 'number' ? minimum : 0,
    max: typeof maximum === 'number' ? maximum : 4_294_967_295,
  }
}

/**
 * Checks parameters against a model. The answer is the schema's own output: what was given, verbatim, and what the
 * schema fills in by `.default()`; a parameter left alone that is merely `.optional()` stays out of the request.
 * Issues have their path below `at`.
 */
export function readParams(
  model: Model,
  given: Params,
  at: Path = ['params'],
): { params: Params; issues: [] } | { params: null; issues: Issue[] } {
  const parsed = model.params.safeParse(given)
  if (!parsed.success) {
    return { params: null, issues: parsed.error.issues.flatMap((found) => toIssues(found, given, at)) }
  }
  // A schema that is not strict drops what it does not know; here nothing is dropped in silence.
  const dropped = Object.keys(given).filter((name) => !Object.hasOwn(parsed.data, name))
  if (dropped.length > 0) {
    return { params: null, issues: dropped.map((name) => issue([...at, name], 'field.unknown', { name })) }
  }
  return { params: parsed.data, issues: [] }
}

function toIssues(found: z.core.$ZodIssue, given: Params, at: Path): Issue[] {
  const inside = found.path.map((step) => (typeof step === 'number' ? step : String(step)))
  const path = [...at, ...inside]
  const missing = inside.length > 0 && !Object.hasOwn(given, String(inside[0]))
  switch (found.code) {
    case 'invalid_type':
      if (missing) return [issue(path, 'field.required')]
      return [issue(path, 'field.type', { expected: typeWords[found.expected] ?? found.expected })]
    case 'invalid_value':
      if (missing) return [issue(path, 'field.required')]
      return [issue(path, 'field.choice', { choices: found.values.map(String).join(', ') })]
    case 'too_small':
      return isMeasure(found.origin)
        ? [issue(path, 'field.min', { min: Number(found.minimum) })]
        : [issue(path, 'field.count', { min: Number(found.minimum) })]
    case 'too_big':
      return isMeasure(found.origin)
        ? [issue(path, 'field.max', { max: Number(found.maximum) })]
        : [issue(path, 'field.length', { max: Number(found.maximum) })]
    case 'unrecognized_keys':
      return found.keys.map((name) => issue([...path, name], 'field.unknown', { name }))
    case 'custom':
      return [crossField(path, found.params)]
    case 'not_multiple_of':
      return [issue(path, 'field.step', { step: found.divisor })]
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return [issue(path, 'field.invalid')]
  }
}

/** A rule across fields names its sentence by `params: {key, values}` of the zod issue. */
function crossField(path: Path, params: Record<string, unknown> | undefined): Issue {
  const key = params?.['key']
  if (typeof key !== 'string' || !Object.hasOwn(en.problem, key)) return issue(path, 'field.invalid')
  return issue(path, key as ProblemKey, params?.['values'] as ProblemValues | undefined)
}

function isMeasure(origin: string): boolean {
  return origin === 'number' || origin === 'int' || origin === 'bigint'
}
