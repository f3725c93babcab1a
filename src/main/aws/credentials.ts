import type { Network } from '../network'
import type { Clock } from '../ports'
import { isTrustedSts } from './addresses'
import type { AwsEnvironment } from './ambient'
import { clientBase, serviceUrl } from './base'
import { profileCredentials, type ProfileSource } from './profile-credentials'
import { profileFiles, readProfiles, type ProfileKind } from './profiles'
import { redact } from './redact'
import { sdk } from './sdk'
import type { AwsSettings } from './settings'
import { AwsSignInError } from './sign-in-error'
import type { Identity, IdentityProvider } from './types'

/** Which sign-in gave the credentials in use. */
export type AwsSignIn =
  | { kind: 'keys' }
  | { kind: 'profile'; profile: string; via: ProfileKind }
  | { kind: 'environment' }
  | { kind: 'webIdentity' }
  | { kind: 'container' }

/** The sign-in of one connection. */
export interface AwsCredentials {
  /** Credentials for the next request. @throws {AwsSignInError} */
  provide: IdentityProvider
  /** Which sign-in the last ones came from; null before the first. */
  used(): AwsSignIn | null
  /** Forgets what is kept, because AWS refused it: the next request reads anew. */
  invalidate(): void
}

export interface AwsCredentialsOptions {
  settings: Pick<
    AwsSettings,
    'signIn' | 'profile' | 'region' | 'stsEndpoint' | 'connectTimeoutSeconds' | 'readTimeoutSeconds'
  >
  /** A secret of the connection by name; null where none is stored. */
  secret: (name: string) => Promise<string | null>
  environment: AwsEnvironment
  network: Network
  clock: Clock
  /** Where AWS SSO is reached, for a partition that the SDK does not know. */
  ssoEndpoint?: string
}

/** Temporary credentials are replaced this long before they end. */
const earlyMs = 300_000
/** Credentials without an end, read from files or programs, are read again after this long. */
const keptMs = 60_000
/** Credentials that come with less than `earlyMs` left are at least not asked for at every request. */
const leastMs = 15_000

interface Found {
  identity: Identity
  signIn: AwsSignIn
}

/** Makes the credentials of a connection; nothing is read before the first request. */
export function createAwsCredentials(options: AwsCredentialsOptions): AwsCredentials {
  const { settings, clock } = options
  let kept: { found: Promise<Found>; until: number } | null = null
  let last: AwsSignIn | null = null

  async function fresh(): Promise<Found> {
    switch (settings.signIn) {
      case 'keys':
        return { identity: await fromSecrets(options.secret), signIn: { kind: 'keys' } }
      case 'profile':
        return fromProfile(settings.profile ?? '', profileFiles(options.environment.home), options)
      case 'default':
        return fromChain(options)
    }
  }

  /** Concurrent requests share one reading. */
  async function read(): Promise<Found> {
    if (kept && clock.now() < kept.until) return kept.found
    const mine = { found: fresh(), until: Number.POSITIVE_INFINITY }
    kept = mine
    try {
      const { identity } = await mine.found
      mine.until = keepUntil(settings.signIn, identity, clock.now())
    } catch (error) {
      if (kept === mine) kept = null
      throw error
    }
    return mine.found
  }

  const provide = async () => {
    const { identity, signIn } = await read()
    last = signIn
    return identity
  }
  return {
    provide: Object.assign(provide, { memoized: true as const }),
    used: () => last,
    invalidate: () => {
      kept = null
    },
  }
}

function keepUntil(signIn: AwsSettings['signIn'], { expiration }: Identity, now: number): number {
  // Keys are read at each request, so that replaced ones count at once.
  if (signIn === 'keys') return now
  if (!expiration) return now + keptMs
  return Math.min(expiration.getTime(), Math.max(expiration.getTime() - earlyMs, now + leastMs))
}

