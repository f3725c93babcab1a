import { issue, type Issue } from '@shared/problems'
import type { ModelInfo } from '@shared/contract'
import { z } from 'zod'
import { toIssues, type Path } from '../issues'
import type { Model } from './types'

type Params = Record<string, unknown>

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
    return { params: null, issues: toIssues(parsed.error.issues, given, { at, unknown: 'field.unknown' }) }
  }
  // A schema that is not strict drops what it does not know; here nothing is dropped in silence.
  const dropped = Object.keys(given).filter((name) => !Object.hasOwn(parsed.data, name))
  if (dropped.length > 0) {
    return { params: null, issues: dropped.map((name) => issue([...at, name], 'field.unknown', { name })) }
  }
  return { params: parsed.data, issues: [] }
}
