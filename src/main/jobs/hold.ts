import type { JobDeps } from './engine'

/** Whether the whole queue is paused: a setting, so that it outlives the program. */
export interface Hold {
  holds(): boolean
  set(paused: boolean): void
  close(): void
}

/** `released` is called when a paused queue goes on, wherever the setting was changed. */
export function createHold(
  { settings, events }: Pick<JobDeps, 'settings' | 'events'>,
  released: () => void,
): Hold {
  let paused = settings.get().queuePaused
  const close = events.listen((event) => {
    if (event.type !== 'settings' || event.settings.queuePaused === paused) return
    paused = event.settings.queuePaused
    if (!paused) released()
  })
  return {
    holds: () => paused,
    set(queuePaused) {
      if (queuePaused === paused) return
      events.publish({ type: 'settings', settings: settings.set({ queuePaused }) })
    },
    close,
  }
}
