import { join } from 'node:path'
import { app, Menu, nativeImage, nativeTheme, session, shell } from 'electron'
import type { Settings } from '@shared/contract'
import packageJson from '../../../package.json' with { type: 'json' }
import { keychainService, openKeychain } from '../connections'
import { createStudio, type Studio } from '../studio'
import {
  createLog,
  createRedactor,
  defaultLibraryIn,
  guardProcess,
  markStart,
  systemClock,
  systemRandom,
  pageSource,
  takeDataFolder,
  type Development,
} from '../system'
import { createDesktopDesk } from './desk'
import { desktopSurroundings } from './surroundings'
import { relaunch } from './relaunch'
import { createRescue, endInWords } from './rescue'
import { guardPages, sealPages } from './guard'
import { mayQuit, underWay } from './leaving'
import { followLink } from './links'
import { wasOpenedAtLogin } from './login'
import { createDictionaries } from './dictionaries'
import { createManners, desktopCapabilities } from './manners'
import { menuLanguage, menuTemplate } from './menu'
import { noticeOf } from './notice'
import { createNotifications } from './notifications'
import { createOnlyWindow, type OnlyWindow } from './onlyWindow'
import { createOpenedFiles } from './opened'
import { quitInOrder } from './quit'
import { serveScheme } from './scheme'
import { trayPicture } from './tray'
import { updateWay, type Leave } from './update'

/** Hot reload starts the next studio while the last one is still closing. */
const restartMs = 10_000

export interface ShellOptions {
  /** Where the program was built: `main`, `preload` and `renderer` lie in it. */
  outDir: string
  dataDir: string
  libraryOverride: string | null
  safeMode: boolean
  dev: Development | null
  /** The window stays out of the way at first. */
  minimized: boolean
}

/** The desktop shell with its studio running. */
export interface Shell {
  /** Brings the window to the front, opening it where it was closed. */
  show(): void
  /** Opens files by their paths, and follows `dailies:` links. */
  open(given: { files: readonly string[]; links: readonly string[] }): void
}

/**
 * Takes the data folder, starts the studio and opens its window; quitting closes all of it in order.
 * The application must be ready. Throws DataFolderTaken, and StudioError where the data cannot be used.
 */
