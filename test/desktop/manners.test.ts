import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Settings, type StudioEvent } from '@shared/contract'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { desktopSurroundings } from '../../src/main/desktop/surroundings'
import { createManners, desktopCapabilities } from '../../src/main/desktop/manners'
import { createEvents } from '../../src/main/events'
import { ManualClock } from '../support/clock'
import { eventually } from '../support/eventually'
import { tempFolder } from '../support/folder'
import { trayHostPath } from '../support/trayHost'
import { startProxy } from '../unit/network/proxy'
import { app, NativeImage, reset, screen, session, state, type MenuItem, type Tray } from './electron-double'
import { runProgram, type Client, type Program } from './program'

vi.mock('electron', () => import('./electron-double'))

beforeEach(() => reset())

/** As the page does what only a page can: takes the program's orders and fails them on request. */
async function asWorker(client: Client) {
  const worker = 'test-worker'
  const orders = await client.media.orders({ worker })
  onTestFinished(() => void orders.return(undefined))
  return {
    async next(): Promise<string> {
      for (;;) {
        const { value, done } = await orders.next()
        if (done) throw new Error('There was no order.')
        if (value.type === 'start') return value.task.id
      }
    },
    progress: (taskId: string, done: number) => client.media.progress({ worker, taskId, done, total: 100 }),
    fail: (taskId: string) => client.media.fail({ worker, taskId, reason: 'source', message: 'gone' }),
  }
}

/** Asks for an animatic and gives its id. */
async function ask(client: Client, prompt = 'A lighthouse at dusk'): Promise<string> {
  const { jobs } = await client.jobs.create({ model: 'animatic', prompt })
  return jobs[0]?.id ?? ''
}

/** The next event of a kind; those before it are passed over. */
async function heard(events: AsyncIterator<StudioEvent>, type: StudioEvent['type']): Promise<StudioEvent> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) throw new Error(`There was no ${type}.`)
    if (value.type === type) return value
  }
}

const labels = (menu: MenuItem[]) => menu.flatMap(({ label }) => label ?? [])
function press(menu: MenuItem[], name: string): void {
  const item = menu.find(({ label }) => label?.startsWith(name))
  if (!item?.click) throw new Error(`The menu has no ${name}.`)
  item.click()
}

describe('a job under way', () => {
  test('shows its true progress on the taskbar, and leaves nothing there when it is cancelled', async () => {
    const program = await runProgram()
    const client = program.connect()
    const worker = await asWorker(client)
    const id = await ask(client)
    const task = await worker.next()
    await worker.progress(task, 50)
    await eventually(() => expect(program.window().progress).toEqual({ value: 0.45, mode: 'normal' }))
    await client.jobs.cancel({ id })
    await eventually(() => expect(program.window().progress.value).toBe(-1))
    expect(state.badge).toBe(0)
  })

  test('that fails out of sight is counted, told of and asks for a look; the click opens it', async () => {
    const program = await runProgram()
    const client = program.connect()
    const worker = await asWorker(client)
    const events = await client.studio.events()
    const id = await ask(client)
    await worker.fail(await worker.next())
    await eventually(() => expect(state.badge).toBe(1))
    expect(program.window().flashing).toBe(true)
    await eventually(() => expect(state.notifications).toHaveLength(1))
    expect(state.notifications[0]?.options).toMatchObject({
      title: 'A video could not be made',
      body: 'A lighthouse at dusk',
    })
    state.notifications[0]?.emit('click')
    expect(await heard(events, 'show')).toEqual({ type: 'show', id })
    await eventually(() => expect(state.badge).toBe(0))
    expect(program.window().flashing).toBe(false)
  })

  test('a system without notifications is named in a notice, not passed over in silence', async () => {
    const client = (await runProgram()).connect()
    const worker = await asWorker(client)
    const events = await client.studio.events()
    await ask(client)
    await worker.fail(await worker.next())
    await eventually(() => expect(state.notifications).toHaveLength(1))
    state.notifications[0]?.emit('failed', {}, 'not allowed')
    expect(await heard(events, 'notice')).toMatchObject({
      notice: { key: 'notify.failed', values: { reason: 'not allowed' } },
    })
  })
})

