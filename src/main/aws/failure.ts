import { neverReached, ProxyRefused } from '../network'
import { answeredKind, type AwsFailureKind } from './kinds'
import { redact } from './redact'
import { AwsSignInError } from './sign-in-error'

/** A failure in one shape, whatever the transport. Holds no secret. */
export interface AwsFailure {
  kind: AwsFailureKind
  /** The name AWS or Node gave it. */
  name: string
  /** HTTP status; null where no answer came. */
  status: number | null
  requestId: string | null
  message: string
  /** Milliseconds to wait, where the service said so. */
  retryAfterMs?: number
  /** Whether any byte of the request, in any attempt, may have reached the service. */
  sent: boolean
  /** Whether an attempt of the same call before the answer told here may have been taken and done. */
  doubt: boolean
  /** What was said, at most 4 KB. */
  raw: string
}

/** An answer over HTTP, as {@link classifyAnswer} reads it. Header names in lower case. */
export interface Answer {
  status: number
  headers: Record<string, string | undefined>
  body: string
}

const maxRaw = 4096

const maybeSentCodes = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'])

const sentMarks = new WeakMap<object, boolean>()

/**
 * Notes on an error whether any of the attempts behind it may have reached the service. Of several attempts the SDK
 * throws only the last one's error, which may be a refused connection after a lost answer.
 */
export function markSent(error: unknown, sent: boolean): void {
  if (typeof error === 'object' && error !== null) sentMarks.set(error, sent)
}

/** What {@link markSent} noted; undefined where it noted nothing. */
function markOf(error: unknown): boolean | undefined {
  return typeof error === 'object' && error !== null ? sentMarks.get(error) : undefined
}

/** Brings anything thrown by the SDK, by a signed request or by a sign-in into one shape. */
export function classify(error: unknown): AwsFailure {
  if (error instanceof AwsSignInError) return signIn(error)
  const seen = read(error)
  const response = answerOf(error)
  const status = seen.status ?? response?.status ?? null
  if (status === null) return network(error, seen)

  const html = seen.name === 'SyntaxError' || /^\s*<(?:!doctype|html)/i.test(response?.body ?? '')
  // A success whose body broke off or never ended.
  if (status < 300 && !html) return { ...network(error, seen), status, sent: true, doubt: true }
  return {
    ...common(answeredKind(seen.name, status, seen.message, html), seen),
    status,
    sent: status !== 407,
    doubt: markOf(error) ?? false,
    ...retryAfter(response?.headers ?? {}),
  }
}

/** Brings an HTTP answer that is no success into the same shape as the SDK's error for it. */
export function classifyAnswer({ status, headers, body }: Answer): AwsFailure {
  const parsed = jsonOf(body)
  const header = headers['x-amzn-errortype'] ?? parsed?.['__type'] ?? parsed?.['code']
  const name = typeof header === 'string' ? bareName(header) : (xml(body, 'Code') ?? `HTTP ${status}`)
  const text = parsed?.['message'] ?? parsed?.['Message'] ?? xml(body, 'Message')
  const message = typeof text === 'string' ? text : `HTTP ${status}`
  const requestId = headers['x-amzn-requestid'] ?? headers['x-amz-request-id'] ?? null
  const foreign = body.trim() !== '' && parsed === null && xml(body, 'Code') === null
  return {
    ...common(answeredKind(name, status, message, foreign), {
      name,
      message,
      requestId,
      text: `${status} ${name}: ${body}`,
    }),
    status,
    sent: status !== 407,
    doubt: false,
    ...retryAfter(headers),
  }
}

interface Seen {
  name: string
  message: string
  requestId: string | null
  status: number | null
  code: string | null
  attempts: number
  text: string
}

function common(kind: AwsFailureKind, seen: Pick<Seen, 'name' | 'message' | 'requestId' | 'text'>) {
  const { name, requestId } = seen
  return { kind, name, requestId, message: redact(seen.message).slice(0, 2000), raw: cut(seen.text) }
}

