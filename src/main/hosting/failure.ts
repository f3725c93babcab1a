import { AwsSignInError, classify } from '../aws'
import { ProviderError } from '../providers'
import { providerError, reasonOf } from '../wire'

/** What an image hosting refused, or did not hear, as a job's submit tells it. The provider was sent nothing. */
export function hostingError(error: unknown, hosting: string): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof AwsSignInError) {
    return providerError('auth', error.key, { retry: 'later', values: error.values }, error)
  }
  const { kind, message, raw, retryAfterMs } = classify(error)
  const told = {
    values: { hosting, reason: reasonOf(message) },
    raw,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
  switch (kind) {
    case 'accessDenied':
      return providerError('permission', 'hosting.denied', told, error)
    case 'notFound':
    case 'wrongRegion':
      return providerError('invalid_request', 'hosting.noBucket', told, error)
    case 'badCredentials':
    case 'expiredToken':
    case 'clockSkew':
    case 'noCredentials':
    case 'ssoExpired':
      return providerError('auth', 'hosting.signIn', { ...told, retry: 'later' }, error)
    case 'networkNotSent':
    case 'networkMaybeSent':
    case 'proxyRefused':
    case 'proxyHtml':
    case 'aborted':
    case 'timeout':
      return providerError('network', 'hosting.unreachable', { ...told, retry: 'later' }, error)
    case 'throttled':
    case 'quota':
    case 'unavailable':
    case 'internal':
    case 'conflict':
    case 'changed':
    case 'range':
    case 'checksum':
    case 'model':
    case 'endOfLife':
    case 'unknown':
      return providerError('unavailable', 'hosting.failed', { ...told, retry: 'later' }, error)
    case 'validation':
      return providerError('invalid_request', 'hosting.refused', told, error)
  }
}
