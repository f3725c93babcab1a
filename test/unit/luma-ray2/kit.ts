import { onTestFinished } from 'vitest'
import type { AssetRecord, JobRecord } from '../../../src/main/history'
import { createNetwork } from '../../../src/main/network'
import { ProviderError, type Call, type OutputBody, type Provider } from '../../../src/main/providers'
import { createLumaRay2 } from '../../../src/main/providers/luma-ray2'
import type { ConnectionAccess } from '../../../src/main/providers/types'
import { systemClock } from '../../../src/main/system'
import { startAws, type AwsOptions, type AwsSimulator } from '../../simulators/aws'
import { seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { jobRow } from '../../support/jobRow'

export { jobId, jobRow, token } from '../../support/jobRow'

export const firstId = '01930000-0000-7000-8000-0000000000f1'
export const lastId = '01930000-0000-7000-8000-0000000000f2'

export function assetRow(change: Partial<AssetRecord> = {}): AssetRecord {
  return {
    id: firstId,
    name: 'photo.jpg',
    width: 1024,
    height: 1024,
    mime: 'image/jpeg',
    bytes: 1_234_567,
    alpha: false,
    createdAt: 0,
    notes: [],
    hash: '00',
    path: 'photo.jpg',
    ...change,
  }
}

export interface Bench {
  aws: AwsSimulator
  provider: Provider
  settings: Record<string, unknown>
  /** The account as it is now; secrets can be changed in place. */
  access: ConnectionAccess
  secrets: Record<string, string>
  call: (change?: Partial<JobRecord>, rest?: Partial<Call>) => Call
  /** A call for the job that a submit has begun, with the outputs' row as it then is. */
  begun: (change?: Partial<JobRecord>) => Promise<Call>
}

/** The provider and the simulators of AWS, over loopback. */
export async function openBench(
  change: Record<string, unknown> = {},
  options: AwsOptions = {},
  provided: { maxAttempts?: number; home?: string; asset?: (id: string) => AssetRecord | null } = {},
): Promise<Bench> {
  const aws = await startAws(options)
  onTestFinished(() => aws.close())
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  onTestFinished(() => network.close())
  const provider = createLumaRay2({
    network,
    environment: { home: provided.home ?? tempFolder(), env: {} },
    clock: systemClock,
    random: seededRandom(),
    asset: provided.asset ?? (() => null),
    ...(provided.maxAttempts === undefined ? {} : { maxAttempts: provided.maxAttempts }),
  })
  const settings: Record<string, unknown> = {
    signIn: 'keys',
    region: aws.region,
    bucket: aws.bucket,
    prefix: 'dailies/',
    bedrockEndpoint: aws.urls.bedrock,
    bedrockControlEndpoint: aws.urls.bedrock,
    s3Endpoint: aws.urls.s3,
    stsEndpoint: aws.urls.sts,
    pathStyle: true,
    readTimeoutSeconds: 2,
    ...change,
  }
  const { accessKeyId, secretAccessKey } = aws.credential
  const secrets: Record<string, string> = { accessKeyId, secretAccessKey }
  const access: ConnectionAccess = {
    id: 'one',
    label: 'Studio',
    settings,
    secret: (name) => Promise.resolve(secrets[name] ?? null),
  }
  const call: Bench['call'] = (change = {}, rest = {}) => ({
    job: jobRow({
      endpoint: provider.endpoint?.(settings) ?? null,
      place: provider.place?.(settings) ?? null,
      price: provider.models[0]?.info.price ?? null,
      submitAttemptedAt: Date.now(),
      charged: 'no',
      ...change,
    }),
    connection: access,
    assets: [],
    address: () => Promise.reject(new Error('Luma takes bytes')),
    signal: new AbortController().signal,
    ...rest,
  })
  return {
    aws,
    provider,
    settings,
    access,
    secrets,
    call,
    async begun(change = {}) {
      const { providerJobId } = await provider.submit(call(change))
      return call({ ...change, providerJobId })
    },
  }
}

/** What a call was refused with. */
export async function refusal(work: Promise<unknown>): Promise<ProviderError['detail']> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProviderError) return error.detail
    throw error
  }
  throw new Error('nothing was thrown')
}

/** Reads a body as the library does, after what it has; what broke it off is answered beside the bytes. */
export async function drain(
  { stream, inspect }: OutputBody,
  most = Number.POSITIVE_INFINITY,
  begin: Uint8Array = new Uint8Array(),
): Promise<{ bytes: Buffer<ArrayBuffer>; broken: unknown }> {
  const parts: Uint8Array[] = []
  let read = 0
  try {
    if (inspect && inspect.seen < begin.byteLength) inspect.chunk(begin.subarray(inspect.seen))
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      inspect?.chunk(part)
      parts.push(part)
      read += part.byteLength
      if (read >= most) return { bytes: Buffer.concat(parts), broken: null }
    }
    inspect?.end()
    return { bytes: Buffer.concat(parts), broken: null }
  } catch (error) {
    return { bytes: Buffer.concat(parts), broken: error }
  }
}
