import type { Connection, ProviderInfo } from '@shared/contract'
import { describe, expect, it } from 'vitest'
import { accountOf, connectionFor } from '../../../src/renderer/state/accounts'

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

describe('the connection that jobs go through', () => {
  const studio = connection('studio')
  const other = connection('other')

  it('would be another than the chosen one', () => {
    expect(connectionFor([studio, other], 'luma-ray2', 'other')).toBe(other)
  })

  it('would be missing although there is one, chosen or not', () => {
    expect(connectionFor([studio], 'luma-ray2', undefined)).toBe(studio)
  })

  it('would stay one that was removed or switched off', () => {
    expect(connectionFor([studio], 'luma-ray2', 'other')).toBe(studio)
    expect(connectionFor([studio, { ...other, enabled: false }], 'luma-ray2', 'other')).toBe(studio)
    expect(connectionFor([{ ...studio, enabled: false }], 'luma-ray2', 'studio')).toBeNull()
  })

  it('would be an account at another provider', () => {
    expect(connectionFor([connection('k', { provider: 'kling' })], 'luma-ray2', 'k')).toBeNull()
  })

  it('would be asked for by a model that needs none', () => {
    const animatic: ProviderInfo = {
      id: 'animatic',
      label: 'Animatic',
      needsConnection: false,
      offline: true,
      connection: null,
      models: [],
    }
    expect(accountOf([animatic], 'animatic')).toBeNull()
    expect(accountOf([], 'gone')).toBeNull()
  })
})
