/** What the roles of a menu need of the window in front. */
export interface FocusedWindow {
  close(): void
  minimize(): void
  isFullScreen(): boolean
  setFullScreen(on: boolean): void
  webContents: {
    reload(): void
    openDevTools(): void
    getZoomLevel(): number
    setZoomLevel(level: number): void
  } & Record<'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'delete' | 'selectAll', () => void>
}

let front: () => FocusedWindow | null = () => null

/** The windows tell which of them is in front. */
export function tellFront(find: () => FocusedWindow | null): void {
  front = find
}

export function focusedWindow(): FocusedWindow | null {
  return front()
}
