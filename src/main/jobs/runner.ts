import type { JobState } from '@shared/contract'

interface Going {
  controller: AbortController
  /** The state the work began in. */
  state: JobState
  done: Promise<void>
  /** Somebody asked for this job meanwhile: look again when the work has stopped. */
  again: boolean
}

/** What works on jobs right now, at most one piece of work a job. */
export interface Runner {
  /** Begins `work`, unless something works on this job already: then it is asked for again once that has stopped. */
  run(id: string, state: JobState, work: (signal: AbortSignal) => Promise<void>): void
  /** Stops what began in one of these states: on one job, or on all. */
  abort(states: readonly JobState[], id?: string): void
  /** Calls `revisit` once the work on this job has stopped; false when there is none. */
  again(id: string): boolean
  /** Resolves when nothing works any more. */
  idle(): Promise<void>
}

/** `revisit` is called for jobs that were asked for while something worked on them. `work` must not reject. */
export function createRunner(revisit: (id: string) => void): Runner {
  const going = new Map<string, Going>()
  return {
    run(id, state, work) {
      if (this.again(id)) return
      const controller = new AbortController()
      const entry: Going = { controller, state, again: false, done: Promise.resolve() }
      going.set(id, entry)
      entry.done = work(controller.signal).then(() => {
        going.delete(id)
        if (entry.again) revisit(id)
      })
    },
    abort(states, id) {
      for (const [of, entry] of going) {
        if ((id === undefined || id === of) && states.includes(entry.state)) entry.controller.abort()
      }
    },
    again(id) {
      const entry = going.get(id)
      if (entry) entry.again = true
      return entry !== undefined
    },
    async idle() {
      while (going.size > 0) await Promise.all([...going.values()].map((entry) => entry.done))
    },
  }
}
