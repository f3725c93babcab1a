import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** Where a fault can strike or a request can be held. */
export type Place = 'submit' | 'answer' | 'find' | 'poll' | 'cancel' | 'file'

export type Fault =
  /** This status, with `Retry-After` where given. */
  | { kind: 'status'; status: number; retryAfter?: number }
  /** The connection breaks before the provider has taken anything. */
  | { kind: 'drop' }
  /** The provider takes the job, then the connection breaks. */
  | { kind: 'drop_after' }
  /** Half of the bytes that were announced, then the connection breaks. */
  | { kind: 'half' }
  /** A web page with status 200 where a video was expected. */
  | { kind: 'html' }
  /** One byte less than the provider said the video has. */
  | { kind: 'short' }
  /** As many bytes as promised, one of them wrong. */
  | { kind: 'flipped' }

export interface FakeJob {
  id: string
  token: string
  prompt: string
  state: 'running' | 'done' | 'failed' | 'cancelled'
  polls: number
  /** When it came, in milliseconds since 1970. */
  at: number
  /** Result addresses carry this; raising it makes earlier ones expire. */
  version: number
}

const Submit = z.strictObject({
  token: z.string().min(1),
  prompt: z.string(),
  params: z.record(z.string(), z.unknown()),
  images: z.array(z.strictObject({ role: z.string(), bytes: z.int().min(1) })),
})

export interface FakeServerOptions {
  video: Uint8Array
  /** How many polls are answered with "running" before a job is done; Infinity leaves it to {@link FakeServer.finish}. */
  pollsUntilDone?: number
  /** The same token gives the same job. */
  idempotent?: boolean
}

/**
 * A provider at the wire: strict about what it is sent, scripted in what goes wrong. Every accepted submit is one
 * entry of `jobs`, and would be one entry on the bill.
 */
