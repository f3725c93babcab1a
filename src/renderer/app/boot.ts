import { api, startConnection, subscribe, useConnection } from '../api'
import { loadConnections } from '../state/connections'
import { startJobs } from '../state/jobs'
import { loadSettings, useSettings } from '../state/settings'
import { loadStudio } from '../state/studio'
import { loadUpdates } from '../state/updates'
import { useView } from '../state/view'
import { provideLayers } from '../ui'
import { followSettings } from './appearance'
import { startKeys } from './commands'
import { tellOfEndings } from './endings'
import { logFailures } from './failures'
import { beginsOpen, keepRoom } from './room'
import { obeyShell } from './shellEvents'
import { tellOfUpdates } from './tellOfUpdates'

/** Longest wait for the studio and for the second portion of code before the page shows itself without them. */
const FIRST_PAINT_MS = 700

async function read(load: () => Promise<void>): Promise<void> {
  try {
    await load()
  } catch {
    // Read again when the connection is back; until then the page shows what it has.
  }
}

function settingsArrive(): Promise<void> {
  return new Promise((resolve) => {
    const stop = useSettings.subscribe(({ loaded }) => {
      if (!loaded) return
      stop()
      resolve()
    })
  })
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, FIRST_PAINT_MS))
}

/** Starts everything behind the page; resolves when it can be drawn in the right language and theme. */
export async function boot(): Promise<void> {
  const layers = provideLayers(import('../ui/layers'))
  const arrived = Promise.all([settingsArrive(), layers])
  useConnection.subscribe((state) => {
    if (state !== 'open') return
    void read(loadSettings)
    void read(loadStudio)
    void read(loadConnections)
    void read(loadUpdates)
  })
  subscribe((event) => {
    if (event.type !== 'reload') return
    void read(loadStudio)
    void read(loadConnections)
    void read(loadUpdates)
  })
  window.addEventListener('online', () => {
    // Whatever waits for the network need not wait for its own next try.
    api.jobs.wake().catch(() => undefined)
  })
  logFailures()
  startConnection()
  startJobs()
  startKeys()
  obeyShell()
  tellOfEndings()
  await Promise.race([arrived, patience()])
  useView.getState().setInspectorOpen(beginsOpen())
  keepRoom()
  await followSettings()
  tellOfUpdates()
}
