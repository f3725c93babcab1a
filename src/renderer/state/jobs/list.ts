import type { JobPage, JobRow, JobSort } from '@shared/contract'
import { createStore } from 'zustand/vanilla'
import { askFor, directionOf, matches, noFilter, type GalleryFilter } from './filter'
import { JobOrder } from './order'
import type { RowCache } from './rows'

type Query = NonNullable<ReturnType<typeof askFor>> & { sort: JobSort; limit: number; cursor?: string }

/** Where the list reads from. */
export interface ListSource {
  page(query: Query, signal: AbortSignal): Promise<JobPage>
  index(query: Query, signal: AbortSignal): Promise<{ seqs: number[]; nextCursor: string | null }>
}

export interface ListState {
  /** `loading` only while nothing at all can be shown yet. */
  status: 'loading' | 'ready' | 'error'
  error: unknown
  order: JobOrder
  /** False while the rest of a long list is still being read. */
  complete: boolean
  /** New jobs kept back while the person looks further down; they appear at the top. */
  held: readonly number[]
  filter: GalleryFilter
  sort: JobSort
  /** Another number is another list: look at its top. */
  epoch: number
}

/** One reading of the list under way. */
interface Flight {
  stop: AbortController
  /** What was made meanwhile; it is put in at the end, as the answers may or may not know it. */
  arrived: number[]
  shown: boolean
}

/** Cards of the first page: enough for a large window. */
const firstPage = 60
const slice = 20_000
const typingPause = 120

/** The list of the gallery: what matches the filter, in its order, kept up to date. */
export type JobList = ReturnType<typeof createJobList>

/** Makes the list. It shows nothing until `read()`; rows that come along are put into `cache`. */
export function createJobList(source: ListSource, cache: RowCache) {
  const store = createStore<ListState>(() => ({
    status: 'loading',
    error: null,
    order: JobOrder.empty,
    complete: false,
    held: [],
    filter: noFilter,
    sort: 'newest',
    epoch: 0,
  }))
  let flight: Flight | null = null
  let typing: ReturnType<typeof setTimeout> | undefined
  let atTop = true

  /**
   * Reads the list anew; an answer to an earlier question is dropped. `quiet` keeps the cards on the
   * screen until the whole new list is there, for when the same list may have changed underneath.
   */
  async function read(how: 'fresh' | 'quiet' = 'fresh'): Promise<void> {
    clearTimeout(typing)
    flight?.stop.abort()
    const own: Flight = { stop: new AbortController(), arrived: [], shown: false }
    flight = own
    const { filter, sort } = store.getState()
    const ask = askFor(filter)
    try {
      if (ask) await readAll({ ...ask, sort }, own, how)
      else show(JobOrder.empty, true)
    } catch (error) {
      if (flight !== own) return
      const nothing = store.getState().order.length === 0
      if (nothing || (how === 'fresh' && !own.shown)) store.setState({ status: 'error', error })
    } finally {
      if (flight === own) flight = null
    }
  }

  async function readAll(ask: Omit<Query, 'limit'>, own: Flight, how: 'fresh' | 'quiet') {
    const { signal } = own.stop
    if (how === 'fresh') {
      const page = await source.page({ ...ask, limit: firstPage }, signal)
      if (flight !== own) return
      cache.put(page.jobs)
      show(JobOrder.of(page.jobs.map((job) => job.seq)), page.nextCursor === null)
      own.shown = true
      if (page.nextCursor === null) return insert(own.arrived)
    }
    let order = JobOrder.empty
    let cursor: string | undefined
    do {
      const part = await source.index({ ...ask, limit: slice, ...(cursor ? { cursor } : {}) }, signal)
      if (flight !== own) return
      order = order.append(part.seqs)
      cursor = part.nextCursor ?? undefined
      // The first slice holds at least what the first page showed, so the list only grows.
      if (how === 'fresh') store.setState({ order })
    } while (cursor)
    store.setState({ order, complete: true, status: 'ready', error: null, held: [] })
    insert(own.arrived)
  }

  function show(order: JobOrder, complete: boolean): void {
    atTop = true
    const epoch = store.getState().epoch + 1
    store.setState({ status: 'ready', error: null, order, complete, held: [], epoch })
  }

  function insert(seqs: readonly number[]): void {
    const { order, sort } = store.getState()
    const next = order.insert(seqs, directionOf(sort))
    if (next !== order) store.setState({ order: next })
  }

  return {
    store,
    read,

    /** Another filter: read at once, or after a pause while the person types. */
    setFilter(change: Partial<GalleryFilter>): void {
      const { filter } = store.getState()
      store.setState({ filter: { ...filter, ...change } })
      clearTimeout(typing)
      const onlyTyped = Object.keys(change).every((key) => key === 'text')
      if (onlyTyped && change.text !== '') typing = setTimeout(() => void read(), typingPause)
      else void read()
    },

    setSort(sort: JobSort): void {
      if (sort === store.getState().sort) return
      store.setState({ sort })
      void read()
    },

    /** A job is new or changed. It comes in where it belongs; one that no longer matches stays until the next reading. */
    changed(row: JobRow): void {
      const { order, held, filter, sort } = store.getState()
      if (order.has(row.seq) || held.includes(row.seq) || !matches(row, filter)) return
      if (flight) flight.arrived.push(row.seq)
      else if (directionOf(sort) === 'newest' && !atTop) store.setState({ held: [...held, row.seq] })
      else insert([row.seq])
    },

    /** Jobs are gone from the history. */
    removed(seqs: readonly number[]): void {
      const { order, held } = store.getState()
      if (flight) flight.arrived = flight.arrived.filter((seq) => !seqs.includes(seq))
      store.setState({ order: order.without(seqs), held: held.filter((seq) => !seqs.includes(seq)) })
    },

    /** Jobs that had been taken out come back to their place. */
    returned(seqs: readonly number[]): void {
      insert(seqs)
    },

    /** Lets in what was kept back, and asks the view to show the top. */
    toTop(): void {
      atTop = true
      const { held, epoch } = store.getState()
      store.setState({ held: [], epoch: epoch + 1 })
      insert(held)
    },

    /** Tells whether the top of the list is on the screen; new jobs appear only there. */
    setAtTop(now: boolean): void {
      atTop = now
      const { held } = store.getState()
      if (!now || held.length === 0) return
      store.setState({ held: [] })
      insert(held)
    },
  }
}
