import { join } from 'node:path'
import type { Logger } from 'pino'
import type { JobRow } from '@shared/contract'
import { runningStates } from '@shared/words'
import { createAssets, type Assets } from './assets'
import { claudeHolder, createAssistant } from './assistant'
import { createConnections, createVeil } from './connections'
import { createContent } from './content'
import { createDiagnostics } from './diagnostics'
import { createEvents, type Events } from './events'
import { openHistory, type History } from './history'
import { createHosting, createStores, hostingHolder } from './hosting'
import { createJobs, type Jobs } from './jobs'
import { createLibrary, type Library } from './library'
import { createDerivatives, createMediaTasks } from './media'
import { createPurse } from './money'
import { createNetwork } from './network'
import type { StudioPorts } from './ports'
import { createProviders, discreet, discreetHolder, type Providers } from './providers'
import { createAnimatic } from './providers/animatic'
import { createJimeng } from './providers/jimeng'
import { createKling } from './providers/kling'
import { createLumaRay2 } from './providers/luma-ray2'
import { createRunway } from './providers/runway'
import { createWan22 } from './providers/wan22'
import { createNotices, createRouter, type Router } from './rpc'
import { createUpdates } from './updates'
import { createWire, type Wire } from './wire'

/** Running jobs that a shell is told of at once; those beyond make themselves heard when they move. */
const runningMost = 500
/** Jobs in these states are looked at before a restart, so many at most. */
const busyStates = ['submitting', 'processing', 'downloading'] as const
const mostBusy = 500

/** A running studio, as a shell serves it. */
export interface Studio {
  /** The contract, implemented. */
  router: Router
  /** The page's files, posters and videos. */
  content(request: Request): Promise<Response>
  assets: Assets
  library: Pick<Library, 'folder'>
  providers: Pick<Providers, 'infos'>
  events: Events
  settings: History['settings']
  /** The way out, for what a shell needs from outside. */
  wire: Pick<Wire, 'open'>
  /** What a shell shows of the jobs beside the page. */
  jobs: {
    row(id: string): JobRow | null
    /** Jobs that run now, the oldest first; of very many, the first. */
    running(): JobRow[]
    /** Path of a job's poster; null while there is none. */
    poster(id: string): string | null
    queue: Pick<Jobs['queue'], 'pauseAll' | 'resumeAll'>
  }
  /** Parks the jobs, lets go of the pages and closes the database; nothing is left half done. */
  close(): Promise<void>
}

/**
 * The one composition root: opens the history, wires the services and takes up the work that was under way.
 * Throws StudioError where the data folder cannot be used.
 */
