import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Clock } from '../ports'
import type { AwsCredentials } from './credentials'
import { classifyAnswer } from './failure'
import { sdk } from './sdk'

/** A request to the Bedrock runtime as it goes over the wire. */
export interface SignedRequest {
  method: 'GET' | 'POST'
  /** Below the endpoint, each segment already percent-encoded: `/async-invoke/arn%3Aaws…`. */
  path: string
  query?: Record<string, string>
  headers?: Record<string, string>
  /** Sent byte for byte. */
  body?: Uint8Array
  signal?: AbortSignal
}

/** What came back, whatever the status. Header names in lower case. */
export interface SignedAnswer {
  status: number
  headers: Record<string, string>
  body: string
  requestId: string | null
}

/** The most of an answer that is read; Bedrock's answers of these operations are far smaller. */
const maxBytes = 32 * 1024 * 1024

/** Milliseconds by which the service's clock is ahead of ours, once it has complained. */
export interface Skew {
  ms: number
}

/**
 * Signs and sends one request (AWS General Reference, Signature Version 4; service name `bedrock`). It is sent once
 * more, the same bytes signed anew, only when AWS refused the signature itself: for the clock, or for an ended token.
 * @throws what `node:http` throws where no answer came; see `classify`.
 */
export async function sendSigned(
  request: SignedRequest,
  to: {
    endpoint: string
    region: string
    handler: NodeHttpHandler
    credentials: AwsCredentials
    clock: Clock
    skew: Skew
  },
): Promise<SignedAnswer> {
  const answer = await once(request, to)
  if (answer.status < 400) return answer
  const { kind } = classifyAnswer(answer)
  if (kind === 'expiredToken') to.credentials.invalidate()
  else if (kind === 'clockSkew' && !adjust(to.skew, answer, to.clock)) return answer
  else if (kind !== 'clockSkew') return answer
  return once(request, to)
}

async function once(request: SignedRequest, to: Parameters<typeof sendSigned>[1]): Promise<SignedAnswer> {
  const { HttpRequest, Sha256, SignatureV4 } = await sdk.signing()
  const url = new URL(to.endpoint)
  const outgoing = new HttpRequest({
    method: request.method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: `${url.pathname.replace(/\/$/, '')}${request.path}`,
    query: request.query ?? {},
    headers: { ...request.headers, host: url.host },
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const signer = new SignatureV4({
    service: 'bedrock',
    region: to.region,
    credentials: to.credentials.provide,
    sha256: Sha256,
    // Outside S3 the path is encoded once more inside the signature.
    uriEscapePath: true,
  })
  const signed = await signer.sign(outgoing, { signingDate: new Date(to.clock.now() + to.skew.ms) })
  outgoing.headers = signed.headers
  const { response } = await to.handler.handle(
    outgoing,
    request.signal ? { abortSignal: request.signal } : {},
  )
  const body = await text(response.body as AsyncIterable<Uint8Array>, request.signal)
  const { headers } = response
  const requestId = headers['x-amzn-requestid'] ?? null
  return { status: response.statusCode, headers, body, requestId }
}

async function text(stream: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of stream) {
    signal?.throwIfAborted()
    bytes += part.byteLength
    if (bytes > maxBytes) throw new Error('The answer is larger than any answer of Bedrock')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Takes the service's clock from its answer; false where it does not say. */
function adjust(skew: Skew, { headers }: SignedAnswer, clock: Clock): boolean {
  const theirs = Date.parse(headers['date'] ?? '')
  if (Number.isNaN(theirs)) return false
  skew.ms = theirs - clock.now()
  return true
}
