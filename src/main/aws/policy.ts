import { checkObjectName } from './check-objects'
import { keyPrefix } from './settings'

/** What a policy is made for. */
export interface PolicyOptions {
  region: string
  /** `aws`, `aws-us-gov` or `aws-cn`; told by the region when absent. */
  partition?: string
  bucket: string
  prefix: string
  kmsKeyId?: string | undefined
  /** Foundation models that may be used, such as `luma.ray-v2:0`. */
  modelIds: string[]
}

interface Statement {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}

/** An IAM policy document. */
export interface Policy {
  Version: '2012-10-17'
  Statement: Statement[]
}

/**
 * The least that a user or role needs for making videos and for the test of a connection. Bedrock writes results with
 * the caller's own rights, and StartAsyncInvoke is allowed by `bedrock:InvokeModel` (Bedrock API Reference,
 * StartAsyncInvoke). Deleting is allowed for the test's own object only.
 */
export function minimalPolicy(options: PolicyOptions): Policy {
  const { region, bucket, modelIds, kmsKeyId } = options
  const partition = options.partition ?? partitionOf(region)
  const prefix = keyPrefix(options)
  const bucketArn = `arn:${partition}:s3:::${bucket}`
  const statements: Statement[] = [
    {
      Sid: 'MakeVideos',
      Effect: 'Allow',
      Action: ['bedrock:InvokeModel'],
      // Foundation models belong to no account.
      Resource: modelIds.map((id) => `arn:${partition}:bedrock:${region}::foundation-model/${id}`),
    },
    {
      Sid: 'FollowVideos',
      Effect: 'Allow',
      Action: ['bedrock:GetAsyncInvoke', 'bedrock:ListAsyncInvokes'],
      Resource: '*',
    },
    {
      Sid: 'LookUpModels',
      Effect: 'Allow',
      Action: [
        'bedrock:GetFoundationModel',
        'bedrock:GetFoundationModelAvailability',
        'bedrock:ListFoundationModels',
      ],
      Resource: '*',
    },
    {
      Sid: 'KeepResults',
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:GetObject'],
      Resource: `${bucketArn}/${prefix}*`,
    },
    {
      Sid: 'RemoveTestFile',
      Effect: 'Allow',
      Action: ['s3:DeleteObject'],
      Resource: `${bucketArn}/${prefix}${checkObjectName}*`,
    },
    // Without a condition: HeadBucket names no prefix, and would be refused under one.
    { Sid: 'FindResults', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: bucketArn },
  ]
  if (kmsKeyId !== undefined) statements.push(keyUse(kmsKeyId, region))
  return { Version: '2012-10-17', Statement: statements }
}

/** An alias is no resource of a policy: the key behind it is named by a condition. */
function keyUse(arn: string, region: string): Statement {
  const statement = {
    Sid: 'UseKey',
    Effect: 'Allow' as const,
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
  }
  const [, partition = 'aws', account = '', alias] =
    /^arn:([^:]+):kms:[^:]+:(\d{12}):(alias\/.+)$/.exec(arn) ?? []
  if (alias === undefined) return { ...statement, Resource: arn }
  return {
    ...statement,
    Resource: `arn:${partition}:kms:${region}:${account}:key/*`,
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [alias] } },
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
