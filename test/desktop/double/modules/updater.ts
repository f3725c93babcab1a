import { EventEmitter } from 'node:events'
import { dirname } from 'node:path'
import { config } from '../config'
import { strict } from '../strict'

// Where a packaged program finds what lies beside its archive.
if (config().packaged) Object.defineProperty(process, 'resourcesPath', { value: dirname(config().appPath) })

/** Squirrel's side, of which Linux has none: electron-updater only tells of leaving through it. */
export const autoUpdater = strict('autoUpdater', new EventEmitter())
