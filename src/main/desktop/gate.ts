/** Holds back what only a listening page can be told. */
export interface PageGate {
  /** Runs at once where the page listens, else as soon as one does. */
  when(run: () => void): void
  /** The page hears events from now on. */
  listens(): void
  /** It is gone; what comes now waits for the next one. */
  left(): void
}

/** Makes the gate of one window; it begins closed. */
export function createPageGate(): PageGate {
  const waiting: (() => void)[] = []
  let listening = false
  return {
    when(run) {
      if (listening) run()
      else waiting.push(run)
    },
    listens() {
      listening = true
      for (const run of waiting.splice(0)) run()
    },
    left() {
      listening = false
    },
  }
}
