import { ProxyRefused } from './agents'

/** Node's codes of connections that never came about. */
const unsentCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EPROTO',
  'EPROXYREFUSED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
])

/** Whether an error of `node:http` or `node:tls` shows that nothing of the request reached the far side. */
export function neverReached(error: unknown): boolean {
  if (error instanceof ProxyRefused) return true
  if (!(error instanceof Error)) return false
  const code = field(error, 'code')
  if (typeof code === 'string' && (unsentCodes.has(code) || /^(CERT_|ERR_TLS_|ERR_SSL_)/.test(code)))
    return true
  // The connection itself took too long, or broke before TLS stood.
  const connecting = field(error, 'syscall') === 'connect'
  return (
    (code === 'ETIMEDOUT' && connecting) ||
    /did not establish a connection|before secure TLS connection was established/i.test(error.message)
  )
}

function field(of: object, name: string): unknown {
  return Reflect.get(of, name) as unknown
}
