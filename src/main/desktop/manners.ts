import { Menu, type BrowserWindow, type NativeImage, app, session } from 'electron'
import type { Logger } from 'pino'
import type { DesktopCapabilities, Settings } from '@shared/contract'
import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import { fill } from '@shared/problems'
import { spellingOn } from '@shared/spelling'
import type { Clock } from '../ports'
import type { Studio } from '../studio'
import { createAwake } from './awake'
import { badgeOf, createBadgeShower } from './badge'
import { contextTemplate } from './contextMenu'
import { hasLoginItems, opensAtLogin, setLoginItem } from './login'
import { menuLanguage } from './menu'
import type { Dictionaries } from './dictionaries'
import { createSpelling, spellingLanguages, spellingSource } from './spelling'
import { noticeOf } from './notice'
import { createTraySign } from './tray'
import { showsTray } from './trayHost'
import { createWork } from './work'

/** Many jobs tell of themselves many times a second; the system is told of all of it together, so often at most. */
const tellMs = 100

/** What this system lets a desktop program do beyond its window. */
export function desktopCapabilities(platform: NodeJS.Platform, packaged: boolean): DesktopCapabilities {
  return {
    tray: true,
    openAtLogin: hasLoginItems(platform, packaged),
    spelling: spellingSource(platform),
  }
}

export interface MannersOptions {
  studio: Pick<Studio, 'events' | 'jobs' | 'settings'>
  window: () => BrowserWindow | null
  /** Brings the window to the front. */
  show: () => void
  showJob: (jobId: string) => void
  trayIcon: NativeImage
  dictionaries: Dictionaries
  clock: Clock
  log: Logger
  platform: NodeJS.Platform
  /** The page has all it needs from the scheme, and no network. */
  sealed: boolean
}

/** How Dailies behaves on a desktop, beside its page. */
export interface Manners {
  windowOpened(window: BrowserWindow): void
  /** The settings are these now. */
  follow(settings: Settings): void
  /** Whether Dailies put a sign into the tray. */
  inTray(): boolean
  /** Whether a person can see that sign, by which a hidden window comes back. */
  seenInTray(): Promise<boolean>
  close(): void
}

/** Follows the studio with badge, tray, wakefulness, spelling and the system's menus. */
export function createManners(options: MannersOptions): Manners {
  const { studio, window, show, showJob, trayIcon, dictionaries, clock, log, platform, sealed } = options
  let settings = studio.settings.get()
  let cancel: (() => void) | null = null
  const language = () => menuLanguage(settings.language, app.getLocale())
  const words = () => (language() === 'zh-CN' ? zh : en)
  const awake = createAwake()
  const spelling = createSpelling({
    session: session.defaultSession,
    dictionaries,
    platform,
    sealed,
    log,
  })
  const shower = createBadgeShower(platform, ({ count, failed }) =>
    fill(failed > 0 ? words().badge.failed : words().badge.ended, { count, failed }),
  )
  const tray = createTraySign({
    clock,
    icon: () => trayIcon,
    actions: {
      open: show,
      show: showJob,
      pause: (paused) => (paused ? studio.jobs.queue.pauseAll() : studio.jobs.queue.resumeAll()),
      quit: () => app.quit(),
    },
    onTrouble(error) {
      log.warn({ err: error }, 'there is no place in the tray')
      say('tray.failed')
    },
  })
  const work = createWork({
    read: () => studio.jobs.running(),
    looking: () => window()?.isFocused() ?? false,
    changed: () => (cancel ??= clock.after(tellMs, tell)),
  })

  function tell(): void {
    cancel?.()
    cancel = null
    const running = work.running()
    awake.follow(running)
    shower.show(badgeOf(work, platform), window())
    tray.follow({ running, paused: settings.queuePaused, language: language() })
  }

  function say(key: 'tray.failed' | 'tray.unseen' | 'login.refused'): void {
    studio.events.publish({ type: 'notice', notice: noticeOf(key) })
  }

  const seenInTray = async () => tray.present() && (await showsTray(platform))

  async function sayUnseen(): Promise<void> {
    if (!(await showsTray(platform))) say('tray.unseen')
  }

  /** Whoever takes the sign away takes nobody's window with it. */
  function bringBack(): void {
    const hidden = window()
    if (hidden && !hidden.isVisible() && !hidden.isMinimized()) hidden.showInactive()
  }

  /** What the system says counts: the person may have taken Dailies from its list. */
  const login = { openAtLogin: false, startHidden: studio.settings.get().startHidden }
  if (hasLoginItems(platform, app.isPackaged)) {
    login.openAtLogin = opensAtLogin(platform)
    if (studio.settings.get().openAtLogin !== login.openAtLogin) keep({ openAtLogin: login.openAtLogin })
  }

  function followLogin({ openAtLogin, startHidden }: Settings): void {
    if (!hasLoginItems(platform, app.isPackaged)) return
    if (openAtLogin === login.openAtLogin && (startHidden === login.startHidden || !openAtLogin)) return
    Object.assign(login, { openAtLogin, startHidden })
    if (setLoginItem(login, platform)) return
    login.openAtLogin = !openAtLogin
    say('login.refused')
    keep({ openAtLogin: login.openAtLogin })
  }

  function keep(patch: Partial<Settings>): void {
    studio.events.publish({ type: 'settings', settings: studio.settings.set(patch) })
  }

  const stop = studio.events.listen((event) => work.hear(event))

  return {
    windowOpened(opened) {
      shower.windowOpened()
      opened.on('focus', () => {
        work.seen()
        tell()
      })
      opened.webContents.on('context-menu', (_event, place) => {
        const template = contextTemplate(place, language(), {
          replace: (word) => opened.webContents.replaceMisspelling(word),
          learn: (word) => session.defaultSession.addWordToSpellCheckerDictionary(word),
        })
        if (template.length > 0) Menu.buildFromTemplate(template).popup({ window: opened })
      })
      tell()
    },
    follow(now) {
      const turned = now.tray !== settings.tray
      settings = now
      spelling.follow({
        wanted: spellingOn(settings.spelling, spellingSource(platform)),
        languages: (available) => spellingLanguages(available, language(), app.getPreferredSystemLanguages()),
      })
      const there = tray.want(settings.tray)
      if (turned && settings.tray && there) void sayUnseen()
      if (turned && !settings.tray) bringBack()
      followLogin(settings)
      tell()
    },
    inTray: () => tray.present(),
    seenInTray,
    close() {
      stop()
      cancel?.()
      awake.release()
      dictionaries.close()
      tray.close()
    },
  }
}
