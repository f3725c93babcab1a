import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StudioEvent } from '@shared/contract'
import Database from 'better-sqlite3'
import sharp from 'sharp'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { tempFolder } from '../support/folder'
import { unzip } from '../support/unzip'
import { app, nativeTheme, powerMonitor, reset, state, type MenuItem } from './electron-double'
import { launch, runProgram } from './program'

vi.mock('electron', () => import('./electron-double'))

beforeEach(() => reset())

const pixel = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()

describe('before it is ready', () => {
  test('the page’s scheme is as able as https, or codecs, workers and streams would be missing', async () => {
    await runProgram()
    expect(state.schemes).toEqual([
      {
        scheme: 'dailies',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
        beforeReady: true,
      },
    ])
  })

  test('Chromium’s own files go into the data folder, so two data folders do not share a profile', async () => {
    const { dataDir } = await runProgram()
    expect(state.paths.get('userData')).toBe(join(dataDir, 'chromium'))
  })

  test('crashes are written into the data folder, a few of them kept, and sent nowhere', async () => {
    const dataDir = join(tempFolder(), 'data')
    const folder = join(dataDir, 'crashes', 'completed')
    mkdirSync(folder, { recursive: true })
    for (let n = 0; n < 8; n++) {
      writeFileSync(join(folder, `${n}.dmp`), 'MDMP')
      writeFileSync(join(folder, `${n}.meta`), '')
      utimesSync(join(folder, `${n}.dmp`), n, n)
    }
    await runProgram([], dataDir)
    expect(state.paths.get('crashDumps')).toBe(join(dataDir, 'crashes'))
    expect(state.crashReporter).toMatchObject({ uploadToServer: false })
    expect(readdirSync(folder).sort()).toEqual([3, 4, 5, 6, 7].flatMap((n) => [`${n}.dmp`, `${n}.meta`]))
  })

  test('a second start hands its files to the first and goes', async () => {
    state.firstInstance = false
    const { dataDir } = launch(['photo.png', '--flag', 'notes.txt'])
    expect(state.exitCode).toBe(0)
    expect(state.handover).toEqual({
      files: [join(process.cwd(), 'photo.png'), join(process.cwd(), 'notes.txt')],
      links: [],
    })
    expect(existsSync(join(dataDir, 'history.db'))).toBe(false)
  })

  test('a data folder held by a studio in the browser is refused with its address', async () => {
    const dataDir = join(tempFolder(), 'data')
    mkdirSync(dataDir)
    const lock = new Database(join(dataDir, 'instance.lock'))
    onTestFinished(() => void lock.close())
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    const server = { url: 'http://127.0.0.1:4000', token: 'abc', pid: 1 }
    writeFileSync(join(dataDir, 'server.json'), JSON.stringify(server))
    launch([], dataDir)
    app.becomeReady()
    await vi.waitFor(() => expect(state.exitCode).toBe(3))
    expect(state.errorBoxes[0]?.[1]).toBe(
      'Dailies already runs on this data folder at http://127.0.0.1:4000/?token=abc',
    )
    expect(state.windows).toHaveLength(0)
  })
})

