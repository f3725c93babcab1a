import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { Notice } from '@shared/contract'
import en from '@shared/messages/en.json' with { type: 'json' }
import { fill } from '@shared/problems'
import { classify, keyPrefix } from '../aws'
import type { Connections } from '../connections'
import type { Events } from '../events'
import type { AssetRecord, ConnectionRecord, HostedImage, HostedStore, JobRecord } from '../history'
import type { Clock, Random } from '../ports'
import { ProviderError } from '../providers'
import { providerError } from '../wire'
import { hostingError } from './failure'
import { hostingId } from './holder'
import { HostingSettings, placeOf, settingsAt } from './settings'
import type { Stores } from './stores'

/** A job that needs attention may yet be read for; its images stay this long, in ms. */
const attentionMs = 24 * 3_600_000
/** Deleting that failed is tried again after a minute, then later and later, at least every six hours. */
const firstMs = 60_000
const longestMs = 6 * 3_600_000
const atOnce = 50

export interface HostingDeps {
  store: HostedStore
  stores: Stores
  assets: { get(id: string): AssetRecord | null; path(id: string): string | null }
  connections: Pick<Connections, 'access' | 'record' | 'list' | 'onChange'>
  clock: Clock
  random: Random
  events: Events
  /** Keeps this value out of whatever is told from now on. */
  hide: (secret: string) => void
  log: Logger
}

/** Input images as addresses, for services that take nothing else. */
export interface Hosting {
  /** The hosting that a connection with these settings uses: the one it names, else the only one there is. */
  of(settings: Record<string, unknown>): Pick<ConnectionRecord, 'id' | 'label'> | null
  /**
   * An address of an image of a job, good until the job has ended; the image is put there once. Throws `ProviderError`,
   * nothing sent.
   */
  address(job: JobRecord, assetId: string, signal: AbortSignal): Promise<string>
  /** A job has ended: what lies there for it is deleted, now or as soon as that works. */
  ended(job: Pick<JobRecord, 'id' | 'state'>): void
  /** Takes up what an earlier run left, and says what can no longer be deleted from here. */
  start(): void
  /** The person has read the notice of this name. */
  told(notice: string): void
  close(): Promise<void>
}

