import type { Notice } from '@shared/contract'
import type { Events } from '../events'

/** What the person should know and has not put away yet, for this run. */
export interface Notices {
  all(): Notice[]
  dismiss(id: string): void
}

/**
 * Begins with what start-up had to say and gathers what is published later; the same id is said once. `told` hears of
 * what the person has put away.
 */
export function createNotices(
  events: Events,
  initial: readonly Notice[],
  told: (id: string) => void = () => undefined,
): Notices {
  const kept = new Map(initial.map((notice) => [notice.id, notice]))
  events.listen((event) => {
    if (event.type === 'notice') kept.set(event.notice.id, event.notice)
  })
  return {
    all: () => [...kept.values()],
    dismiss(id) {
      if (kept.delete(id)) told(id)
    },
  }
}
