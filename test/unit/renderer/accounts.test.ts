import type { Connection, ModelInfo, ProviderInfo } from '@shared/contract'
import { describe, expect, it } from 'vitest'
import { connectionFor, needOf, type AccountProvider, type Need } from '../../../src/renderer/state/accounts'

const connection = (id: string, patch: Partial<Connection> = {}): Connection => ({
  id,
  provider: 'luma-ray2',
  label: id,
  enabled: true,
  settings: {},
  secrets: [],
  concurrency: null,
  budget: null,
  tested: null,
  createdAt: 1,
  updatedAt: 1,
  ...patch,
})

const info = (id: string, servedBy: ModelInfo['servedBy'] = null) => ({ id, servedBy }) as ModelInfo
const account = {
  id: 'luma-ray2',
  connection: {},
  models: [info('ray2'), info('relayed', { field: 'kind', in: ['relay'] })],
} as unknown as AccountProvider
const asks = (model: string) => needOf([account], model) as Need
const need = asks('ray2')

describe('the connection that jobs go through', () => {
  const studio = connection('studio')
  const other = connection('other')

  it('would be another than the chosen one', () => {
    expect(connectionFor([studio, other], need, { 'luma-ray2': 'other' })).toBe(other)
  })

  it('would be missing although there is one, chosen or not', () => {
    expect(connectionFor([studio], need, {})).toBe(studio)
  })

  it('would stay one that was removed or switched off', () => {
    expect(connectionFor([studio], need, { 'luma-ray2': 'other' })).toBe(studio)
    expect(connectionFor([studio, { ...other, enabled: false }], need, { 'luma-ray2': 'other' })).toBe(studio)
    expect(connectionFor([{ ...studio, enabled: false }], need, { 'luma-ray2': 'studio' })).toBeNull()
  })

  it('would be an account at another provider', () => {
    expect(connectionFor([connection('k', { provider: 'kling' })], need, { 'luma-ray2': 'k' })).toBeNull()
  })

  it('would be of a kind that does not have the model', () => {
    const relay = connection('relay', { settings: { kind: 'relay' } })
    expect(connectionFor([studio, relay], asks('relayed'), {})).toBe(relay)
    expect(connectionFor([studio], asks('relayed'), { 'luma-ray2': 'studio' })).toBeNull()
  })

  it('would be chosen for two kinds of models at once', () => {
    expect(asks('relayed').key).not.toBe(need.key)
  })

  it('would be asked for by a model that needs none', () => {
    const animatic: ProviderInfo = {
      id: 'animatic',
      label: 'Animatic',
      needsConnection: false,
      offline: true,
      finds: false,
      connection: null,
      models: [],
    }
    expect(needOf([{ ...animatic, models: [info('animatic')] }], 'animatic')).toBeNull()
    expect(needOf([], 'gone')).toBeNull()
  })
})
