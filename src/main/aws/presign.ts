import { serviceUrl } from './base'
import type { AwsClients } from './clients'
import { sdk } from './sdk'

/** The longest that such an address may be good for, in seconds (Amazon S3 User Guide, presigned URLs). */
const mostSeconds = 604_800

/**
 * An address from which anybody may GET one object of the connection's bucket, and do nothing else with it: the
 * signature is of the method too, so that even HEAD is refused. It is good for a week, or for as long as the credentials
 * that signed it. @throws {AwsSignInError}
 */
export async function presignedGet(
  { settings, credentials }: Pick<AwsClients, 'settings' | 'credentials'>,
  key: string,
  now: number,
): Promise<string> {
  const { HttpRequest, Sha256, SignatureV4 } = await sdk.signing()
  const identity = await credentials.provide()
  const left = identity.expiration === undefined ? mostSeconds : (identity.expiration.getTime() - now) / 1000
  const url = objectUrl(settings, key)
  const signer = new SignatureV4({
    credentials: identity,
    region: settings.region,
    service: 's3',
    sha256: Sha256,
    // S3 encodes a key once.
    uriEscapePath: false,
  })
  const { query = {} } = await signer.presign(
    new HttpRequest({
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    }),
    {
      expiresIn: Math.max(1, Math.min(mostSeconds, Math.floor(left))),
      signingDate: new Date(now),
    },
  )
  url.search = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  return url.href
}

/** Where an object lies: the bucket stands before the host, or in the path where a store or a name with dots wants it. */
function objectUrl({ bucket, region, s3Endpoint, pathStyle }: AwsClients['settings'], key: string): URL {
  const url = new URL(s3Endpoint ?? serviceUrl('s3', region))
  const inPath = pathStyle || bucket.includes('.')
  if (!inPath) url.hostname = `${bucket}.${url.hostname}`
  const parts = [...(inPath ? [bucket] : []), ...key.split('/')].map(encodeURIComponent)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${parts.join('/')}`
  return url
}
