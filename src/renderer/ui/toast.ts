export interface ToastOptions {
  title: string
  body?: string
  tone?: 'plain' | 'error' | 'done'
  action?: { label: string; run: () => void }
  /** Milliseconds until it goes by itself; 0 keeps it. Waits while pointed at or focused. */
  timeout?: number
  /** A toast with the id of one on screen takes its place. */
  id?: string
}

/** Where toasts go once they can be drawn. */
export interface ToastShelf {
  add: (id: string, options: ToastOptions) => void
  close: (id: string) => void
}

let shelf: ToastShelf | null = null
let early: ((shelf: ToastShelf) => void)[] = []
let said = 0

function onShelf(act: (shelf: ToastShelf) => void): void {
  if (shelf === null) early.push(act)
  else act(shelf)
}

/** Says something that happened, at the edge of the page; gives back its id. */
export function toast(options: ToastOptions): string {
  said += 1
  const id = options.id ?? `toast-${said}`
  onShelf((open) => open.add(id, options))
  return id
}

/** Takes a toast away before its time. */
export function dismissToast(id: string): void {
  onShelf((open) => open.close(id))
}

/** Says where toasts go; those said before are put there now. */
export function openShelf(opened: ToastShelf): void {
  shelf = opened
  for (const act of early) act(opened)
  early = []
}