describe('the tray', () => {
  const desktop = (shows: boolean) => vi.stubEnv('PATH', trayHostPath(tempFolder(), shows))
  beforeEach(() => desktop(true))
  afterEach(() => vi.unstubAllEnvs())
  async function withTray() {
    const program = await runProgram()
    const client = program.connect()
    await client.settings.set({ tray: true })
    const tray = state.trays.at(-1)
    if (!tray) throw new Error('There is no sign in the tray.')
    return { program, client, tray }
  }
  const closed = (program: Program) => {
    const gone = program.window().close()
    if (gone) app.emit('window-all-closed')
    return gone
  }

  test('is absent until it is asked for, and goes when it is not wanted any more', async () => {
    const program = await runProgram()
    expect(state.trays).toEqual([])
    const client = program.connect()
    await client.settings.set({ tray: true })
    await client.settings.set({ tray: false })
    expect(state.trays.map(({ destroyed }: Tray) => destroyed)).toEqual([true])
    expect(closed(program)).toBe(true)
    expect(state.quits).toBe(1)
  })

  test('keeps the program running when its window is closed, and brings the same one back', async () => {
    const { program, tray } = await withTray()
    const window = program.window()
    window.shown = true
    expect(closed(program)).toBe(false)
    await eventually(() => expect([window.shown, window.minimized, state.quits]).toEqual([false, false, 0]))
    press(tray.menu, 'Open Dailies')
    expect([window.shown, state.windows.length]).toEqual([true, 1])
    press(tray.menu, 'Quit Dailies')
    await eventually(() => expect(state.exitCode).toBe(0))
    expect(tray.destroyed).toBe(true)
  })

  test('lists what runs and leads to it; the queue is paused from it, whatever the page shows', async () => {
    const { client, tray } = await withTray()
    const worker = await asWorker(client)
    const events = await client.studio.events()
    const id = await ask(client, 'A fox in the snow')
    await worker.progress(await worker.next(), 42)
    await eventually(() => expect(labels(tray.menu)).toContain('A fox in the snow  ·  42%'))
    press(tray.menu, 'A fox')
    expect(await heard(events, 'show')).toEqual({ type: 'show', id })
    press(tray.menu, 'Pause the queue')
    expect((await client.settings.get()).queuePaused).toBe(true)
    await eventually(() => expect(labels(tray.menu)).toContain('Resume the queue'))
    press(tray.menu, 'Resume the queue')
    expect((await client.settings.get()).queuePaused).toBe(false)
  })

  test('a system without one says so, and closing the window ends the program as before', async () => {
    state.trayFails = true
    const program = await runProgram()
    const client = program.connect()
    const events = await client.studio.events()
    await client.settings.set({ tray: true })
    expect(await heard(events, 'notice')).toMatchObject({ notice: { key: 'tray.failed' } })
    expect(closed(program)).toBe(true)
    expect(state.quits).toBe(1)
  })

  test.runIf(process.platform === 'linux')(
    'on a desktop that shows none the window stays a button, told when the sign is asked for',
    async () => {
      desktop(false)
      const program = await runProgram()
      const client = program.connect()
      const events = await client.studio.events()
      await client.settings.set({ tray: true })
      expect(await heard(events, 'notice')).toMatchObject({ notice: { key: 'tray.unseen' } })
      const window = program.window()
      window.shown = true
      expect(closed(program)).toBe(false)
      await eventually(() => expect([window.shown, window.minimized, state.quits]).toEqual([true, true, 0]))
      app.emit('second-instance', {}, [], '/', { files: [], links: [] })
      expect([window.shown, window.minimized, window.focused]).toEqual([true, false, true])
      await program.quit()
      reset()
      const again = await runProgram(['--minimized'], program.dataDir)
      again.window().emit('ready-to-show')
      expect([again.window().shown, again.window().minimized]).toEqual([false, true])
    },
  )

  test('taken away while the window is hidden, it leaves the window', async () => {
    const { program, client } = await withTray()
    const window = program.window()
    window.shown = true
    closed(program)
    await eventually(() => expect(window.shown).toBe(false))
    await client.settings.set({ tray: false })
    expect([window.shown, window.focused]).toEqual([true, false])
  })

  test('started out of the way, the window is only there when it is called; without a tray it is a button', async () => {
    const { program } = await withTray()
    await program.quit()
    reset()
    const again = await runProgram(['--minimized'], program.dataDir)
    again.window().emit('ready-to-show')
    expect([again.window().shown, again.window().minimized]).toEqual([false, false])
    app.emit('second-instance', {}, [], '/', { files: [], links: [] })
    expect(again.window().shown).toBe(true)
    await again.connect().settings.set({ tray: false })
    await again.quit()
    reset()
    const plain = await runProgram(['--minimized'], program.dataDir)
    plain.window().emit('ready-to-show')
    expect([plain.window().shown, plain.window().minimized]).toEqual([false, true])
  })
})

