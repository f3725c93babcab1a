import { templateFault } from '@shared/nameTemplate'
import { sentence } from '@shared/problems'
import { expect, test } from 'vitest'

test.each([
  ['  ', 'template.empty'],
  ['{date} {nope}', 'template.unknown'],
  ['{constructor}', 'template.unknown'],
  ['{}', 'template.unknown'],
  ['{date}/{words}', 'template.sign'],
  ['..\\{words}', 'template.sign'],
  ['what? {id}', 'template.sign'],
  ['{date} {', 'template.sign'],
  ['{words}\u0000', 'template.sign'],
  ['.{words}', 'template.dot'],
  ['{words}.', 'template.dot'],
])('%j would be kept although no file can be called so', (template, key) => {
  expect(templateFault(template)).toMatchObject({ key })
})

test('a part that is none is named, and so are those there are', () => {
  const { key, values } = templateFault('{date} {nope}') ?? { key: 'internal' }
  expect(sentence(key, values).message).toBe(
    '{nope} is not one of the parts {date} {time} {model} {words} {seed} {id}.',
  )
})

test.each(['{date} {model} {words}', '{time}_{seed}-{id}', '海报 {words}', '{words}'])(
  '%j would be refused although it names files well',
  (template) => {
    expect(templateFault(template)).toBeNull()
  },
)
