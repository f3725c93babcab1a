import { beforeEach, describe, expect, test, vi } from 'vitest'
import { mayQuit, underWay } from '../../src/main/desktop/leaving'
import { dialog, reset, state } from './electron-double'

vi.mock('electron', () => import('./electron-double'))

beforeEach(() => reset())

const job = (state: 'queued' | 'processing', waiting: 'held' | null = null) => ({ state, waiting })

describe('what quitting would leave behind', () => {
  test('is what runs, and what waits for its turn unless the queue stands still', () => {
    expect(underWay([], false)).toBeNull()
    expect(underWay([job('queued')], true)).toBeNull()
    expect(underWay([job('queued'), job('processing')], false)).toEqual({ running: 2, held: 0 })
    expect(underWay([job('queued'), job('processing')], true)).toEqual({ running: 1, held: 0 })
  })

  test('names the jobs that would be lost with their open call', async () => {
    state.boxAnswer = 1
    const work = underWay([job('processing', 'held'), job('processing')], false)
    expect(work).toEqual({ running: 2, held: 1 })
    expect(await mayQuit(work ?? { running: 0, held: 0 }, 'en', null)).toBe(false)
    expect(state.dialogs[0]).toMatchObject({
      message: '2 jobs are still under way.',
      detail: expect.stringContaining('Waiting in an open call: 1.'),
      cancelId: 1,
    })
  })

  test('is asked where it is seen: on the window, unless that is hidden or minimized', async () => {
    const asked = vi.spyOn(dialog, 'showMessageBox')
    const parents = [
      { isVisible: () => true, isMinimized: () => false },
      { isVisible: () => true, isMinimized: () => true },
      { isVisible: () => false, isMinimized: () => false },
    ]
    for (const parent of parents) {
      await mayQuit({ running: 1, held: 0 }, 'en', parent as Electron.BrowserWindow)
    }
    expect(asked.mock.calls.map((args) => args.slice(0, -1))).toEqual([[parents[0]], [], []])
    asked.mockRestore()
  })

  test('is asked in the person’s language, and the first button quits', async () => {
    expect(await mayQuit({ running: 1, held: 0 }, 'zh-CN', null)).toBe(true)
    expect(state.dialogs[0]).toMatchObject({
      message: '还有一个任务正在进行。',
      buttons: ['退出', '继续运行'],
    })
  })
})
