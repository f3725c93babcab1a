import {
  createAws,
  createAwsCredentials,
  createAwsPool,
  resultUri,
  type At,
  type AwsClients,
  type AwsEnvironment,
} from '../../aws'
import type { AssetRecord, JobRecord } from '../../history'
import type { Network } from '../../network'
import type { Clock, Random } from '../../ports'
import { ProviderError, type Call, type ConnectionAccess, type Provider, type ProviderStatus } from '../types'
import { CallFailed } from './call'
import { get, list, start } from './client'
import { connectionKind } from './connection'
import { createDownloads } from './download'
import { providerError } from '../../wire'
import { asProviderError } from './errors'
import { lumaRay2 } from './models'
import { addressesOf, endpointOf, placeOf, settingsOf } from './place'
import { requestOf } from './request'
import { invocationId, regionOf, statusOf, succeededAt } from './status'

export interface LumaOptions {
  network: Network
  /** Where profiles and variables of this computer are read. */
  environment: AwsEnvironment
  clock: Clock
  random: Random
  /** What is known of an input image, for the preview of a request. */
  asset: (id: string) => AssetRecord | null
  /** Attempts of one call through the SDK; three when absent. */
  maxAttempts?: number
}

/** A lost submit is looked for from this long before it was made: the clock here may have been hours ahead of AWS's. */
const beforeMs = 26 * 3_600_000
/** Where a job would go of which nobody has said through which account: for the preview of a request only. */
const nowhere = placeOf({ bucket: 'your-bucket' })
/** So long after its submit a job that the service does not know is asked for again. */
const settlingMs = 60_000

/** Luma Ray2 on Amazon Bedrock. It has no cancel: StartAsyncInvoke, Get and List are all there is. */
export function createLumaRay2(options: LumaOptions): Provider {
  const { clock } = options
  const make = (
    access: Pick<ConnectionAccess, 'secret'>,
    settings: AwsClients['settings'],
    endpoint: string | null = null,
  ): AwsClients => {
    const to = addressesOf(settings, endpoint)
    const secret = (name: string) => access.secret(name, to)
    const { network, environment, maxAttempts } = options
    const credentials = createAwsCredentials({ settings, secret, environment, network, clock })
    return createAws({
      settings,
      credentials,
      network,
      clock,
      ...(maxAttempts === undefined ? {} : { maxAttempts }),
    })
  }
  const accesses = new Map<string, { access: ConnectionAccess; endpoint: string | null }>()
  const pool = createAwsPool((id, settings) => {
    const known = accesses.get(id)
    if (!known) throw new Error('The pool was asked for clients of nobody')
    // Asked for at each use, so that secrets are the connection's as it is then.
    const secret: ConnectionAccess['secret'] = (name, to) =>
      (accesses.get(id) ?? known).access.secret(name, to)
    return make({ secret }, settings, known.endpoint)
  })
  const downloads = createDownloads()

  function clientsOf({ job, connection }: Call): AwsClients {
    if (!connection) throw providerError('auth', 'luma.noConnection', { retry: 'later' })
    const settings = settingsOf(job, connection.settings)
    // Jobs of one account may have been frozen with different places; each keeps clients of its own.
    const id = `${connection.id} ${JSON.stringify([job.place, job.endpoint])}`
    accesses.set(id, { access: connection, endpoint: job.endpoint })
    return pool.get(id, settings)
  }

  async function find(call: Call): Promise<string | null | undefined> {
    const clients = clientsOf(call)
    const { job, signal } = call
    const since = (job.submitAttemptedAt ?? job.createdAt) - beforeMs
    try {
      for await (const one of list(clients, atOf(job, clients), since, signal)) {
        if (one.clientRequestToken === job.idempotencyToken) return one.invocationArn
      }
      return null
    } catch (error) {
      if (!(error instanceof CallFailed) || error.failure.kind !== 'accessDenied') {
        throw later(asProviderError(error, 'list', clients.settings))
      }
      // Not allowed to list: the same request with the same token is safe, and gives the job that was begun.
      return undefined
    }
  }

  /** A success with what S3 says of its video. */
  async function looked(call: Call, status: ProviderStatus): Promise<ProviderStatus> {
    if (status.kind !== 'succeeded') return status
    const { job, signal } = call
    const outputs = status.outputs.map((output) =>
      downloads.look(clientsOf(call), job.providerJobId ?? '', output, signal),
    )
    return { ...status, outputs: await Promise.all(outputs) }
  }

  return {
    id: 'luma-ray2',
    label: 'Luma Ray2',
    needsConnection: true,
    offline: false,
    models: [lumaRay2],
    connection: connectionKind(options, make),
    afterLostSubmit: 'lookup',
    pollFloorMs: 5_000,
    request: (job) => requestOf(job, job.place === null ? nowhere : placeOf(job.place), options.asset),
    endpoint: (settings) => (settings === null ? null : endpointOf(placeOf(settings))),
    place: (settings) => ({ ...placeOf(settings) }),

    async submit(call) {
      const clients = clientsOf(call)
      const { job } = call
      try {
        const { arn, how } = await start(clients, atOf(job, clients), call, clients.settings)
        return { providerJobId: arn, endpoint: null, told: { ...how } }
      } catch (error) {
        // The token is ours alone: a job that carries it is this one, whatever was sent with it.
        const known = isConflict(error) ? await find(call).catch(() => undefined) : undefined
        if (typeof known === 'string') return { providerJobId: known, endpoint: null }
        throw asProviderError(error, 'submit', clients.settings, job.charged === 'unknown')
      }
    },

    async poll(call) {
      const clients = clientsOf(call)
      const { job, signal } = call
      const arn = job.providerJobId ?? ''
      try {
        return await looked(call, statusOf(await get(clients, atOf(job, clients), arn, signal), job))
      } catch (error) {
        if (!isUnknown(error)) throw asProviderError(error, 'poll', clients.settings)
        const settling = job.submitAttemptedAt !== null && clock.now() - job.submitAttemptedAt < settlingMs
        if (settling) return { kind: 'processing', progress: null }
        // How long Bedrock knows a job is not documented; what it has made stays in the bucket.
        const uri = `${resultUri(clients.settings)}${invocationId(arn)}`
        const left = await looked(call, succeededAt(uri, job))
        return left.kind === 'succeeded' && left.outputs.some(({ bytes }) => bytes !== null)
          ? left
          : { kind: 'lost' }
      }
    },

    find,
    open: (call, output, offset) => downloads.open(clientsOf(call), call.job, output, offset, call.signal),
    settle(job) {
      downloads.forget(job.id)
      return Promise.resolve()
    },
  }
}

/** Where a job is asked for: in the region that its ARN names, at the endpoint it was sent to. */
function atOf(job: JobRecord, { settings }: AwsClients): At {
  const region = regionOf(job.providerJobId ?? '') ?? settings.region
  if (region !== settings.region && settings.bedrockEndpoint === undefined) return { region }
  return { region, ...(job.endpoint === null ? {} : { endpoint: job.endpoint }) }
}

const isConflict = (error: unknown) => error instanceof CallFailed && error.failure.kind === 'conflict'

/** The service's own word that it knows no such invocation; a page of a proxy is none. */
function isUnknown(error: unknown): boolean {
  if (!(error instanceof CallFailed) || error.failure.kind === 'endOfLife') return false
  return ['ValidationException', 'ResourceNotFoundException'].includes(error.failure.name)
}

/** What cannot be settled now is asked again; a job that may be paid for is never given up for it. */
function later({ detail, cause }: ProviderError): ProviderError {
  return new ProviderError({ ...detail, retry: 'later' }, { cause })
}
