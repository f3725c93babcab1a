import { powerMonitor, session } from 'electron'
import { fromPac } from '../network'
import type { Surroundings } from '../ports'
import { systemClock, systemSurroundings } from '../system'

/** What lies around the desktop program: Chromium knows the system's proxy, the system tells when it woke. */
export function desktopSurroundings(): Surroundings {
  const system = systemSurroundings(systemClock)
  // The page's session has a proxy that leads nowhere, and would answer with that.
  const asked = session.fromPartition('system-proxy')
  return {
    ...system,
    // What the environment says counts where Chromium has nothing to say: only there can a proxy's password be.
    systemProxy: async (url) => fromPac(await asked.resolveProxy(url)) ?? (await system.systemProxy(url)),
    onWake(listener) {
      const stop = system.onWake(listener)
      powerMonitor.on('resume', listener)
      powerMonitor.on('unlock-screen', listener)
      return () => {
        stop()
        powerMonitor.off('resume', listener)
        powerMonitor.off('unlock-screen', listener)
      }
    },
  }
}