describe('the window', () => {
  test('gives the page a sandbox of its own and keeps rendering behind other windows', async () => {
    const { window } = await runProgram()
    expect(window().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      backgroundThrottling: false,
    })
    expect(String(window().options.webPreferences['preload'])).toMatch(/preload[\\/]index\.cjs$/)
    expect(window().webContents.url).toBe('dailies://studio/')
    expect(window().options).toMatchObject({ show: false, minWidth: 960, minHeight: 640 })
    window().emit('ready-to-show')
    expect(window().shown).toBe(true)
  })

  test('opens where it was closed, maximized as it was', async () => {
    const first = await runProgram()
    first.window().bounds = { x: 40, y: 60, width: 1200, height: 800 }
    first.window().maximized = true
    first.window().close()
    await first.quit()
    reset()
    const second = await runProgram([], first.dataDir)
    expect(second.window().options).toMatchObject({ x: 40, y: 60, width: 1200, height: 800 })
    expect(second.window().maximized).toBe(true)
  })

  test('does not open on a display that is gone', async () => {
    const first = await runProgram()
    first.window().bounds = { x: 3000, y: 60, width: 1200, height: 800 }
    first.window().close()
    await first.quit()
    reset()
    const second = await runProgram([], first.dataDir)
    expect(second.window().options.x).toBeUndefined()
    expect(second.window().options).toMatchObject({ width: 1440, height: 900 })
  })

  test('comes to the front when the program is started again', async () => {
    const { window } = await runProgram()
    window().minimized = true
    app.emit('second-instance', {}, [], '/', { images: [] })
    expect([window().minimized, window().focused]).toEqual([false, true])
    app.emit('second-instance', {}, [], '/', 'no handover at all')
    expect(state.windows).toHaveLength(1)
  })

  test('follows the chosen theme at once', async () => {
    const program = await runProgram()
    const client = program.connect()
    expect(nativeTheme.themeSource).toBe('system')
    await client.settings.set({ theme: 'light' })
    expect(nativeTheme.themeSource).toBe('light')
  })

  test('a page that ends twice before it was drawn offers safe mode, and a restart keeps the other arguments', async () => {
    const { window, dataDir } = await runProgram()
    const end = () => window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    end()
    expect(state.dialogs).toHaveLength(0)
    end()
    await vi.waitFor(() => expect(state.relaunches).toEqual([['.', '--data-dir', dataDir, '--safe-mode']]))
    expect(state.quits).toBe(1)
  })

  test('a start counts as gone well when the page has been drawn', async () => {
    const program = await runProgram()
    const { dataDir } = program
    expect(existsSync(join(dataDir, 'starting.json'))).toBe(true)
    await program.connect().studio.painted()
    expect(existsSync(join(dataDir, 'starting.json'))).toBe(false)
  })

  test('the third start after two that ended too early is a safe one, which the menu leads out of', async () => {
    const dataDir = join(tempFolder(), 'data')
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'starting.json'), '{"starts":2}')
    const program = await runProgram(['--safe-mode'], dataDir)
    expect(await program.connect().studio.info()).toMatchObject({ safeMode: 'crashed' })
    const help = (state.menu ?? []).find((menu) => menu.role === 'help')
    help?.submenu?.find((item) => item.label === 'Restart normally')?.click?.()
    expect(state.relaunches).toEqual([['.', '--data-dir', dataDir]])
  })

  test('a page that crashed is loaded again', async () => {
    const { window } = await runProgram()
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await vi.waitFor(() => expect(window().webContents.reloads).toBe(1), { timeout: 3_000 })
  })
})

describe('a support bundle', () => {
  test('is written where the person says, as it was shown, and nowhere when they close the dialog', async () => {
    const program = await runProgram()
    const client = program.connect()
    const { id, name, files, bytes } = await client.diagnostics.prepare({})
    expect(await client.diagnostics.save({ id })).toBeNull()
    const path = join(tempFolder(), 'bundle.zip')
    state.dialogAnswer = path
    expect(await client.diagnostics.save({ id })).toEqual({ path })
    expect(state.dialogs.at(-1)).toMatchObject({ filters: [{ extensions: ['zip'] }] })
    expect(String(state.dialogs.at(-1)?.['defaultPath'])).toContain(name)
    const archive = readFileSync(path)
    expect(archive.byteLength).toBe(bytes)
    expect([...unzip(archive)].map(([file, data]) => ({ name: file, bytes: data.byteLength }))).toEqual(files)
  })

  test('that another took the place of, or a folder that takes none, is refused in words', async () => {
    const client = (await runProgram()).connect()
    const { id } = await client.diagnostics.prepare({})
    state.dialogAnswer = join(tempFolder(), 'none', 'bundle.zip')
    await expect(client.diagnostics.save({ id })).rejects.toMatchObject({
      data: { key: 'diagnostics.notWritten' },
    })
    await client.diagnostics.prepare({ prompts: true })
    await expect(client.diagnostics.save({ id })).rejects.toMatchObject({ data: { key: 'diagnostics.gone' } })
  })
})

