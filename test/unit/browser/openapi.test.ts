import { expect, test } from 'vitest'
import { describeApi } from '../../../src/main/browser/openapi'
import { runShell } from '../../support/shell'

type Json = Record<string, unknown>

const promised: [method: string, path: string][] = [
  ['get', '/providers'],
  ['post', '/assets'],
  ['post', '/jobs/preview'],
  ['post', '/jobs'],
  ['get', '/jobs'],
  ['get', '/jobs/{id}'],
  ['post', '/jobs/{id}/cancel'],
  ['post', '/jobs/{id}/retry'],
  ['delete', '/jobs/{id}'],
  ['get', '/events'],
  ['get', '/media/{id}/video'],
  ['get', '/media/{id}/poster'],
  ['get', '/media/{id}/preview'],
]

async function document(): Promise<Json & { paths: Record<string, Record<string, Json>> }> {
  return JSON.parse(JSON.stringify(await describeApi('1.2.3')))
}

/** Every `$ref` anywhere below. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  )
}

test('is OpenAPI 3.1 and names every promised operation', async () => {
  const { openapi, info, paths } = await document()
  expect(openapi).toMatch(/^3\.1\./)
  expect(info).toMatchObject({ title: 'Dailies', version: '1.2.3' })
  for (const [method, path] of promised)
    expect([path, method, paths[path]?.[method]]).not.toContain(undefined)
})

test('every operation has a name of its own, answers, and a known parameter for each place in its path', async () => {
  const { paths } = await document()
  const ids = new Set<unknown>()
  for (const [path, item] of Object.entries(paths)) {
    for (const operation of Object.values(item)) {
      expect(ids.has(operation['operationId'])).toBe(false)
      ids.add(operation['operationId'])
      expect(operation['summary']).toMatch(/^[A-Z]/)
      const responses = Object.entries(operation['responses'] as Record<string, { description: string }>)
      const statuses = responses.map(([status]) => status)
      expect(statuses).toEqual(expect.arrayContaining(['401', '403', '404']))
      expect(statuses.filter((status) => /^20[01]$/.test(status))).toHaveLength(1)
      for (const [, { description }] of responses) expect(description).toMatch(/^[A-Z]/)
      const parameters = (operation['parameters'] ?? []) as { name: string; in: string; required?: boolean }[]
      const inPath = parameters.filter((one) => one.in === 'path')
      expect(inPath.map((one) => `{${one.name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
      expect(inPath.every((one) => one.required)).toBe(true)
    }
  }
})

test('no reference leads nowhere', async () => {
  const all = await document()
  for (const reference of new Set(references(all))) {
    const target = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((value, step) => (value as Json | undefined)?.[step], all)
    expect([reference, target]).not.toContain(undefined)
  }
})

test('what only the page may call is neither described nor reachable', async () => {
  const text = JSON.stringify(await document())
  for (const name of ['media.', 'settings.draft', 'settings.saveDraft', 'studio.dismissNotice']) {
    expect(text).not.toContain(`"operationId":"${name}`)
  }
  const shell = await runShell()
  for (const path of ['/media/orders', '/settings/draft', '/settings/saveDraft', '/studio/dismissNotice']) {
    expect((await shell.api('POST', path, {})).status).toBe(404)
  }
})

test('says how to send lists, deletions and images, as the API takes them', async () => {
  const { paths } = await document()
  const find = (path: string, method: string, name: string) =>
    ((paths[path]?.[method]?.['parameters'] ?? []) as { name: string }[]).find((one) => one.name === name)
  expect(find('/jobs', 'get', 'state')).toMatchObject({ in: 'query', style: 'form', explode: false })
  expect(find('/jobs/{id}', 'delete', 'file')).toMatchObject({ in: 'query' })
  expect(paths['/jobs/{id}']?.['delete']).not.toHaveProperty('requestBody')
  const body = paths['/assets']?.['post']?.['requestBody'] as { content: Json }
  expect(Object.keys(body.content).sort()).toEqual(['image/*', 'multipart/form-data'])
})

test('every error is described as it is answered, and the token as a Bearer token', async () => {
  const all = await document()
  const { paths } = all
  const components = all['components'] as Record<string, Record<string, Json>>
  expect(components['securitySchemes']).toEqual({ token: { type: 'http', scheme: 'bearer' } })
  expect(components['schemas']?.['Problem']?.['required']).toEqual(['code', 'message'])
  const responses = paths['/jobs']?.['post']?.['responses'] as Record<string, { content?: Json }>
  expect(JSON.stringify(responses['400']?.content)).toContain('#/components/schemas/Problem')
})

test('is served where it is promised', async () => {
  const shell = await runShell()
  const answer = await shell.api('GET', '/openapi.json')
  expect(answer.status).toBe(200)
  expect(answer.json['openapi']).toMatch(/^3\.1\./)
})
