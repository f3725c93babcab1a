import type { Dice } from './dice'

/** Texts that have broken programs before: paths, markup, formulas, control characters, halves of characters. */
const texts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '..',
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\config\\sam',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/etc/passwd',
  'C:\\con',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  "'; DROP TABLE job; --",
  '" OR 1=1 --',
  'prompt:* NEAR(a b) ^c "',
  "=cmd|' /C calc'!A0",
  '{{constructor.constructor("return 1")()}}',
  '${7*7}',
  '%s%n%x',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'true',
  'null',
  'NaN',
  '-1',
  '1e309',
  '0x10',
  '９９',
  '\u202Egnp.exe',
  '\uFEFFbom',
  '\uD800',
  '\uDFFF\uD800',
  'a\u0301\u0302\u0303'.repeat(50),
  '👩‍👩‍👧‍👦',
  '奔跑的猫',
  'İıſK',
  'ﷺ',
  'line\r\nSet-Cookie: a=b',
  '(a+)+$',
  `${'a'.repeat(40)}!`,
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '2026-13',
  '1970-01-01T00:00:00Z',
  's3://bucket/key',
  'arn:aws:bedrock:us-west-2:123456789012:async-invoke/abc',
] as const

const numbers = [
  0,
  -0,
  -1,
  1,
  0.5,
  -0.5,
  255,
  256,
  65_536,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  Number.MIN_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
] as const

export function hostileText(dice: Dice): string {
  if (dice.chance(0.05)) return dice.pick(texts).repeat(dice.whole(2, 200))
  // Seldom, because it is the wire that gets slow: a text longer than any field takes.
  if (dice.chance(0.01))
    return dice.pick(['x', '猫', '"', '\\', '\uD800']).repeat(dice.whole(10_000, 450_000))
  return dice.pick(texts)
}

export function hostileNumber(dice: Dice): number {
  return dice.pick(numbers)
}

/** An object nested so many times. */
export function nested(depth: number, inside: unknown = 1): unknown {
  let value = inside
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { a: value } : [value]
  return value
}

/** An object with its own `__proto__`, as JSON can bring it. */
export function poisoned(): unknown {
  return JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
}

/** Any value at all. */
export function hostileValue(dice: Dice): unknown {
  switch (dice.whole(0, 13)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return hostileText(dice)
    case 4:
    case 5:
      return hostileNumber(dice)
    case 6:
      return null
    case 7:
      return dice.chance(0.5)
    case 8:
      return Array.from({ length: dice.pick([0, 1, 3, 1000]) }, () => dice.pick(texts))
    case 9:
      return {}
    case 10:
      return nested(dice.pick([3, 40, 400]), dice.pick(texts))
    case 11:
      return poisoned()
    case 12:
      return JSON.parse('{"toString":"x","valueOf":null,"length":-1,"then":1,"toJSON":2}')
    default:
      return undefined
  }
}
