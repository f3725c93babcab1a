/** Why a call to AWS did not do what was asked. */
export type AwsFailureKind =
  /** The request is wrong in itself. */
  | 'validation'
  | 'accessDenied'
  /** Temporary credentials have ended; fresh ones may do. */
  | 'expiredToken'
  /** AWS does not know the key, or the signature does not fit it. */
  | 'badCredentials'
  /** The clock of this computer is too far off for a signature. */
  | 'clockSkew'
  | 'throttled'
  /** A quota of the account is used up: for a concurrency quota, later will do. */
  | 'quota'
  /** The token was used for another request. */
  | 'conflict'
  | 'notFound'
  /** The model has been retired. */
  | 'endOfLife'
  | 'unavailable'
  | 'internal'
  /** The model itself failed. */
  | 'model'
  /** The bucket lies in another region. */
  | 'wrongRegion'
  /** The object is no longer the one that was begun (412). */
  | 'changed'
  /** The object has no such bytes (416). */
  | 'range'
  /** The bytes that came are not the ones that were announced. */
  | 'checksum'
  /** No answer in time, after the connection stood. */
  | 'timeout'
  /** No connection came about. */
  | 'networkNotSent'
  /** The connection broke; the request may have arrived. */
  | 'networkMaybeSent'
  /** The proxy did not open a way. */
  | 'proxyRefused'
  /** Something in between answered with a page of its own. */
  | 'proxyHtml'
  /** The caller gave the call up. */
  | 'aborted'
  | 'noCredentials'
  | 'ssoExpired'
  | 'unknown'

/** Names of errors that leave no doubt. */
const byName = new Map<string, AwsFailureKind>(
  Object.entries({
    ValidationException: 'validation',
    ValidationError: 'validation',
    AccessDeniedException: 'accessDenied',
    AccessDenied: 'accessDenied',
    UnauthorizedOperation: 'accessDenied',
    ExpiredToken: 'expiredToken',
    ExpiredTokenException: 'expiredToken',
    TokenRefreshRequired: 'expiredToken',
    UnrecognizedClientException: 'badCredentials',
    InvalidClientTokenId: 'badCredentials',
    InvalidAccessKeyId: 'badCredentials',
    InvalidToken: 'badCredentials',
    SignatureDoesNotMatch: 'badCredentials',
    InvalidSignatureException: 'badCredentials',
    IncompleteSignatureException: 'badCredentials',
    IncompleteSignature: 'badCredentials',
    MissingAuthenticationTokenException: 'badCredentials',
    MissingAuthenticationToken: 'badCredentials',
    NotSignedUp: 'badCredentials',
    RequestTimeTooSkewed: 'clockSkew',
    RequestExpired: 'clockSkew',
    RequestInTheFuture: 'clockSkew',
    ThrottlingException: 'throttled',
    Throttling: 'throttled',
    TooManyRequestsException: 'throttled',
    RequestLimitExceeded: 'throttled',
    SlowDown: 'throttled',
    ModelNotReadyException: 'throttled',
    ServiceQuotaExceededException: 'quota',
    LimitExceededException: 'quota',
    ConflictException: 'conflict',
    ResourceNotFoundException: 'notFound',
    NoSuchKey: 'notFound',
    NoSuchBucket: 'notFound',
    NotFound: 'notFound',
    InternalServerException: 'internal',
    InternalError: 'internal',
    InternalFailure: 'internal',
    ServiceUnavailableException: 'unavailable',
    ServiceUnavailable: 'unavailable',
    ModelTimeoutException: 'timeout',
    RequestTimeout: 'timeout',
    ModelErrorException: 'model',
    ModelStreamErrorException: 'model',
    PermanentRedirect: 'wrongRegion',
    TemporaryRedirect: 'wrongRegion',
    AuthorizationHeaderMalformed: 'wrongRegion',
    IllegalLocationConstraintException: 'wrongRegion',
    PreconditionFailed: 'changed',
    InvalidRange: 'range',
  } satisfies Record<string, AwsFailureKind>),
)

/**
 * The kind of a failure that was answered.
 * @param page whether the answer was a page of something in between, and not AWS's.
 */
export function answeredKind(name: string, status: number, message: string, page: boolean): AwsFailureKind {
  const named = page ? undefined : byName.get(name)
  if (named) return refine(named, message)
  // Gateways of AWS itself answer with pages when they are too busy.
  return page && status < 500 && status !== 407 && status !== 429
    ? 'proxyHtml'
    : refine(byStatus(status), message)
}

function byStatus(status: number): AwsFailureKind {
  if (status === 301 || status === 307) return 'wrongRegion'
  if (status === 401 || status === 403) return 'accessDenied'
  if (status === 404) return 'notFound'
  if (status === 407) return 'proxyRefused'
  if (status === 408) return 'timeout'
  if (status === 409) return 'conflict'
  if (status === 412) return 'changed'
  if (status === 416) return 'range'
  if (status === 429) return 'throttled'
  if (status === 424) return 'model'
  if (status === 502 || status === 503 || status === 504) return 'unavailable'
  if (status >= 500) return 'internal'
  return status >= 400 ? 'validation' : 'unknown'
}

/** Some kinds are told apart by AWS's words only. */
function refine(kind: AwsFailureKind, message: string): AwsFailureKind {
  if (
    kind === 'badCredentials' &&
    /signature (?:not yet current|expired)|is now (?:earlier|later) than/i.test(message)
  ) {
    return 'clockSkew'
  }
  if ((kind === 'badCredentials' || kind === 'accessDenied') && /security token .*expired/i.test(message)) {
    return 'expiredToken'
  }
  if ((kind === 'notFound' || kind === 'validation') && /end of (?:its|it's) life/i.test(message))
    return 'endOfLife'
  return kind
}