export class FakeServer {
  readonly jobs = new Map<string, FakeJob>()
  /** Requests in the order of arrival, as `METHOD path`. */
  readonly requests: string[] = []
  /** Who asked and for which region, of every request that says so. */
  readonly keys: string[] = []
  readonly regions: string[] = []
  pollsUntilDone: number
  readonly #options: FakeServerOptions
  readonly #faults: { at: Place; fault: Fault }[] = []
  readonly #holds: { at: Place; reached: () => void; released: Promise<void> }[] = []
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    })
  })

  private constructor(options: FakeServerOptions) {
    this.#options = options
    this.pollsUntilDone = options.pollsUntilDone ?? 1
  }

  static async start(options: FakeServerOptions): Promise<FakeServer> {
    const server = new FakeServer(options)
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** How many jobs would be on the bill. */
  get billed(): number {
    return this.jobs.size
  }

  /** The next `times` requests at this place go wrong. */
  fault(at: Place, fault: Fault, times = 1): void {
    for (let n = 0; n < times; n += 1) this.#faults.push({ at, fault })
  }

  /** The next request at this place waits: `reached` resolves when it is there, `release` lets it go on. */
  hold(at: Place): { reached: Promise<void>; release: () => void } {
    const reached = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    this.#holds.push({ at, reached: reached.resolve, released: released.promise })
    return { reached: reached.promise, release: released.resolve }
  }

  finish(state: 'done' | 'failed' = 'done'): void {
    for (const job of this.jobs.values()) if (job.state === 'running') job.state = state
  }

  /** All result addresses given out so far stop working. */
  expire(): void {
    for (const job of this.jobs.values()) job.version += 1
  }

  /** The provider's memory is gone. */
  forget(): void {
    this.jobs.clear()
  }

  count(request: RegExp): number {
    return this.requests.filter((line) => request.test(line)).length
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    this.requests.push(`${request.method} ${url.pathname}`)
    const [, kind, id, action] = url.pathname.split('/')
    const { authorization, 'x-region': region } = request.headers
    if (authorization !== undefined) this.keys.push(authorization)
    if (typeof region === 'string') this.regions.push(region)
    if (kind === 'account') {
      if (authorization === undefined) return answer(response, 401, { error: 'who are you' })
      return answer(response, 200, { who: `holder of ${authorization.length} characters` })
    }
    const job = this.jobs.get(id ?? '')
    if (kind === 'files') return this.#file(request, response, job, Number(action))
    if (kind !== 'jobs') return answer(response, 404, { error: 'no such address' })
    if (request.method === 'POST' && id === undefined) return this.#submit(request, response)
    if (request.method === 'GET' && id === undefined) return this.#find(response, url)
    if (request.method === 'GET' && action === undefined) return this.#poll(response, job)
    if (request.method === 'POST' && action === 'cancel') return this.#cancel(response, job)
    return answer(response, 405, { error: 'not like this' })
  }

  async #submit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse(await text(request))
    const fault = await this.#pass('submit', response)
    if (fault === 'answered') return
    const asked = Submit.safeParse(body)
    if (!asked.success) return answer(response, 400, { error: z.prettifyError(asked.error) })
    const job = this.#take(asked.data)
    await this.#held('answer')
    if (fault?.kind === 'drop_after') return void response.destroy()
    return answer(response, 201, { id: job.id })
  }

  #take({ token, prompt }: z.output<typeof Submit>): FakeJob {
    const known = [...this.jobs.values()].find((job) => job.token === token)
    if (known && this.#options.idempotent) return known
    const id = `fake-${this.jobs.size + 1}`
    const job: FakeJob = { id, token, prompt, state: 'running', polls: 0, at: Date.now(), version: 1 }
    this.jobs.set(id, job)
    return job
  }

  async #find(response: ServerResponse, url: URL): Promise<void> {
    if ((await this.#pass('find', response)) === 'answered') return
    if (url.searchParams.has('since')) {
      const since = Number(url.searchParams.get('since'))
      const jobs = [...this.jobs.values()].filter(({ at }) => at >= since)
      return answer(response, 200, { jobs })
    }
    const job = [...this.jobs.values()].find((job) => job.token === url.searchParams.get('token'))
    return answer(response, 200, { id: job?.id ?? null })
  }

  async #poll(response: ServerResponse, job: FakeJob | undefined): Promise<void> {
    if ((await this.#pass('poll', response)) === 'answered') return
    if (!job) return answer(response, 404, { error: 'no such job' })
    job.polls += 1
    if (job.state === 'running' && job.polls > this.pollsUntilDone) job.state = 'done'
    const { video } = this.#options
    return answer(response, 200, {
      state: job.state,
      progress: Math.min(0.9, job.polls / 10),
      outputs:
        job.state === 'done'
          ? [
              {
                url: `${this.url}/files/${job.id}/${job.version}`,
                bytes: video.byteLength,
                sha256: sha256(video),
              },
            ]
          : [],
    })
  }

  async #cancel(response: ServerResponse, job: FakeJob | undefined): Promise<void> {
    if ((await this.#pass('cancel', response)) === 'answered') return
    if (!job) return answer(response, 404, { error: 'no such job' })
    if (job.state !== 'running') return answer(response, 409, { error: 'too late' })
    job.state = 'cancelled'
    return answer(response, 200, {})
  }

  async #file(
    request: IncomingMessage,
    response: ServerResponse,
    job: FakeJob | undefined,
    version: number,
  ): Promise<void> {
    const fault = await this.#pass('file', response)
    if (fault === 'answered') return
    if (!job || job.version !== version) return answer(response, 410, { error: 'expired' })
    const video = fault?.kind === 'short' ? this.#options.video.subarray(1) : this.#options.video
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const body = Buffer.from(video.subarray(from))
    if (fault?.kind === 'flipped') body.writeUInt8(body.readUInt8(body.length >> 1) ^ 0xff, body.length >> 1)
    response.writeHead(from > 0 ? 206 : 200, {
      'content-type': 'video/mp4',
      'content-length': body.byteLength,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${video.byteLength - 1}/${video.byteLength}` } : {}),
    })
    if (fault?.kind !== 'half') return void response.end(body)
    response.write(body.subarray(0, body.byteLength >> 1), () => response.destroy())
  }

  /** Holds and faults of a place; `answered` when the fault has already answered. */
  async #pass(at: Place, response: ServerResponse): Promise<Fault | 'answered' | null> {
    await this.#held(at)
    const index = this.#faults.findIndex((entry) => entry.at === at)
    const fault = index < 0 ? null : (this.#faults.splice(index, 1)[0]?.fault ?? null)
    switch (fault?.kind) {
      case 'status':
        answer(response, fault.status, { error: 'scripted' }, fault.retryAfter)
        return 'answered'
      case 'drop':
        response.destroy()
        return 'answered'
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' })
        response.end('<!doctype html><title>Sign in</title>')
        return 'answered'
      case 'drop_after':
      case 'half':
      case 'short':
      case 'flipped':
      case undefined:
        return fault
    }
  }

  async #held(at: Place): Promise<void> {
    const index = this.#holds.findIndex((hold) => hold.at === at)
    const hold = index < 0 ? undefined : this.#holds.splice(index, 1)[0]
    hold?.reached()
    await hold?.released
  }
}

function answer(response: ServerResponse, status: number, body: unknown, retryAfter?: number): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  })
  response.end(JSON.stringify(body))
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
