import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Model } from '../../../src/main/providers'
import { models as jimeng } from '../../../src/main/providers/jimeng/models'
import { jimengSecrets, JimengSettings } from '../../../src/main/providers/jimeng/settings'
import { paramsSchema } from '../../../src/main/providers/describe'
import { klingModels } from '../../../src/main/providers/kling/models'
import { klingSecrets, KlingSettings } from '../../../src/main/providers/kling/settings'
import { lumaRay2 } from '../../../src/main/providers/luma-ray2/models'
import { models as runway } from '../../../src/main/providers/runway/models'
import { RunwaySettings, secrets as runwaySecrets } from '../../../src/main/providers/runway/settings'
import { wan22 } from '../../../src/main/providers/wan22/models'
import { WanSettings } from '../../../src/main/providers/wan22/settings'
import en from '../../../src/renderer/messages/en.json' with { type: 'json' }
import zh from '../../../src/renderer/messages/zh-CN.json' with { type: 'json' }

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'src/main/providers')
const providers = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe.each(providers)('%s', (id) => {
  const files = readdirSync(join(folder, id), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )

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

const pages: [id: string, models: Model[]][] = [
  ['luma-ray2', [lumaRay2]],
  ['wan22', [wan22]],
  ['runway', runway],
  ['kling', klingModels],
  ['jimeng', jimeng],
]

const names: Record<string, string> = en.param
const fieldNames: Record<string, string> = en.connection.field

test.each(pages)(
  'the page of %s has every parameter of its forms, under the label that stands there',
  (id, models) => {
    const page = read(join('docs/providers', `${id}.md`)).toLowerCase()
    const titles = models.flatMap((model) =>
      Object.entries(paramsSchema(model)['properties'] as Record<string, { title?: string }>).map(
        ([name, { title = name }]) => title,
      ),
    )
    expect(
      [...new Set(titles)].filter((title) => !page.includes((names[title] ?? '').toLowerCase())),
    ).toEqual([])
  },
)

test.each([
  ['wan22', WanSettings, ['apiKey']],
  ['runway', RunwaySettings, runwaySecrets.map(({ title }) => title)],
  ['kling', KlingSettings, klingSecrets.map(({ title }) => title)],
  ['jimeng', JimengSettings, jimengSecrets.map(({ title }) => title)],
] as const)(
  'the page of %s has every field of its connection, under the label that stands there',
  (id, settings, secrets) => {
    const page = read(join('docs/providers', `${id}.md`)).toLowerCase()
    const titles = [...Object.values(settings.shape).map((field) => field.meta()?.title ?? ''), ...secrets]
    expect(titles.filter((title) => !page.includes((fieldNames[title] ?? '').toLowerCase()))).toEqual([])
  },
)

// What is shown where these names are missing is English.
test.each(pages)('%s offers itself, and says where its prices were read, in Chinese too', (id, models) => {
  const chinese = zh as { connections: { offer: object; guide: object }; priceSource: object }
  const offered = id === 'luma-ray2' ? chinese.connections.guide : chinese.connections.offer
  expect(offered).toHaveProperty(id === 'luma-ray2' ? 'aws.offer' : id)
  const known = Object.keys(chinese.priceSource)
  const sources = models.flatMap(({ info: { price } }) =>
    price.unit === 'unknown' || price.unit === 'free' ? [] : [price.source],
  )
  const names = sources.map((source) => source.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'))
  expect(names.filter((name) => !known.includes(name))).toEqual([])
})
