import type { ConnectionDraft, TestStep } from '@shared/contract'
import type { z } from 'zod'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../api'

/** One run of a connection's test, as far as it has come. */
export interface Run {
  state: 'running' | 'done' | 'cancelled'
  steps: TestStep[]
  /** Why it could not be run to its end. */
  problem: Problem | null
  stop: () => void
}

interface TestsState {
  /** By the connection's id, or the name of the open form. */
  runs: Readonly<Record<string, Run>>
  /** Tries a connection; the steps come in one by one. A run of the same name that goes on is stopped. */
  start: (of: string, draft: z.input<typeof ConnectionDraft>) => Promise<void>
  clear: (of: string) => void
}

function without(runs: TestsState['runs'], of: string): Record<string, Run> {
  const { [of]: _gone, ...others } = runs
  return others
}

/** Tests of connections, kept for as long as the page lives. */
export const useTests = create<TestsState>((set, get) => ({
  runs: {},
  start: async (of, draft) => {
    get().runs[of]?.stop()
    const controller = new AbortController()
    const run: Run = {
      state: 'running',
      steps: [],
      problem: null,
      stop: () => {
        controller.abort()
        tell({ state: 'cancelled' })
      },
    }
    // A run that was stopped or replaced has nothing more to say.
    const tell = (patch: Partial<Run>) =>
      set(({ runs }) => {
        const own = runs[of]
        return own?.stop === run.stop && own.state === 'running'
          ? { runs: { ...runs, [of]: { ...own, ...patch } } }
          : {}
      })
    set(({ runs }) => ({ runs: { ...runs, [of]: run } }))
    try {
      const steps: TestStep[] = []
      const coming = await api.connections.test(draft, { signal: controller.signal })
      for await (const step of coming) {
        const known = steps.findIndex((own) => own.id === step.id)
        if (known < 0) steps.push(step)
        else steps[known] = step
        tell({ steps: [...steps] })
      }
      tell({ state: 'done' })
    } catch (error) {
      tell({ state: 'done', problem: problemOf(error) })
    }
  },
  clear: (of) => {
    get().runs[of]?.stop()
    set(({ runs }) => ({ runs: without(runs, of) }))
  },
}))

/** What a run came to. */
export function resultOf(run: Run): 'running' | 'cancelled' | 'ok' | 'unsure' | 'failed' {
  if (run.state !== 'done') return run.state
  if (run.problem !== null) return 'failed'
  const has = (state: TestStep['state']) => run.steps.some((step) => step.state === state)
  return has('failed') ? 'failed' : has('unknown') ? 'unsure' : 'ok'
}
