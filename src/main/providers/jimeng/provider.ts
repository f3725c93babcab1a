import type { AssetRecord } from '../../history'
import type { Clock } from '../../ports'
import { createFiles, type Wire } from '../../wire'
import type { Call, Provider } from '../types'
import { createClient, needed } from './client'
import { connectionKind } from './connection'
import { models } from './models'
import { requestOf } from './request'
import { endpointOf, JimengSettings, placeOf } from './settings'
import { relayStatus, volcStatus } from './status'

export interface JimengOptions {
  wire: Wire
  clock: Pick<Clock, 'now'>
  /** What is known of an input image, for the preview of a request. */
  asset: (id: string) => AssetRecord | null
}

/**
 * Jimeng: Volcengine's own API, or a relay that passes jobs on to it. Neither has a cancel, nor a token by which a lost
 * submit could be known again.
 */
export function createJimeng({ wire, clock, asset }: JimengOptions): Provider {
  const client = createClient({ wire, clock })
  const files = createFiles(wire, 'Jimeng')

  function where({ job, connection }: Pick<Call, 'job' | 'connection'>) {
    const access = needed(connection)
    return { access, ...placeOf(job, access.settings) }
  }

  return {
    id: 'jimeng',
    label: 'Jimeng',
    needsConnection: true,
    offline: false,
    models,
    connection: connectionKind(client),
    afterLostSubmit: 'unknown',
    pollFloorMs: 5_000,
    request: (job) => requestOf(job, placeOf(job, {}), asset),
    endpoint: (settings) => (settings === null ? null : endpointOf(JimengSettings.parse(settings))),
    place: (settings) => ({ kind: JimengSettings.parse(settings).kind }),

    async submit(call) {
      const { kind, endpoint } = where(call)
      const { providerJobId, requestId } = await (kind === 'relay'
        ? client.create(call, endpoint)
        : client.submit(call, endpoint))
      return { providerJobId, endpoint: null, ...(requestId === null ? {} : { told: { requestId } }) }
    },

    async poll(call) {
      const { access, kind, endpoint } = where(call)
      const { job, signal } = call
      const id = job.providerJobId ?? ''
      const ageMs = clock.now() - (job.submitAttemptedAt ?? 0)
      if (kind === 'relay') return relayStatus(await client.query(access, endpoint, id, signal), ageMs)
      const [reqKey = '', taskId = ''] = id.split('/')
      return volcStatus(await client.result(access, endpoint, { reqKey, taskId }, signal), ageMs)
    },

    open: ({ job, signal }, { ref }, offset) => files.open(job.id, { url: ref }, offset, signal),
    settle(job) {
      files.forget(job.id)
      return Promise.resolve()
    },
  }
}
