import type { JobRow, JobState, StudioEvent } from '@shared/contract'
import { runningStates } from '@shared/words'

const states: ReadonlySet<JobState> = new Set(runningStates)
/** The part of a job's progress that is the provider's making of it; the rest is its download. */
const making = 0.9

/** A running job as dock, taskbar and tray show it. */
export interface RunningJob {
  id: string
  seq: number
  state: JobState
  prompt: string
  /** 0 to 1 of its present state; null where it is not known. */
  progress: number | null
}

/** What goes on, and what ended while nobody looked. */
export interface Work {
  /** Oldest first. */
  running(): RunningJob[]
  /**
   * How far everything is that was asked for since nothing was running, 0 to 1: what ended counts as whole.
   * `unknown` where no job says how far it is, null where nothing runs.
   */
  progress(): number | 'unknown' | null
  /** Jobs that ended unseen; `failed` are those of them that failed or need attention. */
  unseen(): { ended: number; failed: number }
  /** The person looks at the window. */
  seen(): void
  hear(event: StudioEvent): void
}

/**
 * Follows the studio's events. `read` gives the jobs that run now; `looking` says whether the window is in front,
 * so that what ends counts as seen; `changed` is called after each change.
 */
export function createWork(options: {
  read: () => readonly JobRow[]
  looking: () => boolean
  changed: () => void
}): Work {
  const { read, looking, changed } = options
  const running = new Map<string, RunningJob>()
  let ended = 0
  let unseen = { ended: 0, failed: 0 }

  function take({ id, seq, state, prompt, progress }: JobRow): void {
    running.set(id, { id, seq, state, prompt, progress })
  }

  function end(id: string, how: JobState | 'removed'): void {
    if (!running.delete(id)) return
    const counts = how === 'completed' || how === 'failed' || how === 'needs_attention'
    if (counts) ended += 1
    if (counts && !looking()) {
      unseen = { ended: unseen.ended + 1, failed: unseen.failed + (how === 'completed' ? 0 : 1) }
    }
    if (running.size === 0) ended = 0
  }

  function readAgain(): void {
    running.clear()
    for (const row of read()) take(row)
    if (running.size === 0) ended = 0
  }

  readAgain()
  return {
    running: () => [...running.values()].sort((a, b) => a.seq - b.seq),
    progress() {
      if (running.size === 0) return null
      const shares = [...running.values()].map(shareOf)
      if (ended === 0 && shares.every((share) => share === null)) return 'unknown'
      const done = shares.reduce<number>((sum, share) => sum + (share ?? 0), ended)
      return done / (running.size + ended)
    },
    unseen: () => unseen,
    seen() {
      if (unseen.ended === 0) return
      unseen = { ended: 0, failed: 0 }
      changed()
    },
    hear(event) {
      switch (event.type) {
        case 'job':
          if (states.has(event.job.state)) take(event.job)
          else if (running.has(event.job.id)) end(event.job.id, event.job.state)
          else return
          break
        case 'progress': {
          const job = running.get(event.id)
          if (!job || job.progress === event.progress) return
          job.progress = event.progress
          break
        }
        case 'removed':
          for (const id of event.ids) end(id, 'removed')
          break
        case 'reload':
          readAgain()
          break
        case 'queue':
        case 'settings':
        case 'connections':
        case 'conversation':
        case 'library':
        case 'notice':
        case 'command':
        case 'opened':
        case 'prompts':
        case 'show':
        case 'update':
          return
      }
      changed()
    },
  }
}

/** How far a job is on its whole way; null where its provider does not say. */
function shareOf({ state, progress }: RunningJob): number | null {
  if (state === 'downloading') return making + (1 - making) * (progress ?? 0)
  return state === 'processing' && progress !== null ? making * progress : null
}
