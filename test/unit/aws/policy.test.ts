import { expect, test } from 'vitest'
import { minimalPolicy } from '../../../src/main/aws'

const luma = { region: 'us-west-2', bucket: 'my-videos', prefix: 'dailies/', modelIds: ['luma.ray-v2:0'] }

const allowed = (options: Parameters<typeof minimalPolicy>[0]) =>
  minimalPolicy(options).Statement.map(({ Action, Resource }) => [Action.join(' '), Resource])

test('the policy names the model, the bucket and the prefix, and no more', () => {
  expect(allowed(luma)).toEqual([
    ['bedrock:InvokeModel', ['arn:aws:bedrock:us-west-2::foundation-model/luma.ray-v2:0']],
    ['bedrock:GetAsyncInvoke bedrock:ListAsyncInvokes', '*'],
    ['bedrock:GetFoundationModel bedrock:GetFoundationModelAvailability bedrock:ListFoundationModels', '*'],
    ['s3:PutObject s3:GetObject', 'arn:aws:s3:::my-videos/dailies/*'],
    ['s3:DeleteObject', 'arn:aws:s3:::my-videos/dailies/dailies-check-*'],
    ['s3:ListBucket', 'arn:aws:s3:::my-videos'],
  ])
})

test('no videos can be deleted by it', () => {
  const deleting = minimalPolicy({ ...luma, prefix: '' }).Statement.filter(({ Action }) =>
    Action.includes('s3:DeleteObject'),
  )
  expect(deleting.map(({ Resource }) => Resource)).toEqual(['arn:aws:s3:::my-videos/dailies-check-*'])
})

test('a prefix without its slash does not open its neighbours', () => {
  const resources = minimalPolicy({ ...luma, prefix: 'team' }).Statement.map(({ Resource }) => Resource)
  expect(resources).toContain('arn:aws:s3:::my-videos/team/*')
})

test('a key is allowed by its ARN, an alias by a condition, for an alias is no resource', () => {
  const key = 'arn:aws:kms:us-west-2:123456789012:key/1234abcd'
  expect(minimalPolicy({ ...luma, kmsKeyId: key }).Statement.at(-1)).toEqual({
    Sid: 'UseKey',
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: key,
  })
  const alias = 'arn:aws:kms:us-west-2:123456789012:alias/videos'
  expect(minimalPolicy({ ...luma, kmsKeyId: alias }).Statement.at(-1)).toMatchObject({
    Resource: 'arn:aws:kms:us-west-2:123456789012:key/*',
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/videos'] } },
  })
})

test('other partitions have ARNs of their own', () => {
  expect(JSON.stringify(minimalPolicy({ ...luma, region: 'us-gov-west-1' }))).not.toContain('arn:aws:')
  expect(JSON.stringify(minimalPolicy({ ...luma, region: 'cn-north-1' }))).toContain(
    'arn:aws-cn:s3:::my-videos',
  )
})
