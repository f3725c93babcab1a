import { expect, test } from 'vitest'
import { z } from 'zod'
import { AwsSettings, keyPrefix, resultUri } from '../../../src/main/aws'
import { toIssues } from '../../../src/main/issues'

const least = { bucket: 'my-videos' }

function issuesOf(data: unknown) {
  const found = AwsSettings.safeParse(data).error?.issues ?? []
  return toIssues(found, data).map(({ path, key }) => `${path.join('.')} ${key}`)
}

test('a bucket is enough: everything else has a default that works with Luma', () => {
  expect(AwsSettings.parse(least)).toEqual({
    signIn: 'keys',
    region: 'us-west-2',
    bucket: 'my-videos',
    prefix: 'dailies/',
    transport: 'sdk',
    pathStyle: false,
    connectTimeoutSeconds: 10,
    readTimeoutSeconds: 60,
  })
})

test('a connection without a bucket is refused, for results would have no place', () => {
  expect(issuesOf({})).toEqual(['bucket field.required'])
})

test.each([
  ['region', 'US West', 'aws.region'],
  ['region', 'us-west-2.evil.example', 'aws.region'],
  ['bucket', 'My_Bucket', 'aws.bucket'],
  ['bucket', 's3://my-videos', 'aws.bucket'],
  ['bucket', '192.168.0.1', 'aws.bucket'],
  ['bucket', 'two..dots', 'aws.bucket'],
  ['bucket', 'ab', 'aws.bucket'],
  ['bucket', 'name--ol-s3', 'aws.bucket'],
  ['prefix', '/dailies/', 'aws.prefix'],
  ['prefix', 'a/../b/', 'aws.prefix'],
  ['prefix', 'a//b', 'aws.prefix'],
  ['prefix', 'all/*', 'aws.prefix'],
  ['prefix', 'x'.repeat(513), 'aws.prefix'],
  ['kmsKeyId', '1234abcd-12ab-34cd-56ef-1234567890ab', 'aws.kmsKey'],
  ['kmsKeyId', 'arn:aws:kms:eu-west-1:123456789012:key/abc', 'aws.kmsRegion'],
  ['bucketOwner', '1234', 'aws.owner'],
  ['profile', 'with space', 'aws.profileName'],
  ['bedrockEndpoint', 'http://proxy.example.com', 'aws.endpointPlain'],
  ['s3Endpoint', 'https://user:secret@s3.example.com', 'aws.endpointSecret'],
  ['stsEndpoint', 'https://sts.example.com/?token=x', 'aws.endpoint'],
  ['stsEndpoint', 'ftp://sts.example.com', 'aws.endpoint'],
])('%s %j is refused with a sentence of its own', (name, value, key) => {
  expect(issuesOf({ ...least, [name]: value })).toEqual([`${name} ${key}`])
})

test.each([
  ['region', 'us-gov-west-1'],
  ['prefix', ''],
  ['prefix', 'videos/2026/team_a'],
  ['kmsKeyId', 'arn:aws:kms:us-west-2:123456789012:alias/videos'],
  ['s3Endpoint', 'http://127.0.0.1:9000'],
  ['s3Endpoint', 'http://[::1]:9000/base'],
  ['bedrockEndpoint', 'https://vpce-1.bedrock-runtime.us-west-2.vpce.amazonaws.com'],
])('%s %j is taken', (name, value) => {
  expect(issuesOf({ ...least, [name]: value })).toEqual([])
})

test('sign-in by profile needs one', () => {
  expect(issuesOf({ ...least, signIn: 'profile' })).toEqual(['profile aws.profileNeeded'])
  expect(issuesOf({ ...least, signIn: 'profile', profile: 'work' })).toEqual([])
})

test('a tag is held to the rules of the API before it spoils a paid request', () => {
  const tags = [
    { key: 'team', value: 'a' },
    { key: 'team', value: 'b' },
    { key: 'aws:owner', value: 'me' },
    { key: 'ok', value: 'no#hash' },
  ]
  expect(issuesOf({ ...least, tags })).toEqual(['tags.2.key aws.tagKey', 'tags.3.value aws.tagValue'])
  expect(issuesOf({ ...least, tags: tags.slice(0, 2) })).toEqual(['tags.1.key aws.tagTwice'])
  const many = Array.from({ length: 51 }, (_, at) => ({ key: `k${at}`, value: '' }))
  expect(issuesOf({ ...least, tags: many })).toEqual(['tags field.length'])
})

test('a secret has no place among the settings', () => {
  expect(issuesOf({ ...least, secretAccessKey: 'x' })).toEqual(['secretAccessKey field.unexpected'])
})

test('the form is told of every field: title, group, control and when it shows', () => {
  const { properties } = z.toJSONSchema(AwsSettings, { io: 'input' })
  for (const [name, field] of Object.entries(properties ?? {})) {
    expect(field).toMatchObject({ title: name, 'x-ui': { group: expect.stringMatching(/main|more/) } })
  }
  expect(properties?.['profile']).toMatchObject({ 'x-ui': { when: { field: 'signIn', in: ['profile'] } } })
})

test('the place of results has one slash between its parts, and none doubled', () => {
  expect(keyPrefix({ prefix: 'a/b' })).toBe('a/b/')
  expect(keyPrefix({ prefix: '' })).toBe('')
  expect(resultUri({ bucket: 'my-videos', prefix: 'a/' })).toBe('s3://my-videos/a/')
})
