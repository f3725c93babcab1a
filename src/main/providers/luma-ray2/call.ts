import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import type { z } from 'zod'
import {
  classify,
  classifyAnswer,
  type At,
  type AwsClients,
  type AwsFailure,
  type SignedRequest,
} from '../../aws'
import { ProviderError } from '../types'

/** One operation of the Bedrock runtime, for either transport. */
export interface Operation<T> {
  /** The same through the SDK. */
  sdk: (client: BedrockRuntimeClient, options: { abortSignal: AbortSignal }) => Promise<Told>
  /** The same as a request that is signed here. */
  http: () => Omit<SignedRequest, 'signal'>
  answer: z.ZodType<T>
}

/** What every answer of the SDK carries. */
interface Told {
  $metadata: { requestId?: string | undefined; attempts?: number | undefined }
}

/** How an answer came about, as the timeline keeps it. */
export interface How {
  transport: 'sdk' | 'http'
  tries: number
  requestId?: string
}

/** A call that brought no usable answer. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  constructor(
    readonly failure: AwsFailure,
    /** An attempt before the one that failed may have been taken by the service. */
    readonly doubt: boolean,
    readonly tries: number,
    options?: ErrorOptions,
  ) {
    super(failure.message, options)
  }
}

/**
 * Makes one call by the connection's transport. `auto` takes the SDK first, and the signed request with the same bytes
 * only where the SDK could not get the request through: an answer of the service is never asked for twice.
 * Throws {@link CallFailed}, and {@link ProviderError} as the keychain raises it.
 */
export async function callRuntime<T>(
  clients: AwsClients,
  at: At,
  operation: Operation<T>,
  signal: AbortSignal,
): Promise<{ value: T; how: How }> {
  switch (clients.settings.transport) {
    case 'sdk':
      return viaSdk(clients, at, operation, signal)
    case 'http':
      return viaHttp(clients, at, operation, signal)
    case 'auto':
      break
  }
  try {
    return await viaSdk(clients, at, operation, signal)
  } catch (error) {
    if (!(error instanceof CallFailed) || !gotNowhere(error.failure)) throw error
    return afterSdk(error, () => viaHttp(clients, at, operation, signal))
  }
}

/** What the second transport ends with, told together with what the first one tried. */
async function afterSdk<T>(
  first: CallFailed,
  second: () => Promise<{ value: T; how: How }>,
): Promise<{ value: T; how: How }> {
  try {
    const { value, how } = await second()
    return { value, how: { ...how, tries: how.tries + first.tries } }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    const doubt = error.doubt || first.doubt || first.failure.sent
    throw new CallFailed(error.failure, doubt, error.tries + first.tries, { cause: error })
  }
}

/** Whether a failure is one of the way to the service, and not the service's own word or the caller's. */
function gotNowhere({ kind, name }: AwsFailure): boolean {
  switch (kind) {
    case 'networkNotSent':
    case 'networkMaybeSent':
    case 'timeout':
    case 'proxyHtml':
    case 'proxyRefused':
    case 'checksum':
    case 'unknown':
      return true
    case 'unavailable':
    case 'internal':
      // What the SDK could not read was a gateway's page, not the service's word.
      return name === 'SyntaxError'
    case 'validation':
    case 'accessDenied':
    case 'expiredToken':
    case 'badCredentials':
    case 'clockSkew':
    case 'throttled':
    case 'quota':
    case 'conflict':
    case 'notFound':
    case 'endOfLife':
    case 'model':
    case 'wrongRegion':
    case 'changed':
    case 'range':
    case 'aborted':
    case 'noCredentials':
    case 'ssoExpired':
      return false
  }
}

async function viaSdk<T>(
  clients: AwsClients,
  at: At,
  { sdk, answer }: Operation<T>,
  signal: AbortSignal,
): Promise<{ value: T; how: How }> {
  let told: Told
  try {
    told = await sdk(await clients.runtime(at), { abortSignal: signal })
  } catch (error) {
    if (error instanceof ProviderError) throw error
    const failure = classify(error)
    throw new CallFailed(failure, failure.doubt, attemptsOf(error), { cause: error })
  }
  const { requestId, attempts = 1 } = told.$metadata
  const read = answer.safeParse(told)
  if (!read.success) throw new CallFailed(strange(read.error, requestId ?? null), true, attempts)
  return { value: read.data, how: { transport: 'sdk', tries: attempts, ...idOf(requestId) } }
}

async function viaHttp<T>(
  clients: AwsClients,
  at: At,
  { http, answer }: Operation<T>,
  signal: AbortSignal,
): Promise<{ value: T; how: How }> {
  const came = await clients.signedFetch({ ...http(), signal }, at).catch((error: unknown) => {
    if (error instanceof ProviderError) throw error
    throw new CallFailed(classify(error), false, 1, { cause: error })
  })
  if (came.status < 200 || came.status >= 300) throw new CallFailed(classifyAnswer(came), false, 1)
  const body = jsonOf(came.body)
  if (body === undefined) throw new CallFailed(classifyAnswer(came), true, 1)
  const read = answer.safeParse(body)
  if (!read.success) throw new CallFailed(strange(read.error, came.requestId), true, 1)
  return { value: read.data, how: { transport: 'http', tries: 1, ...idOf(came.requestId ?? undefined) } }
}

const idOf = (requestId: string | undefined) => (requestId === undefined ? {} : { requestId })

function attemptsOf(error: unknown): number {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  const attempts =
    typeof metadata === 'object' && metadata !== null && 'attempts' in metadata ? metadata.attempts : 1
  return typeof attempts === 'number' ? attempts : 1
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A success of a shape that is not the documented one: the service has done something, nobody can say what. */
function strange(error: z.ZodError, requestId: string | null): AwsFailure {
  const message = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  return {
    kind: 'unknown',
    name: 'UnexpectedAnswer',
    status: 200,
    requestId,
    message,
    sent: true,
    doubt: true,
    raw: message,
  }
}