/** Makes the image hosting of one studio. */
export function createHosting(deps: HostingDeps): Hosting {
  const { store, stores, assets, connections, clock, random, events, hide, log } = deps
  const uploads = new Map<string, Promise<string>>()
  const closing = new AbortController()
  let working: Promise<void> | null = null
  let timer: (() => void) | null = null
  let unhook: (() => void) | null = null

  function of(settings: Record<string, unknown>) {
    const named = settings['hosting']
    const able = connections.list().filter(({ provider, enabled }) => provider === hostingId && enabled)
    if (typeof named === 'string') return able.find(({ id }) => id === named) ?? null
    return able.length === 1 ? (able[0] ?? null) : null
  }

  /** The image of this job at this hosting: known before a byte of it leaves. */
  function placed(
    job: JobRecord,
    asset: AssetRecord,
    hosting: string,
    settings: HostingSettings,
  ): HostedImage {
    const known = store.of(job.id, asset.id)
    if (known?.connectionId === hosting) return known
    if (known) store.drop(known.id, clock.now())
    const id = random.id(clock.now())
    const key = `${keyPrefix(settings)}${id}.${extensions[asset.mime] ?? 'bin'}`
    const image = {
      id,
      jobId: job.id,
      assetId: asset.id,
      connectionId: hosting,
      place: placeOf(settings),
      key,
      createdAt: clock.now(),
    }
    store.begin(image)
    return { ...image, state: 'begun', tries: 0, nextAt: null }
  }

  async function address(job: JobRecord, assetId: string, signal: AbortSignal): Promise<string> {
    const own = job.connectionId === null ? null : connections.record(job.connectionId)
    const hosting = own === null ? null : of(own.settings)
    const access = hosting === null ? null : connections.access(hosting.id)
    const asset = assets.get(assetId)
    const path = assets.path(assetId)
    if (hosting === null || access === null) throw providerError('invalid_request', 'hosting.none')
    const bytes = path === null ? null : await readFile(path).catch(() => null)
    if (asset === null || bytes === null) throw providerError('invalid_request', 'asset.notFound')
    const image = placed(job, asset, hosting.id, HostingSettings.parse(access.settings))
    const bucket = stores.open(access, settingsAt(access.settings, image.place))
    try {
      if (image.state === 'begun') {
        await bucket.put({ key: image.key, bytes, mime: asset.mime }, signal)
        store.there(image.id)
      }
      const url = await bucket.address(image.key)
      // Services repeat what they were sent, and whoever has the signature can read the image.
      const signature = new URL(url).searchParams.get('X-Amz-Signature')
      if (signature !== null) hide(signature)
      return url
    } catch (error) {
      throw hostingError(error, hosting.label)
    }
  }

  async function remove(image: HostedImage): Promise<void> {
    // One that is on its way still would arrive after it was deleted.
    await uploads.get(`${image.jobId} ${image.assetId}`)?.catch(() => undefined)
    const access = connections.access(image.connectionId)
    // Its keys are forgotten: it is said, and stays known until the person has read it.
    if (access === null) return store.failed(image.id, clock.now() + longestMs)
    try {
      await stores.open(access, settingsAt(access.settings, image.place)).remove(image.key, closing.signal)
      store.gone(image.id)
    } catch (error) {
      if (closing.signal.aborted) return
      // Without its bucket there is nothing left of it.
      if (!(error instanceof ProviderError) && classify(error).kind === 'notFound')
        return store.gone(image.id)
      log.warn({ err: error, hosting: access.id }, 'an image could not be deleted from its hosting')
      store.failed(image.id, clock.now() + Math.min(longestMs, firstMs * 2 ** Math.min(image.tries, 20)))
    }
  }

  /** Deletes what is due, and waits for what will be. */
  function work(): void {
    timer?.()
    timer = null
    if (closing.signal.aborted || working) return
    working = sweep().finally(() => {
      working = null
      if (closing.signal.aborted) return
      const next = store.nextAt()
      if (next === null) return
      // Something may have fallen due while others were deleted.
      if (next <= clock.now()) work()
      else timer = clock.after(next - clock.now(), work)
    })
  }

  async function sweep(): Promise<void> {
    try {
      for (const image of store.due(clock.now(), atOnce)) {
        if (closing.signal.aborted) return
        await remove(image)
      }
    } catch (error) {
      log.error({ err: error }, 'looking after hosted images failed')
    }
  }

  /** Says what lies at a hosting that was removed, where nobody can delete it from here any more. */
  function tellLeft(connectionId: string): void {
    const left = store.at(connectionId)
    const [first] = left
    if (!first || connections.access(connectionId) !== null) return
    const bucket = first.place['bucket']
    const values = { count: left.length, bucket: typeof bucket === 'string' ? bucket : '', key: first.key }
    events.publish({ type: 'notice', notice: leftNotice(connectionId, values) })
  }

  return {
    of,
    address(job, assetId, signal) {
      const key = `${job.id} ${assetId}`
      const under = uploads.get(key)
      if (under) return under
      const mine = address(job, assetId, signal).finally(() => uploads.delete(key))
      uploads.set(key, mine)
      return mine
    },
    ended({ id, state }) {
      const wait = state === 'needs_attention' ? attentionMs : 0
      if (store.leave(id, clock.now() + wait) > 0) work()
    },
    start() {
      store.leaveUnclaimed(clock.now())
      for (const id of store.connections()) tellLeft(id)
      unhook = connections.onChange((id) => {
        tellLeft(id)
        if (store.soon(id, clock.now()) > 0) work()
      })
      work()
    },
    told(notice) {
      if (!notice.startsWith(leftPrefix)) return
      for (const { id } of store.at(notice.slice(leftPrefix.length))) store.gone(id)
    },
    async close() {
      closing.abort()
      unhook?.()
      timer?.()
      await working
      await Promise.allSettled(uploads.values())
      stores.close()
    },
  }
}

const extensions: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' }

const leftPrefix = 'hosting.left:'

function leftNotice(connectionId: string, values: Notice['values']): Notice {
  const key = 'hosting.left'
  const message = fill(en.notice[key], values)
  return { id: `${leftPrefix}${connectionId}`, level: 'warning', key, message, values }
}
