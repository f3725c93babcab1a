import { app, crashReporter } from 'electron'
import { crashFolder, pruneCrashDumps } from '../system'

/**
 * Has crashes of any of the program's processes written into the data folder, a few of them kept. They hold memory, so
 * they are sent nowhere. To be called before the application is ready.
 */
export function keepCrashDumps(dataDir: string): void {
  app.setPath('crashDumps', crashFolder(dataDir))
  pruneCrashDumps(dataDir)
  crashReporter.start({ uploadToServer: false, compress: false })
}
