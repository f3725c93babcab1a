import { expect, test } from 'vitest'
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import { z } from 'zod'
import { toIssues } from '../../src/main/issues'

const Shape = z.strictObject({
  model: z.string().min(1).max(5),
  count: z.int().min(1).max(50).optional(),
  role: z.enum(['first', 'last']).optional(),
  id: z.uuid().optional(),
  ids: z.array(z.string()).min(2).optional(),
})

function issuesOf(data: unknown) {
  const found = Shape.safeParse(data).error?.issues ?? []
  return toIssues(found, data).map(({ path, key, message }) => ({ path: path.join('.'), key, message }))
}

test.each([
  [
    'a missing value is called missing, not of the wrong type',
    {},
    'model',
    'field.required',
    'This is needed.',
  ],
  ['an empty text is called missing', { model: '' }, 'model', 'field.required', 'This is needed.'],
  ['a wrong type names the right one', { model: 5 }, 'model', 'field.text', 'This should be text.'],
  [
    'a text too long names the most',
    { model: 'abcdefgh' },
    'model',
    'field.length',
    'This is too long; the most is 5.',
  ],
  ['a number too small names the least', { model: 'a', count: 0 }, 'count', 'field.min', 'The least is 1.'],
  ['a number too large names the most', { model: 'a', count: 51 }, 'count', 'field.max', 'The most is 50.'],
  [
    'a fraction where a whole number is due',
    { model: 'a', count: 1.5 },
    'count',
    'field.whole',
    'This should be a whole number.',
  ],
  [
    'an unknown choice names the choices',
    { model: 'a', role: 'x' },
    'role',
    'field.choice',
    'Choose one of first, last.',
  ],
  ['a wrong id', { model: 'a', id: '../x' }, 'id', 'field.id', 'This is not an id.'],
  ['too few entries', { model: 'a', ids: ['x'] }, 'ids', 'field.count', 'Give at least 2.'],
  [
    'an unknown field is named',
    { model: 'a', modle: 1 },
    'modle',
    'field.unexpected',
    'modle is not known here.',
  ],
])('%s', (_name, data, path, key, message) => {
  expect(issuesOf(data)).toEqual([{ path, key, message }])
})

test('every wrong field is told at once, not one after the other', () => {
  expect(issuesOf({ count: 0, role: 'x' }).map((issue) => issue.path)).toEqual(['model', 'count', 'role'])
})

test('a body that is no object at all', () => {
  expect(issuesOf([])).toEqual([{ path: '', key: 'field.object', message: 'This should be an object.' }])
})

test('every sentence about a type is whole in both languages: no word of one stands inside the other', () => {
  const Types = z.strictObject({
    text: z.string(),
    number: z.number(),
    whole: z.int(),
    switch: z.boolean(),
    list: z.array(z.string()),
    object: z.record(z.string(), z.string()),
    file: z.file(),
  })
  const wrong = { text: 1, number: 'x', whole: 1.5, switch: 'x', list: 1, object: 1, file: 1 }
  const issues = toIssues(Types.safeParse(wrong).error?.issues ?? [], wrong)
  expect(issues.map(({ key, values }) => [key, values])).toEqual(
    Object.keys(wrong).map((name) => [`field.${name}`, undefined]),
  )
  for (const { key } of issues) expect(zh.problem[key].message).toMatch(/^[^a-zA-Z{]+。$/)
})

test('a name of the language is no value that was given', () => {
  const Named = z.object({ constructor: z.string(), toString: z.enum(['a']) })
  expect(toIssues(Named.safeParse({}).error?.issues ?? [], {}).map(({ key }) => key)).toEqual([
    'field.required',
    'field.required',
  ])
})
