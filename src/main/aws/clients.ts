import type { BedrockClient } from '@aws-sdk/client-bedrock'
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import type { S3Client } from '@aws-sdk/client-s3'
import type { STSClient } from '@aws-sdk/client-sts'
import type { MiddlewareStack } from '@smithy/types'
import type { Agents, Network } from '../network'
import type { Clock } from '../ports'
import { clientBase, serviceUrl } from './base'
import type { AwsCredentials } from './credentials'
import { sdk } from './sdk'
import type { AwsSettings } from './settings'
import { sendSigned, type SignedAnswer, type SignedRequest } from './signed'
import type { ClientBase } from './types'
import { watch } from './watch'

/** Where a job was sent, if that is no longer where the connection points now. */
export interface At {
  region?: string
  endpoint?: string
}

/** What of a connection's settings its clients are made of. */
export type ClientSettings = Pick<
  AwsSettings,
  | 'region'
  | 'bedrockEndpoint'
  | 'bedrockControlEndpoint'
  | 's3Endpoint'
  | 'stsEndpoint'
  | 'pathStyle'
  | 'connectTimeoutSeconds'
  | 'readTimeoutSeconds'
> &
  Partial<Pick<AwsSettings, 'bucket'>> & { signIn?: string }

/** The clients of one connection. Ask for one before each use: it follows the proxy, and is made once. */
export interface AwsClients<Settings extends ClientSettings = AwsSettings> {
  /** Bedrock runtime: start, get and list asynchronous invocations; Claude. */
  runtime(at?: At): Promise<BedrockRuntimeClient>
  /** Bedrock control plane: models, their availability. */
  control(): Promise<BedrockClient>
  s3(): Promise<S3Client>
  /** S3 for ranges: a checksum of the whole object must not be held against a part of it. */
  s3Ranges(): Promise<S3Client>
  sts(): Promise<STSClient>
  /** A request to the Bedrock runtime without the SDK. The body is sent byte for byte; nothing is retried. */
  signedFetch(request: SignedRequest, at?: At): Promise<SignedAnswer>
  /** Where the Bedrock runtime is reached. */
  readonly runtimeEndpoint: string
  readonly settings: Settings
  readonly credentials: AwsCredentials
  /** Ends the clients; calls under way finish. The network's connections stay with the network. */
  close(): void
}

export interface AwsOptions<Settings extends ClientSettings = AwsSettings> {
  settings: Settings
  credentials: AwsCredentials
  /** A Bedrock API key to call Bedrock with instead of the credentials; read at each call. S3 and STS take none. */
  bearer?: () => Promise<string>
  network: Network
  clock: Clock
  /** Attempts of one call through the SDK, the first included. Default 3. */
  maxAttempts?: number
  /** The same for the Bedrock runtime, where it shall differ. */
  runtimeAttempts?: number
}

/** Makes the clients of one connection. Nothing is opened before the first call. */
export function createAws<Settings extends ClientSettings>(
  options: AwsOptions<Settings>,
): AwsClients<Settings> {
  const { settings, credentials, bearer, network, clock, maxAttempts } = options
  const made = new Map<string, { agents: Agents; client: { destroy(): void } }>()
  const skew = { ms: 0 }
  const runtimeEndpoint = settings.bedrockEndpoint ?? serviceUrl('bedrock-runtime', settings.region)
  const shared = { credentials: credentials.provide }
  const bedrock = bearer === undefined ? shared : { ...shared, ...withBearer(bearer) }

  function watched<I extends object, O extends object, C extends { middlewareStack: MiddlewareStack<I, O> }>(
    client: C & { middlewareStack: MiddlewareStack<I, O> },
  ): C {
    watch(client.middlewareStack, credentials)
    return client
  }

  async function client<C extends { destroy(): void }>(
    id: string,
    { region, endpoint, url }: { region: string; endpoint: string | undefined; url: string },
    make: (base: ClientBase) => C,
  ): Promise<C> {
    const { makeHandler } = await sdk.handler()
    const agents = await network.agents(endpoint ?? url)
    const key = `${id} ${region} ${endpoint ?? ''}`
    const known = made.get(key)
    // The key holds what kind of client it is.
    if (known?.agents === agents) return known.client as C
    known?.client.destroy()
    const fresh = make(clientBase({ region, endpoint, handler: makeHandler(agents, settings), maxAttempts }))
    made.set(key, { agents, client: fresh })
    return fresh
  }

  async function s3(id: string, ranges: boolean): Promise<S3Client> {
    const { S3Client } = await sdk.s3()
    const { region, bucket, s3Endpoint, pathStyle } = settings
    const host = serviceUrl('s3', region)
    const url = bucket === undefined ? host : host.replace('https://', `https://${bucket}.`)
    const where = { region, endpoint: s3Endpoint, url }
    return client(id, where, (base) =>
      watched(new S3Client({ ...base, ...shared, ...s3Options(pathStyle, ranges) })),
    )
  }

  function runtimeAt(at: At) {
    const region = at.region ?? settings.region
    const moved = at.endpoint === undefined && region !== settings.region
    const endpoint = at.endpoint ?? (moved ? undefined : settings.bedrockEndpoint)
    return { region, endpoint, url: serviceUrl('bedrock-runtime', region) }
  }

  return {
    settings,
    credentials,
    runtimeEndpoint,
    async runtime(at = {}) {
      const { BedrockRuntimeClient } = await sdk.runtime()
      const maxAttempts = options.runtimeAttempts
      return client('runtime', runtimeAt(at), (base) =>
        watched(
          new BedrockRuntimeClient({ ...base, maxAttempts: maxAttempts ?? base.maxAttempts, ...bedrock }),
        ),
      )
    },
    async control() {
      const { BedrockClient } = await sdk.bedrock()
      const { region, bedrockControlEndpoint: endpoint } = settings
      const where = { region, endpoint, url: serviceUrl('bedrock', region) }
      return client('control', where, (base) => watched(new BedrockClient({ ...base, ...bedrock })))
    },
    s3: () => s3('s3', false),
    s3Ranges: () => s3('s3 ranges', true),
    async sts() {
      const { STSClient } = await sdk.sts()
      const { region, stsEndpoint: endpoint } = settings
      const where = { region, endpoint, url: serviceUrl('sts', region) }
      return client('sts', where, (base) => watched(new STSClient({ ...base, ...shared })))
    },
    async signedFetch(request, at = {}) {
      const { region, endpoint, url } = runtimeAt(at)
      const { makeHandler } = await sdk.handler()
      const agents = await network.agents(endpoint ?? url)
      const handler = makeHandler(agents, settings)
      return sendSigned(request, { endpoint: endpoint ?? url, region, handler, credentials, clock, skew })
    },
    close() {
      for (const { client } of made.values()) client.destroy()
      made.clear()
    },
  }
}

/**
 * A Bedrock API key as the SDK takes it. The token says that it has ended long ago, so that it is asked for at each
 * call and a replaced one counts at once.
 */
function withBearer(bearer: () => Promise<string>) {
  return {
    token: async () => ({ token: await bearer(), expiration: new Date(0) }),
    authSchemePreference: ['httpBearerAuth'],
  }
}

function s3Options(pathStyle: boolean, ranges: boolean) {
  return {
    followRegionRedirects: true,
    forcePathStyle: pathStyle,
    // Some S3-compatible stores refuse the checksum header that the SDK adds by itself.
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: ranges ? ('WHEN_REQUIRED' as const) : ('WHEN_SUPPORTED' as const),
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    disableS3ExpressSessionAuth: true,
  }
}
