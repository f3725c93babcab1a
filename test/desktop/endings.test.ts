import { beforeEach, describe, expect, test, vi } from 'vitest'
import { pino } from 'pino'
import { createEndings, posterMs, togetherMs, type Note } from '../../src/main/desktop/endings'
import { createNotifications } from '../../src/main/desktop/notifications'
import type { Ending } from '../../src/main/ports'
import { ManualClock } from '../support/clock'
import { BrowserWindow, NativeImage, reset, state } from './electron-double'

vi.mock('electron', () => import('./electron-double'))

beforeEach(() => reset())

const ending = (jobId: string, change: Partial<Ending> = {}): Ending => ({
  jobId,
  state: 'completed',
  title: 'Your video is ready',
  body: `prompt ${jobId}`,
  ...change,
})

function scene() {
  const clock = new ManualClock()
  const posters = new Map<string, string>()
  const notes: Note[] = []
  const endings = createEndings({
    clock,
    poster: (id) => posters.get(id) ?? null,
    words: () => ({ several: 'Several jobs have ended', more: 'and {{count}} more' }),
    show: (note) => void notes.push(note),
  })
  return { clock, posters, notes, endings }
}

describe('endings', () => {
  test('a video would be told of without the picture that is made a moment later', () => {
    const { clock, posters, notes, endings } = scene()
    endings.tell(ending('a'))
    clock.advance(togetherMs)
    expect(notes).toEqual([])
    endings.changed('b')
    posters.set('a', '/p/a.webp')
    endings.changed('a')
    endings.changed('a')
    clock.advance(posterMs)
    expect(notes).toEqual([
      { jobId: 'a', state: 'completed', title: 'Your video is ready', body: 'prompt a', poster: '/p/a.webp' },
    ])
  })

  test('a poster that never comes would keep the word from the person', () => {
    const { clock, notes, endings } = scene()
    endings.tell(ending('a'))
    clock.advance(togetherMs + posterMs)
    expect(notes).toMatchObject([{ jobId: 'a', poster: null }])
  })

  test('a failure has no picture to wait for', () => {
    const { clock, notes, endings } = scene()
    endings.tell(ending('a', { state: 'failed', title: 'A video could not be made' }))
    clock.advance(togetherMs)
    expect(notes).toHaveLength(1)
  })

  test('twenty jobs that end at once would be twenty notifications', () => {
    const { clock, posters, notes, endings } = scene()
    posters.set('3', '/p/3.webp')
    for (let job = 0; job < 20; job += 1) endings.tell(ending(String(job)))
    clock.advance(togetherMs + posterMs)
    expect(notes).toMatchObject([
      {
        jobId: '0',
        title: 'Several jobs have ended',
        body: 'Your video is ready: prompt 0\nYour video is ready: prompt 1\nand 18 more',
        poster: '/p/3.webp',
      },
    ])
  })

  test('nothing is told after the end', () => {
    const { clock, notes, endings } = scene()
    endings.tell(ending('a'))
    clock.advance(togetherMs)
    endings.tell(ending('b'))
    endings.close()
    clock.advance(togetherMs + posterMs)
    expect(notes).toEqual([])
    expect(clock.pending).toBe(0)
  })
})

describe('notifications', () => {
  function open(platform: NodeJS.Platform = 'linux') {
    const clock = new ManualClock()
    const window = new BrowserWindow({ width: 1, height: 1, webPreferences: {} })
    const clicked: string[] = []
    const refused: string[] = []
    const notifications = createNotifications({
      clock,
      window: () => window as unknown as Electron.BrowserWindow,
      icon: new NativeImage('icon', 1) as unknown as Electron.NativeImage,
      language: () => 'en',
      poster: () => null,
      onClick: (id) => void clicked.push(id),
      onRefused: (reason) => void refused.push(reason),
      log: pino({ level: 'silent' }),
      platform,
    })
    const told = async (jobId: string, more: Partial<Ending> = {}) => {
      const before = state.notifications.length
      notifications.tell(ending(jobId, { state: 'failed', ...more }))
      clock.advance(togetherMs)
      await vi.waitFor(() => expect(state.notifications.length).toBe(before + 1))
      return state.notifications.at(-1)
    }
    return { clock, window, clicked, refused, notifications, told }
  }

  test.each([
    ['linux', 'a <\u200bb>fox<\u200b/b> &\u200bamp; crew'],
    ['win32', 'a <b>fox</b> &amp; crew'],
  ] as const)('say a prompt with markup letter by letter on %s', async (platform, body) => {
    const shown = await open(platform).told('job-1', { body: 'a <b>fox</b> &amp; crew' })
    expect(shown?.options.body).toBe(body)
  })

  test('come only while the window is not in front, and a click leads to the job', async () => {
    const { clock, window, clicked, notifications, told } = open()
    window.focused = true
    notifications.tell(ending('job-1'))
    clock.advance(togetherMs + posterMs)
    expect(clock.pending).toBe(0)
    window.focused = false
    const shown = await told('job-2')
    expect(shown?.shown).toBe(true)
    expect(shown?.options.icon?.source).toBe('icon')
    expect(state.notifications).toHaveLength(1)
    shown?.emit('click')
    expect(clicked).toEqual(['job-2'])
  })

  test('a system that refuses them, as macOS does unsigned programs, is named once', async () => {
    const { refused, told } = open()
    const first = await told('job-1')
    first?.emit('failed', {}, 'UNErrorDomain 1')
    const second = await told('job-2')
    second?.emit('failed', {}, 'UNErrorDomain 1')
    expect(refused).toEqual(['UNErrorDomain 1'])
  })
})
