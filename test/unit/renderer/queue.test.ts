import type { JobRow } from '@shared/contract'
import { describe, expect, it } from 'vitest'
import { dropAt } from '../../../src/renderer/queue/drag'
import {
  isCut,
  lineMoved,
  lineWith,
  lineWithout,
  turnOf,
  type Line,
} from '../../../src/renderer/state/jobs/line'
import { row } from './gallery-rows'

const queued = (seq: number, model = 'ray2') => row(seq, { state: 'queued', model })
const line = (jobs: JobRow[], waiting = jobs.length): Line => ({ jobs, working: 0, waiting })
const seqs = ({ jobs }: Line) => jobs.map((job) => job.seq)

describe('the turns of a line', () => {
  it('would count jobs of another model, or running ones, as standing before', () => {
    const jobs = [row(1, { state: 'processing', model: 'ray2' }), queued(2), queued(3, 'kling'), queued(4)]
    expect([2, 4, 1].map((seq) => turnOf(jobs, seq))).toEqual([1, 2, null])
  })

  it('would promise a turn to a paused job, or count it before others', () => {
    const jobs = [row(1, { state: 'queued', model: 'ray2', waiting: 'paused' }), queued(2)]
    expect([turnOf(jobs, 1), turnOf(jobs, 2)]).toEqual([null, 1])
  })
})

describe('the line', () => {
  it('would keep a finished job in line, or put an older one behind', () => {
    const now = lineWith(line([queued(2), queued(5)]), queued(3))
    expect(seqs(now)).toEqual([2, 3, 5])
    expect(seqs(lineWith(now, row(3)))).toEqual([2, 5])
    expect(lineWith(now, row(9))).toBe(now)
  })

  it('would forget an order that a person gave, or put a job at work behind those that wait', () => {
    const moved = lineMoved(line([queued(2), queued(3), queued(4)]), [queued(4).id], 'top')
    expect(seqs(moved)).toEqual([4, 2, 3])
    expect(seqs(lineWith(moved, { ...queued(2), turn: 3, waiting: 'paused' }))).toEqual([4, 2, 3])
    const working = lineWith(moved, row(3, { state: 'processing', turn: 4 }))
    expect(working).toMatchObject({ working: 1, waiting: 2 })
    expect(seqs(working)).toEqual([3, 4, 2])
  })

  it('would take the figures of a longer line from the part of it that it knows', () => {
    const now = lineWith(line([queued(2), queued(3)], 900), row(2))
    expect(now).toMatchObject({ waiting: 900 })
    expect(isCut(now)).toBe(true)
    expect(lineWithout(line([queued(2), queued(3)]), [3])).toMatchObject({ waiting: 1 })
  })

  it('would drop a dragged row elsewhere than it was let go', () => {
    expect(dropAt(['a', 'b'], 0)).toEqual({ before: 'a' })
    expect(dropAt(['a', 'b'], 2)).toEqual({ after: 'b' })
    expect(dropAt([], 0)).toBeNull()
  })
})
