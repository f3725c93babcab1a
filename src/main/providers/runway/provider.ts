import type { AssetRecord, JobRecord } from '../../history'
import type { Clock, Random } from '../../ports'
import { createFiles, providerError, rawOf, type Wire, type WireAnswer } from '../../wire'
import { ProviderError, type Call, type Provider, type ProviderStatus } from '../types'
import { createClient, readable, type Client } from './client'
import { connectionKind } from './connection'
import { refusalOf, strangeOf } from './errors'
import { imagesOf } from './images'
import { models } from './models'
import { isRelayError, isUnknownTask, relayId, relayStatus } from './relay'
import { createOf, requestOf } from './request'
import { accountOf, endpointOf, kindOfPlace, placeOf, type Service } from './settings'
import { Created, isOver, statusOf, Task } from './status'

export interface RunwayOptions {
  wire: Wire
  clock: Clock
  random: Random
  /** What is known of an input image, for the preview of a request. */
  asset: (id: string) => AssetRecord | null
}

/** So long after its create a task that the service does not know yet is asked for again (ms). */
const settlingMs = { official: 60_000, relay: 10 * 60_000 } as const

/**
 * Runway's models, at Runway itself or through a relay. There is no key by which a repeated create would be known as
 * the same, so a create whose answer was lost is put before the person and never made again.
 */
export function createRunway({ wire, clock, random, asset }: RunwayOptions): Provider {
  const files = createFiles(wire, 'Runway')

  async function clientOf({ job, connection, signal }: Call): Promise<Client> {
    const account = connection && (await accountOf(job, connection))
    if (!account) throw providerError('auth', 'runway.noKey', { retry: 'later' })
    return createClient(wire, account, signal)
  }

  async function pollRelay(client: Client, job: JobRecord): Promise<ProviderStatus> {
    const answer = await client.ask('GET', `/runwayml/v1/tasks/${idOf(job)}`)
    if (isUnknownTask(answer)) return isSettling(job) ? { kind: 'queued' } : { kind: 'lost' }
    const status = relayStatus(readable(answer, 'ask', client.account).json)
    if (status === null) throw strangeOf(answer, 'ask', client.account)
    return status
  }

  /** The task; null where Runway says that it knows none. */
  async function taskOf(client: Client, job: JobRecord): Promise<Task | null> {
    const answer = await client.ask('GET', `/v1/tasks/${idOf(job)}`)
    if (isGone(answer)) return null
    const task = Task.safeParse(readable(answer, 'ask', client.account).json)
    if (!task.success) throw strangeOf(answer, 'ask', client.account)
    return task.data
  }

  const isSettling = (job: JobRecord) =>
    job.submitAttemptedAt !== null && clock.now() - job.submitAttemptedAt < settlingMs[kindOfPlace(job)]

  return {
    id: 'runway',
    label: 'Runway',
    needsConnection: true,
    offline: false,
    models,
    connection: connectionKind(wire),
    afterLostSubmit: 'unknown',
    // "Consumers of this API should not expect updates more frequent than once every five seconds for a given task."
    pollFloorMs: 5_000,
    request: (job) => requestOf(job, asset),
    endpoint: (settings) => (settings === null ? null : endpointOf(settings)),
    place: placeOf,

    async submit(call) {
      const client = await clientOf(call)
      const { kind } = client.account
      const image = await imagesOf(call, client, () => `dailies-${random.id(clock.now())}`)
      const { path, body } = createOf(call.job, kind, image)
      const answer = await client.post(path, body, 'create')
      return kind === 'relay' ? relayAccepted(answer, client.account) : accepted(answer, client.account)
    },

    async poll(call) {
      const client = await clientOf(call)
      if (client.account.kind === 'relay') return pollRelay(client, call.job)
      const task = await taskOf(client, call.job)
      if (task) return statusOf(task)
      return isSettling(call.job) ? { kind: 'queued' } : { kind: 'lost' }
    },

    open: (call, output, offset) => files.open(call.job.id, { url: output.ref }, offset, call.signal),

    async cancel(call) {
      const client = await clientOf(call)
      // No relay documents a cancel: to stop watching is all that can be done.
      if (client.account.kind === 'relay') throw providerError('invalid_request', 'runway.noCancel')
      // A DELETE cancels what runs and throws away what is finished, videos that are paid for included.
      const task = await taskOf(client, call.job)
      if (!task) throw providerError('not_found', 'job.lost')
      if (isOver(task)) return 'too_late'
      const answer = await client.ask('DELETE', `/v1/tasks/${idOf(call.job)}`)
      if (isGone(answer)) throw providerError('not_found', 'job.lost')
      if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, 'ask', client.account)
      return 'cancelled'
    },

    settle(job) {
      files.forget(job.id)
      return Promise.resolve()
    },
  }
}

function accepted(answer: WireAnswer, service: Service): Awaited<ReturnType<Provider['submit']>> {
  const created = Created.safeParse(answer.json)
  if (!created.success) throw strangeOf(answer, 'create', service)
  const { id, estimatedCost } = created.data
  const told = estimatedCost ? { estimatedCredits: estimatedCost.credits } : {}
  return { providerJobId: id, endpoint: null, told }
}

function relayAccepted(answer: WireAnswer, service: Service): Awaited<ReturnType<Provider['submit']>> {
  const id = relayId(answer.json)
  if (id !== null) return { providerJobId: id, endpoint: null }
  if (!isRelayError(answer.json)) throw strangeOf(answer, 'create', service)
  // A refusal under the status of a success: it names no task, but nobody says that none was begun.
  const { detail } = refusalOf({ ...answer, status: 400 }, 'create', service)
  throw new ProviderError({ ...detail, raw: rawOf(answer), charged: 'unknown' })
}

const idOf = ({ providerJobId }: JobRecord) => encodeURIComponent(providerJobId ?? '')

/** Runway's own word that it knows no such task; a page of something on the way is none. */
function isGone({ status, json }: WireAnswer): boolean {
  return status === 404 && json !== undefined
}
