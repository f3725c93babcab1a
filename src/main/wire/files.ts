import type { OutputBody } from '../providers/types'
import { providerError, retryAfter, wireFailure } from './failure'
import { WireError, type Wire, type WireStream } from './types'

const mostRedirects = 5

/** Videos that lie at an address of their own, mostly for a short while only. */
export interface Files {
  /**
   * See `Provider.open`. `headers` go to `url` itself and to no address that it leads to. Throws a `ProviderError`;
   * `not_found` where the address has expired or never was.
   */
  open(
    jobId: string,
    file: { url: string; headers?: Readonly<Record<string, string>> },
    offset: number,
    signal: AbortSignal,
  ): Promise<OutputBody>
  /** Lets go of what is remembered of a job's download. */
  forget(jobId: string): void
}

/** Makes the downloads of one provider, whose name stands in the sentences. */
export function createFiles(wire: Wire, provider: string): Files {
  /** The version of the file that a job's download began with. */
  const versions = new Map<string, string>()

  async function follow(
    { url, headers = {} }: Parameters<Files['open']>[1],
    range: Record<string, string>,
    signal: AbortSignal,
  ): Promise<WireStream> {
    let at = url
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const own = at === url ? headers : {}
      // The bytes themselves: packed by a gateway, their length and ranges would not be the file's.
      const sent = { ...own, ...range, 'accept-encoding': 'identity' }
      const answer = await wire.open({ method: 'GET', url: at, headers: sent, signal })
      const next = answer.headers['location']
      if (answer.status < 300 || answer.status > 399 || next === undefined) return answer
      drop(answer)
      const to = new URL(next, at)
      // What began under TLS does not go on without it.
      if (to.protocol !== new URL(at).protocol && to.protocol !== 'https:') break
      at = to.href
    }
    throw new WireError('broken', true, { message: 'It leads from address to address' })
  }

  return {
    async open(jobId, file, offset, signal) {
      const version = versions.get(jobId)
      const range: Record<string, string> = offset === 0 ? {} : { range: `bytes=${offset}-` }
      if (offset > 0 && version !== undefined) range['if-range'] = version
      let answer: WireStream
      try {
        answer = await follow(file, range, signal)
      } catch (error) {
        throw wireFailure(error, provider)
      }
      const body = bodyOf(answer, offset)
      if (body === 'beyond') {
        drop(answer)
        versions.delete(jobId)
        // What lies there is longer than the file: from its beginning.
        return offset === 0 ? refuse(answer, provider) : this.open(jobId, file, 0, signal)
      }
      if (body === null) {
        drop(answer)
        return refuse(answer, provider)
      }
      if (body.offset === 0) remember(versions, jobId, answer)
      return body
    },
    forget(jobId) {
      versions.delete(jobId)
    },
  }
}

function remember(versions: Map<string, string>, jobId: string, { headers }: WireStream): void {
  const etag = headers['etag']
  // A weak tag does not promise the same bytes.
  if (etag !== undefined && !etag.startsWith('W/')) versions.set(jobId, etag)
  else versions.delete(jobId)
}

function bodyOf({ status, headers, stream }: WireStream, asked: number): OutputBody | 'beyond' | null {
  if (/\b(?:html|json|xml)\b/i.test(headers['content-type'] ?? '') && status < 400) return null
  switch (status) {
    case 200:
      return { stream, bytes: lengthOf(headers['content-length']), offset: 0 }
    case 206: {
      const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? []
      if (start === undefined) return null
      return { stream, bytes: lengthOf(total), offset: Number(start) }
    }
    case 416:
      return asked === 0 ? null : 'beyond'
    default:
      return null
  }
}

function lengthOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null
}

function refuse({ status, headers }: WireStream, provider: string): never {
  const told = { sent: true, charged: 'yes', values: { provider, status }, raw: `HTTP ${status}` } as const
  // Expired addresses answer 403 at most stores, some 400 or 401; a fresh one is asked for.
  if ([400, 401, 403, 404, 410].includes(status)) throw providerError('not_found', 'job.expired', told)
  if (status === 429) {
    throw providerError('rate_limited', 'wire.throttled', {
      ...told,
      retry: 'later',
      ...retryAfter(headers),
    })
  }
  if (status < 300) throw providerError('bad_output', 'wire.page', { ...told, retry: 'later' })
  throw providerError('unavailable', 'wire.unavailable', { ...told, retry: 'later', ...retryAfter(headers) })
}

/** It may break before somebody listens. */
function drop({ stream }: WireStream): void {
  stream.on('error', () => undefined).destroy()
}
