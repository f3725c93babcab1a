import type { ProblemValues } from '@shared/problems'
import type { JobError } from '@shared/contract'
import { AwsSignInError, type AwsFailure, type AwsSettings } from '../../aws'
import { jobError, providerError } from '../../wire'
import { ProviderError } from '../types'
import { CallFailed } from './call'
import { outputWords, refusalWords, type Words } from './words'

/** What was being done when it failed. */
export type Doing = 'submit' | 'poll' | 'list' | 'download'

/** What of a connection stands in the sentences. */
export type Where = Pick<AwsSettings, 'signIn' | 'region' | 'bucket'>

type Detail = ProviderError['detail']

/** Characters of AWS's own words in a sentence; all of them are kept as the raw answer. */
const mostReason = 400

/**
 * Any failure of a call to AWS as the engine understands it. `doubt`: an earlier request for this job may have been
 * taken, so that a refusal now does not mean that nothing was charged.
 */
export function asProviderError(error: unknown, doing: Doing, where: Where, doubt = false): ProviderError {
  if (error instanceof ProviderError) return doubt ? doubted(error) : error
  if (!(error instanceof CallFailed)) throw error
  const { failure } = error
  const words = wordsOf(error, doing, where)
  const taken = takenOf(failure, doubt || error.doubt)
  return new ProviderError(
    {
      ...words.error,
      retry: words.retry,
      charged: taken ? 'unknown' : 'no',
      sent: taken,
      raw: failure.raw,
      ...(failure.requestId === null ? {} : { requestId: failure.requestId }),
      ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
    },
    { cause: error },
  )
}

function doubted({ detail, cause }: ProviderError): ProviderError {
  const charged = detail.charged === 'no' ? 'unknown' : detail.charged
  return new ProviderError({ ...detail, charged, sent: true }, { cause })
}

/** Whether the service may have done what was asked although no success came. */
function takenOf({ kind, sent }: AwsFailure, doubt: boolean): boolean {
  switch (kind) {
    case 'validation':
    case 'accessDenied':
    case 'expiredToken':
    case 'badCredentials':
    case 'clockSkew':
    case 'throttled':
    case 'quota':
    case 'notFound':
    case 'endOfLife':
    case 'wrongRegion':
    case 'changed':
    case 'range':
      return doubt
    case 'conflict':
      return true
    case 'unavailable':
    case 'internal':
    case 'model':
    case 'checksum':
    case 'timeout':
    case 'networkNotSent':
    case 'networkMaybeSent':
    case 'proxyRefused':
    case 'proxyHtml':
    case 'aborted':
    case 'noCredentials':
    case 'ssoExpired':
    case 'unknown':
      return sent || doubt
  }
}

interface Said {
  error: JobError
  retry: Detail['retry']
}

const say = ([code, key, retry]: Words, values?: ProblemValues): Said => ({
  error: jobError(code, key, values),
  retry,
})

function wordsOf({ failure, cause }: CallFailed, doing: Doing, where: Where): Said {
  const { region, bucket } = where
  const reason = failure.message.slice(0, mostReason)
  switch (failure.kind) {
    case 'noCredentials':
    case 'ssoExpired':
      if (cause instanceof AwsSignInError)
        return { error: jobError('auth', cause.key, cause.values), retry: 'later' }
      return say(['auth', 'aws.chainFailed', 'later'], { reason })
    case 'expiredToken':
      // A profile whose SSO session has ended says so before anything is asked of AWS.
      return say(['auth', where.signIn === 'keys' ? 'aws.expired' : 'aws.expiredHere', 'later'])
    case 'badCredentials':
      return say(['auth', 'aws.badCredentials', 'never'])
    case 'clockSkew':
      return say(['auth', 'aws.clock', 'later'])
    case 'accessDenied':
      if (doing === 'download') return say(['permission', 'aws.s3Denied', 'later'], { bucket })
      if (doing !== 'submit') return say(['permission', 'aws.denied', 'never'], { reason })
      return say(refusalWords(reason), { reason, region, bucket })
    case 'validation':
      if (doing !== 'submit') return say(['invalid_request', 'aws.refused', 'never'], { reason })
      return say(refusalWords(reason), { reason, region, bucket })
    case 'throttled':
      return say(['rate_limited', 'aws.throttled', 'later'])
    case 'quota':
      return say(['quota', 'aws.quota', 'later'])
    case 'conflict':
      return say(['invalid_request', 'luma.conflict', 'never'])
    case 'notFound':
      if (doing === 'download') return say(['not_found', 'aws.s3Missing', 'later'], { bucket })
      // In a poll, `not_found` would be the word on the job itself.
      if (doing !== 'submit') return say(['unavailable', 'aws.protocol', 'later'])
      return say(['not_found', 'luma.notHere', 'never'], { region })
    case 'endOfLife':
      return say([doing === 'submit' ? 'not_found' : 'unavailable', 'luma.retired', 'never'])
    case 'unavailable':
      return say(['unavailable', 'aws.unavailable', 'later'])
    case 'internal':
    case 'model':
      return say(['unavailable', 'aws.internal', 'later'])
    case 'wrongRegion':
      return say(['invalid_request', 'aws.bucketElsewhere', 'later'], { bucket, region })
    case 'changed':
    case 'range':
      return say(['network', 'aws.s3Changed', 'later'])
    case 'checksum':
      return say(['network', 'output.checksum', 'later'])
    case 'timeout':
      return say(['timeout', 'aws.timeout', 'later'])
    case 'networkNotSent':
      return say(['network', 'aws.unreachable', 'later'], { reason })
    case 'networkMaybeSent':
    case 'aborted':
      return say(['network', 'aws.broken', 'later'])
    case 'proxyRefused':
      return say(['network', 'aws.proxyRefused', 'later'])
    case 'proxyHtml':
      return say(['network', 'aws.proxyPage', 'later'])
    case 'unknown':
      return say(['network', 'aws.protocol', 'later'])
  }
}

/** A job that Bedrock ended as failed. Whether such a job is billed is not documented, so nobody can say. */
export function failedJob(
  failureMessage: string | null,
  where: Pick<Where, 'region' | 'bucket'>,
): ProviderError {
  const reason = (failureMessage ?? '').slice(0, mostReason)
  const [code, key] = outputWords(reason)
  return providerError(code, key, {
    charged: 'unknown',
    sent: true,
    values: { reason, region: where.region, bucket: where.bucket },
    ...(failureMessage === null ? {} : { raw: failureMessage }),
  })
}
