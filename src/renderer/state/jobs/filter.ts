import type { JobFilter, JobRow, JobSort, JobState } from '@shared/contract'
import { runningStates } from '@shared/words'

/** The chips above the gallery; each is a set of jobs people look for every day. */
export const jobGroups = ['all', 'running', 'attention', 'favourites'] as const
export type JobGroup = (typeof jobGroups)[number]

/** What the gallery shows: a group, narrowed by the filter menu and the search field. Times are UTC milliseconds. */
export interface GalleryFilter {
  group: JobGroup
  text: string
  states: JobState[]
  models: string[]
  from: number | null
  to: number | null
}

export const noFilter: GalleryFilter = {
  group: 'all',
  text: '',
  states: [],
  models: [],
  from: null,
  to: null,
}

/** How many conditions of the filter menu hold (neither the group nor the search counts). */
export function conditionsOf(filter: GalleryFilter): number {
  return (
    (filter.states.length > 0 ? 1 : 0) +
    (filter.models.length > 0 ? 1 : 0) +
    (filter.from !== null || filter.to !== null ? 1 : 0)
  )
}

/** Whether anything at all narrows what is shown. */
export function isNarrowed(filter: GalleryFilter): boolean {
  return filter.group !== 'all' || filter.text.trim() !== '' || conditionsOf(filter) > 0
}

/** The states a filter asks for, null for any. No state at all (an empty list) can match nothing. */
export function statesOf(filter: GalleryFilter): JobState[] | null {
  const group: readonly JobState[] | null =
    filter.group === 'running' ? runningStates : filter.group === 'attention' ? ['needs_attention'] : null
  const chosen = filter.states.length > 0 ? filter.states : null
  if (group && chosen) return chosen.filter((state) => group.includes(state))
  return group ? [...group] : chosen
}

/** The filter as the studio is asked for it; null where nothing can match. */
export function askFor(filter: GalleryFilter): JobFilter | null {
  const states = statesOf(filter)
  if (states?.length === 0) return null
  return {
    ...scopeOf(filter),
    ...(states ? { state: states } : {}),
    ...(filter.group === 'favourites' ? { favourite: true } : {}),
  }
}

/** The filter without its group and states: what the figures on the chips are counted over. */
export function scopeOf(filter: GalleryFilter): JobFilter {
  const text = filter.text.trim()
  return {
    ...(text === '' ? {} : { q: text }),
    ...(filter.models.length > 0 ? { model: filter.models } : {}),
    ...(filter.from === null ? {} : { from: filter.from }),
    ...(filter.to === null ? {} : { to: filter.to }),
  }
}

/**
 * Whether a job that just changed belongs to what is shown. The prompt of a row is cut at 280
 * characters, so a word beyond them is found only at the next reading of the list.
 */
export function matches(row: JobRow, filter: GalleryFilter): boolean {
  const states = statesOf(filter)
  if (states && !states.includes(row.state)) return false
  if (filter.group === 'favourites' && !row.favourite) return false
  if (filter.models.length > 0 && !filter.models.includes(row.model)) return false
  if (filter.from !== null && row.createdAt < filter.from) return false
  if (filter.to !== null && row.createdAt > filter.to) return false
  const prompt = row.prompt.toLowerCase()
  return filter.text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => prompt.includes(word))
}

/** Where a new job goes in a sort order. */
export function directionOf(sort: JobSort): 'newest' | 'oldest' | 'last' {
  return sort === 'newest' || sort === 'oldest' ? sort : 'last'
}
