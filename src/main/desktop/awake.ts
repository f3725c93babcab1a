import { powerSaveBlocker } from 'electron'
import type { RunningJob } from './work'

/** Keeps the computer from falling asleep while something is under way that a sleep would break. */
export interface Awake {
  follow(running: readonly RunningJob[]): void
  release(): void
}

/** Sleep would cut a submit or a download in two; what a provider works on goes on without this computer. */
export function mustStayAwake(running: readonly RunningJob[]): boolean {
  return running.some(({ state }) => state === 'submitting' || state === 'downloading')
}

export function createAwake(): Awake {
  let blocker: number | null = null
  const release = () => {
    if (blocker !== null) powerSaveBlocker.stop(blocker)
    blocker = null
  }
  return {
    follow(running) {
      if (!mustStayAwake(running)) release()
      else blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    },
    release,
  }
}
