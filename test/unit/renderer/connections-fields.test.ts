import type { Connection, ConnectionForm } from '@shared/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AwsSettings } from '../../../src/main/aws'
import { klingSecrets, KlingSettings } from '../../../src/main/providers/kling/settings'
import {
  applies,
  secretFields,
  settingFields,
  settingsToSend,
  standingOf,
} from '../../../src/renderer/connections/fields'

const keys = { field: 'signIn', in: ['keys'] }
const form: ConnectionForm = {
  settings: z.toJSONSchema(AwsSettings, { io: 'input' }),
  secrets: [
    { name: 'accessKeyId', title: 'accessKeyId', required: true, when: keys },
    { name: 'secretAccessKey', title: 'secretAccessKey', required: true, when: keys },
    { name: 'sessionToken', title: 'sessionToken', required: false, when: keys },
  ],
  policy: true,
  local: true,
  imports: 'AWS',
  docs: null,
}
const fields = settingFields(form.settings)

const connection = (patch: Partial<Connection>): Connection => ({
  id: 'c',
  provider: 'luma-ray2',
  label: 'Studio',
  enabled: true,
  settings: { signIn: 'keys', bucket: 'my-videos' },
  secrets: ['accessKeyId', 'secretAccessKey'].map((name) => ({
    name,
    configured: true,
    last4: '1234',
    kept: 'keychain',
  })),
  concurrency: null,
  budget: null,
  tested: null,
  createdAt: 1,
  updatedAt: 1,
  ...patch,
})

describe('the form of an AWS connection', () => {
  it('would leave out a field of its description', () => {
    expect(fields.map((field) => field.name)).toEqual(Object.keys(AwsSettings.shape))
    expect(fields.filter((field) => field.group === 'main').map(({ control }) => control)).toEqual([
      'choice',
      'profile',
      'text',
      'text',
      'text',
    ])
  })

  it('would ask for a profile or for keys that the sign-in does not need', () => {
    const profile = fields.find((field) => field.name === 'profile')
    expect(applies(profile?.when, fields, {})).toBe(false)
    expect(applies(profile?.when, fields, { signIn: 'profile' })).toBe(true)
    expect(secretFields(form, {}).map((secret) => secret.name)).toEqual([
      'accessKeyId',
      'secretAccessKey',
      'sessionToken',
    ])
    expect(secretFields(form, { signIn: 'default' })).toEqual([])
  })

  it('would ask for what a hidden setting wanted before it was hidden', () => {
    const settings = z.toJSONSchema(KlingSettings, { io: 'input' })
    const kling = { ...form, settings, secrets: klingSecrets }
    const names = (values: Record<string, unknown>) => secretFields(kling, values).map(({ name }) => name)
    expect(names({ signIn: 'pair' })).toEqual(['accessKey', 'secretKey'])
    // A relay knows one key only, and how one signs in is no longer asked.
    expect(names({ kind: 'relay', signIn: 'pair' })).toEqual(['apiKey'])
    expect(settingsToSend(kling, { kind: 'relay', signIn: 'pair' })).toEqual({ kind: 'relay' })
  })

  it('would hand in empty texts, spaces, half-written tags, or what was hidden meanwhile', () => {
    const typed = {
      signIn: 'keys',
      profile: 'old',
      bucket: ' my-videos ',
      kmsKeyId: '',
      tags: [
        { key: '', value: '' },
        { key: 'for', value: 'film' },
      ],
    }
    expect(settingsToSend(form, typed)).toEqual({
      signIn: 'keys',
      bucket: 'my-videos',
      tags: [{ key: 'for', value: 'film' }],
    })
    expect(settingsToSend(form, { tags: [{ key: ' ', value: '' }] })).toEqual({})
  })

  it('would put its default back where a prefix was taken away on purpose', () => {
    expect(settingsToSend(form, { bucket: 'my-videos', prefix: '' })).toEqual({
      bucket: 'my-videos',
      prefix: '',
    })
  })
})

describe('how things stand with a connection', () => {
  it('would call one ready whose secrets are gone', () => {
    const gone = connection({
      tested: { at: 1, ok: true, who: null },
      secrets: [{ name: 'accessKeyId', configured: false, last4: '1234', kept: 'session' }],
    })
    expect(standingOf(gone, form)).toBe('secrets')
    const own = ['accessKeyId', 'secretAccessKey'].map((name) => ({ ...gone.secrets[0]!, name }))
    expect(standingOf({ ...gone, secrets: own }, form)).toBe('over')
    expect(standingOf({ ...gone, enabled: false }, form)).toBe('off')
    expect(standingOf({ ...gone, settings: { signIn: 'default' } }, form)).toBe('ready')
  })

  it('would take one that was never tested for one that works', () => {
    expect(standingOf(connection({}), form)).toBe('untested')
    expect(standingOf(connection({ tested: { at: 1, ok: true, who: null } }), form)).toBe('ready')
    expect(standingOf(connection({ tested: { at: 1, ok: false, who: null } }), form)).toBe('failed')
  })
})
