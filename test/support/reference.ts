import { describe, expect, test } from 'vitest'
import type { JobInput } from '../../src/shared/contract'
import { readParams, type Model } from '../../src/main/providers'
import { paramsSchema } from '../../src/main/providers/describe'

/** One field that a provider's documentation names for a model that is offered. */
export interface Row {
  model: string
  /** Its name on the wire, with dots into objects. */
  field: string
  /** The parameter of the form that it comes of; null for what the prompt or an image makes. */
  form: string | null
  /** What a person sets, and what of it stands in the request then. */
  params?: Record<string, unknown>
  inputs?: JobInput[]
  prompt?: string
  wire: unknown
}

/** A wish as a provider's request is made of it. */
export interface Wish {
  model: string
  params: Record<string, unknown>
  inputs: JobInput[]
  prompt: string
}

export interface Reference {
  models: readonly Model[]
  /** Every field that the documentation names for these models, on the wire. */
  names: readonly string[]
  rows: readonly Row[]
  /** Those that no form has, each with the reason. */
  notOffered: Readonly<Record<string, string>>
  body: (wish: Wish) => unknown
}

interface Property {
  title?: string
  'x-ui'?: { place?: string; control?: string }
}

const propertiesOf = (model: Model) => paramsSchema(model)['properties'] as Record<string, Property>

function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined
  }, body)
}

/** Holds a provider's forms and requests against the fields of its documentation, field by field. */
export function holdToReference({ models, names, rows, notOffered, body }: Reference): void {
  const modelOf = (id: string) => {
    const model = models.find(({ info }) => info.id === id)
    if (!model) throw new Error(`no model ${id}`)
    return model
  }

  test('every field of the documentation is held below, or is not offered for a reason', () => {
    const held = [...rows.map(({ field }) => field), ...Object.keys(notOffered)]
    expect([...new Set(held)].sort()).toEqual([...names].sort())
  })

  test('every parameter of every form is a field of the documentation', () => {
    const stray = models.flatMap((model) =>
      Object.keys(propertiesOf(model))
        .filter((name) => !rows.some((row) => row.model === model.info.id && row.form === name))
        .map((name) => `${model.info.id}: ${name}`),
    )
    expect(stray).toEqual([])
  })

  describe.each(rows)(
    '$model: $field',
    ({ model: id, field, form, params = {}, inputs = [], prompt = 'A', wire }) => {
      const model = modelOf(id)
      const property = form === null ? null : propertiesOf(model)[form]

      test('stands in the form', () => {
        const roles = model.inputs.map(({ role }) => role)
        expect(inputs.every(({ role }) => roles.includes(role))).toBe(true)
        expect(
          form === null || (property?.title !== undefined && property['x-ui']?.place !== undefined),
        ).toBe(true)
      })

      test('is in the request as it was set', () => {
        const read = readParams(model, params)
        expect(read.issues).toEqual([])
        expect(model.check?.({ prompt, params: read.params ?? {}, inputs }) ?? []).toEqual([])
        expect(at(body({ model: id, params: read.params ?? {}, inputs, prompt }), field)).toEqual(wire)
      })
    },
  )
}