export async function createStudio(ports: StudioPorts): Promise<Studio> {
  const { clock, random, paths, desk, log, version, keychain, hide, clean, surroundings, run } = ports
  const { dataDir } = paths
  const events = createEvents((error) => log.error({ err: error }, 'a listener failed'))
  const history = await openHistory({ dataDir, clock, log, safeMode: run.safeMode !== null })
  const veil = createVeil(hide)
  const proxy = () => {
    const { proxyMode: mode, proxyUrl } = history.settings.get()
    return { mode, url: proxyUrl === '' ? null : proxyUrl }
  }
  const network = createNetwork({
    choice: proxy,
    systemProxy: (url) => surroundings.systemProxy(url),
    clock,
  })
  try {
    const wire = createWire(network)
    const environment = { home: surroundings.home, env: surroundings.env }
    const stores = createStores({ network, environment, clock })
    const media = createMediaTasks({ spoolDir: join(dataDir, 'spool'), clock, random, log })
    const { settings } = history
    const providers = createProviders(
      [
        createAnimatic({ tasks: media }),
        createLumaRay2({
          network,
          environment,
          clock,
          random,
          asset: (id) => assets.get(id),
        }),
        createWan22({
          wire,
          clock,
          spoolDir: join(dataDir, 'held'),
          asset: (id) => assets.get(id),
        }),
        createRunway({ wire, clock, random, asset: (id) => assets.get(id) }),
        createJimeng({ wire, clock, asset: (id) => assets.get(id) }),
        createKling({ wire, clock, asset: (id) => assets.get(id) }),
      ].map((provider) => discreet(provider, veil.clean)),
      [
        discreetHolder(hostingHolder({ stores, wire, clock, random, environment }), veil.clean),
        discreetHolder(claudeHolder({ network, environment, clock }), veil.clean),
      ],
    )
    const library = createLibrary({ history, clock, log, desk, events, paths })
    const assets = createAssets({
      store: history.assets,
      dataDir,
      clock,
      random,
      log,
      modelById: (id) => providers.model(id)?.model.inputs ?? null,
    })
    const derivatives = createDerivatives({
      tasks: media,
      history,
      cacheDir: join(dataDir, 'cache'),
      clock,
      log,
      events,
    })
    const connections = createConnections({
      store: history.connections,
      jobs: history.jobs,
      providers,
      keychain,
      hide: veil.hide,
      clock,
      random,
      events,
      log,
    })
    const purse = createPurse({
      spending: history.spending,
      connections: history.connections,
      settings,
      clock,
    })
    const hosting = createHosting({
      store: history.hosted,
      stores,
      assets,
      connections,
      clock,
      random,
      events,
      hide: veil.hide,
      log,
    })
    const assistant = createAssistant({
      store: history.assistant,
      settings,
      connections,
      providers,
      assets,
      purse,
      network,
      events,
      environment,
      clock,
      random,
      clean: veil.clean,
      log,
    })
    const parts = {
      history,
      hosting,
      connections,
      purse,
      library,
      assets,
      providers,
      derivatives,
      clock,
      random,
      log,
      events,
      desk,
    }
    const jobs = createJobs({ ...parts, settings, safeMode: run.safeMode !== null })
    const notices = createNotices(events, history.notices, (id) => hosting.told(id))
    const updates = createUpdates({
      way: desk.updates ?? { kind: 'off', why: 'browser' },
      settings,
      proxy,
      atWork: () => cutOff(history),
      events,
      clock,
      log,
    })
    const diagnostics = createDiagnostics({
      ...parts,
      surroundings,
      run,
      dataDir,
      version,
      clean: (text) => clean(veil.clean(text)),
    })
    const router = createRouter({
      ...parts,
      assistant,
      diagnostics,
      media,
      jobs,
      notices,
      updates,
      version,
      dataDir,
      run,
    })
    const content = createContent({ pageDir: paths.pageDir, history, library, assets, derivatives })

    const unhook = surroundings.onWake(() => {
      network.renew()
      jobs.wake()
    })
    if (run.safeMode === null) {
      await jobs.start()
      hosting.start()
      derivatives.start()
      library.start()
      updates.start()
    }
    const backup = saveCopy(history, log)
    return {
      router,
      content,
      assets,
      library,
      providers,
      events,
      settings,
      wire,
      jobs: {
        row: (id) => history.lists.row(id),
        running: () =>
          history.lists.page({ state: [...runningStates] }, 'oldest', undefined, runningMost).jobs,
        poster: (id) => derivatives.path(id, 'poster'),
        queue: jobs.queue,
      },
      async close() {
        unhook()
        updates.close()
        await diagnostics.close()
        library.close()
        await assistant.close()
        await jobs.close()
        await hosting.close()
        await Promise.all(providers.all.map(async (provider) => provider.close?.()))
        await derivatives.close()
        await media.close()
        await backup
        network.close()
        history.close()
      },
    }
  } catch (error) {
    network.close()
    history.close()
    throw error
  }
}

/** How many jobs a restart would cut off: they send, they fetch, or their video comes in a call that is held open. */
function cutOff(history: History): number {
  const { jobs } = history.lists.page({ state: [...busyStates] }, 'oldest', undefined, mostBusy)
  return jobs.filter(({ state, waiting }) => state !== 'processing' || waiting === 'held').length
}

/** The daily copy of the database, beside the work; one that fails is tried again at the next start. */
async function saveCopy(history: History, log: Logger): Promise<void> {
  try {
    await history.backup(false)
  } catch (error) {
    log.warn({ err: error }, 'the history could not be copied')
  }
}
