// What requests are signed with where the SDK does not do it; loaded through `sdk`.
export { Sha256 } from '@aws-crypto/sha256-js'
export { HttpRequest } from '@smithy/protocol-http'
export { SignatureV4 } from '@smithy/signature-v4'
