import { app } from 'electron'

/** How the program ends. */
export interface Quitting {
  /** Whether it is about to. */
  now(): boolean
}

/**
 * The application ends when `close` has, and not before. It outlives its window on macOS, and where `staysOn` says so.
 */
export function quitInOrder(close: () => Promise<void>, staysOn: () => boolean): Quitting {
  let asked = false
  let closing = false
  app.on('before-quit', () => {
    asked = true
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !staysOn()) app.quit()
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    void close().finally(() => app.exit(0))
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  return { now: () => asked }
}
