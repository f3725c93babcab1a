import type { z } from 'zod'
import type { Dice } from './dice'
import { hostileNumber, hostileText, hostileValue } from './hostile'

type Schema = z.core.$ZodType

/** Texts of the forms that the contract asks for by a pattern. */
const patterned = [
  '2026-11',
  '2026-01',
  'a'.repeat(64),
  '0123456789abcdef'.repeat(4),
  'abcdefgh',
  'key_1',
  'a',
]
const words = [
  'A lighthouse in a storm',
  'cat',
  '奔跑的猫',
  'a b c',
  'Dailies',
  'x',
  'us-west-2',
  '16:9',
  'dailies/',
]

export interface Maker {
  dice: Dice
  /** Something that the studio has said of a field of this name. */
  recall: (name: string) => unknown
  /** Values for records that the contract leaves open, by the name of the field that holds them. */
  open: (name: string) => Record<string, unknown> | undefined
  /** An image that can be imported. */
  image: Uint8Array<ArrayBuffer>
}

/**
 * A value that the schema should accept, read off the schema itself: whatever is added to the contract is covered.
 * `name` is the field it stands in.
 */
export function valueFor(schema: Schema, maker: Maker, name = ''): unknown {
  const { dice } = maker
  const def = (schema as z.core.$ZodTypes)['_zod'].def
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
      return dice.chance(0.7) ? undefined : valueFor(def.innerType, maker, name)
    case 'nullable':
      return dice.chance(0.25) ? null : valueFor(def.innerType, maker, name)
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return valueFor(def.innerType, maker, name)
    case 'pipe':
      return valueFor(isTransform(def.in) ? def.out : def.in, maker, name)
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape).flatMap(([key, inner]) => {
          const value = valueFor(inner, maker, key)
          return value === undefined ? [] : [[key, value]]
        }),
      )
    case 'record':
      return maker.open(name) ?? { [textOf(def.keyType, maker, 'key')]: valueFor(def.valueType, maker, name) }
    case 'array':
      return listFor(def.element, schema, maker, name)
    case 'union':
      return valueFor(dice.pick(def.options), maker, name)
    case 'enum':
      return dice.pick(Object.values(def.entries))
    case 'literal':
      return dice.pick(def.values)
    case 'boolean':
      return dice.chance(0.5)
    case 'number':
      return numberFor(schema, maker, name)
    case 'string':
      return textOf(schema, maker, name)
    case 'file':
      return new File([dice.chance(0.5) ? maker.image : bytes(dice)], hostileText(dice).slice(0, 200))
    case 'custom':
      // The only class that the contract asks for.
      return new Blob([bytes(dice)])
    case 'unknown':
    case 'any':
      return dice.chance(0.6) ? (maker.recall(name) ?? dice.pick(words)) : hostileValue(dice)
    case 'null':
      return null
    case 'bigint':
    case 'date':
    case 'function':
    case 'intersection':
    case 'lazy':
    case 'map':
    case 'nan':
    case 'never':
    case 'promise':
    case 'set':
    case 'success':
    case 'symbol':
    case 'template_literal':
    case 'transform':
    case 'tuple':
    case 'undefined':
    case 'void':
      throw new Error(`The generator does not know schemas of the type “${def.type}”.`)
  }
}

function bytes(dice: Dice): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: dice.pick([0, 1, 64, 5000]) }, () => dice.whole(0, 255))
}

function isTransform(schema: Schema): boolean {
  return (schema as z.core.$ZodTypes)['_zod'].def.type === 'transform'
}

interface Bounds {
  minimum?: number
  maximum?: number
  patterns: RegExp[]
  uuid: boolean
}

/** What the checks of a schema ask for, in its own words: length of texts and lists, size of numbers, form of texts. */
function boundsOf(schema: Schema): Bounds {
  const { def } = schema['_zod'] as unknown as {
    def: { format?: string; checks?: { _zod: { def: Record<string, unknown> } }[] }
  }
  const bounds: Bounds = { patterns: [], uuid: def.format === 'uuid' }
  for (const check of def.checks ?? []) {
    const { check: kind, value, minimum, maximum, pattern } = check['_zod'].def
    if (kind === 'greater_than') bounds.minimum = Number(value)
    if (kind === 'less_than') bounds.maximum = Number(value)
    if (kind === 'min_length') bounds.minimum = Number(minimum)
    if (kind === 'max_length') bounds.maximum = Number(maximum)
    if (pattern instanceof RegExp) bounds.patterns.push(pattern)
  }
  return bounds
}

