import type { AppUpdater, UpdateInfo } from 'electron-updater'
import type { Logger } from 'pino'
import type { ProxyChoice } from '../../network'
import { plainNotes, type Updater } from '../../updates'
import { proxyConfig } from '../proxy'
import { updateError } from './failure'

/** Puts an update in and opens the program again; called when the studio has closed. */
export type Leave = () => void

/** What an updater asks of the program around it. */
export interface Around {
  /** Closes the program in order and calls `leave` last. */
  quit: (leave: Leave) => void
  /** Ends what is left of the program and opens it again as it was. */
  reopen: () => void
  log: Logger
}

/**
 * electron-updater behind the port. It has a session of Chromium's of its own, which is told the person's proxy before
 * each use.
 */
export function wrapUpdater(updater: AppUpdater, { quit, reopen, log }: Around): Updater {
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = true
  updater.autoRunAppAfterInstall = true
  updater.allowPrerelease = false
  updater.allowDowngrade = false
  updater.fullChangelog = true
  updater.logger = {
    info: (message?: unknown) => log.info({ part: 'updater' }, String(message)),
    warn: (message?: unknown) => log.warn({ part: 'updater' }, String(message)),
    error: (message?: unknown) => log.warn({ part: 'updater' }, String(message)),
  }
  // Every failure comes as a refused promise too; an event nobody hears would end the program.
  updater.on('error', () => undefined)

  async function through(proxy: ProxyChoice): Promise<void> {
    await updater.netSession.setProxy(proxyConfig(proxy))
    await updater.netSession.closeAllConnections()
  }

  return {
    async check(proxy) {
      try {
        await through(proxy)
        const result = await updater.checkForUpdates()
        if (!result?.isUpdateAvailable) return null
        return { version: result.updateInfo.version, notes: notesOf(result.updateInfo) }
      } catch (error) {
        throw updateError(error)
      }
    },
    async download(proxy, onProgress) {
      const heard = ({ percent }: { percent: number }) => onProgress(Math.max(0, Math.min(100, percent)))
      try {
        await through(proxy)
        updater.on('download-progress', heard)
        await updater.downloadUpdate()
      } catch (error) {
        throw updateError(error)
      } finally {
        updater.off('download-progress', heard)
      }
    },
    restart() {
      quit(() => {
        // The studio is closed by then: a program that stayed would be an empty one.
        updater.on('error', reopen)
        updater.quitAndInstall(true, true)
      })
    },
  }
}

/** Notes come as text, as one entry for each version in between, or not at all. */
function notesOf({ releaseNotes }: UpdateInfo): string {
  if (typeof releaseNotes === 'string') return plainNotes(releaseNotes)
  return (releaseNotes ?? [])
    .map(({ version, note }) => [version, plainNotes(note ?? '')].filter(Boolean).join('\n'))
    .join('\n\n')
}
