import { app, powerMonitor } from 'electron'
import type { Leave } from './update'

/** How the program ends. */
export interface Quitting {
  /** Whether it is about to. */
  now(): boolean
  /** Whether the person will be asked first. */
  asks(): boolean
  /** From now on nobody is asked: the person has already said so. */
  withoutAsking(): void
}

export interface QuitOptions {
  /** Ends everything; the application waits for it. */
  close: () => Promise<void>
  /** Whether the application outlives its window, as it does on macOS. */
  staysOn: () => boolean
  /** Whether something is under way that the person should know of. */
  busy: () => boolean
  /** Asks the person whether to quit all the same. */
  ask: () => Promise<boolean>
  /** What ends the application instead, where something does. */
  leave: () => Leave | null
}

/** The application ends when `close` has, and not before; where work is under way the person is asked first. */
export function quitInOrder({ close, staysOn, busy, ask, leave }: QuitOptions): Quitting {
  let leaving = false
  let sure = false
  let asking = false
  let closing = false
  let closed = false
  const asks = () => !sure && !closing && busy()

  async function question(): Promise<void> {
    if (asking) return
    asking = true
    // A question that cannot be asked keeps nobody in.
    sure = await ask().catch(() => true)
    asking = false
    if (sure) app.quit()
  }

  app.on('before-quit', (event) => {
    leaving = !asks()
    if (leaving) return
    event.preventDefault()
    void question()
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
  const withoutAsking = () => void (sure = true)
  // Whoever shuts the computer down, or ends the program from outside, waits for no answer.
  powerMonitor.on('shutdown', withoutAsking)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      withoutAsking()
      app.quit()
    })
  }
  return { now: () => leaving, asks, withoutAsking }
}
