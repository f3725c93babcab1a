import { z } from 'zod'
import { sentence } from '../../../src/shared/problems'
import type { JobError } from '../../../src/shared/contract'
import type { JobRecord } from '../../../src/main/history'
import {
  ProviderError,
  type Call,
  type ConnectionAccess,
  type ConnectionKind,
  type Model,
  type Provider,
  type ProviderStatus,
} from '../../../src/main/providers'
import { fakeModel } from './model'

const Submitted = z.object({ id: z.string() })
const Found = z.object({ id: z.string().nullable() })
const Listed = z.object({
  jobs: z.array(
    z.object({
      id: z.string(),
      token: z.string(),
      at: z.int(),
      state: z.enum(['running', 'done', 'failed', 'cancelled']),
    }),
  ),
})
const Status = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.number(),
  outputs: z.array(z.object({ url: z.string(), bytes: z.int(), sha256: z.string() })),
})

export interface FakeProviderOptions {
  /** Address of a {@link FakeServer}. */
  url: string
  afterLostSubmit?: Provider['afterLostSubmit']
  /** Without it the provider has no cancel. */
  cancels?: boolean
  model?: Partial<Model['info']>
  /** A rule of the model over inputs and parameters together. */
  check?: NonNullable<Model['check']>
  pollFloorMs?: number
  offline?: boolean
  needsConnection?: boolean
  /** Where the provider calls back. */
  onChange?: NonNullable<Provider['onChange']>
}

/** An account of the simulator: a key and a PIN, and a region that is frozen into each job. */
function fakeConnection(url: string): ConnectionKind {
  const addressOf = (address: unknown) => (typeof address === 'string' ? address : url)
  return {
    settings: z.strictObject({
      region: z.enum(['north', 'south']).default('north'),
      address: z.url().optional(),
    }),
    secrets: [
      { name: 'key', title: 'key', required: false },
      { name: 'pin', title: 'PIN', required: false },
    ],
    sentTo: (_secret, { address }) => [{ setting: 'address', url: addressOf(address) }],
    docs: null,
    async *test(access, signal) {
      const step = { id: 'who', key: 'fake.who', message: 'Who asks', remedy: null, values: {}, raw: null }
      try {
        const at = addressOf(access.settings['address'])
        const answer = await ask(`${at}/account`, { headers: await headersOf(access, at), signal })
        const { who } = z.object({ who: z.string() }).parse(await answer.json())
        yield { ...step, state: 'ok', who, standing: true }
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        yield { ...step, state: 'failed', message: error.message }
      }
    },
    async list(access, since, signal) {
      const at = addressOf(access.settings['address'])
      const answer = await ask(`${at}/jobs?since=${since}`, { headers: await headersOf(access, at), signal })
      return Listed.parse(await answer.json()).jobs.map(({ id, token, state, at }) => ({
        providerJobId: id,
        model: 'fake-1',
        state: state === 'done' ? 'succeeded' : state === 'running' ? 'processing' : 'failed',
        submittedAt: at,
        place: null,
        params: { duration: 5 },
        token,
      }))
    },
  }
}

/** What every request of an account carries. */
async function headersOf(
  access: ConnectionAccess | null,
  to: string,
  place: JobRecord['place'] = null,
): Promise<Record<string, string>> {
  const key = (await access?.secret('key', to)) ?? null
  return {
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(place === null ? {} : { 'x-region': String(place['region']) }),
  }
}

