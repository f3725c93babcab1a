import { powerMonitor, session } from 'electron'
import { fromPac } from '../network'
import type { Surroundings } from '../ports'
import { systemClock, systemSurroundings } from '../system'

/** What lies around the desktop program: Chromium knows the system's proxy, the system tells when it woke. */
export function desktopSurroundings(): Surroundings {
  const system = systemSurroundings(systemClock)
  return {
    ...system,
    systemProxy: async (url) => fromPac(await session.defaultSession.resolveProxy(url)),
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
