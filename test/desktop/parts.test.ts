import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readDesktopArgs } from '../../src/main/desktop/args'
import { rescueBounds, restoreBounds } from '../../src/main/desktop/bounds'
import { contextTemplate, type TextPlace } from '../../src/main/desktop/contextMenu'
import { createPageGate } from '../../src/main/desktop/gate'
import { followLink, parseLink } from '../../src/main/desktop/links'
import { hasLoginItems, setLoginItem } from '../../src/main/desktop/login'
import { spellingLanguages, spellingSource } from '../../src/main/desktop/spelling'
import { trayPicture, trayTemplate } from '../../src/main/desktop/tray'
import type { RunningJob } from '../../src/main/desktop/work'
import { NativeImage, reset, state } from './electron-double'

vi.mock('electron', () => import('./electron-double'))

beforeEach(() => reset())

const id = '01890000-0000-7000-8000-000000000001'

/** Clicks an item of a menu, as a person does: the program looks at nothing of how it came about. */
function press(item: Electron.MenuItemConstructorOptions | undefined): void {
  if (item?.click) Reflect.apply(item.click, item, [])
}

describe('links', () => {
  test.each([`dailies://job/${id}`, `DAILIES://JOB/${id.toUpperCase()}`, `dailies://job/${id}/`])(
    '%s leads to the job',
    (address) => {
      expect(parseLink(address)).toEqual({ jobId: id })
    },
  )

  test.each([
    '',
    'dailies:',
    'dailies://job/',
    'dailies://job/..',
    `dailies://job/${id}?delete=1`,
    `dailies://job/${id}#x`,
    `dailies://job/${id}/../../settings`,
    `dailies://job/${id}%00`,
    `dailies://job/${id}\n--data-dir=/tmp`,
    ` dailies://job/${id}`,
    `dailies://user@job/${id}`,
    `dailies://job:80/${id}`,
    `dailies://studio/${id}`,
    `https://job/${id}`,
    `dailies://job/${'0'.repeat(36)}`,
    `dailies://job/${'-'.repeat(36)}`,
    `dailies://job/${id}${'0'.repeat(5000)}`,
  ])('%j leads nowhere', (address) => {
    expect(parseLink(address)).toBeNull()
  })

  test('a job that is not there, and a link that is none, each get their sentence', () => {
    expect(followLink(`dailies://job/${id}`, () => true)).toEqual({ jobId: id })
    expect(followLink(`dailies://job/${id}`, () => false)).toMatchObject({ notice: { key: 'link.unknown' } })
    expect(followLink('dailies://<b>', () => true)).toMatchObject({
      notice: { key: 'link.malformed', values: {} },
    })
  })
})

describe('the command line', () => {
  test('tells files, links and switches apart, and leaves the rest to Chromium', () => {
    const link = `dailies://job/${id}`
    expect(
      readDesktopArgs(['--minimized', 'a.png', '--lang=de', 'list.csv', 'song.mp3', link], '/w'),
    ).toEqual({
      dataDir: null,
      library: null,
      safeMode: false,
      minimized: true,
      files: ['/w/a.png', '/w/list.csv'],
      links: [link],
    })
  })

  test('a link with a picture’s ending is no file, and what follows “--” is no switch', () => {
    const sly = 'dailies://job/../x.png'
    expect(readDesktopArgs(['--', sly, '--data-dir=/tmp/x'], '/w')).toMatchObject({
      dataDir: null,
      files: [],
      links: [sly],
    })
  })
})

describe('the page’s gate', () => {
  test('what is told before the page listens would be lost', () => {
    const gate = createPageGate()
    const heard: number[] = []
    gate.when(() => heard.push(1))
    expect(heard).toEqual([])
    gate.listens()
    gate.when(() => heard.push(2))
    gate.left()
    gate.when(() => heard.push(3))
    expect(heard).toEqual([1, 2])
    gate.listens()
    expect(heard).toEqual([1, 2, 3])
  })
})