function listFor(element: Schema, list: Schema, maker: Maker, name: string): unknown[] {
  const { minimum = 0, maximum = 50 } = boundsOf(list)
  const { dice } = maker
  const length = dice.chance(0.005)
    ? Math.min(maximum, 300)
    : Math.min(maximum, dice.whole(minimum, minimum + 2))
  return Array.from({ length }, () => valueFor(element, maker, name))
}

function numberFor(schema: Schema, { dice, recall }: Maker, name: string): number {
  const { minimum = -1000, maximum = 1_000_000 } = boundsOf(schema)
  const known = recall(name)
  if (typeof known === 'number' && dice.chance(0.5)) return known
  if (dice.chance(0.1)) return dice.pick([minimum, maximum])
  // Small counts are what most calls have, and what keeps twenty thousand of them short.
  return dice.whole(minimum, Math.min(maximum, minimum + 3))
}

function textOf(schema: Schema, { dice, recall }: Maker, name: string): string {
  const { minimum = 0, maximum = 400, patterns, uuid } = boundsOf(schema)
  const known = recall(name)
  if (typeof known === 'string' && dice.chance(0.8)) return known
  if (uuid) return crypto.randomUUID()
  if (patterns.length > 0) {
    const fitting = patterned.filter((text) => patterns.every((pattern) => pattern.test(text)))
    return fitting.length > 0 ? dice.pick(fitting) : dice.pick(words)
  }
  const text = dice.chance(0.7) ? dice.pick(words) : hostileText(dice)
  return text.slice(0, maximum).padEnd(minimum, 'x')
}

/** The same value with one to three things wrong in it. */
export function mutated(value: unknown, dice: Dice): unknown {
  let result = value
  for (let left = dice.whole(1, 3); left > 0; left -= 1) result = mutateOnce(result, dice, 0)
  return result
}

function mutateOnce(value: unknown, dice: Dice, depth: number): unknown {
  const inside = depth < 6 && dice.chance(0.75)
  if (Array.isArray(value)) {
    if (inside && value.length > 0) {
      const at = dice.whole(0, value.length - 1)
      return value.map((item: unknown, index) => (index === at ? mutateOnce(item, dice, depth + 1) : item))
    }
    return dice.pick([[], [...value, ...value], [...value, hostileValue(dice)], hostileValue(dice)])
  }
  if (isPlain(value)) {
    const keys = Object.keys(value)
    if (inside && keys.length > 0) {
      const key = dice.pick(keys)
      return { ...value, [key]: mutateOnce(value[key], dice, depth + 1) }
    }
    return mutateShape(value, keys, dice)
  }
  if (typeof value === 'string') return mutateText(value, dice)
  if (typeof value === 'number') {
    return dice.pick([value + 1, value - 1, -value, value + 0.5, String(value), hostileNumber(dice)])
  }
  return hostileValue(dice)
}

function mutateShape(value: Record<string, unknown>, keys: string[], dice: Dice): unknown {
  switch (dice.whole(0, 4)) {
    case 0:
      return Object.fromEntries(Object.entries(value).filter(([key]) => key !== keys[0]))
    case 1:
      return { ...value, [hostileText(dice).slice(0, 60)]: hostileValue(dice) }
    case 2:
      return JSON.parse(JSON.stringify({ ...value, p: 1 }).replace('"p":', '"__proto__":'))
    case 3:
      return [value]
    default:
      return hostileValue(dice)
  }
}

function mutateText(text: string, dice: Dice): unknown {
  switch (dice.whole(0, 6)) {
    case 0:
      return text.slice(0, -1)
    case 1:
      return `${text}${hostileText(dice)}`
    case 2:
      return text.toUpperCase()
    case 3:
      return ` ${text}\n`
    case 4:
      return [text]
    case 5:
      return hostileText(dice)
    default:
      return hostileValue(dice)
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Blob)
}
