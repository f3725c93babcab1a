import type { Doubt } from './sigv4'
import { Refused, xml, xmlEscape, type Reply } from './wire'

// Codes and sentences of the S3 API Reference, "Error responses".

/** An S3 error as XML. `extra` are further elements of it. */
export function s3Error(
  status: number,
  code: string,
  message: string,
  extra: Record<string, string> = {},
  headers: Record<string, string> = {},
): Reply {
  const more = Object.entries(extra).map(([name, value]) => `<${name}>${xmlEscape(value)}</${name}>`)
  const text = `<Error><Code>${code}</Code><Message>${xmlEscape(message)}</Message>${more.join('')}</Error>`
  return { ...xml(text, status, headers), error: code }
}

export const accessDenied = (message = 'Access Denied', headers: Record<string, string> = {}): Refused =>
  new Refused(s3Error(403, 'AccessDenied', message, {}, headers))

export const noSuchKey = (key: string): Refused =>
  new Refused(s3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key }))

export const noSuchBucket = (name: string): Refused =>
  new Refused(s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: name }))

/** The bucket is elsewhere: the region is in a header, also for HEAD, which has no body. */
export function elsewhere(bucket: string, region: string): Refused {
  const endpoint = `${bucket}.s3.${region}.amazonaws.com`
  const message =
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.'
  const headers = { 'x-amz-bucket-region': region }
  return new Refused(
    s3Error(301, 'PermanentRedirect', message, { Endpoint: endpoint, Bucket: bucket }, headers),
  )
}

/** Codes of plain failures by status. */
export function s3Failure(status: number, code?: string, message?: string): Reply {
  const usual =
    status === 503
      ? 'ServiceUnavailable'
      : status === 403
        ? 'AccessDenied'
        : status < 500
          ? 'InvalidRequest'
          : 'InternalError'
  return s3Error(status, code ?? usual, message ?? 'We encountered an internal error. Please try again.')
}

export function s3Doubt(doubt: Doubt, region: string): Reply {
  switch (doubt.kind) {
    case 'missing':
      return s3Error(403, 'AccessDenied', 'Access Denied')
    case 'incomplete':
      return s3Error(
        400,
        'AuthorizationHeaderMalformed',
        `The authorization header is malformed; ${doubt.what}`,
      )
    case 'unknown_key':
      return s3Error(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        { AWSAccessKeyId: doubt.accessKeyId },
      )
    case 'bad_token':
      return s3Error(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.')
    case 'expired':
      return s3Error(400, 'ExpiredToken', 'The provided token has expired.')
    case 'skewed':
      return s3Error(
        403,
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
        { RequestTime: doubt.signedAt },
      )
    case 'link_expired':
      return s3Error(403, 'AccessDenied', 'Request has expired')
    case 'wrong_region':
      return s3Error(
        400,
        'AuthorizationHeaderMalformed',
        `The authorization header is malformed; the region '${doubt.region}' is wrong; expecting '${region}'`,
        { Region: region },
      )
    case 'wrong_service':
      return s3Error(
        400,
        'AuthorizationHeaderMalformed',
        `The authorization header is malformed; incorrect service "${doubt.service}". This endpoint belongs to "s3".`,
      )
    case 'unsigned_header':
      return s3Error(403, 'AccessDenied', 'There were headers present in the request which were not signed', {
        HeadersNotSigned: doubt.header,
      })
    case 'missing_payload_hash':
      return s3Error(400, 'MissingSecurityHeader', 'Your request was missing a required header', {
        MissingHeaderName: 'x-amz-content-sha256',
      })
    case 'wrong_payload_hash':
      return s3Error(
        400,
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      )
    case 'mismatch':
      return s3Error(
        403,
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        { StringToSign: doubt.stringToSign, CanonicalRequest: doubt.canonicalRequest },
      )
  }
}
