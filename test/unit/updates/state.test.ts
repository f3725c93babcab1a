import type { UpdateState } from '@shared/contract'
import { describe, expect, test } from 'vitest'
import { atRest, next, type UpdateEvent } from '../../../src/main/updates/state'

const release = { version: '0.2.0', notes: 'New.' }
const trouble = { key: 'update.damaged', message: 'Damaged.', hint: null, values: {} }
const found: UpdateState = { phase: 'found', release, later: false }
const ready: UpdateState = { phase: 'ready', release, later: false }
const downloading: UpdateState = { phase: 'downloading', release, percent: 40 }
const waiting: UpdateState = { phase: 'waiting', release, jobs: 2 }
const checked = (more: Partial<Extract<UpdateEvent, { type: 'checked' }>> = {}): UpdateEvent => ({
  type: 'checked',
  release,
  at: 5,
  skipped: null,
  quietly: false,
  ...more,
})

describe('a check', () => {
  test('finds a newer release and only tells of it: nothing is fetched', () => {
    expect(next({ phase: 'checking' }, checked())).toEqual(found)
  })
  test('of the clock keeps silent about a skipped version, and tells of the one after it', () => {
    expect(next({ phase: 'checking' }, checked({ quietly: true, skipped: '0.2.0' }))).toEqual(
      atRest(5, '0.2.0'),
    )
    expect(next({ phase: 'checking' }, checked({ quietly: true, skipped: '0.1.9' }))).toEqual(found)
  })
  test('that the person asked for tells of a skipped version too', () => {
    expect(next({ phase: 'checking' }, checked({ skipped: '0.2.0' }))).toEqual(found)
  })
  test('is not begun while something is fetched, ready or awaited, which it would throw away', () => {
    for (const state of [downloading, ready, waiting]) expect(next(state, { type: 'check' })).toBe(state)
  })
  test('is never begun where updating is off', () => {
    const off: UpdateState = { phase: 'off', why: 'system' }
    for (const type of ['check', 'download', 'skip', 'later', 'stay'] as const)
      expect(next(off, { type })).toBe(off)
    expect(next(off, { type: 'failed', trouble })).toBe(off)
  })
})

describe('a download', () => {
  test('begins with a yes only: from a release that was found, or one that failed before', () => {
    expect(next(found, { type: 'download' })).toEqual({ phase: 'downloading', release, percent: 0 })
    expect(next({ phase: 'failed', trouble, release }, { type: 'download' }).phase).toBe('downloading')
    expect(next(atRest(1, null), { type: 'download' }).phase).toBe('resting')
    expect(next({ phase: 'failed', trouble, release: null }, { type: 'download' }).phase).toBe('failed')
  })
  test('that fails keeps its release, so that it can be tried again', () => {
    expect(next(downloading, { type: 'failed', trouble })).toEqual({ phase: 'failed', trouble, release })
  })
  test('that ended twice, or came late, moves nothing back', () => {
    expect(next(downloading, { type: 'downloaded' })).toEqual(ready)
    expect(next(ready, { type: 'downloaded' })).toBe(ready)
    expect(next(ready, { type: 'progress', percent: 50 })).toBe(ready)
  })
})

describe('a restart', () => {
  test('comes at once where nothing is sent or fetched', () => {
    expect(next(ready, { type: 'restart', jobs: 0 })).toEqual({ phase: 'leaving', release })
  })
  test('waits for the last job that is, and says for how many', () => {
    expect(next(ready, { type: 'restart', jobs: 2 })).toEqual(waiting)
    expect(next(waiting, { type: 'jobs', jobs: 1 })).toEqual({ phase: 'waiting', release, jobs: 1 })
    expect(next(waiting, { type: 'jobs', jobs: 0 })).toEqual({ phase: 'leaving', release })
  })
  test('that was taken back does not come when the jobs are done', () => {
    const stayed = next(waiting, { type: 'stay' })
    expect(stayed.phase).toBe('ready')
    expect(next(stayed, { type: 'jobs', jobs: 0 })).toBe(stayed)
  })
  test('is not possible before the update lies ready', () => {
    for (const state of [found, downloading]) expect(next(state, { type: 'restart', jobs: 0 })).toBe(state)
  })
})
