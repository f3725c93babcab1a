import type { Column } from './useColumns'

/** The one that stands out: the only favourite among those compared. A star is all that is remembered of it. */
export function winnerOf(columns: readonly Column[]): string | null {
  const [only, ...more] = columns.filter(({ row }) => row?.favourite)
  return only !== undefined && more.length === 0 ? only.id : null
}
