import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createProviders, readParams } from '../../../src/main/providers'
import { ModelInfo } from '../../../src/shared/contract'
import { fakeModel, fakeProvider } from '../../simulators/fake'

const model = fakeModel()

describe('what the page learns of a model', () => {
  it('is a JSON Schema with titles, hints for the form, defaults and ranges, and fits the contract', () => {
    const [info] = createProviders([fakeProvider({ url: 'http://127.0.0.1:1' })]).infos()
    expect(ModelInfo.parse(info).params).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: {
        duration: { enum: [5, 10], default: 5, title: 'duration', 'x-ui': { control: 'choice', unit: 's' } },
        ratio: { enum: ['16:9', '9:16'], default: '16:9' },
        strength: { type: 'number', minimum: 0, maximum: 1, multipleOf: 0.25 },
        seed: { type: 'integer', minimum: 1, maximum: 1000 },
      },
    })
    expect(info?.params).not.toHaveProperty('required')
  })
})

describe('reading parameters', () => {
  it('keeps what was given verbatim and fills in only what the provider requires', () => {
    expect(readParams(model, { strength: 0.25 }).params).toEqual({ strength: 0.25, duration: 5 })
  })

  it('a schema that forgot to be strict still drops nothing in silence', () => {
    const loose = { ...model, params: z.object({ seed: z.int().optional() }) }
    expect(readParams(loose, { seed: 1, sede: 2 }).issues).toMatchObject([
      { path: ['params', 'sede'], key: 'field.unknown', values: { name: 'sede' } },
    ])
  })

  it('a required parameter that is missing is said to be needed, not to be of a wrong type', () => {
    const strict = { ...model, params: z.strictObject({ mode: z.enum(['a', 'b']), size: z.int() }) }
    expect(readParams(strict, {}).issues).toMatchObject([
      { path: ['params', 'mode'], key: 'field.required' },
      { path: ['params', 'size'], key: 'field.required' },
    ])
  })

  it('a rule across fields speaks in the words it names, and in general ones when it names none of ours', () => {
    const ruled = (key: string) => ({
      ...model,
      params: z.strictObject({ a: z.int(), b: z.int() }).check(({ value, issues }) => {
        if (value.a > value.b) {
          issues.push({
            code: 'custom',
            path: ['a'],
            input: value,
            params: { key, values: { max: value.b } },
          })
        }
      }),
    })
    expect(readParams(ruled('field.max'), { a: 3, b: 2 }).issues).toMatchObject([
      { path: ['params', 'a'], key: 'field.max', message: 'The most is 2.' },
    ])
    expect(readParams(ruled('nonsense'), { a: 3, b: 2 }).issues).toMatchObject([{ key: 'field.invalid' }])
  })
})

describe('the registry', () => {
  it('finds models by id over all providers, and refuses two of the same name', () => {
    const provider = fakeProvider({ url: 'http://127.0.0.1:1' })
    const providers = createProviders([provider])
    expect(providers.model('fake-1')?.provider).toBe(provider)
    expect(providers.model('constructor')).toBeNull()
    expect(providers.provider('nobody')).toBeNull()
    expect(() => createProviders([provider, { ...provider, id: 'other' }])).toThrow('fake-1')
    expect(() => createProviders([provider, provider])).toThrow('fake')
  })
})