describe('links', () => {
  const nobody = '01890000-0000-7000-8000-00000000dead'

  test('given at the first start, to a second one and by the system each show their job', async () => {
    const first = await runProgram()
    const id = await ask(first.connect())
    await first.quit()
    reset()
    const program = await runProgram([`dailies://job/${id}`], first.dataDir)
    const events = await program.connect().studio.events()
    expect(await heard(events, 'show')).toEqual({ type: 'show', id })
    const link = `dailies://job/${id}`
    app.emit('second-instance', {}, [], '/', { files: [], links: [link] })
    expect(await heard(events, 'show')).toEqual({ type: 'show', id })
    program.window().focused = false
    let stopped = false
    app.emit('open-url', { preventDefault: () => (stopped = true) }, link)
    expect(await heard(events, 'show')).toEqual({ type: 'show', id })
    expect([stopped, program.window().focused]).toEqual([true, true])
  })

  test('to a job that is not there, and broken ones, are answered with a sentence', async () => {
    const program = await runProgram([`dailies://job/${nobody}`])
    const events = await program.connect().studio.events()
    expect(await heard(events, 'notice')).toMatchObject({ notice: { key: 'link.unknown' } })
    app.emit('open-url', { preventDefault() {} }, 'dailies://studio/media/../../etc/passwd')
    expect(await heard(events, 'notice')).toMatchObject({ notice: { key: 'link.malformed' } })
  })

  test('a second start that hands over something else is not believed', async () => {
    const program = await runProgram()
    const client = program.connect()
    for (const data of [null, 'x', { files: 'x', links: [] }, { files: [], links: [7] }]) {
      app.emit('second-instance', {}, [], '/', data)
    }
    expect((await client.studio.info()).notices).toEqual([])
  })

  test('belong to the installed program, and to none that is run from its sources', async () => {
    await runProgram()
    expect(state.protocolClients).toEqual([])
    app.quit()
    await eventually(() => expect(state.exitCode).not.toBeNull())
    reset()
    state.packaged = true
    await runProgram()
    expect(state.protocolClients).toEqual(['dailies'])
  })
})

describe('files opened with the program', () => {
  test('a table of prompts comes to the page with its name and words', async () => {
    const path = join(tempFolder(), 'shots.csv')
    writeFileSync(path, 'prompt\nA fox\n')
    const program = await runProgram([path])
    const events = await program.connect().studio.events()
    expect(await heard(events, 'prompts')).toEqual({
      type: 'prompts',
      name: 'shots.csv',
      text: 'prompt\nA fox\n',
    })
  })

  test('what Dailies cannot take is named, with what it can', async () => {
    const program = await runProgram()
    const events = await program.connect().studio.events()
    app.emit('open-file', { preventDefault() {} }, '/films/song.mp3')
    expect(await heard(events, 'notice')).toMatchObject({
      notice: { key: 'opened.unknown', values: { name: 'song.mp3' } },
    })
    const large = join(tempFolder(), 'novel.txt')
    writeFileSync(large, Buffer.alloc(4 * 1024 * 1024 + 1, 'a'))
    app.emit('open-file', { preventDefault() {} }, large)
    expect(await heard(events, 'notice')).toMatchObject({
      notice: { key: 'opened.tooLarge', values: { name: 'novel.txt' } },
    })
  })
})