async function fromSecrets(secret: AwsCredentialsOptions['secret']): Promise<Identity> {
  const accessKeyId = await secret('accessKeyId')
  const secretAccessKey = await secret('secretAccessKey')
  const sessionToken = await secret('sessionToken')
  if (!accessKeyId || !secretAccessKey) throw new AwsSignInError('aws.keysMissing')
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}

async function fromProfile(
  profile: string,
  files: ProfileSource['files'],
  options: AwsCredentialsOptions,
): Promise<Found> {
  const source = { files, client: clientFor(options), region: options.settings.region }
  const { identity, kind } = await profileCredentials(profile, source)
  return { identity, signIn: { kind: 'profile', profile, via: kind } }
}

/**
 * The SDK's default chain, link by link in its order, without asking the instance metadata service: on a person's
 * computer there is none, and asking costs seconds (AWS SDKs and Tools Reference Guide, "Standardized credential providers").
 */
async function fromChain(options: AwsCredentialsOptions): Promise<Found> {
  const { env, home } = options.environment
  const accessKeyId = env['AWS_ACCESS_KEY_ID']
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY']
  const named = env['AWS_PROFILE']
  if (!named && accessKeyId && secretAccessKey) {
    const sessionToken = env['AWS_SESSION_TOKEN']
    const identity = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
    return { identity, signIn: { kind: 'environment' } }
  }
  const usual = profileFiles(home)
  const files = {
    config: env['AWS_CONFIG_FILE'] || usual.config,
    credentials: env['AWS_SHARED_CREDENTIALS_FILE'] || usual.credentials,
  }
  const profile = named || 'default'
  if (named || (await readProfiles(files)).has(profile)) return fromProfile(profile, files, options)
  try {
    return await fromRuntime(options)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'CredentialsProviderError') throw error
    throw new AwsSignInError(
      'aws.chainFailed',
      { reason: redact(error.message).slice(0, 300) },
      { cause: error },
    )
  }
}

/** The links that a container or a build machine sets up. */
async function fromRuntime(options: AwsCredentialsOptions): Promise<Found> {
  const { env } = options.environment
  const { fromHttp, fromTokenFile } = await sdk.credentials()
  const webIdentityTokenFile = env['AWS_WEB_IDENTITY_TOKEN_FILE']
  const roleArn = env['AWS_ROLE_ARN']
  if (webIdentityTokenFile && roleArn) {
    const clientConfig = await clientFor(options)('token', options.settings.region)
    const roleSessionName = env['AWS_ROLE_SESSION_NAME'] || 'dailies'
    const identity = await fromTokenFile({ webIdentityTokenFile, roleArn, roleSessionName, clientConfig })()
    return { identity, signIn: { kind: 'webIdentity' } }
  }
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
  const full = env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  if (!relative && !full) throw new AwsSignInError('aws.chainEmpty')
  const token = env['AWS_CONTAINER_AUTHORIZATION_TOKEN']
  const tokenFile = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']
  const identity = await fromHttp({
    ...(relative ? { awsContainerCredentialsRelativeUri: relative } : {}),
    ...(full ? { awsContainerCredentialsFullUri: full } : {}),
    ...(token ? { awsContainerAuthorizationToken: token } : {}),
    ...(tokenFile ? { awsContainerAuthorizationTokenFile: tokenFile } : {}),
  })()
  return { identity, signIn: { kind: 'container' } }
}

function clientFor({ settings, network, ssoEndpoint }: AwsCredentialsOptions): ProfileSource['client'] {
  return async (service, region) => {
    const { makeHandler } = await sdk.handler()
    const endpoint = service === 'sso' ? ssoEndpoint : settings.stsEndpoint
    const url = endpoint ?? serviceUrl(service === 'sso' ? 'portal.sso' : 'sts', region)
    if (service === 'token' && !isTrustedSts(url))
      throw new AwsSignInError('aws.tokenElsewhere', { host: new URL(url).host })
    const agents = await network.agents(url)
    return clientBase({ region, endpoint, handler: makeHandler(agents, settings) })
  }
}
