import en from '@shared/messages/en.json' with { type: 'json' }
import type { TestResult, TestStep } from '@shared/contract'
import { fill, type ProblemValues } from '@shared/problems'
import { remedyOf } from '@shared/remedies'
import type { Clock, Random } from '../ports'
import type { AwsClients } from './clients'
import type { AwsFailure } from './failure'
import { AwsSignInError, type SignInProblem } from './sign-in-error'

/** The steps of a test of a connection, in their order. */
export const checkIds = ['identity', 'model', 'access', 'bucket', 'region', 'write', 'read'] as const
export type CheckId = (typeof checkIds)[number]

/** One answered step; the identity step says in `who` as whom AWS saw us. */
export type CheckStep = TestStep & {
  id: CheckId
  who?: string
  standing?: NonNullable<TestResult['standing']>
}

/** A sentence of the catalogue's branch `test`, and what to do about it. */
export type Said = Pick<TestStep, 'key' | 'message' | 'remedy' | 'values'>

/** What the test of a connection needs. */
export interface CheckOptions {
  aws: AwsClients
  /** The model the connection is meant for, such as `luma.ray-v2:0`. */
  modelId: string
  clock: Clock
  random: Random
  signal?: AbortSignal
}

type Named<Key> = Key extends `aws.${infer Name}` ? (Name extends `${string}.remedy` ? never : Name) : never
export type AwsTestName = Named<keyof typeof en.test>

/** Makes one answered step. `unknown`: it could not be found out, and may well work. */
export function step(
  id: CheckId,
  state: TestStep['state'],
  said: Said,
  raw: string | null = null,
): CheckStep {
  return { id, state, ...said, raw }
}

/** A sentence about AWS by its name below `test.aws.`, with the remedy that stands beside it. */
export function say(name: AwsTestName, values: ProblemValues = {}): Said {
  const key = `aws.${name}` as const
  return { key, message: fill(en.test[key], values), remedy: remedyOf(key, values), values }
}

/** What to say of a failure that has nothing to do with the step it met. */
export function sayFailure(failure: AwsFailure, host: string): Said {
  const reason = failure.name
  switch (failure.kind) {
    case 'badCredentials':
      return say('identity.refused')
    case 'expiredToken':
      return say('identity.expired')
    case 'clockSkew':
      return say('identity.clock')
    case 'networkNotSent':
    case 'networkMaybeSent':
      return say('failed.network', { host, reason })
    case 'timeout':
      return say('failed.timeout', { host })
    case 'proxyRefused':
      return say('failed.proxy', { host, reason: failure.status ?? failure.message })
    case 'proxyHtml':
      return say('failed.page', { host, status: failure.status ?? 0 })
    case 'throttled':
    case 'quota':
    case 'unavailable':
    case 'internal':
      return say('failed.busy')
    case 'validation':
    case 'accessDenied':
    case 'conflict':
    case 'notFound':
    case 'endOfLife':
    case 'model':
    case 'wrongRegion':
    case 'changed':
    case 'range':
    case 'checksum':
    case 'aborted':
    case 'noCredentials':
    case 'ssoExpired':
    case 'unknown':
      return say('failed.other', { reason: failure.message })
  }
}

/** What to say of a sign-in that ended before any request; null for every other error. */
export function saySignIn(error: unknown): Said | null {
  return error instanceof AwsSignInError ? say(signInNames[error.key], error.values) : null
}

const signInNames: Record<SignInProblem, AwsTestName> = {
  'aws.keysMissing': 'keysMissing',
  'aws.profileMissing': 'profileMissing',
  'aws.ssoExpired': 'ssoExpired',
  'aws.profileMfa': 'profileMfa',
  'aws.profileFailed': 'profileFailed',
  'aws.chainEmpty': 'chainEmpty',
  'aws.chainFailed': 'chainFailed',
  'aws.tokenElsewhere': 'tokenElsewhere',
}

/** Whether a failure means that nothing can be asked with these credentials. */
export function endsAll({ kind }: AwsFailure): boolean {
  return ['badCredentials', 'expiredToken', 'clockSkew', 'noCredentials', 'ssoExpired'].includes(kind)
}