describe('displays', () => {
  const desk = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }
  const beside = { id: 2, workArea: { x: -2560, y: 0, width: 2560, height: 1400 } }

  test('one that is unplugged while Dailies runs would take the window with it', async () => {
    state.displays = [beside, desk]
    const program = await runProgram()
    program.window().bounds = { x: -2000, y: 100, width: 1200, height: 800 }
    screen.emit('display-metrics-changed')
    expect(program.window().bounds.x).toBe(-2000)
    state.displays = [desk]
    screen.emit('display-removed')
    expect(program.window().bounds).toEqual({ x: 360, y: 120, width: 1200, height: 800 })
    await program.quit()
    expect(screen.listenerCount('display-removed')).toBe(0)
  })

  test('the usual size is that of the primary display, which need not be the first', async () => {
    state.displays = [{ id: 2, workArea: { x: 0, y: 0, width: 800, height: 600 } }, desk]
    const { window } = await runProgram()
    expect(window().options).toMatchObject({ width: 1440, height: 900 })
  })
})

describe('spelling', () => {
  test('fetches nothing until the person says so, then from one place, in the person’s languages', async () => {
    state.preferredLanguages = ['de-DE', 'en-GB']
    const client = (await runProgram()).connect()
    const { spelling } = session.defaultSession
    expect(spelling).toMatchObject({
      enabled: false,
      languages: [],
      from: 'dailies://studio/no-dictionaries/',
    })
    await client.settings.set({ spelling: true })
    await eventually(() => expect(spelling).toMatchObject({ enabled: true, languages: ['en-GB', 'de'] }))
    expect(spelling.from).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]{36}\/$/)
    await client.settings.set({ spelling: false })
    expect(spelling).toMatchObject({
      enabled: false,
      languages: [],
      from: 'dailies://studio/no-dictionaries/',
    })
  })

  test('the menu of a field corrects and learns a word, and the page’s own menus stay its own', async () => {
    const { webContents } = (await runProgram()).window()
    const editFlags = { canUndo: false, canRedo: false, canCut: false, canCopy: false, canPaste: true }
    const place = {
      isEditable: true,
      selectionText: '',
      misspelledWord: 'foxx',
      dictionarySuggestions: ['fox'],
    }
    webContents.emit('context-menu', {}, { ...place, editFlags })
    const [menu] = state.popups
    if (!menu) throw new Error('There is no menu.')
    press(menu, 'fox')
    press(menu, 'Add to dictionary')
    expect(webContents.replaced).toEqual(['fox'])
    expect(session.defaultSession.spelling.learnt).toEqual(['foxx'])
    webContents.emit('context-menu', {}, { ...place, isEditable: false, misspelledWord: '', editFlags })
    expect(state.popups).toHaveLength(1)
  })
})