/** Redacts before and after: what the cut leaves of a secret must not pass for a word. */
function cut(text: string): string {
  return redact(redact(text.slice(0, maxRaw * 4)).slice(0, maxRaw)).slice(0, maxRaw)
}

function signIn(error: AwsSignInError): AwsFailure {
  const kind = error.key === 'aws.ssoExpired' ? 'ssoExpired' : 'noCredentials'
  const { name, message } = error
  const seen = { name, message, requestId: null, text: message }
  return { ...common(kind, seen), status: null, sent: false, doubt: false }
}

/** A failure without an answer. */
function network(error: unknown, seen: Seen): AwsFailure {
  const kind = networkKind(error, seen)
  const last = kind !== 'networkNotSent' && kind !== 'proxyRefused'
  const sent = markOf(error) ?? (last || seen.attempts > 1)
  return { ...common(kind, seen), status: null, sent, doubt: sent }
}

function networkKind(error: unknown, { name, message, code }: Seen): AwsFailureKind {
  if (error instanceof ProxyRefused) return 'proxyRefused'
  if (name === 'AbortError') return 'aborted'
  if (/^Checksum mismatch/i.test(message)) return 'checksum'
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return 'noCredentials'
  if (neverLeft(error)) return 'networkNotSent'
  if (code !== null && maybeSentCodes.has(code)) return 'networkMaybeSent'
  if (/socket hang up|premature close|^aborted\b/i.test(message)) return 'networkMaybeSent'
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return 'timeout'
  return 'unknown'
}

/** A header of the answer behind an error of the SDK; null where there is none. */
export function headerOf(error: unknown, name: string): string | null {
  return answerOf(error)?.headers[name] ?? null
}

/** Whether an error of one attempt shows that nothing of it reached the service. */
export function neverLeft(error: unknown): boolean {
  return error instanceof AwsSignInError || neverReached(error)
}

function read(error: unknown): Seen {
  const metadata = field(error, '$metadata')
  const status = field(metadata, 'httpStatusCode')
  const requestId = field(metadata, 'requestId')
  const attempts = field(metadata, 'attempts')
  const code = field(error, 'code')
  const own = field(error, 'name')
  const message = field(error, 'message')
  const name = typeof own === 'string' && own !== '' && own !== 'Error' ? own : null
  const text = (typeof message === 'string' ? message : String(error)).replace(
    /\n\s*Deserialization error:.*$/s,
    '',
  )
  const body = answerOf(error)?.body
  return {
    name: bareName(name ?? (typeof code === 'string' ? code : 'Error')),
    message: text,
    requestId: typeof requestId === 'string' ? requestId : null,
    status: typeof status === 'number' ? status : null,
    code: typeof code === 'string' ? code : null,
    attempts: typeof attempts === 'number' ? attempts : 1,
    text: `${name ?? 'Error'}${typeof code === 'string' ? ` (${code})` : ''}: ${text}${body ? `\n${body}` : ''}`,
  }
}

/** The response that the SDK hides on its errors. */
function answerOf(error: unknown): Answer | null {
  const response = field(error, '$response')
  const status = field(response, 'statusCode')
  if (typeof status !== 'number') return null
  const headers: Record<string, string | undefined> = {}
  const given = field(response, 'headers')
  if (typeof given === 'object' && given !== null) {
    for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = String(value)
  }
  const body = field(response, 'body')
  return { status, headers, body: typeof body === 'string' ? body : '' }
}

function retryAfter(headers: Answer['headers']): { retryAfterMs?: number } {
  const milliseconds = Number(headers['x-amz-retry-after'] ?? Number.NaN)
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return { retryAfterMs: milliseconds }
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}
}

/** `namespace#Name:http://…` is how some services spell a name. */
function bareName(name: string): string {
  return name.replace(/^.*#/, '').replace(/:.*$/, '')
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (Reflect.get(of, name) as unknown) : undefined
}

function jsonOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function xml(text: string, tag: string): string | null {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1] ?? null
}
