import type { ShotRow } from '../state/assistant'
import type { Entry } from '../batch/entries'

/** Rows a table may have; more do not fit into one batch. */
export const mostShots = 100

/** An empty row with this key. */
export function emptyRow(key: string): ShotRow {
  return { key, prompt: '', seconds: null, ratio: null, notes: '' }
}

/** A sentence on what is wrong with a row, and the field it is said of. */
export interface ShotFault {
  field: 'prompt' | 'seconds' | 'ratio'
  text: string
}

/** The field of a row that this column of the batch was filled from. */
export function fieldOf(column: string): ShotFault['field'] {
  if (column === 'duration') return 'seconds'
  return column === 'ratio' ? 'ratio' : 'prompt'
}

/** Rows with some of one changed. */
export function changed(
  rows: readonly ShotRow[],
  key: string,
  patch: Partial<Omit<ShotRow, 'key'>>,
): ShotRow[] {
  return rows.map((row) => (row.key === key ? { ...row, ...patch } : row))
}

/** Rows with one more below the one with this key; at the end without it. */
export function inserted(rows: readonly ShotRow[], row: ShotRow, below?: string): ShotRow[] {
  const at = below === undefined ? -1 : rows.findIndex(({ key }) => key === below)
  return at < 0 ? [...rows, row] : [...rows.slice(0, at + 1), row, ...rows.slice(at + 1)]
}

/** Where a row can be moved to. */
export type RowPlace = 'up' | 'down' | 'top' | 'bottom'

/** Rows with one of them elsewhere, and its place from 0. */
export function moved(rows: readonly ShotRow[], key: string, to: RowPlace): { rows: ShotRow[]; at: number } {
  const from = rows.findIndex((row) => row.key === key)
  const row = rows[from]
  if (!row) return { rows: [...rows], at: -1 }
  const last = rows.length - 1
  const at = { up: Math.max(0, from - 1), down: Math.min(last, from + 1), top: 0, bottom: last }[to]
  const others = rows.filter((own) => own.key !== key)
  return { rows: [...others.slice(0, at), row, ...others.slice(at)], at }
}

/** A ratio as it is typed, `16:9`; null for nothing, undefined for what is none. */
export function readRatio(typed: string): string | null | undefined {
  const text = typed.trim().replace('：', ':')
  if (text === '') return null
  return /^[1-9]\d{0,3}:[1-9]\d{0,3}$/.test(text) ? text : undefined
}

/** Rows as prompts of a batch; seconds and ratio speak for their row where they are given. */
export function entriesFrom(rows: readonly ShotRow[]): Entry[] {
  return rows.map(({ prompt, seconds, ratio }) => ({
    prompt: prompt.trim(),
    cells: {
      ...(seconds === null ? {} : { duration: String(seconds) }),
      ...(ratio === null ? {} : { ratio }),
    },
  }))
}
