/** What the application must know of a window, without knowing windows. */
export interface Closable {
  readonly id: number
  close(): void
  destroy(): void
}

/** The open windows, oldest first. */
export const openWindows: Closable[] = []

let last = 0
/** Numbers for windows and contents, never used twice. */
export function nextId(): number {
  last += 1
  return last
}
