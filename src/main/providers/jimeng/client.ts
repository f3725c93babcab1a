import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Clock } from '../../ports'
import { providerError, wireFailure, type Wire, type WireAnswer } from '../../wire'
import type { Call, ConnectionAccess } from '../types'
import { readVolc, relayRefusal, strange, theRelay, volcengine } from './errors'
import { actionUrl, createBody, submitBody } from './request'
import { signedHeaders, type VolcKeys } from './sign'

/** What came of a submit. */
export interface Taken {
  providerJobId: string
  requestId: string | null
}

/** Calls to Volcengine and to relays, one request each. All throw `ProviderError`. */
export interface Client {
  submit(call: Call, endpoint: string): Promise<Taken>
  result(
    access: ConnectionAccess,
    endpoint: string,
    task: { reqKey: string; taskId: string },
    signal: AbortSignal,
  ): Promise<WireAnswer>
  create(call: Call, endpoint: string): Promise<Taken>
  query(access: ConnectionAccess, endpoint: string, id: string, signal: AbortSignal): Promise<WireAnswer>
}

const Task = z.object({ task_id: z.union([z.string(), z.number()]).transform(String) })
const id = z.union([z.string().min(1), z.number()]).transform(String)
const Created = z.union([
  z.object({ id }),
  z.object({ task_id: id }).transform(({ task_id }) => ({ id: task_id })),
  z.object({ data: z.object({ id }) }).transform(({ data }) => data),
  z.object({ data: z.object({ task_id: id }) }).transform(({ data }) => ({ id: data.task_id })),
])

/** Makes the client. */
export function createClient({ wire, clock }: { wire: Wire; clock: Pick<Clock, 'now'> }): Client {
  /** How far this computer's clock is from that of an address, in ms, as its refusals told. */
  const skews = new Map<string, number>()

  async function post(
    access: ConnectionAccess,
    url: string,
    body: string,
    signal: AbortSignal,
  ): Promise<WireAnswer> {
    const keys = await keysOf(access, url)
    const { host } = new URL(url)
    const send = async () => {
      const headers = signedHeaders(
        {
          method: 'POST',
          url,
          body,
          headers: { 'content-type': 'application/json' },
          at: clock.now() + (skews.get(host) ?? 0),
        },
        keys,
      )
      return await wire.send({ method: 'POST', url, headers, body, signal })
    }
    try {
      const answer = await send()
      const date = Date.parse(answer.headers['date'] ?? '')
      if (!isClock(answer) || Number.isNaN(date)) return answer
      skews.set(host, date - clock.now())
      // What was refused for its time was not taken: the same request goes out with the time that is theirs.
      return await send()
    } catch (error) {
      throw wireFailure(error, volcengine)
    }
  }

  return {
    async submit({ job, connection, assets, signal }, endpoint) {
      const access = needed(connection)
      const images = new Map<string, string>()
      for (const { input, path } of assets) images.set(input.role, await readFile(path, 'base64'))
      const body = submitBody(job, ({ role }) => images.get(role) ?? '')
      const answer = await post(access, actionUrl(endpoint, 'SubmitTask'), JSON.stringify(body), signal)
      const said = readVolc(answer, 'submit')
      if (said.kind === 'refused') throw said.error
      const task = Task.safeParse(said.data)
      if (!task.success) throw strange(answer, volcengine)
      return { providerJobId: `${body.req_key}/${task.data.task_id}`, requestId: said.requestId }
    },

    result: (access, endpoint, { reqKey, taskId }, signal) =>
      post(
        access,
        actionUrl(endpoint, 'GetResult'),
        JSON.stringify({ req_key: reqKey, task_id: taskId }),
        signal,
      ),

    async create(call, endpoint) {
      const { job, signal } = call
      const access = needed(call.connection)
      const headers = await relayHeaders(access, endpoint)
      const addresses = new Map<string, string>()
      for (const { assetId } of job.inputs) addresses.set(assetId, await call.address(assetId))
      const body = JSON.stringify(createBody(job, ({ assetId }) => addresses.get(assetId) ?? ''))
      const url = `${endpoint}/v1/video/create`
      let answer: WireAnswer
      try {
        answer = await wire.send({ method: 'POST', url, headers, body, signal })
      } catch (error) {
        throw wireFailure(error, theRelay)
      }
      const created = Created.safeParse(answer.json)
      if (answer.status < 200 || answer.status > 299) throw relayRefusal(answer, 'submit')
      if (!created.success) throw strange(answer, theRelay)
      return { providerJobId: created.data.id, requestId: answer.headers['x-request-id'] ?? null }
    },

    async query(access, endpoint, id, signal) {
      const { 'content-type': _none, ...headers } = await relayHeaders(access, endpoint)
      const url = `${endpoint}/v1/video/query?id=${encodeURIComponent(id)}`
      try {
        return await wire.send({ method: 'GET', url, headers, signal })
      } catch (error) {
        throw wireFailure(error, theRelay)
      }
    },
  }
}

/** The account of a call. */
export function needed(connection: ConnectionAccess | null): ConnectionAccess {
  if (connection === null) throw providerError('auth', 'connection.gone', { retry: 'later' })
  return connection
}

function isClock(answer: WireAnswer): boolean {
  const said = readVolc(answer, 'submit')
  return said.kind === 'refused' && said.error.detail.key === 'jimeng.clock'
}

async function keysOf(access: ConnectionAccess, to: string): Promise<VolcKeys> {
  const accessKeyId = await access.secret('accessKeyId', to)
  const secretAccessKey = await access.secret('secretAccessKey', to)
  const sessionToken = await access.secret('sessionToken', to)
  if (accessKeyId === null || secretAccessKey === null) {
    throw providerError('auth', 'jimeng.keysMissing', { retry: 'later' })
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) }
}

async function relayHeaders(access: ConnectionAccess, to: string): Promise<Record<string, string>> {
  const key = await access.secret('relayKey', to)
  if (key === null) throw providerError('auth', 'jimeng.keysMissing', { retry: 'later' })
  return {
    authorization: `Bearer ${key}`,
    accept: 'application/json',
    'content-type': 'application/json',
  }
}