export async function openShell(options: ShellOptions): Promise<Shell> {
  const { version } = packageJson
  const { platform } = process
  const { outDir, dataDir, libraryOverride, dev, minimized } = options
  const instance = await takeDataFolder(dataDir, dev ? restartMs : 0)
  const mark = markStart(dataDir, options.safeMode)
  const { safeMode } = mark
  const redactor = createRedactor()
  const logbook = createLog(dataDir, redactor)
  const { log } = logbook
  guardProcess(log, endInWords)
  log.info({ version, shell: 'desktop', safeMode }, 'starting')

  let running: { studio: Studio; only: OnlyWindow } | null = null
  const restart = (safely: boolean) => {
    quitting.withoutAsking()
    relaunch(safely)
  }
  const rescue = createRescue(restart)
  const painted = () => {
    mark.clear()
    rescue.painted()
  }
  const iconPath = join(app.getAppPath(), 'resources', 'icon.png')
  const icon = nativeImage.createFromPath(iconPath).resize({ width: 128 })
  const window = () => running?.only.current() ?? null

  function showJob(id: string): void {
    if (!running) return
    const { only, studio } = running
    only.show()
    only.page.when(() => studio.events.publish({ type: 'show', id }))
  }

  const notifications = createNotifications({
    clock: systemClock,
    window,
    icon,
    log,
    platform,
    poster: (id) => running?.studio.jobs.poster(id) ?? null,
    language: () => menuLanguage(running?.studio.settings.get().language ?? 'system', app.getLocale()),
    onClick: showJob,
    onRefused(reason) {
      const notice = noticeOf('notify.failed', { reason }, { level: 'info' })
      running?.studio.events.publish({ type: 'notice', notice })
    },
  })
  let leave: Leave | null = null
  const updates = await updateWay({
    quit(then) {
      leave = then
      quitting.withoutAsking()
      app.quit()
    },
    reopen: () => restart(false),
    log,
  })
  const desk = createDesktopDesk({
    updates,
    window,
    icon,
    log,
    desktop: desktopCapabilities(platform, app.isPackaged),
    notify: (ending) => notifications.tell(ending),
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
    clean: (text) => redactor.clean(text),
    surroundings: desktopSurroundings(),
    run: { safeMode, restart, painted },
    version,
  }).catch((error: unknown) => {
    // Refused in words, not crashed.
    mark.clear()
    logbook.close()
    instance.release()
    throw error
  })
  const trayIcon = await trayPicture(platform, icon)
  const only = createOnlyWindow({
    studio,
    clock: systemClock,
    log,
    icon: iconPath,
    preload: join(outDir, 'preload', 'index.cjs'),
    onOpened: (opened) => manners.windowOpened(opened),
    onPageEnded: () => rescue.pageEnded(studio.settings.get().language),
    closing() {
      if (quitting.now()) return 'closes'
      if (manners.inTray()) return 'leaves'
      return platform !== 'darwin' && quitting.asks() ? 'quits' : 'closes'
    },
    comesBack: () => manners.seenInTray(),
  })
  running = { studio, only }
  const manners = createManners({
    studio,
    window,
    show: () => only.show(),
    showJob,
    trayIcon,
    dictionaries: createDictionaries(studio.wire, log),
    clock: systemClock,
    log,
    platform,
    sealed: dev === null,
  })
  const opened = createOpenedFiles(studio.assets, studio.events, only.page)

  function follow(settings: Settings): void {
    nativeTheme.themeSource = settings.theme
    const template = menuTemplate({
      language: menuLanguage(settings.language, app.getLocale()),
      platform,
      run(command) {
        only.show()
        only.page.when(() => studio.events.publish({ type: 'command', command }))
      },
      openLibrary: () => void shell.openPath(studio.library.folder()),
      safeMode: safeMode !== null,
      restart,
      updates: updates.kind === 'on',
      openLogs: () => void shell.openPath(join(dataDir, 'logs')),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
    manners.follow(settings)
  }

  async function close(): Promise<void> {
    notifications.close()
    manners.close()
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
  // During development the page talks to the tool that builds it.
  if (!dev) sealPages(session.defaultSession)
  guardPages(session.defaultSession, () => linkHosts(studio.providers.infos().map((model) => model.docs)))
  studio.events.listen((event) => {
    if (event.type === 'settings') follow(event.settings)
    if (event.type === 'job') notifications.changed(event.job.id)
  })
  follow(studio.settings.get())
  const work = () =>
    safeMode === null ? underWay(studio.jobs.running(), studio.settings.get().queuePaused) : null
  const quitting = quitInOrder({
    close,
    staysOn: () => manners.inTray(),
    busy: () => work() !== null,
    async ask() {
      const left = work()
      const language = menuLanguage(studio.settings.get().language, app.getLocale())
      return left === null || mayQuit(left, language, only.current())
    },
    leave: () => leave,
  })
  app.on('activate', () => only.show())
  const away = minimized || (studio.settings.get().startHidden && wasOpenedAtLogin(platform))
  only.open(!away ? 'shown' : (await manners.seenInTray()) ? 'hidden' : 'minimized')
  return {
    show: () => only.show(),
    open({ files, links }) {
      opened.take(files)
      for (const address of links) {
        const led = followLink(address, (id) => studio.jobs.row(id) !== null)
        if ('jobId' in led) showJob(led.jobId)
        else only.page.when(() => studio.events.publish({ type: 'notice', notice: led.notice }))
      }
    },
  }
}

/** Hosts that links of the page may lead to: the documentation of the models. */
function linkHosts(docs: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(docs.flatMap((address) => (address === null ? [] : [new URL(address).hostname])))
}
