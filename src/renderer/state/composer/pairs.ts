import { plainOf, type Field, type Params, type ParamValue } from './fields'

/** Two numbers as one value: `1280×704`. */
const sides = /^(\d+)×(\d+)$/

/** The two numbers of a size. */
export function sidesOf(value: ParamValue | undefined): [number, number] | null {
  const found = sides.exec(String(value))
  return found ? [Number(found[1]), Number(found[2])] : null
}

/** Fields in which two parameters that are one thing to a person, a width and a height, are one field. */
export function paired(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => {
    if (fields.some(({ pair }) => pair?.with === field.name)) return []
    const { pair } = field
    const partner = fields.find(({ name }) => name === pair?.with)
    if (!pair || !partner) return [field]
    return [
      {
        ...field,
        name: `${field.name}×${partner.name}`,
        title: pair.title,
        place: 'chip',
        control: 'size',
        unit: null,
        fallback: joined(field.fallback, partner.fallback),
        as: pair.as,
        options: Object.keys(pair.as),
        pair: null,
        parts: [field, partner],
      },
    ]
  })
}

/** Fields with their pairs, and the halves of these all the same: for whoever may name either. */
export function withPairs(fields: readonly Field[]): Field[] {
  const pairs = paired(fields)
  return [...pairs, ...fields.filter((field) => !pairs.includes(field))]
}

/** The parameters that a field sets. */
export const namesOf = (field: Field): string[] => (field.parts ?? [field]).map(({ name }) => name)

/** What is set of a field; of one that is two, the other half is what it falls back to. */
export function valueIn(field: Field, params: Params | undefined): ParamValue | undefined {
  if (!field.parts) return plainOf(params?.[field.name])
  const [first, second] = field.parts
  const [one, other] = [plainOf(params?.[first.name]), plainOf(params?.[second.name])]
  return one === undefined && other === undefined
    ? undefined
    : joined(one ?? first.fallback, other ?? second.fallback)
}

/** The parameters with a field set, or with undefined freed. */
export function withValue(field: Field, params: Params | undefined, value: ParamValue | undefined): Params {
  const names = namesOf(field)
  const others = Object.fromEntries(Object.entries(params ?? {}).filter(([name]) => !names.includes(name)))
  if (value === undefined) return others
  if (!field.parts) return { ...others, [field.name]: value }
  const [first, second] = field.parts
  const size = sidesOf(value)
  return size ? { ...others, [first.name]: size[0], [second.name]: size[1] } : others
}

function joined(one: ParamValue | undefined, other: ParamValue | undefined): string | undefined {
  return one === undefined || other === undefined ? undefined : `${one}×${other}`
}
