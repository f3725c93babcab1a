import { create } from 'zustand'

/** The jobs that are compared, in the order they stand in. */
export const useCompare = create<{ ids: readonly string[] }>(() => ({ ids: [] }))

/** The fewest and the most that are compared at once. */
export const compared = { fewest: 2, most: 4 } as const
