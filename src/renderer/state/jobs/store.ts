import type { JobCounts } from '@shared/contract'
import { create, useStore } from 'zustand'
import { api } from '../../api'
import { scopeOf } from './filter'
import { createJobList, type ListState } from './list'
import { RowCache } from './rows'
import { RowWindow } from './window'

/** Rows at hand; enough for a long walk back without asking again. */
export const rows = new RowCache(2000)

/** The list the gallery shows. */
export const list = createJobList(
  {
    page: (query, signal) => api.jobs.list(query, { signal }),
    index: (query, signal) => api.jobs.index(query, { signal }),
  },
  rows,
)

/** Keeps rows at hand for what is on the screen. */
export const rowWindow = new RowWindow({
  cache: rows,
  order: () => list.store.getState().order,
  fetch: async (seqs) => (await api.jobs.rows({ seqs })).jobs,
})

/** State of the gallery's list: order, filter, sort, whether it is loading. */
export function useJobs<T>(select: (state: ListState) => T): T {
  return useStore(list.store, select)
}

/** The figures on the chips, over what is searched for; null until first known. */
export const useCounts = create<{ counts: JobCounts | null }>(() => ({ counts: null }))

let counting: ReturnType<typeof setTimeout> | undefined
let asked = 0

/** Counts again soon: at most about three times a second however much happens. */
export function countSoon(): void {
  counting ??= setTimeout(() => {
    counting = undefined
    void count()
  }, 300)
}

async function count(): Promise<void> {
  const own = ++asked
  try {
    const counts = await api.jobs.counts(scopeOf(list.store.getState().filter))
    if (own === asked) useCounts.setState({ counts })
  } catch {
    // Old figures stay; they are read again with the next change or connection.
  }
}
