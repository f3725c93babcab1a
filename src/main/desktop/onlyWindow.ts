import { app, type BrowserWindow } from 'electron'
import type { Logger } from 'pino'
import type { Clock } from '../ports'
import type { Studio } from '../studio'
import { connectPage } from './connect'
import { createPageGate, type PageGate } from './gate'
import { openWindow, type WindowOptions } from './window'

/** A page that crashed is loaded again after this long. */
const reloadMs = 1000

/** The studio's one window, which comes and goes while the program runs. */
export interface OnlyWindow {
  current(): BrowserWindow | null
  /** Brings it to the front, opening it where it was closed. */
  show(): void
  /** Opens it at the start of the program. */
  open(appears: WindowOptions['appears']): void
  /** What only a listening page can be told. */
  page: PageGate
}

export interface OnlyWindowOptions {
  studio: Pick<Studio, 'settings' | 'router'>
  clock: Clock
  log: Logger
  icon: string
  preload: string
  /** A window was made. */
  onOpened: (window: BrowserWindow) => void
  /** Its page crashed and will be loaded again. */
  onPageEnded: () => void
  /** What closing it does now: nothing more, only put it away, or ask to quit the program. */
  closing: () => 'closes' | 'leaves' | 'quits'
  /** Whether something other than its button on the taskbar brings a hidden window back. */
  comesBack: () => Promise<boolean>
}

export function createOnlyWindow(options: OnlyWindowOptions): OnlyWindow {
  const { studio, clock, log, icon, preload, onOpened, onPageEnded, closing, comesBack } = options
  const page = createPageGate()
  let window: BrowserWindow | null = null

  function open(appears: WindowOptions['appears']): void {
    const made = openWindow({ settings: studio.settings, clock, icon, preload, appears })
    window = made
    connectPage(made.webContents, studio.router, log, () => page.listens())
    made.on('close', (event) => {
      const how = closing()
      if (how === 'closes') return
      event.preventDefault()
      if (how === 'leaves') void putAway(made)
      else app.quit()
    })
    made.on('closed', () => {
      window = null
      page.left()
    })
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error({ reason }, 'the page ended')
      page.left()
      if (reason === 'clean-exit') return
      onPageEnded()
      clock.after(reloadMs, () => window?.webContents.reload())
    })
    onOpened(made)
  }

  async function putAway(left: BrowserWindow): Promise<void> {
    const hides = await comesBack()
    if (left.isDestroyed()) return
    if (hides) left.hide()
    else left.minimize()
  }

  return {
    current: () => window,
    show() {
      if (!window) return open('shown')
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    open,
    page,
  }
}
