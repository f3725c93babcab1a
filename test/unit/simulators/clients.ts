import { BedrockClient } from '@aws-sdk/client-bedrock'
import { BedrockRuntimeClient, StartAsyncInvokeCommand } from '@aws-sdk/client-bedrock-runtime'
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { onTestFinished } from 'vitest'
import { lumaModelId, startAws, type AwsOptions, type AwsSimulator } from '../../simulators/aws'

/** The simulators for one test. */
export async function simulate(options: AwsOptions = {}): Promise<AwsSimulator> {
  const aws = await startAws(options)
  onTestFinished(() => aws.close())
  return aws
}

interface Sign {
  region?: string
  accessKeyId?: string
  secretAccessKey?: string
  sessionToken?: string
}

/** What of the simulators a client needs to know. */
type Known = Pick<AwsSimulator, 'region' | 'urls' | 'bucket' | 'credential'>

function signer(aws: Known, sign: Sign) {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.credential
  const own = sessionToken === undefined ? {} : { sessionToken }
  const { region = aws.region, ...key } = sign
  return { region, credentials: { accessKeyId, secretAccessKey, ...own, ...key }, maxAttempts: 1 }
}

/** The SDK's client for jobs, over HTTP/1.1 and without retries. */
export function runtimeOf(aws: Known, sign: Sign = {}): BedrockRuntimeClient {
  const requestHandler = new NodeHttpHandler({ requestTimeout: 10_000, throwOnRequestTimeout: true })
  const client = new BedrockRuntimeClient({
    ...signer(aws, sign),
    endpoint: aws.urls.bedrock,
    requestHandler,
  })
  onTestFinished(() => client.destroy())
  return client
}

export function controlOf(aws: Known, sign: Sign = {}): BedrockClient {
  const client = new BedrockClient({ ...signer(aws, sign), endpoint: aws.urls.bedrock })
  onTestFinished(() => client.destroy())
  return client
}

export function s3Of(aws: Known, sign: Sign = {}, more: S3ClientConfig = {}): S3Client {
  const client = new S3Client({ ...signer(aws, sign), endpoint: aws.urls.s3, forcePathStyle: true, ...more })
  onTestFinished(() => client.destroy())
  return client
}

export function stsOf(aws: Known, sign: Sign = {}): STSClient {
  const client = new STSClient({ ...signer(aws, sign), endpoint: aws.urls.sts })
  onTestFinished(() => client.destroy())
  return client
}

/** A submit the simulators take, with what is to be different about it. */
export function submit(
  aws: Known,
  change: {
    input?: unknown
    token?: string
    s3Uri?: string
    modelId?: string
    s3?: Record<string, string>
  } = {},
): StartAsyncInvokeCommand {
  return new StartAsyncInvokeCommand({
    modelId: change.modelId ?? lumaModelId,
    modelInput: (change.input ?? {
      prompt: 'a red kite over dunes',
      aspect_ratio: '16:9',
      duration: '5s',
      resolution: '540p',
      loop: false,
    }) as { prompt: string },
    outputDataConfig: {
      s3OutputDataConfig: { s3Uri: change.s3Uri ?? `s3://${aws.bucket}/dailies/`, ...change.s3 },
    },
    ...(change.token === undefined ? {} : { clientRequestToken: change.token }),
  })
}

/** Name, status and message of the error a call is refused with. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ name: string; status: number | undefined; message: string }> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } }
    return { name: error.name, status: $metadata?.httpStatusCode, message: error.message }
  }
  throw new Error('it was not refused')
}
