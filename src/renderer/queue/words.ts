import type { JobRow } from '@shared/contract'
import i18next from 'i18next'
import { clock, percent, span } from '../format'

/** What a running job is doing or waiting for; `turn` is its place among the queued of its model. */
export function doing(row: JobRow, turn: number | null): string {
  if (row.waiting !== null && row.waiting !== 'turn') return i18next.t(`wait.${row.waiting}`)
  if (row.state === 'queued') {
    if (turn === null) return i18next.t('wait.turn')
    return turn === 1 ? i18next.t('queue.next') : i18next.t('queue.turn', { count: turn, ordinal: true })
  }
  const state = i18next.t(`state.${row.state}`)
  return row.progress === null ? state : `${state} · ${percent(row.progress)}`
}

/** How long a running job has been at work against the usual time; empty before it began. */
export function taking(row: JobRow, usualSeconds: number | null, now: number): string {
  if (row.startedAt === null) return ''
  const so = clock(now - row.startedAt)
  if (row.delayed) return i18next.t('queue.delayed', { time: so })
  return usualSeconds === null ? so : i18next.t('queue.usually', { time: so, usual: span(usualSeconds) })
}
