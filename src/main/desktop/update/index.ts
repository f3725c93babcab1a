import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { UpdateWay } from '../../updates'
import { wrapUpdater, type Around } from './updater'
import { reasonForNone } from './way'

export type { Leave } from './updater'

/** How this program is updated: by electron-updater where it is the person's own, otherwise why not. */
export async function updateWay(around: Around): Promise<UpdateWay> {
  const why = reasonForNone({
    packaged: app.isPackaged,
    platform: process.platform,
    appImage: process.env['APPIMAGE'],
    hasFeed: app.isPackaged && existsSync(join(dirname(app.getAppPath()), 'app-update.yml')),
  })
  if (why !== null) return { kind: 'off', why }
  // Loaded only where it is used.
  const { default: updating } = await import('electron-updater')
  return { kind: 'on', updater: wrapUpdater(updating.autoUpdater, around) }
}
