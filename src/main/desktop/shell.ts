import { join } from 'node:path'
import { app, Menu, nativeImage, nativeTheme, session, shell, type BrowserWindow } from 'electron'
import type { Settings } from '@shared/contract'
import packageJson from '../../../package.json' with { type: 'json' }
import { keychainService, openKeychain } from '../connections'
import { createStudio } from '../studio'
import {
  createLog,
  createRedactor,
  defaultLibraryIn,
  markStart,
  systemClock,
  systemRandom,
  pageSource,
  takeDataFolder,
  type Development,
} from '../system'
import { connectPage } from './connect'
import { createDesktopDesk } from './desk'
import { desktopSurroundings } from './surroundings'
import { relaunch } from './relaunch'
import { createRescue } from './rescue'
import { guardPages } from './guard'
import { menuLanguage, menuTemplate } from './menu'
import { createOpenedImages } from './opened'
import { serveScheme } from './scheme'
import { openWindow } from './window'

/** Hot reload starts the next studio while the last one is still closing. */
const restartMs = 10_000

export interface ShellOptions {
  /** Where the program was built: `main`, `preload` and `renderer` lie in it. */
  outDir: string
  dataDir: string
  libraryOverride: string | null
  safeMode: boolean
  dev: Development | null
}

/** The desktop shell with its studio running. */
export interface Shell {
  /** Brings the window to the front, opening it where it was closed. */
  show(): void
  openImages(paths: readonly string[]): void
}

/**
 * Takes the data folder, starts the studio and opens its window; quitting closes all of it in order.
 * The application must be ready. Throws DataFolderTaken, and StudioError where the data cannot be used.
 */
export async function openShell(options: ShellOptions): Promise<Shell> {
  const { version } = packageJson
  const { outDir, dataDir, libraryOverride, dev } = options
  const instance = await takeDataFolder(dataDir, dev ? restartMs : 0)
  const mark = markStart(dataDir, options.safeMode)
  const { safeMode } = mark
  const redactor = createRedactor()
  const logbook = createLog(dataDir, redactor)
  const { log } = logbook
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a promise was left alone'))
  log.info({ version, shell: 'desktop', safeMode }, 'starting')

  let window: BrowserWindow | null = null
  const rescue = createRescue()
  const painted = () => {
    mark.clear()
    rescue.painted()
  }
  const iconPath = join(app.getAppPath(), 'resources', 'icon.png')
  const preload = join(outDir, 'preload', 'index.cjs')
  const icon = nativeImage.createFromPath(iconPath).resize({ width: 128 })
  const desk = createDesktopDesk({
    window: () => window,
    icon,
    log,
    onNotificationClick(id) {
      show()
      studio.events.publish({ type: 'show', id })
    },
  })
  const studio = await createStudio({
    clock: systemClock,
    random: systemRandom,
    paths: {
      dataDir,
      defaultLibrary: defaultLibraryIn(app.getPath('videos')),
      libraryOverride,
      pageDir: join(outDir, 'renderer'),
    },
    desk,
    log,
    keychain: openKeychain(keychainService),
    hide: (secret) => redactor.hide(secret),
    surroundings: desktopSurroundings(),
    run: { safeMode, restart: relaunch, painted },
    version,
  }).catch((error: unknown) => {
    // Refused in words, not crashed.
    mark.clear()
    logbook.close()
    instance.release()
    throw error
  })
  const opened = createOpenedImages(studio.assets, studio.events)

  function show(): void {
    if (window) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      return
    }
    window = openWindow({ settings: studio.settings, clock: systemClock, icon: iconPath, preload })
    connectPage(window.webContents, studio.router, () => opened.pageListens())
    window.on('closed', () => {
      window = null
      opened.pageLeft()
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error({ reason }, 'the page ended')
      opened.pageLeft()
      if (reason !== 'clean-exit') rescue.pageEnded(studio.settings.get().language)
      if (reason !== 'clean-exit') systemClock.after(1000, () => window?.webContents.reload())
    })
  }

  function follow(settings: Settings): void {
    nativeTheme.themeSource = settings.theme
    const template = menuTemplate({
      language: menuLanguage(settings.language, app.getLocale()),
      platform: process.platform,
      run(command) {
        show()
        studio.events.publish({ type: 'command', command })
      },
      openLibrary: () => void shell.openPath(studio.library.folder()),
      safeMode: safeMode !== null,
      restart: relaunch,
      openLogs: () => void shell.openPath(join(dataDir, 'logs')),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  async function close(): Promise<void> {
    try {
      await studio.close()
      log.info('closed')
    } catch (error) {
      log.error({ err: error }, 'the studio did not close cleanly')
    }
    mark.clear()
    logbook.close()
    instance.release()
  }

  const source = dev ? pageSource(dev) : null
  serveScheme((request) => source?.(request) ?? studio.content(request))
  guardPages(session.defaultSession, () => linkHosts(studio.providers.infos().map((model) => model.docs)))
  studio.events.listen((event) => {
    if (event.type === 'settings') follow(event.settings)
  })
  follow(studio.settings.get())
  quitInOrder(close)
  app.on('activate', show)
  show()
  return { show, openImages: (paths) => opened.take(paths) }
}

/** The application ends when the studio has closed, and not before; on macOS it outlives its window. */
function quitInOrder(close: () => Promise<void>): void {
  let closing = false
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    void close().finally(() => app.exit(0))
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
}

/** Hosts that links of the page may lead to: the documentation of the models. */
function linkHosts(docs: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(docs.flatMap((address) => (address === null ? [] : [new URL(address).hostname])))
}
