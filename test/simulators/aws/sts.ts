import type { Identities } from './identity'
import type { Service } from './server'
import type { Doubt } from './sigv4'
import { xml, xmlEscape, type Reply } from './wire'

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** STS with its one operation that needs no permission: who is this key (query protocol, answers in XML). */
export function stsService({ region, identities }: { region: string; identities: Identities }): Service {
  const isAsked = (body: Buffer) => {
    const form = new URLSearchParams(body.toString())
    return form.get('Action') === 'GetCallerIdentity' && form.get('Version') === '2011-06-15'
  }
  return {
    name: 'sts',
    // The global endpoint is signed for us-east-1.
    regions: (asked) => asked === region || asked === 'us-east-1',
    route: (method, path) => (method === 'POST' && path === '/' ? 'GetCallerIdentity' : null),
    handle(call) {
      if (!isAsked(call.body))
        return stsError(400, 'InvalidAction', 'Could not find operation', call.requestId)
      const { credential } = call.signing
      const arn = xmlEscape(identities.arn(credential))
      const text = `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDA${credential.accessKeyId.slice(4)}</UserId><Account>${identities.account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${call.requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`
      return { ...xml(text), headers: { 'content-type': 'text/xml' } }
    },
    doubt: stsDoubt,
    failure: (status, code, message, requestId) =>
      stsError(status, code ?? 'InternalFailure', message ?? 'The service failed; try again.', requestId),
    throttled: (requestId) => stsError(400, 'Throttling', 'Rate exceeded', requestId),
    unknown: (requestId) => stsError(404, 'InvalidAction', 'Could not find operation', requestId),
    stamp: (requestId) => ({ 'x-amzn-requestid': requestId }),
  }
}

function stsError(status: number, code: string, message: string, requestId: string): Reply {
  const type = status < 500 ? 'Sender' : 'Receiver'
  const text = `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${xmlEscape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  return { ...xml(text, status, { 'content-type': 'text/xml' }), error: code }
}

function stsDoubt(doubt: Doubt, requestId: string): Reply {
  switch (doubt.kind) {
    case 'missing':
      return stsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token', requestId)
    case 'incomplete':
      return stsError(400, 'IncompleteSignature', doubt.what, requestId)
    case 'unknown_key':
    case 'bad_token':
      return stsError(
        403,
        'InvalidClientTokenId',
        'The security token included in the request is invalid.',
        requestId,
      )
    case 'expired':
      return stsError(403, 'ExpiredToken', 'The security token included in the request is expired', requestId)
    case 'wrong_region':
      return stsError(
        403,
        'SignatureDoesNotMatch',
        'Credential should be scoped to a valid region.',
        requestId,
      )
    case 'wrong_service':
      return stsError(
        403,
        'SignatureDoesNotMatch',
        "Credential should be scoped to correct service: 'sts'.",
        requestId,
      )
    case 'skewed':
      return stsError(
        403,
        'SignatureDoesNotMatch',
        `Signature expired or not yet current: ${doubt.signedAt}`,
        requestId,
      )
    case 'unsigned_header':
      return stsError(403, 'SignatureDoesNotMatch', `'${doubt.header}' must be a 'SignedHeader'.`, requestId)
    case 'missing_payload_hash':
    case 'wrong_payload_hash':
    case 'link_expired':
    case 'mismatch':
      return stsError(
        403,
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
        requestId,
      )
  }
}
