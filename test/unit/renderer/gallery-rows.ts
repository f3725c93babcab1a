import type { JobRow } from '@shared/contract'

/** A finished free job; `change` makes it another one. */
export function row(seq: number, change: Partial<JobRow> = {}): JobRow {
  return {
    seq,
    id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    batchId: null,
    turn: seq,
    state: 'completed',
    prompt: `Prompt ${seq}`,
    provider: 'animatic',
    model: 'animatic',
    createdAt: seq * 1000,
    updatedAt: seq * 1000,
    startedAt: seq * 1000,
    finishedAt: seq * 1000,
    favourite: false,
    progress: null,
    waiting: null,
    delayed: false,
    estimate: null,
    cost: null,
    charged: 'no',
    error: null,
    video: null,
    ratio: 16 / 9,
    poster: null,
    preview: null,
    firstInput: null,
    usualMs: null,
    known: false,
    fetchable: false,
    ...change,
  }
}
