import { join } from 'node:path'
import { pino } from 'pino'
import type { StudioEvent } from '../../../src/shared/contract'
import { createAssets, type Assets } from '../../../src/main/assets'
import { createConnections, type Connections, type Keychain } from '../../../src/main/connections'
import { createEvents } from '../../../src/main/events'
import { openHistory, type History } from '../../../src/main/history'
import type { Hosting } from '../../../src/main/hosting'
import { createJobs, type Jobs } from '../../../src/main/jobs'
import { createLibrary, type Library } from '../../../src/main/library'
import { createDerivatives, createMediaTasks } from '../../../src/main/media'
import { createPurse } from '../../../src/main/money'
import type { Clock, Desk, Random } from '../../../src/main/ports'
import { createProviders, type Provider } from '../../../src/main/providers'
import { systemClock, systemRandom } from '../../../src/main/system'
import { providerError } from '../../../src/main/wire'
import { noKeychain } from '../../support/surroundings'

export interface EngineOptions {
  dataDir: string
  library: string
  provider: Provider
  clock?: Clock
  random?: Random
  notify?: Desk['notify']
  safeMode?: boolean
  /** None by default. */
  keychain?: Keychain
  hide?: (secret: string) => void
  /** Stands before the real library, to watch it or break it. */
  aroundLibrary?: (library: Library) => Library
}

export interface RunningEngine {
  jobs: Jobs
  connections: Connections
  history: History
  library: Library
  assets: Assets
  /** Everything published so far. */
  events: StudioEvent[]
  listen(listener: (event: StudioEvent) => void): () => void
  /** Parks the jobs and closes the database. */
  close(): Promise<void>
}

/** No image hosting was set up. The real one brings the clients of AWS, which cost a killed child its quick start. */
const nowhere: Pick<Hosting, 'of' | 'address' | 'ended'> = {
  of: () => null,
  address: () => Promise.reject(providerError('invalid_request', 'hosting.none')),
  ended: () => undefined,
}

/** The real engine, history, library and assets over one provider; nothing started yet. */
export async function openEngine(options: EngineOptions): Promise<RunningEngine> {
  const { dataDir, provider, clock = systemClock, random = systemRandom } = options
  const log = pino({ level: 'silent' })
  const bus = createEvents((error) => {
    throw error
  })
  const events: StudioEvent[] = []
  bus.listen((event) => events.push(event))
  const history = await openHistory({ dataDir, clock, log, safeMode: options.safeMode ?? false })
  const desk: Pick<Desk, 'trash' | 'notify'> = {
    trash: () => Promise.resolve(false),
    notify: options.notify ?? null,
  }
  const providers = createProviders([provider])
  const paths = {
    dataDir,
    defaultLibrary: options.library,
    libraryOverride: options.library,
    pageDir: dataDir,
  }
  const real = createLibrary({ history, clock, log, desk, events: bus, paths })
  const library = options.aroundLibrary?.(real) ?? real
  const modelById = (id: string) => providers.model(id)?.model.inputs ?? null
  const assets = createAssets({ store: history.assets, dataDir, clock, random, log, modelById })
  const tasks = createMediaTasks({ spoolDir: join(dataDir, 'spool'), clock, random, log })
  const cacheDir = join(dataDir, 'cache')
  const derivatives = createDerivatives({ tasks, history, cacheDir, clock, log, events: bus })
  const { settings } = history
  const connections = createConnections({
    store: history.connections,
    jobs: history.jobs,
    providers,
    keychain: options.keychain ?? noKeychain,
    hide: options.hide ?? (() => {}),
    clock,
    random,
    events: bus,
    log,
  })
  const purse = createPurse({
    spending: history.spending,
    connections: history.connections,
    settings,
    clock,
  })
  const common = { connections, assets, clock, random, log, events: bus }
  const parts = {
    history,
    purse,
    library,
    providers,
    derivatives,
    settings,
    desk,
    hosting: nowhere,
    safeMode: options.safeMode ?? false,
  }
  const jobs = createJobs({ ...parts, ...common })
  return {
    jobs,
    connections,
    history,
    library,
    assets,
    events,
    listen: (listener) => bus.listen(listener),
    async close() {
      await jobs.close()
      await tasks.close()
      history.close()
    },
  }
}
