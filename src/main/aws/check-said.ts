import en from '@shared/messages/en.json' with { type: 'json' }
import { fill, sentence, type ProblemKey, type ProblemValues } from '@shared/problems'
import type { Clock, Random } from '../ports'
import type { AwsClients } from './clients'
import type { AwsFailure } from './failure'
import { AwsSignInError } from './sign-in-error'

/** The steps of a test of a connection, in their order. */
export const checkIds = ['identity', 'model', 'access', 'bucket', 'region', 'write', 'read'] as const
export type CheckId = (typeof checkIds)[number]

/** `unknown`: it could not be found out, and may well work. */
export type CheckState = 'ok' | 'failed' | 'skipped' | 'unknown'

/** A sentence of the catalogue and what to do about it, by `awsTest.<key>` or `problem.<key>`. */
export interface Said {
  branch: 'awsTest' | 'problem'
  key: string
  values: ProblemValues
  /** In English. */
  message: string
  /** The remedy, in English; absent where there is nothing to do. */
  hint?: string
}

/** One answered step. */
export interface CheckStep extends Said {
  id: CheckId
  state: CheckState
  /** What AWS said, for whoever wants to know exactly. Holds no secret. */
  detail?: string
}

/** What the test of a connection needs. */
export interface CheckOptions {
  aws: AwsClients
  /** The model the connection is meant for, such as `luma.ray-v2:0`. */
  modelId: string
  clock: Clock
  random: Random
  signal?: AbortSignal
}

/** Makes one answered step. */
export function step(id: CheckId, state: CheckState, said: Said, detail?: string): CheckStep {
  return { id, state, ...said, ...(detail === undefined ? {} : { detail }) }
}

export type AwsTestKey = keyof typeof en.awsTest

/** A sentence of the branch `awsTest`. */
export function say(key: AwsTestKey, values: ProblemValues = {}): Said {
  const entry: { message: string; hint?: string } = en.awsTest[key]
  return {
    branch: 'awsTest',
    key,
    values,
    message: fill(entry.message, values),
    ...(entry.hint === undefined ? {} : { hint: fill(entry.hint, values) }),
  }
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
  if (!(error instanceof AwsSignInError)) return null
  const key: ProblemKey = error.key
  return { branch: 'problem', key, values: error.values, ...sentence(key, error.values) }
}

/** Whether a failure means that nothing can be asked with these credentials. */
export function endsAll({ kind }: AwsFailure): boolean {
  return ['badCredentials', 'expiredToken', 'clockSkew', 'noCredentials', 'ssoExpired'].includes(kind)
}