/** A provider as one would write it for the simulator's API: transport by `fetch`, errors in the closed set. */
export function fakeProvider(options: FakeProviderOptions): Provider {
  const { url, afterLostSubmit = 'unknown' } = options
  return {
    id: 'fake',
    label: 'Fake',
    needsConnection: options.needsConnection ?? false,
    offline: options.offline ?? false,
    models: [{ ...fakeModel(options.model), ...(options.check ? { check: options.check } : {}) }],
    ...(options.needsConnection
      ? { connection: fakeConnection(url), place: ({ region }) => ({ region }) }
      : {}),
    afterLostSubmit,
    pollFloorMs: options.pollFloorMs ?? 5,
    request: ({ prompt, params, inputs, idempotencyToken }) => ({
      transport: 'http',
      method: 'POST',
      url: `${url}/jobs`,
      headers: { authorization: 'Bearer •••' },
      body: { token: idempotencyToken, prompt, params, images: inputs },
    }),
    endpoint: (settings) => (typeof settings?.['address'] === 'string' ? settings['address'] : url),
    async submit({ job, connection, assets, signal }) {
      const images = assets.map(({ input, asset }) => ({ role: input.role, bytes: asset.bytes }))
      const body = { token: job.idempotencyToken, prompt: job.prompt, params: job.params, images }
      const answer = await ask(`${job.endpoint}/jobs`, {
        method: 'POST',
        headers: await headersOf(connection, job.endpoint ?? url, job.place),
        body: JSON.stringify(body),
        signal,
      })
      return { providerJobId: Submitted.parse(await answer.json()).id, endpoint: null }
    },
    async poll({ job, connection, signal }) {
      const headers = await headersOf(connection, job.endpoint ?? url, job.place)
      const answer = await ask(`${job.endpoint}/jobs/${job.providerJobId}`, { headers, signal })
      return statusOf(Status.parse(await answer.json()))
    },
    async open({ signal }, output, offset) {
      const headers: Record<string, string> = offset > 0 ? { range: `bytes=${offset}-` } : {}
      const answer = await ask(output.ref, { headers, signal })
      if (!answer.body) throw problem('bad_output', 'job.badOutput', {})
      const resumed = answer.status === 206
      const length = Number(answer.headers.get('content-length'))
      return { stream: answer.body, bytes: length + (resumed ? offset : 0), offset: resumed ? offset : 0 }
    },
    ...(options.onChange ? { onChange: options.onChange } : {}),
    ...(options.cancels === false
      ? {}
      : {
          async cancel({ job, signal }: Call) {
            const address = `${job.endpoint}/jobs/${job.providerJobId}/cancel`
            const answer = await ask(address, { method: 'POST', signal }, [409])
            return answer.status === 409 ? 'too_late' : 'cancelled'
          },
        }),
    ...(afterLostSubmit === 'lookup'
      ? {
          async find({ job, signal }: Call) {
            const answer = await ask(`${job.endpoint}/jobs?token=${job.idempotencyToken}`, { signal })
            return Found.parse(await answer.json()).id
          },
        }
      : {}),
  }
}

function statusOf({ state, progress, outputs }: z.output<typeof Status>): ProviderStatus {
  switch (state) {
    case 'running':
      return { kind: 'processing', progress }
    case 'done':
      return { kind: 'succeeded', outputs: outputs.map(({ url, ...rest }) => ({ ref: url, ...rest })) }
    case 'failed':
      return { kind: 'failed', error: problem('moderated', 'job.badOutput', { charged: 'yes' }) }
    case 'cancelled':
      return { kind: 'failed', error: problem('internal', 'job.internal', { charged: 'unknown' }) }
  }
}

/** One call; every failure ends as a ProviderError. */
async function ask(url: string, init: RequestInit, expected: number[] = []): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(url, init)
  } catch (cause) {
    // Refused means that nothing listened; anything else may have arrived.
    const sent = (cause as { cause?: { code?: string } }).cause?.code !== 'ECONNREFUSED'
    throw problem('network', 'job.unanswered', { retry: 'later', sent, charged: 'unknown' }, cause)
  }
  if (answer.ok || expected.includes(answer.status)) return answer
  const retryAfter = answer.headers.get('retry-after')
  const raw = await answer.text()
  const wait = retryAfter === null ? {} : { retryAfterMs: Number(retryAfter) * 1000 }
  switch (answer.status) {
    case 400:
      throw problem('invalid_request', 'request.invalid', { raw })
    case 401:
      throw problem('auth', 'job.internal', { raw })
    case 404:
    case 410:
      throw problem('not_found', 'job.lost', { raw })
    case 409:
      // The token is known, but of another request: nobody can say what became of this one.
      throw problem('invalid_request', 'job.providerOther', { raw, sent: true, charged: 'unknown' })
    case 422:
      throw problem('moderated', 'job.badOutput', { raw })
    case 429:
      throw problem('rate_limited', 'job.unanswered', { raw, retry: 'later', ...wait })
    default:
      throw problem('unavailable', 'job.unanswered', {
        raw,
        retry: 'later',
        sent: true,
        charged: 'unknown',
        ...wait,
      })
  }
}

function problem(
  code: JobError['code'],
  key: Parameters<typeof sentence>[0],
  change: Partial<ProviderError['detail']>,
  cause?: unknown,
): ProviderError {
  const { message, hint } = sentence(key)
  const base = { code, key, message, hint: hint ?? null, retry: 'never', charged: 'no', sent: false } as const
  return new ProviderError({ ...base, ...change }, { cause })
}
