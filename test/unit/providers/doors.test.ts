import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'src/main/providers')
const providers = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe.each(providers)('%s', (id) => {
  const files = readdirSync(join(folder, id))

  test('has the doors that a reviewer looks for', () => {
    expect(files).toEqual(expect.arrayContaining(['index.ts', 'models.ts', 'request.ts', 'errors.ts']))
  })

  test('is reached through its one door, and knows no other provider', () => {
    const others = providers.filter((other) => other !== id)
    for (const file of files) {
      const text = read(join('src/main/providers', id, file))
      for (const other of others) expect(text, file).not.toContain(`'../${other}`)
    }
    expect(read('src/main/studio.ts')).toContain(`'./providers/${id}'`)
  })
})

// The animatic needs no account and costs nothing; README itself is about it.
test.each(providers.filter((id) => id !== 'animatic'))(
  '%s says what it costs and what each setting does, where README leads',
  (id) => {
    expect(read(join('docs/providers', `${id}.md`))).toMatch(/^## .*(?:costs|price)/im)
    expect(read('README.md')).toContain(`docs/providers/${id}.md`)
  },
)
