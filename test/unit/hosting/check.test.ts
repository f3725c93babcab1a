import { expect, test } from 'vitest'
import type { TestStep } from '../../../src/shared/contract'
import { readSettings } from '../../../src/main/connections/form'
import { presignedGet } from '../../../src/main/aws'
import { AwsSettings } from '../../../src/main/aws'
import { never, openBench } from './kit'

async function steps(bench: Awaited<ReturnType<typeof openBench>>): Promise<TestStep[]> {
  const access = bench.connections.access(bench.connection.id)
  if (!access) throw new Error('no access')
  const all = []
  for await (const step of bench.holder.connection.test(access, never)) all.push(step)
  return all
}
const brief = (all: TestStep[]) => all.map(({ id, state, key }) => [id, state, key])

test('the test does with a text what is done with images, and leaves nothing behind', async () => {
  const bench = await openBench()
  expect(brief(await steps(bench))).toEqual([
    ['write', 'ok', 'hosting.write.ok'],
    ['read', 'ok', 'hosting.read.ok'],
    ['remove', 'ok', 'hosting.remove.ok'],
  ])
  expect(bench.aws.store.keys(bench.aws.bucket)).toEqual([])
})

test.each<[string, 's3:PutObject' | 's3:GetObject' | 's3:DeleteObject', string[]]>([
  ['writing', 's3:PutObject', ['hosting.write.denied', 'hosting.skipped', 'hosting.skipped']],
  ['reading', 's3:GetObject', ['hosting.write.ok', 'hosting.read.refused', 'hosting.remove.ok']],
  ['deleting', 's3:DeleteObject', ['hosting.write.ok', 'hosting.read.ok', 'hosting.remove.denied']],
])('the test says that the right to %s is missing', async (_name, action, keys) => {
  const bench = await openBench()
  bench.aws.identities.deny(bench.aws.credential.accessKeyId, action)
  expect((await steps(bench)).map(({ key }) => key)).toEqual(keys)
})

test('the test says where a bucket is not, and whose keys are refused', async () => {
  const bench = await openBench()
  bench.aws.faults.add('PutObject', { kind: 'error', status: 404, code: 'NoSuchBucket', message: 'none' })
  expect((await steps(bench))[0]).toMatchObject({ state: 'failed', key: 'hosting.noBucket' })
  bench.aws.faults.add('PutObject', {
    kind: 'error',
    status: 403,
    code: 'SignatureDoesNotMatch',
    message: 'no',
  })
  expect((await steps(bench))[0]).toMatchObject({ state: 'failed', key: 'aws.identity.refused' })
  await bench.aws.close()
  expect((await steps(bench))[0]).toMatchObject({ state: 'failed', key: 'aws.failed.network' })
})

test('settings: a store of one’s own may name its region as it likes, Amazon’s must be one of Amazon’s', async () => {
  const { holder } = await openBench()
  const issues = (settings: Record<string, unknown>) =>
    readSettings(holder.connection, settings).issues.map(({ path, key }) => [path.join('.'), key])
  const store = { bucket: 'my-images', region: 'auto', s3Endpoint: 'https://store.test' }
  expect(issues(store)).toEqual([])
  expect(issues({ bucket: 'my-images', region: 'auto' })).toEqual([['settings.region', 'aws.region']])
  expect(issues({ ...store, s3Endpoint: 'http://store.test' })).toEqual([
    ['settings.s3Endpoint', 'wire.addressPlain'],
  ])
  expect(issues({ bucket: 'my-images', signIn: 'profile' })).toEqual([
    ['settings.profile', 'aws.profileNeeded'],
  ])
})

test('the policy asks for no more than putting, reading and deleting below the prefix', async () => {
  const { holder } = await openBench()
  const policy = JSON.parse(holder.connection.policy?.({ bucket: 'my-images', prefix: 'x' }) ?? '') as {
    Statement: unknown[]
  }
  expect(policy.Statement).toEqual([
    {
      Sid: 'HostImages',
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      Resource: 'arn:aws:s3:::my-images/x/*',
    },
  ])
})

const provide = Object.assign(
  () => Promise.resolve({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }),
  { memoized: true as const },
)
const at = Date.UTC(2026, 10, 29, 5)

test.each([
  [{}, 'https://films.s3.eu-west-1.amazonaws.com/a/b%20c.png'],
  [{ pathStyle: true }, 'https://s3.eu-west-1.amazonaws.com/films/a/b%20c.png'],
  [{ bucket: 'with.dots' }, 'https://s3.eu-west-1.amazonaws.com/with.dots/a/b%20c.png'],
  [{ s3Endpoint: 'https://store.test:8443/base/' }, 'https://films.store.test:8443/base/a/b%20c.png'],
])('a link with %j leads to %s', async (change, expected) => {
  const settings = AwsSettings.parse({ bucket: 'films', region: 'eu-west-1', ...change })
  const credentials = { provide, used: () => null, invalidate: () => undefined }
  const url = new URL(await presignedGet({ settings, credentials }, 'a/b c.png', at))
  expect(`${url.origin}${url.pathname}`).toBe(expected)
  expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host')
})

test('a link signed with temporary keys does not promise more than they last', async () => {
  const expiration = new Date(at + 3_600_000)
  const temporary = Object.assign(
    () => Promise.resolve({ accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', expiration }),
    { memoized: true as const },
  )
  const settings = AwsSettings.parse({ bucket: 'films' })
  const credentials = { provide: temporary, used: () => null, invalidate: () => undefined }
  const { searchParams } = new URL(await presignedGet({ settings, credentials }, 'a.png', at))
  expect(searchParams.get('X-Amz-Expires')).toBe('3600')
  expect(searchParams.get('X-Amz-Security-Token')).toBe('t')
})
