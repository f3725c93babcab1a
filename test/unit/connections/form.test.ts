import { expect, it } from 'vitest'
import { z } from 'zod'
import { checkSecrets } from '../../../src/main/connections/form'
import type { ConnectionKind } from '../../../src/main/providers'

const kind: ConnectionKind = {
  settings: z.strictObject({ signIn: z.enum(['keys', 'profile']).default('keys'), bucket: z.string() }),
  secrets: [{ name: 'key', title: 'key', required: true, when: { field: 'signIn', in: ['keys'] } }],
  sentTo: () => [],
  docs: null,
  async *test() {},
}
const missing = (settings: Record<string, unknown>) =>
  checkSecrets(kind, settings, {}, () => false).map(({ path, key }) => [path.join('.'), key])

it('says that a key is missing in the same answer as the bucket, although the way of signing in was left alone', () => {
  expect(missing({})).toEqual([['secrets.key', 'field.required']])
  expect(missing({ signIn: 'keys' })).toEqual([['secrets.key', 'field.required']])
  expect(missing({ signIn: 'profile' })).toEqual([])
})

it('refuses a secret of a wrong form beside its field, before anything is sent or kept', () => {
  const checked: ConnectionKind = {
    ...kind,
    checkSecret: (_name, secret) => (secret.startsWith('key_') ? null : 'field.invalid'),
  }
  const wrong = (key: string | null) =>
    checkSecrets(checked, { signIn: 'profile' }, { key }, () => false).map(({ path, key }) => [
      path.join('.'),
      key,
    ])
  expect(wrong('sk-0')).toEqual([['secrets.key', 'field.invalid']])
  expect(wrong(' key_0')).toEqual([['secrets.key', 'secret.spaces']])
  expect([wrong('key_0'), wrong(''), wrong(null)]).toEqual([[], [], []])
})
