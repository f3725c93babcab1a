import type Electron from 'electron'
import { toChromium } from './engine/address'
import { runningChromium } from './engine/runtime'
import { record } from './record'
import { app } from './modules/app'
import { misspelled } from './modules/contextMenu'
import { answerNext } from './modules/dialog'
import { preventable } from './modules/event'
import { clickIn, Menu, popped, shown } from './modules/menu'
import { shownNotifications } from './modules/notification'
import { askPermission } from './modules/permissions'
import { powerMonitor } from './modules/power'
import { screen } from './modules/screen'
import { requests, systemProxy, type Permission } from './modules/session'
import { shellAnswers } from './modules/shell'
import { nativeTheme } from './modules/theme'
import { trays } from './modules/tray'
import { BrowserWindow } from './modules/window'

function window(): BrowserWindow {
  const last = BrowserWindow.getAllWindows().at(-1)
  if (!last) throw new Error('There is no window.')
  return last
}

function notification(id: number) {
  const found = shownNotifications.get(id)
  if (!found) throw new Error(`No notification ${id} is shown.`)
  return found
}

/** Everything the system and the person can do to the program from outside its page. */
export const commands = {
  /** Where Playwright joins the Chromium. */
  endpoint: () => runningChromium().endpoint,
  recorded: () => record,
  /** An address of the program's scheme as this Chromium has it. */
  address: (url: string) => toChromium(url),
  quit: () => setImmediate(() => app.quit()).hasRef(),
  activate: () => app.emit('activate', preventable({}), false),
  openUrl: (url: string) => app.emit('open-url', preventable({}), url),
  openFile: (path: string) => app.emit('open-file', preventable({}), path),
  emitApp: (event: string, ...args: unknown[]) => app.emit(event, preventable({}), ...args),

  windows: () =>
    BrowserWindow.getAllWindows().map((one) => ({
      id: one.id,
      url: one.webContents.getURL(),
      visible: one.isVisible(),
      focused: one.isFocused(),
      minimized: one.isMinimized(),
      maximized: one.isMaximized(),
      fullScreen: one.isFullScreen(),
      bounds: one.getNormalBounds(),
      crashed: one.webContents.isCrashed(),
      zoomLevel: one.webContents.getZoomLevel(),
      devTools: one.webContents.isDevToolsOpened(),
      preferences: { ...one.webContents.preferences },
    })),
  blur: () => window().blur(),
  minimize: () => window().minimize(),
  move: (bounds: Partial<Electron.Rectangle>) => window().setBounds(bounds),
  closeWindow: () => window().close(),
  crash: () => window().webContents.forcefullyCrashRenderer(),
  script: (code: string) => window().webContents.executeJavaScript(code),
  permission: (name: Permission) =>
    askPermission(window().webContents as unknown as Electron.WebContents, name),
  mayNavigate: (
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    url: string,
  ) => {
    const details = preventable({
      url,
      isMainFrame: true,
      isSameDocument: false,
      frame: null,
      initiator: null,
    })
    window().webContents.emit(event, details, url)
    return !details.defaultPrevented
  },
  mayRequest: (url: string) => {
    let cancelled = false
    const { webContents } = window()
    const details = { url, webContentsId: webContents.id, initiatorOrigin: 'dailies://studio' }
    requests.listener?.(details as Electron.OnBeforeRequestListenerDetails, ({ cancel = false }) => {
      cancelled = cancel
    })
    return !cancelled
  },

  menu: () => shown(Menu.getApplicationMenu()),
  clickMenu: (path: string[]) => clickIn(Menu.getApplicationMenu(), path),
  popup: () => shown(popped.menu),
  clickPopup: (path: string[]) => clickIn(popped.menu, path),
  closePopup: () => popped.menu?.closePopup(),
  misspell: (word: string, suggestions: string[]) => void Object.assign(misspelled, { word, suggestions }),
  trayMenu: () => shown(trays.at(-1)?.menu),
  clickTrayMenu: (path: string[]) => clickIn(trays.at(-1)?.menu ?? null, path),
  clickTray: () => trays.at(-1)?.emit('click', preventable({}), { x: 0, y: 0, width: 16, height: 16 }),

  clickNotification: (id: number) => notification(id).emit('click', preventable({})),
  clickNotificationAction: (id: number, index: number) =>
    notification(id).emit('action', preventable({ actionIndex: index, selectionIndex: -1 }), index, -1),
  closeNotification: (id: number) => notification(id).close(),
  failNotification: (id: number, error: string) => notification(id).emit('failed', preventable({}), error),

  answerDialog: answerNext,
  answerOpenPath: (error: string) => void (shellAnswers.openPath = error),
  answerProxy: (pac: string) => void (systemProxy.answer = pac),

  power: (
    event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'on-ac' | 'on-battery' | 'shutdown',
  ) => {
    if (event === 'on-ac' || event === 'on-battery') powerMonitor.onBatteryPower = event === 'on-battery'
    return powerMonitor.emit(event, preventable({}))
  },
  systemDark: (dark: boolean) => nativeTheme.turn(dark),
  displays: (places: Electron.Rectangle[]) => screen.plug(places),
}

export type Commands = typeof commands
export type CommandName = keyof Commands
