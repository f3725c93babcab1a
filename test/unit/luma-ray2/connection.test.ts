import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ProviderError, type Provider } from '../../../src/main/providers'
import type { ConnectionAccess } from '../../../src/main/providers/types'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import { tempFolder } from '../../support/folder'
import { openBench } from './kit'

async function steps(provider: Provider, access: ConnectionAccess) {
  const all = []
  const { signal } = new AbortController()
  for await (const step of provider.connection?.test(access, signal) ?? []) all.push(step)
  return all
}

test('a good connection passes every step, says who it is, and begins no job', async () => {
  const { aws, provider, access } = await openBench()
  const all = await steps(provider, access)
  expect(all.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'identity ok',
    'model ok',
    'access ok',
    'bucket ok',
    'region ok',
    'write ok',
    'read ok',
  ])
  expect(all[0]?.who).toBe('arn:aws:iam::123456789012:user/studio')
  expect(aws.count('StartAsyncInvoke')).toBe(0)
})

test('every step and remedy is an entry of the catalogue that the page can say in its language', async () => {
  const { aws, provider, access, secrets } = await openBench(
    {},
    { buckets: [{ name: 'far', region: 'eu-west-1' }] },
  )
  const all = await steps(provider, access)
  secrets['secretAccessKey'] = 'wrong'
  all.push(...(await steps(provider, access)))
  delete secrets['secretAccessKey']
  all.push(...(await steps(provider, access)))
  expect(all.filter((step) => step.remedy !== null).length).toBeGreaterThan(2)
  const catalogue: Record<string, string> = en.test
  const named = all.flatMap(({ key, remedy }) => (remedy ? [key, remedy.key] : [key]))
  expect(named.filter((key) => catalogue[key] === undefined)).toEqual([])
  expect(aws.billable()).toBe(0)
})

test('a locked keychain is the first step’s own sentence', async () => {
  const { provider, access } = await openBench()
  const detail = {
    code: 'auth',
    key: 'keychain.locked',
    message: en.problem['keychain.locked'].message,
    hint: null,
    retry: 'later',
    charged: 'no',
    sent: false,
  } as const
  access.secret = () => Promise.reject(new ProviderError(detail))
  const [first, ...rest] = await steps(provider, access)
  expect(first).toMatchObject({ id: 'identity', state: 'failed', key: 'aws.identity.secrets' })
  expect(first?.message).toContain(detail.message)
  expect(rest.every((step) => step.state === 'skipped')).toBe(true)
})

test('the policy is filled in with what stands in the form, complete or not', async () => {
  const { provider } = await openBench()
  const policy = (settings: Record<string, unknown>) => provider.connection?.policy?.(settings) ?? ''
  expect(policy({ region: 'us-west-2', bucket: 'films', prefix: 'a' })).toContain('arn:aws:s3:::films/a/*')
  expect(policy({})).toContain('arn:aws:s3:::YOUR-BUCKET/dailies/*')
  expect(() => JSON.parse(policy({ bucket: 7, kmsKeyId: '' })) as unknown).not.toThrow()
})

test('what this computer offers is told by name, never by secret', async () => {
  const home = tempFolder()
  mkdirSync(join(home, '.aws'))
  const keys = '[studio]\naws_access_key_id = AKIAPLANTED\naws_secret_access_key = planted\n'
  writeFileSync(join(home, '.aws', 'credentials'), keys)
  writeFileSync(
    join(home, '.aws', 'config'),
    '[profile crew]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = studio\nregion = us-west-2\n',
  )
  const { provider } = await openBench({}, {}, { home })
  const local = await provider.connection?.local?.()
  expect(local?.profiles).toEqual([
    { name: 'crew', kind: 'role', region: 'us-west-2' },
    { name: 'studio', kind: 'keys', region: null },
  ])
  expect(JSON.stringify(local)).not.toContain('lanted')
})

test('the form: what is no secret is a setting, and keys are asked for only where they sign in', async () => {
  const { provider, settings } = await openBench()
  expect(provider.connection?.settings.safeParse(settings).success).toBe(true)
  expect(provider.connection?.settings.safeParse({ ...settings, secretAccessKey: 'x' }).success).toBe(false)
  expect(provider.connection?.secrets).toContainEqual({
    name: 'secretAccessKey',
    title: 'secretAccessKey',
    required: true,
    when: { field: 'signIn', in: ['keys'] },
  })
})
