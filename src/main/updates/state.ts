import type { Release, UpdateState, UpdateTrouble } from '@shared/contract'

/** What moves updating on. */
export type UpdateEvent =
  | { type: 'check' }
  /** A check ended. `quietly`: the clock asked, so a skipped version stays untold. */
  | { type: 'checked'; release: Release | null; at: number | null; skipped: string | null; quietly: boolean }
  | { type: 'failed'; trouble: UpdateTrouble }
  | { type: 'download' }
  | { type: 'progress'; percent: number }
  | { type: 'downloaded' }
  | { type: 'skip' }
  | { type: 'later' }
  /** The person wants it now; `jobs` are those that send or fetch something. */
  | { type: 'restart'; jobs: number }
  | { type: 'jobs'; jobs: number }
  | { type: 'stay' }

/** A state before the first check of a run. */
export const atRest = (checkedAt: number | null, skipped: string | null): UpdateState => ({
  phase: 'resting',
  checkedAt,
  skipped,
})

/** The one function that moves updating: what does not fit the state it finds changes nothing. */
export function next(state: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.type) {
    case 'check':
      // What is being fetched, or lies ready, is not asked about again.
      return state.phase === 'resting' || state.phase === 'found' || state.phase === 'failed'
        ? { phase: 'checking' }
        : state
    case 'checked': {
      if (state.phase !== 'checking') return state
      const { release, at, skipped, quietly } = event
      if (release === null) return atRest(at, skipped)
      if (quietly && release.version === skipped) return atRest(at, skipped)
      return { phase: 'found', release, later: false }
    }
    case 'failed':
      if (state.phase === 'off' || state.phase === 'resting') return state
      return { phase: 'failed', trouble: event.trouble, release: releaseOf(state) }
    case 'download': {
      const release = releaseOf(state)
      const fits = state.phase === 'found' || state.phase === 'failed'
      return fits && release !== null ? { phase: 'downloading', release, percent: 0 } : state
    }
    case 'progress':
      return state.phase === 'downloading' ? { ...state, percent: event.percent } : state
    case 'downloaded':
      return state.phase === 'downloading' ? { phase: 'ready', release: state.release, later: false } : state
    case 'skip':
      return state.phase === 'found' || (state.phase === 'failed' && state.release !== null)
        ? atRest(null, releaseOf(state)?.version ?? null)
        : state
    case 'later':
      return state.phase === 'found' || state.phase === 'ready' ? { ...state, later: true } : state
    case 'restart':
      return state.phase === 'ready' ? towardsRestart(state.release, event.jobs) : state
    case 'jobs':
      return state.phase === 'waiting' ? towardsRestart(state.release, event.jobs) : state
    case 'stay':
      return state.phase === 'waiting' ? { phase: 'ready', release: state.release, later: true } : state
  }
}

function towardsRestart(release: Release, jobs: number): UpdateState {
  return jobs > 0 ? { phase: 'waiting', release, jobs } : { phase: 'leaving', release }
}

/** The release a state speaks of, null where it speaks of none. */
export function releaseOf(state: UpdateState): Release | null {
  return 'release' in state ? state.release : null
}