describe('the window’s place', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1040 }
  const right = { x: 1920, y: 0, width: 2560, height: 1400 }
  const saved = (x: number, y: number, width = 1200, height = 800) => ({
    x,
    y,
    width,
    height,
    maximized: false,
  })

  test('across two displays it stays as it was', () => {
    expect(restoreBounds(saved(1500, 100), [left, right]).bounds).toEqual({
      x: 1500,
      y: 100,
      width: 1200,
      height: 800,
    })
  })

  test('of what an unplugged display showed, none would be cut off', () => {
    const { bounds } = restoreBounds(saved(1500, 500, 1600, 1200), [left])
    expect(bounds).toEqual({ x: 320, y: 0, width: 1600, height: 1040 })
  })

  test('maximized on a display that is gone, it is maximized on the one that is left', () => {
    expect(restoreBounds({ ...saved(2500, 100), maximized: true }, [left])).toEqual({
      bounds: { width: 1440, height: 900 },
      maximized: true,
    })
  })

  test.each([null, 'x', { x: 1 }, { ...saved(0, 0), width: Number.NaN }])('%j is no place', (kept) => {
    expect(restoreBounds(kept, [left])).toEqual({ bounds: { width: 1440, height: 900 }, maximized: false })
  })

  test('an open window is fetched from a display that went away, and left alone where one can reach it', () => {
    const window = { x: 2400, y: 200, width: 1200, height: 800 }
    expect(rescueBounds(window, [left, right])).toBeNull()
    expect(rescueBounds(window, [left])).toEqual({ x: 360, y: 120, width: 1200, height: 800 })
    expect(rescueBounds({ ...window, width: 2400, height: 1300 }, [left])).toEqual(left)
    expect(rescueBounds(window, [])).toBeNull()
  })
})

describe('menus on text', () => {
  const place = (change: Partial<TextPlace> = {}): TextPlace => ({
    isEditable: false,
    selectionText: '',
    misspelledWord: '',
    dictionarySuggestions: [],
    editFlags: {
      canUndo: true,
      canRedo: false,
      canCut: false,
      canCopy: false,
      canPaste: true,
      canDelete: false,
      canSelectAll: true,
      canEditRichly: false,
    },
    ...change,
  })
  const actions = () => ({ replace: vi.fn<(word: string) => void>(), learn: vi.fn<(word: string) => void>() })

  test('nothing is offered where there is no text', () => {
    expect(contextTemplate(place({ selectionText: '  ' }), 'en', actions())).toEqual([])
  })

  test('selected text can be copied and nothing else', () => {
    expect(contextTemplate(place({ selectionText: 'a lighthouse' }), 'zh-CN', actions())).toEqual([
      { role: 'copy', label: '复制' },
    ])
  })

  test('a field offers what it can do now', () => {
    const template = contextTemplate(place({ isEditable: true }), 'en', actions())
    expect(template.flatMap(({ role, enabled }) => (role ? [[role, enabled]] : []))).toEqual([
      ['undo', true],
      ['redo', false],
      ['cut', false],
      ['copy', false],
      ['paste', true],
      ['selectAll', true],
    ])
  })

  test('a misspelled word can be replaced or learnt', () => {
    const act = actions()
    const misspelled = {
      isEditable: true,
      misspelledWord: 'lighthose',
      dictionarySuggestions: ['lighthouse'],
    }
    const template = contextTemplate(place(misspelled), 'en', act)
    const click = (label: string) => press(template.find((item) => item.label === label))
    click('lighthouse')
    click('Add to dictionary')
    expect(act.replace).toHaveBeenCalledWith('lighthouse')
    expect(act.learn).toHaveBeenCalledWith('lighthose')
    const named = contextTemplate(place({ ...misspelled, dictionarySuggestions: ['AT&T'] }), 'en', act)
    expect(named[0]).toMatchObject({ label: 'AT&&T' })
    press(named[0])
    expect(act.replace).toHaveBeenLastCalledWith('AT&T')
    const none = contextTemplate(place({ ...misspelled, dictionarySuggestions: [] }), 'en', act)
    expect(none[0]).toEqual({ label: 'No suggestions', enabled: false })
  })
})

