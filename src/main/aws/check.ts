import { serviceUrl } from './base'
import { checkBucket } from './check-bucket'
import { checkAccess, checkModel } from './check-model'
import {
  endsAll,
  say,
  sayFailure,
  saySignIn,
  step,
  type AwsTestName,
  type CheckId,
  type CheckOptions,
  type CheckStep,
  type Said,
} from './check-said'
import { checkObjects } from './check-objects'
import type { AwsSignIn } from './credentials'
import type { AwsClients, ClientSettings } from './clients'
import { classify } from './failure'
import { sdk } from './sdk'

/**
 * Tests a connection step by step, each answered as soon as it is known: credentials, model, access to it, bucket, its
 * region, writing, reading. No invocation is ever started; the cost is that of one tiny object written, read and deleted.
 * Steps that an earlier failure makes pointless are answered as skipped, so that there are always
 * seven, unless `signal` ends the test early. What goes wrong is a step, not an error.
 */
export async function* testConnection(options: CheckOptions): AsyncGenerator<CheckStep, void, void> {
  try {
    yield* steps(options)
  } catch (error) {
    if (options.signal?.aborted !== true) throw error
  }
}

async function* steps(options: CheckOptions): AsyncGenerator<CheckStep, void, void> {
  const identity = await checkIdentity(options)
  yield identity
  if (identity.state === 'failed')
    return yield* skip('skipped.identity', 'model', 'access', 'bucket', 'region', 'write', 'read')

  const model = await checkModel(options)
  yield model
  if (model.state === 'failed') yield* skip('skipped.model', 'access')
  else yield await checkAccess(options)

  const { bucket, region } = await checkBucket(options)
  yield bucket
  if (bucket.state === 'failed') return yield* skip('skipped.bucket', 'region', 'write', 'read')
  yield region
  if (region.state === 'failed') return yield* skip('skipped.region', 'write', 'read')
  yield* checkObjects(options)
}

function* skip(key: AwsTestName, ...ids: CheckId[]): Generator<CheckStep, void, void> {
  for (const id of ids) yield step(id, 'skipped', say(key))
}

/**
 * As whom AWS sees us, as one answered step. STS answers this to every valid key, whatever it may do otherwise (AWS STS API Reference, GetCallerIdentity).
 */
export async function checkIdentity({
  aws,
  signal,
}: {
  aws: AwsClients<ClientSettings>
  signal?: AbortSignal
}): Promise<CheckStep> {
  const { region, stsEndpoint } = aws.settings
  const host = new URL(stsEndpoint ?? serviceUrl('sts', region)).host
  try {
    const { GetCallerIdentityCommand } = await sdk.sts()
    const sts = await aws.sts()
    const { Account: account = '', Arn: arn = '' } = await sts.send(
      new GetCallerIdentityCommand({}),
      signal ? { abortSignal: signal } : {},
    )
    const used = aws.credentials.used()
    const found = aws.settings.signIn === 'default' ? saySource(used) : null
    return {
      ...step('identity', 'ok', sayIdentity(used, { account, arn })),
      who: arn,
      ...(found ? { standing: { key: found.key, message: found.message, values: found.values } } : {}),
    }
  } catch (error) {
    signal?.throwIfAborted()
    const signIn = saySignIn(error)
    if (signIn) return step('identity', 'failed', signIn)
    const failure = classify(error)
    // Neither AWS nor the network: the keychain did not give the keys out, and its error says why.
    if (failure.status === null && failure.kind === 'unknown') {
      return step('identity', 'failed', say('identity.secrets', { reason: failure.message }))
    }
    if (endsAll(failure)) return step('identity', 'failed', sayFailure(failure, host), failure.raw)
    // STS may be out of reach where Bedrock and S3 are not, behind endpoints of a private network.
    const said = failure.status === null ? sayFailure(failure, host) : say('identity.hidden')
    return step('identity', 'unknown', said, failure.raw)
  }
}

function sayIdentity(used: AwsSignIn | null, who: { account: string; arn: string }): Said {
  switch (used?.kind) {
    case 'profile':
      return say('identity.profile', { ...who, profile: used.profile })
    case 'environment':
      return say('identity.environment', who)
    case 'webIdentity':
      return say('identity.webIdentity', who)
    case 'container':
      return say('identity.container', who)
    case 'keys':
    case undefined:
      return say('identity.keys', who)
  }
}

/** What of this computer signs in where that was left to be found; null where it is said anyway. */
function saySource(used: AwsSignIn | null): Said | null {
  switch (used?.kind) {
    case 'profile':
      return say('signIn.profile', { profile: used.profile })
    case 'environment':
      return say('signIn.environment')
    case 'webIdentity':
      return say('signIn.webIdentity')
    case 'container':
      return say('signIn.container')
    case 'keys':
    case undefined:
      return null
  }
}