describe('the system’s proxy', () => {
  test('is not the page’s: that one leads nowhere, and dictionaries come through the person’s to an address of our own', async () => {
    const client = (await runProgram()).connect()
    const page = session.defaultSession
    const deadEnd = {
      mode: 'fixed_servers',
      proxyRules: 'http://127.0.0.1:9',
      proxyBypassRules: '<-loopback>',
    }
    expect(page.proxy).toEqual(deadEnd)
    const proxy = await startProxy(1)
    const told = vi.spyOn(page, 'setProxy')
    onTestFinished(() => told.mockRestore())
    await client.settings.set({ spelling: true, proxyMode: 'manual', proxyUrl: proxy.url })
    await eventually(() => expect(page.spelling.enabled).toBe(true))
    const { from } = page.spelling
    const onlyOwn = { ...deadEnd, proxyBypassRules: `<-loopback>;${new URL(from).origin}` }
    expect(told.mock.calls).toEqual([[deadEnd], [onlyOwn]])
    expect((await fetch(`${from}en-gb-10-1.bdic`)).status).toBe(502)
    expect(proxy.asked).toEqual(['CONNECT redirector.gvt1.com:443'])
    await client.settings.set({ spelling: false })
    expect(page.proxy).toEqual(deadEnd)
    await expect(fetch(from)).rejects.toThrow('fetch failed')
  })

  test('is what its auto-config answers for the address, and the next usable one where that names another kind', async () => {
    const surroundings = desktopSurroundings()
    const asked = vi.spyOn(session.defaultSession, 'resolveProxy')
    onTestFinished(() => asked.mockRestore())
    session.defaultSession.pac = 'SOCKS5 10.0.0.1:1080; PROXY 10.0.0.2:3128; DIRECT'
    expect(await surroundings.systemProxy('https://api.example.com/v1')).toBe('http://10.0.0.2:3128')
    expect(asked).toHaveBeenCalledWith('https://api.example.com/v1')
    session.defaultSession.pac = 'HTTPS proxy.example:443'
    expect(await surroundings.systemProxy('https://api.example.com/')).toBe('https://proxy.example:443')
  })
})

describe('opening at login', () => {
  /** The manners of an installed program on a system that has a list of programs to open. */
  function installed(kept: Partial<Settings>) {
    state.packaged = true
    const events = createEvents(() => undefined)
    const notices: string[] = []
    let settings = Settings.parse(kept)
    events.listen((event) => {
      if (event.type === 'notice') notices.push(event.notice.key)
    })
    const queue = { pauseAll: () => undefined, resumeAll: () => undefined }
    const manners = createManners({
      studio: {
        events,
        jobs: { row: () => null, running: () => [], poster: () => null, queue },
        settings: {
          get: () => settings,
          set: (patch) => (settings = Settings.parse({ ...settings, ...patch })),
          read: () => undefined,
          write: () => undefined,
        },
      },
      window: () => null,
      show: () => undefined,
      showJob: () => undefined,
      trayIcon: new NativeImage('icon', 1) as unknown as Electron.NativeImage,
      clock: new ManualClock(),
      log: pino({ level: 'silent' }),
      platform: 'win32',
      dictionaries: { open: () => Promise.reject(new Error('none')), close: () => undefined },
      sealed: true,
    })
    onTestFinished(() => manners.close())
    return {
      notices,
      settings: () => settings,
      choose: (patch: Partial<Settings>) => {
        settings = Settings.parse({ ...settings, ...patch })
        manners.follow(settings)
      },
    }
  }

  test('the system is asked for it, again when the window shall stay away, and not on every other change', () => {
    const { choose } = installed({})
    choose({ openAtLogin: true })
    expect(state.login).toEqual({ openAtLogin: true, args: [] })
    choose({ startHidden: true })
    expect(state.login).toEqual({ openAtLogin: true, args: ['--minimized'] })
    state.login = { openAtLogin: false, args: [] }
    choose({ theme: 'dark' })
    expect(state.login.openAtLogin).toBe(false)
  })

  test('a system that refuses is named, and the setting does not claim what is not so', () => {
    const { choose, settings, notices } = installed({})
    state.loginRefuses = true
    choose({ openAtLogin: true })
    expect(settings().openAtLogin).toBe(false)
    expect(notices).toEqual(['login.refused'])
  })

  test('taken from the system’s list by the person, it is off in the settings too', () => {
    expect(installed({ openAtLogin: true }).settings().openAtLogin).toBe(false)
    state.login = { openAtLogin: true, args: [] }
    expect(installed({ openAtLogin: false }).settings().openAtLogin).toBe(true)
  })
})

describe('what the page may offer', () => {
  test('is what the system can do', () => {
    expect(desktopCapabilities('darwin', true)).toEqual({ tray: true, openAtLogin: true, spelling: 'system' })
    expect(desktopCapabilities('linux', true)).toEqual({
      tray: true,
      openAtLogin: false,
      spelling: 'download',
    })
  })
})
