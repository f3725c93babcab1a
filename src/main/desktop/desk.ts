import { dirname, extname, join } from 'node:path'
import { app, dialog, Notification, shell, type BrowserWindow, type NativeImage } from 'electron'
import type { DesktopCapabilities } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { Logger } from 'pino'
import type { Desk, Ending } from '../ports'
import type { UpdateWay } from '../updates'
import { dragIcon } from './drag'

export interface DesktopDeskOptions {
  /** The studio's window while it is open. */
  window: () => BrowserWindow | null
  /** Shown beside the pointer when a video has no poster yet. */
  icon: NativeImage
  desktop: DesktopCapabilities
  notify: (ending: Ending) => void
  updates: UpdateWay
  log: Logger
}

/** What the desktop can do for the person. */
export function createDesktopDesk(options: DesktopDeskOptions): Desk {
  const { window, icon, desktop, notify, updates, log } = options
  // The systems have stopped remembering where a dialog was last.
  let savedIn: string | null = null

  return {
    capabilities: {
      dragOut: true,
      dialogs: true,
      reveal: true,
      trash: true,
      systemNotifications: Notification.isSupported(),
      desktop,
      updates: true,
    },
    updates,
    async reveal(path) {
      shell.showItemInFolder(path)
    },
    async open(path) {
      const trouble = await shell.openPath(path)
      if (trouble !== '') {
        throw new StudioError('unavailable', 'file.notOpened', { values: { reason: trouble } })
      }
    },
    async trash(path) {
      try {
        await shell.trashItem(path)
        return true
      } catch (error) {
        log.warn({ err: error }, 'the system bin refused a file')
        return false
      }
    },
    dialogs: {
      async pickFolder(start) {
        const { filePaths } = await ask(window(), {
          defaultPath: start,
          properties: ['openDirectory', 'createDirectory'],
        })
        return filePaths[0] ?? null
      },
      async pickVideo(start) {
        const filters = [{ name: 'MP4', extensions: ['mp4', 'm4v', 'mov'] }]
        const { filePaths } = await ask(window(), { defaultPath: start, filters, properties: ['openFile'] })
        return filePaths[0] ?? null
      },
      async saveAs(start) {
        const ending = extname(start).slice(1).toLowerCase() || 'mp4'
        const folder = savedIn ?? app.getPath('downloads')
        const options = {
          defaultPath: join(folder, start),
          filters: [{ name: ending.toUpperCase(), extensions: [ending] }],
        }
        const parent = window()
        const { filePath } = parent
          ? await dialog.showSaveDialog(parent, options)
          : await dialog.showSaveDialog(options)
        if (!filePath) return null
        savedIn = dirname(filePath)
        return filePath
      },
    },
    dragOut(paths, poster) {
      const contents = window()?.webContents
      const [file] = paths
      if (!contents || file === undefined) return
      dragIcon(poster, icon)
        .then((image) => {
          if (!contents.isDestroyed()) contents.startDrag({ file, files: paths, icon: image })
        })
        .catch((error: unknown) => log.warn({ err: error }, 'a drag did not start'))
    },
    notify,
  }
}

function ask(parent: BrowserWindow | null, options: Electron.OpenDialogOptions) {
  return parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options)
}
