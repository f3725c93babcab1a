import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import type { AssetRecord } from '../../history'
import type { Clock } from '../../ports'
import { providerError, type Wire } from '../../wire'
import type { Call, Provider, ProviderStatus } from '../types'
import { createHeldCalls, madeOf } from './calls'
import { connectionKind } from './connection'
import { unsureError } from './errors'
import { wan22 } from './models'
import { headersOf, predictBody, requestOf } from './request'
import { endpointOf, WanSettings } from './settings'
import { createSpool, DiskError, freeBytes, leastFree } from './spool'

export interface WanOptions {
  wire: Wire
  clock: Clock
  /** The folder that videos are put into while they arrive; the provider's alone. */
  spoolDir: string
  /** Free bytes of the disk that a folder is on. */
  free?: typeof freeBytes
  /** What is known of an input image, for the preview of a request. */
  asset: (id: string) => AssetRecord | null
}

/**
 * Wan2.2 TI2V 5B at Cerebrium. One call makes the video and brings it in its answer: the call is held for minutes, and
 * there is neither a way to ask for a job nor one to cancel it (Cerebrium documentation, "REST API").
 */
export function createWan22({ wire, clock, spoolDir, asset, free = freeBytes }: WanOptions): Provider {
  const listeners = new Set<(jobId: string) => void>()
  const spool = createSpool(spoolDir, clock, free)
  const calls = createHeldCalls({
    wire,
    spool,
    clock,
    changed(jobId) {
      for (const listener of listeners) listener(jobId)
    },
  })

  return {
    id: 'wan22',
    label: 'Cerebrium',
    needsConnection: true,
    offline: false,
    models: [wan22],
    connection: connectionKind({ wire, clock }),
    afterLostSubmit: 'unknown',
    forgets: true,
    // Nobody is asked: a poll looks at the held call, and the call's end is told at once.
    pollFloorMs: 1_000,
    request: (job) => requestOf(job, asset),
    endpoint: (settings) => (settings === null ? null : endpointOf(settings)),

    async submit(call) {
      const { job, connection, signal } = call
      if (!connection) throw providerError('auth', 'connection.gone')
      const settings = WanSettings.parse(connection.settings)
      const url = job.endpoint ?? endpointOf(connection.settings)
      const key = settings.auth === 'none' ? null : await connection.secret('key', url)
      if (key === null && settings.auth === 'key') throw providerError('auth', 'wan22.keyMissing')
      const body = JSON.stringify(await bodyOf(call))
      const room = await spool.prepare(job.id).catch((error: unknown) => {
        if (!(error instanceof DiskError)) throw error
        throw providerError('internal', 'wan22.noRoom', { values: { reason: error.message } }, error)
      })
      // What the disk does not take when it comes is lost and paid for; it waits until there is space.
      if (room < leastFree) {
        await spool.drop(job.id)
        throw providerError('internal', 'wan22.full', {
          retry: 'later',
          waits: 'disk',
          values: { free: Math.floor(room / 1024 / 1024), needed: leastFree / 1024 / 1024 },
        })
      }
      const silenceMs = settings.waitMinutes * 60_000
      await calls.begin(job.id, { url, headers: headersOf(key), body, silenceMs }, signal)
      return { providerJobId: job.idempotencyToken, endpoint: null, waiting: 'held' }
    },

    poll({ job }): Promise<ProviderStatus> {
      const state = calls.state(job.id)
      if (state === 'held') return Promise.resolve({ kind: 'processing', progress: null, waiting: 'held' })
      if (state !== null) return Promise.resolve(state)
      // Not this run's call: its video may have come all the same before the studio was closed.
      const made = spool.get(job.id)
      if (made !== null) return Promise.resolve(madeOf(job.id, made))
      return Promise.resolve({ kind: 'unsure', error: unsureError('wan22.closed') })
    },

    async open({ job }, _output, offset) {
      const made = spool.get(job.id)
      // Opened before it is answered, so that a file that vanished is said here and not in the middle of a copy.
      const file = made && (await open(made.path).catch(() => null))
      if (!made || !file) throw providerError('not_found', 'job.expired', { sent: true, charged: 'yes' })
      const stream = createReadStream(made.path, { fd: file, start: offset, autoClose: true })
      return { stream, bytes: made.bytes, offset }
    },

    settle: (job) => calls.drop(job.id),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => calls.close(),
  }
}

async function bodyOf({ job, assets }: Call) {
  const images = new Map<string, string>()
  for (const { asset, path } of assets) {
    const bytes = await readFile(path).catch((error: unknown) => {
      throw providerError('invalid_request', 'asset.notFound', {}, error)
    })
    images.set(asset.id, bytes.toString('base64'))
  }
  return predictBody(job, (id) => {
    const image = images.get(id)
    if (image === undefined) throw providerError('invalid_request', 'asset.notFound')
    return image
  })
}
