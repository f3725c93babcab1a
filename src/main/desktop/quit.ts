import { app } from 'electron'
import type { Leave } from './update'

/** How the program ends. */
export interface Quitting {
  /** Whether it is about to. */
  now(): boolean
}

/**
 * The application ends when `close` has, and not before. It outlives its window on macOS, and where `staysOn` says so.
 * Where `leave` answers something, that ends it.
 */
export function quitInOrder(
  close: () => Promise<void>,
  staysOn: () => boolean,
  leave: () => Leave | null,
): Quitting {
  let asked = false
  let closing = false
  let closed = false
  app.on('before-quit', () => {
    asked = true
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !staysOn()) app.quit()
  })
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    if (closing) return
    closing = true
    void close().finally(() => {
      closed = true
      const last = leave()
      if (last) last()
      else app.exit(0)
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  return { now: () => asked }
}
