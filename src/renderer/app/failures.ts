import { api } from '../api'

/** A part that fails at every frame would say the same for ever. */
const most = 20

let told = 0

function tell(reason: unknown): void {
  told += 1
  if (told > most) return
  const { message, stack = '' } = reason instanceof Error ? reason : { message: String(reason) }
  const page = { message: message.slice(0, 1_000), stack: stack.slice(0, 8_000) }
  api.diagnostics.pageFailed(page).catch(() => undefined)
}

/** Writes what fails in the page, and was caught by nobody or by a boundary, into the log. */
export function logFailures(): void {
  window.addEventListener('error', (event) => tell(event.error ?? event.message))
  window.addEventListener('unhandledrejection', (event) => tell(event.reason))
}