describe('the page’s port', () => {
  test('answers the contract, and its refusals arrive with their code', async () => {
    const client = (await runProgram()).connect()
    const info = await client.studio.info()
    expect(info.capabilities).toEqual({
      dragOut: true,
      dialogs: true,
      reveal: true,
      trash: true,
      systemNotifications: true,
      desktop: { tray: true, openAtLogin: false, spelling: 'download' },
      updates: true,
    })
    await expect(client.jobs.get({ id: '01890000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      code: 'not_found',
      defined: true,
    })
  })

  test('each load gets a new port and the old one is closed', async () => {
    const program = await runProgram()
    program.connect()
    const [first] = program.window().webContents.posted.at(-1)?.ports ?? []
    const closed = new Promise((resolve) => first?.wire.once('close', () => resolve('closed')))
    expect((await program.connect().studio.info()).version).toEqual(expect.any(String))
    expect(await closed).toBe('closed')
  })

  test('anything but the page gets none', async () => {
    const { window } = await runProgram()
    window().webContents.url = 'https://evil.example/'
    window().webContents.emit('did-finish-load')
    expect(window().webContents.posted).toEqual([])
  })
})

describe('the scheme', () => {
  test('serves the page with its policy, and nothing for another host', async () => {
    const program = await runProgram()
    const page = await program.fetch('/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(await page.text()).toContain('<title>Dailies</title>')
    const other = await state.handlers.get('dailies')?.(new Request('dailies://elsewhere/'))
    expect(other?.status).toBe(404)
  })

  test('serves media in ranges, as a player asks', async () => {
    const program = await runProgram()
    const client = program.connect()
    const { id, bytes } = await client.assets.import({
      file: new File([new Uint8Array(await pixel())], 'a.png'),
    })
    const whole = await program.fetch(`/media/asset/${id}/image`)
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, bytes])
    const part = await program.fetch(`/media/asset/${id}/image`, { headers: { range: 'bytes=2-5' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 2-5/${bytes}`)
    expect((await part.arrayBuffer()).byteLength).toBe(4)
    const none = await program.fetch('/media/asset/..%2f..%2fetc%2fpasswd/image')
    expect(none.status).toBe(404)
  })
})

describe('images opened with the program', () => {
  async function opened(events: AsyncIterable<StudioEvent>, type: StudioEvent['type']) {
    for await (const event of events) if (event.type === type) return event
    return null
  }

  test('wait for the page and then reach it, from the command line, from a second start and from the system', async () => {
    const folder = tempFolder()
    const [first, second, third] = ['a.png', 'b.png', 'c.png'].map((name) => join(folder, name))
    if (!first || !second || !third) throw new Error('unreachable')
    for (const [index, path] of [first, second, third].entries()) {
      const picture = sharp({ create: { width: 8 + index, height: 8, channels: 3, background: '#fff' } })
      writeFileSync(path, await picture.png().toBuffer())
    }
    const program = await runProgram([first])
    app.emit('second-instance', {}, [], '/', { files: [second], links: [] })
    let stopped = false
    app.emit('open-file', { preventDefault: () => (stopped = true) }, third)
    expect(stopped).toBe(true)
    const names: string[] = []
    for await (const event of await program.connect().studio.events()) {
      if (event.type === 'opened') names.push(...event.assets.map((asset) => asset.name))
      if (names.length === 3) break
    }
    expect(names.sort()).toEqual(['a.png', 'b.png', 'c.png'])
  })

  test('one that is no picture is named in a notice', async () => {
    const path = join(tempFolder(), 'notes.png')
    writeFileSync(path, 'only text')
    const program = await runProgram([path])
    const event = await opened(await program.connect().studio.events(), 'notice')
    expect(event).toMatchObject({ notice: { level: 'warning', values: { name: 'notes.png' } } })
  })
})

describe('the menu', () => {
  const find = (label: string): MenuItem | undefined =>
    (state.menu ?? []).flatMap((menu) => menu.submenu ?? []).find((item) => item.label === label)

  test('asks the page to run its commands, and leaves the keys to the page', async () => {
    const program = await runProgram()
    const events = await program.connect().studio.events()
    expect(find('Queue')).toMatchObject({ accelerator: 'CmdOrCtrl+2', registerAccelerator: false })
    find('Queue')?.click?.()
    expect((await events.next()).value).toEqual({ type: 'command', command: 'view.queue' })
  })

  test('speaks the system’s language, and the chosen one from the moment it is chosen', async () => {
    state.locale = 'zh-CN'
    const program = await runProgram()
    expect(find('队列')).toBeDefined()
    await program.connect().settings.set({ language: 'en' })
    expect(find('Queue')).toBeDefined()
  })

  test('opens the library and the logs', async () => {
    const { dataDir } = await runProgram()
    find('Open library folder')?.click?.()
    find('Open log folder')?.click?.()
    expect(state.opened).toEqual([
      { how: 'path', what: join(dataDir, '..', 'videos', 'Dailies') },
      { how: 'path', what: join(dataDir, 'logs') },
    ])
  })
})

describe('sleep', () => {
  test('a computer that wakes is heard by the studio until it closes, or jobs would wait out their timers', async () => {
    const program = await runProgram()
    expect(powerMonitor.listenerCount('resume')).toBe(1)
    powerMonitor.emit('resume')
    // The studio lives on and answers.
    expect((await program.connect().jobs.list({})).jobs).toEqual([])
    await program.quit()
    expect(powerMonitor.listenerCount('resume')).toBe(0)
    expect(powerMonitor.listenerCount('unlock-screen')).toBe(0)
  })
})

describe('the end', () => {
  test('quitting waits for the studio to close, once, and ends with 0', async () => {
    const program = await runProgram()
    app.quit()
    app.quit()
    expect(state.exitCode).toBeNull()
    await program.quit()
    expect(state.exitCode).toBe(0)
    expect(readFileSync(join(program.dataDir, 'logs', 'dailies.log'), 'utf8')).toContain('closed')
    reset()
    await runProgram([], program.dataDir)
    expect(state.errorBoxes).toEqual([])
  })

  test('closing the window ends the program, except on macOS', async () => {
    await runProgram()
    app.emit('window-all-closed')
    expect(state.quits).toBe(process.platform === 'darwin' ? 0 : 1)
  })
})
