import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { History } from '../history'
import type { Clock } from '../ports'
import { restoreBounds, smallest, type SavedBounds } from './bounds'
import { pageAddress } from './scheme'

const boundsName = 'window'
const settleMs = 500

export interface WindowOptions {
  settings: History['settings']
  clock: Clock
  icon: string
  preload: string
}

/** Opens the studio's window where it was last, and keeps its place in the settings from then on. */
export function openWindow({ settings, clock, icon, preload }: WindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const { bounds, maximized } = restoreBounds(settings.read(boundsName), areas)
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
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  rememberBounds(window, settings, clock)
  void window.loadURL(pageAddress)
  return window
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
