import type { AssetRecord } from '../../history'
import type { Clock } from '../../ports'
import { createFiles, providerError, type Wire } from '../../wire'
import { ProviderError, type Call, type Provider } from '../types'
import { createClient, type At } from './client'
import { connectionKind } from './connection'
import { name } from './errors'
import { readImages } from './images'
import { importedModel } from './imported'
import { klingModels } from './models'
import { endpointOf, placeOf, rootOf, type KlingPlace } from './place'
import { submitPath, typeOf } from './doors'
import { bodyOf, requestOf } from './request'
import { KlingSettings } from './settings'
import { createSigner } from './sign'
import { jobIdOf, readJobId, statusOf } from './status'
import { wholeNumber } from './whole'

export interface KlingOptions {
  wire: Wire
  clock: Clock
  /** What is known of an input image, for the preview of a request. */
  asset: (id: string) => AssetRecord | null
}

/** So long after its submit a task that Kling does not know is asked for again. */
const settlingMs = 60_000

/** Kling's models, at Kling itself or at a relay that passes its API on. There is no cancel. */
export function createKling({ wire, clock, asset }: KlingOptions): Provider {
  const client = createClient(wire, createSigner(clock))
  const files = createFiles(wire, name)

  function atOf({ job, connection, signal }: Call): At & { kind: KlingPlace['kind'] } {
    if (!connection) throw providerError('auth', 'connection.gone', { retry: 'later' })
    return { ...rootOf(job, connection.settings), access: connection, signal }
  }

  /** The task with our own token, as a job keeps its id. */
  async function look(at: At, { job }: Call): Promise<string | null> {
    const type = typeOf(job)
    const task = await client.find(at, type, job.idempotencyToken)
    return task && jobIdOf(type, task.id)
  }

  return {
    id: 'kling',
    label: 'Kling',
    needsConnection: true,
    offline: false,
    models: klingModels,
    imported: importedModel,
    connection: connectionKind(client, clock),
    afterLostSubmit: 'lookup',
    pollFloorMs: 5_000,
    request: (job) => requestOf(job, placeOf({ kind: job.place?.['kind'] }), asset),
    endpoint: (settings) => (settings === null ? null : endpointOf(settings)),
    place: (settings) => ({ ...placeOf(settings) }),

    async submit(call) {
      const at = atOf(call)
      const { job } = call
      const type = typeOf(job)
      if (type === 'task' && KlingSettings.parse(at.access.settings).signIn !== 'key') {
        throw providerError('auth', 'kling.keyOnly')
      }
      const body = bodyOf(job, await readImages(call), wholeNumber)
      try {
        const { taskId, requestId } = await client.submit(at, submitPath(job), body)
        return {
          providerJobId: jobIdOf(type, taskId),
          endpoint: null,
          ...(requestId === null ? {} : { told: { requestId } }),
        }
      } catch (error) {
        if (!isDuplicate(error)) throw error
        // The token is ours alone: a task that carries it is this very job, begun by a request whose answer was lost.
        const known = await look(at, call).catch(() => null)
        if (known !== null) return { providerJobId: known, endpoint: null }
        throw new ProviderError(
          { ...error.detail, retry: 'later', sent: true, charged: 'unknown' },
          { cause: error },
        )
      }
    },

    async find(call) {
      const at = atOf(call)
      const known = await look(at, call).catch((error: unknown) => {
        // What cannot be settled now is asked again; a job that may be paid for is never given up for it.
        if (!(error instanceof ProviderError)) throw error
        throw new ProviderError({ ...error.detail, retry: 'later' }, { cause: error })
      })
      if (known === null && at.kind === 'relay') {
        // A relay may send on through any account of its own, where a second one with our token is no duplicate.
        throw providerError('not_found', 'kling.relayLost', { sent: true, charged: 'unknown' })
      }
      return known
    },

    async poll(call) {
      const at = atOf(call)
      const { job } = call
      const id = readJobId(job.providerJobId ?? '')
      if (id === null) return { kind: 'lost' }
      const task = await client.get(at, id.type, id.taskId)
      if (task !== null) return statusOf(task, job, at.kind)
      const settling = job.submitAttemptedAt !== null && clock.now() - job.submitAttemptedAt < settlingMs
      return settling ? { kind: 'processing', progress: null } : { kind: 'lost' }
    },

    open: ({ job, signal }, { ref }, offset) => files.open(job.id, { url: ref }, offset, signal),
    settle(job) {
      files.forget(job.id)
      return Promise.resolve()
    },
  }
}

/** Kling's refusal of a token that it has seen: "unique per account" is all that its documentation says of it. */
function isDuplicate(error: unknown): error is ProviderError {
  if (!(error instanceof ProviderError) || error.detail.code !== 'invalid_request') return false
  return /external[_ ]?task[_ ]?id/i.test(error.detail.raw ?? '')
}
