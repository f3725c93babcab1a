import type { Doubt } from './sigv4'
import { jsonError, type Reply } from './wire'

/** Tells in the words of AWS's JSON services why a signature is not believed. */
export function bedrockDoubt(doubt: Doubt): Reply {
  switch (doubt.kind) {
    case 'missing':
      return jsonError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
    case 'incomplete':
      return jsonError(403, 'IncompleteSignatureException', doubt.what)
    case 'unknown_key':
    case 'bad_token':
      return jsonError(
        403,
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      )
    case 'expired':
      return jsonError(403, 'ExpiredTokenException', 'The security token included in the request is expired')
    case 'skewed':
      return jsonError(
        403,
        'InvalidSignatureException',
        `Signature expired or not yet current: ${doubt.signedAt}`,
      )
    case 'wrong_region':
      return jsonError(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region. ')
    case 'wrong_service':
      return jsonError(
        403,
        'InvalidSignatureException',
        "Credential should be scoped to correct service: 'bedrock'. ",
      )
    case 'unsigned_header':
      return jsonError(
        403,
        'InvalidSignatureException',
        `'${doubt.header}' must be a 'SignedHeader' in the AWS Authorization.`,
      )
    case 'missing_payload_hash':
    case 'wrong_payload_hash':
    case 'link_expired':
    case 'mismatch':
      return jsonError(
        403,
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      )
  }
}
