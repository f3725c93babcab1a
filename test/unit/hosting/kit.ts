import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { StudioEvent } from '../../../src/shared/contract'
import { createConnections } from '../../../src/main/connections'
import { createEvents } from '../../../src/main/events'
import { openHistory, type AssetRecord, type JobRecord, type NewJob } from '../../../src/main/history'
import { createHosting, createStores, hostingHolder, hostingId } from '../../../src/main/hosting'
import { createNetwork } from '../../../src/main/network'
import type { Clock } from '../../../src/main/ports'
import { createProviders } from '../../../src/main/providers'
import { createWire } from '../../../src/main/wire'
import { startAws, type AwsOptions, type AwsSimulator } from '../../simulators/aws'
import { ManualClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { noKeychain } from '../../support/surroundings'
import { assetRow, jobRow } from '../luma-ray2/kit'

export { refusal } from '../luma-ray2/kit'

/** S3 for one test. */
export async function startS3(options: AwsOptions = {}): Promise<AwsSimulator> {
  const aws = await startAws(options)
  onTestFinished(() => aws.close())
  return aws
}

/** The settings of a hosting at the simulated store. */
export const settingsOf = (aws: AwsSimulator) => ({
  bucket: aws.bucket,
  region: aws.region,
  s3Endpoint: aws.urls.s3,
  pathStyle: true,
})

/** Real history, connections and hosting over a folder; like a program that was started on it. */
export async function openHosting(folder: string, clock: Clock, seed = 1) {
  const log = pino({ level: 'silent' })
  const random = seededRandom(seed)
  const bus = createEvents((error) => {
    throw error
  })
  const events: StudioEvent[] = []
  bus.listen((event) => events.push(event))
  const history = await openHistory({ dataDir: folder, clock, log })
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock,
  })
  const environment = { home: folder, env: {} }
  const stores = createStores({ network, environment, clock })
  const wire = createWire(network)
  const holder = hostingHolder({ stores, wire, clock, random, environment })
  const connections = createConnections({
    store: history.connections,
    jobs: history.jobs,
    providers: createProviders([], [holder]),
    keychain: noKeychain,
    hide: () => {},
    clock,
    random,
    events: bus,
    log,
  })
  const assets = new Map<string, { asset: AssetRecord; path: string }>()
  const hosting = createHosting({
    store: history.hosted,
    stores,
    assets: {
      get: (id) => assets.get(id)?.asset ?? null,
      path: (id) => assets.get(id)?.path ?? null,
    },
    connections,
    clock,
    random,
    events: bus,
    hide: () => {},
    log,
  })
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    await hosting.close()
    network.close()
    history.close()
  }
  onTestFinished(close)
  return {
    hosting,
    holder,
    connections,
    history,
    wire,
    events,
    close,
    /** An account at the image hosting. */
    connect: (aws: AwsSimulator, change: Record<string, unknown> = {}) =>
      connections.create({
        provider: hostingId,
        label: 'Images',
        settings: { ...settingsOf(aws), ...change },
        secrets: {
          accessKeyId: aws.credential.accessKeyId,
          secretAccessKey: aws.credential.secretAccessKey,
        },
        keep: 'session',
        concurrency: null,
        budget: null,
      }),
    /** An image on this computer. */
    image(id: string, bytes: Uint8Array = randomBytes(3000)): Uint8Array {
      const path = join(folder, `${id}.png`)
      writeFileSync(path, bytes)
      assets.set(id, { asset: assetRow({ id, mime: 'image/png', bytes: bytes.byteLength }), path })
      return bytes
    },
    /** A job in the history that goes through an account whose settings are these. */
    job(settings: Record<string, unknown> = {}): JobRecord {
      const connectionId = random.id(clock.now())
      history.connections.insert({
        id: connectionId,
        provider: 'jimeng',
        label: 'Relay',
        enabled: true,
        settings,
        secrets: [],
        concurrency: null,
        budget: null,
        tested: null,
        createdAt: 0,
        updatedAt: 0,
        removedAt: null,
      })
      const id = random.id(clock.now())
      const { seq: _seq, ...row } = jobRow({ id, connectionId, idempotencyToken: id })
      const [job] = history.jobs.insert([{ ...row, state: 'queued' } as NewJob])
      if (!job) throw new Error('no job')
      return job
    },
  }
}

/** Everything at once: a store, a program, an account at it. */
export async function openBench(options: AwsOptions = {}) {
  // The store's time is the real one, and signatures must fit it.
  const clock = new ManualClock(Date.now())
  const folder = tempFolder()
  const aws = await startS3(options)
  const program = await openHosting(folder, clock)
  const connection = await program.connect(aws)
  return { aws, clock, folder, connection, ...program }
}

export const never = new AbortController().signal