describe('spelling', () => {
  const available = ['de', 'en-GB', 'en-US', 'fr', 'pt-BR']

  test('comes from the system on macOS, and has to be fetched elsewhere', () => {
    expect([spellingSource('darwin'), spellingSource('win32'), spellingSource('linux')]).toEqual([
      'system',
      'download',
      'download',
    ])
  })

  test.each([
    ['en', ['en-GB'], ['en-GB']],
    ['en', ['de-DE', 'en-US'], ['en-US', 'de']],
    ['zh-CN', ['zh-CN'], ['en-US']],
    ['zh-CN', ['zh-CN', 'fr-CA'], ['fr', 'en-US']],
    ['en', [], ['en-US']],
  ] as const)('a person with %s and %j has %j', (language, preferred, dictionaries) => {
    expect(spellingLanguages(available, language, preferred)).toEqual(dictionaries)
  })

  test('a system without any dictionary has none, and does not throw', () => {
    expect(spellingLanguages([], 'en', ['en-GB'])).toEqual([])
  })
})

describe('the tray', () => {
  const job = (seq: number, change: Partial<RunningJob> = {}): RunningJob => ({
    id: `job-${seq}`,
    seq,
    state: 'processing',
    prompt: `Prompt ${seq}`,
    progress: 0.42,
    ...change,
  })
  const actions = {
    open: vi.fn<() => void>(),
    show: vi.fn<(id: string) => void>(),
    pause: vi.fn<(paused: boolean) => void>(),
    quit: vi.fn<() => void>(),
  }
  const labels = (running: RunningJob[], paused = false) =>
    trayTemplate({ running, paused, language: 'en' }, actions).flatMap(({ label }) => label ?? [])

  test('lists what is made with how far it is, what moves before what waits', () => {
    expect(labels([job(1, { state: 'queued', progress: null }), job(2), job(3, { progress: null })])).toEqual(
      [
        'Open Dailies',
        'Prompt 2  ·  42%',
        'Prompt 3  ·  being made',
        'Prompt 1  ·  waiting',
        'Pause the queue',
        'Quit Dailies',
      ],
    )
  })

  test('says when nothing is made, and offers to go on where the queue is paused', () => {
    expect(labels([], true)).toEqual([
      'Open Dailies',
      'Nothing is being made',
      'Resume the queue',
      'Quit Dailies',
    ])
  })

  test('a hundred jobs would reach beyond the screen, and a long prompt with lines beside it', () => {
    const many = labels(
      Array.from({ length: 100 }, (_, seq) => job(seq, { prompt: `A & B\n${'🎬'.repeat(300)}` })),
    )
    expect(many).toHaveLength(14)
    expect(many).toContain('and 90 more')
    expect(many[1]).toBe(`A && B ${'🎬'.repeat(33)}…  ·  42%`)
  })

  test('a job of an image alone would have a line without a name', () => {
    expect(labels([job(1, { prompt: ' \n' })])).toContain('Without a prompt  ·  42%')
  })

  test('a click on a job leads to it', () => {
    press(trayTemplate({ running: [job(7)], paused: false, language: 'en' }, actions)[2])
    expect(actions.show).toHaveBeenCalledWith('job-7')
  })

  test('on macOS the picture is a template in two sizes, as its menu bar wants', async () => {
    const icon = new NativeImage('icon', 1)
    const own = (await trayPicture(
      'darwin',
      icon as unknown as Electron.NativeImage,
    )) as unknown as NativeImage
    expect([own.template, own.scales, own.isEmpty()]).toEqual([true, [1, 2], false])
    expect(await trayPicture('win32', icon as unknown as Electron.NativeImage)).toBe(icon)
  })
})

describe('opening at login', () => {
  test('is offered by packages on macOS and Windows alone', () => {
    expect(hasLoginItems('darwin', true)).toBe(true)
    expect(hasLoginItems('win32', false)).toBe(false)
    expect(hasLoginItems('linux', true)).toBe(false)
  })

  test('asks Windows for a start out of the way by an argument, and says whether the system did it', () => {
    expect(setLoginItem({ openAtLogin: true, startHidden: true }, 'win32')).toBe(true)
    expect(state.login).toEqual({ openAtLogin: true, args: ['--minimized'] })
    expect(setLoginItem({ openAtLogin: true, startHidden: false }, 'win32')).toBe(true)
    expect(state.login.args).toEqual([])
    state.loginRefuses = true
    expect(setLoginItem({ openAtLogin: false, startHidden: false }, 'win32')).toBe(false)
  })
})
