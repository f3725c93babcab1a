import type { JobRow, JobState } from '@shared/contract'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createAwake } from '../../src/main/desktop/awake'
import { badgeOf, createBadgeShower } from '../../src/main/desktop/badge'
import { createWork, type RunningJob } from '../../src/main/desktop/work'
import { row } from '../unit/renderer/gallery-rows'
import { BrowserWindow, reset, state } from './electron-double'

vi.mock('electron', () => import('./electron-double'))

beforeEach(() => reset())

function scene(initial: JobRow[] = []) {
  const rows = [...initial]
  const eyes = { looking: false }
  let changes = 0
  const work = createWork({
    read: () => rows,
    looking: () => eyes.looking,
    changed: () => void (changes += 1),
  })
  return {
    work,
    rows,
    eyes,
    changes: () => changes,
    job: (seq: number, jobState: JobState, progress: number | null = null): void => {
      const job = row(seq, { id: idOf(seq), state: jobState, progress })
      work.hear({ type: 'job', created: false, job })
    },
  }
}

const idOf = (seq: number) => `01890000-0000-7000-8000-${String(seq).padStart(12, '0')}`
const windowOf = () => new BrowserWindow({ width: 1, height: 1, webPreferences: {} })
const asElectron = (window: BrowserWindow) => window as unknown as Electron.BrowserWindow

describe('the work that goes on', () => {
  test('would leap back when one of two jobs ends', () => {
    const { work, job } = scene()
    job(1, 'processing', 0.8)
    job(2, 'processing', 0.2)
    const before = work.progress()
    job(1, 'completed')
    expect(Number(work.progress())).toBeGreaterThan(Number(before))
    job(2, 'completed')
    expect(work.progress()).toBeNull()
    job(3, 'processing', 0.5)
    expect(work.progress()).toBeCloseTo(0.45)
  })

  test('would leap back to nothing when the video begins to come', () => {
    const { work, job } = scene()
    job(1, 'processing', 1)
    const made = Number(work.progress())
    job(1, 'downloading', 0)
    expect(Number(work.progress())).toBeGreaterThanOrEqual(made)
  })

  test('would invent a share where no job tells one', () => {
    const { work, job } = scene()
    expect(work.progress()).toBeNull()
    job(1, 'processing')
    job(2, 'queued')
    expect(work.progress()).toBe('unknown')
    work.hear({ type: 'progress', id: idOf(1), seq: 1, progress: 0.5 })
    expect(work.progress()).toBeCloseTo(0.225)
  })

  test('a cancelled or removed job is no ending, and takes its share with it', () => {
    const { work, job } = scene()
    job(1, 'processing', 0.5)
    job(2, 'queued')
    job(2, 'cancelled')
    expect(work.progress()).toBeCloseTo(0.45)
    work.hear({ type: 'removed', ids: [idOf(1)], seqs: [1] })
    expect(work.running()).toEqual([])
    expect(work.unseen()).toEqual({ ended: 0, failed: 0 })
  })

  test('jobs of an earlier run are there from the start, and read again after an undo', () => {
    const { work, rows } = scene([row(4, { id: idOf(4), state: 'processing', progress: 0.1 })])
    expect(work.running().map(({ seq }) => seq)).toEqual([4])
    rows.pop()
    work.hear({ type: 'reload' })
    expect(work.running()).toEqual([])
  })

  test('endings count only while nobody looks, and a job of long ago that changes is none', () => {
    const { work, job, eyes, changes } = scene()
    job(9, 'completed')
    expect(changes()).toBe(0)
    eyes.looking = true
    job(1, 'processing')
    job(1, 'completed')
    expect(work.unseen().ended).toBe(0)
    eyes.looking = false
    for (const seq of [2, 3, 4]) job(seq, 'processing')
    job(2, 'completed')
    job(3, 'failed')
    job(4, 'needs_attention')
    expect(work.unseen()).toEqual({ ended: 3, failed: 2 })
    work.seen()
    expect(work.unseen()).toEqual({ ended: 0, failed: 0 })
  })
})

describe('the badge', () => {
  const of = (progress: number | 'unknown' | null, failed: number, platform: NodeJS.Platform) =>
    badgeOf({ progress: () => progress, unseen: () => ({ ended: failed, failed }) }, platform)

  test('a bar without an end would fill the one of Linux, which knows none', () => {
    expect(of('unknown', 0, 'linux')).toMatchObject({ progress: -1 })
    expect(of('unknown', 0, 'win32')).toMatchObject({ progress: 2, mode: 'indeterminate' })
  })

  test('a failure stays on the taskbar of Windows after the work has ended, and nowhere else', () => {
    expect(of(null, 1, 'win32')).toMatchObject({ progress: 1, mode: 'error' })
    expect(of(null, 1, 'darwin')).toMatchObject({ progress: -1, mode: 'none' })
    expect(of(0.5, 1, 'win32')).toMatchObject({ progress: 0.5, mode: 'error' })
  })

  test('counts on the dock, and asks for attention once when a job failed', () => {
    const shower = createBadgeShower('darwin', () => '')
    const badge = { progress: -1, mode: 'none', count: 2, failed: 1 } as const
    shower.show(badge, null)
    shower.show(badge, null)
    expect([state.badge, state.bounces]).toEqual([2, ['informational']])
    shower.show({ ...badge, count: 0, failed: 0 }, null)
    expect(state.badge).toBe(0)
  })

  test('on Windows a dot lies over the icon, with words for those who cannot see it, until it is looked at', async () => {
    const window = windowOf()
    const shower = createBadgeShower('win32', ({ count }) => `${count} ended`)
    shower.show({ progress: -1, mode: 'none', count: 1, failed: 1 }, asElectron(window))
    await vi.waitFor(() => expect(window.overlay?.description).toBe('1 ended'))
    expect(window.overlay?.image?.isEmpty()).toBe(false)
    expect(window.flashing).toBe(true)
    shower.show({ progress: -1, mode: 'none', count: 0, failed: 0 }, asElectron(window))
    await vi.waitFor(() => expect(window.overlay).toEqual({ image: null, description: '' }))
    expect(window.flashing).toBe(false)
  })

  test('a window that was closed and opened again shows the bar too', () => {
    const shower = createBadgeShower('linux', () => '')
    const badge = { progress: 0.5, mode: 'normal', count: 0, failed: 0 } as const
    shower.show(badge, asElectron(windowOf()))
    const again = windowOf()
    shower.windowOpened()
    shower.show(badge, asElectron(again))
    expect(again.progress).toEqual({ value: 0.5, mode: 'normal' })
  })
})

describe('sleep', () => {
  const job = (jobState: JobState): RunningJob => ({
    id: idOf(1),
    seq: 1,
    state: jobState,
    prompt: '',
    progress: null,
  })

  test('is kept off while something is sent or comes, and only then', () => {
    const awake = createAwake()
    awake.follow([job('queued'), job('processing')])
    expect(state.blockers.size).toBe(0)
    awake.follow([job('submitting')])
    awake.follow([job('downloading')])
    expect([...state.blockers.values()]).toEqual(['prevent-app-suspension'])
    awake.follow([job('processing')])
    expect(state.blockers.size).toBe(0)
    awake.follow([job('downloading')])
    awake.release()
    awake.release()
    expect(state.blockers.size).toBe(0)
  })
})
