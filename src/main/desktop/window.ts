import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron'
import type { History } from '../history'
import type { Clock } from '../ports'
import { rescueBounds, restoreBounds, smallest, type SavedBounds } from './bounds'
import { pageAddress } from './scheme'

const boundsName = 'window'
const settleMs = 500

export interface WindowOptions {
  settings: History['settings']
  clock: Clock
  icon: string
  preload: string
  /** How it first appears: in front, as a button on the taskbar, or not at all. */
  appears: 'shown' | 'minimized' | 'hidden'
}

/** Opens the studio's window where it was last, and keeps its place in the settings from then on. */
export function openWindow({ settings, clock, icon, preload, appears }: WindowOptions): BrowserWindow {
  const { bounds, maximized } = restoreBounds(settings.read(boundsName), workAreas())
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Dailies',
    icon,
    show: false,
    // The page's own ground, so that nothing flashes before it is painted.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0d0e10' : '#f6f6f4',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // Videos are rendered while the window is behind others.
      backgroundThrottling: false,
    },
  })
  // Maximizing shows a window: one that stays out of the way is maximized when it is first seen.
  if (maximized) {
    if (appears === 'shown') window.maximize()
    else window.once('show', () => window.maximize())
  }
  window.once('ready-to-show', () => {
    if (appears === 'shown') window.show()
    if (appears === 'minimized') window.minimize()
  })
  rememberBounds(window, settings, clock)
  keepInReach(window)
  void window.loadURL(pageAddress)
  return window
}

/** The work areas of all displays, that of the primary one first. */
function workAreas(): Rectangle[] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map((display) => display.workArea)
}

/** Brings the window back when the display it was on is unplugged or changes; not every system does it. */
function keepInReach(window: BrowserWindow): void {
  const rescue = () => {
    const bounds = rescueBounds(window.getBounds(), workAreas())
    if (bounds && !window.isMinimized()) window.setBounds(bounds)
  }
  screen.on('display-removed', rescue)
  screen.on('display-metrics-changed', rescue)
  window.on('restore', rescue)
  window.on('closed', () => {
    screen.off('display-removed', rescue)
    screen.off('display-metrics-changed', rescue)
  })
}

/** A window that is dragged tells so many times a second: only where it rests is written down. */
function rememberBounds(window: BrowserWindow, settings: History['settings'], clock: Clock): void {
  let cancel = () => {}
  const save = () => {
    cancel()
    const saved: SavedBounds = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    settings.write(boundsName, saved)
  }
  const later = () => {
    cancel()
    cancel = clock.after(settleMs, save)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('close', save)
}
