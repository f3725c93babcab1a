import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import builder from '../../../electron-builder'
import { app, reset, session, state } from '../electron-double'
import { launch, runProgram } from '../program'

vi.mock('electron', () => import('../electron-double'))
beforeEach(() => reset())

// Electron's own list (docs/tutorial/security.md), line by line; what is refused stands beside what is allowed.

const foreign = [
  'https://evil.example/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'dailies://other/',
  'dailies://studio.evil/',
  'dailies:///studio/',
  'data:text/html,<script>1</script>',
  'javascript:alert(1)',
  'about:blank',
  '',
]
const own = 'dailies://studio/'

/** Every line of the sources below a folder, with its file. */
function linesBelow(folder: string): { file: string; line: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name)
      return readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => ({ file, line }))
    })
}
const found = (folder: string, pattern: RegExp) =>
  linesBelow(join(process.cwd(), 'src', folder)).filter(({ line }) => pattern.test(line))

describe('the page runs', () => {
  test.each([
    ['in a sandbox', 'sandbox', true],
    ['apart from the preload script', 'contextIsolation', true],
    ['without Node', 'nodeIntegration', false],
    ['under the rules of the web', 'webSecurity', true],
    ['without embedded views', 'webviewTag', false],
  ])('%s', async (_what, name, value) => {
    const { window } = await runProgram()
    expect(window().options.webPreferences[name]).toBe(value)
  })

  test('without anything that would undo these', async () => {
    const { window } = await runProgram()
    const { webPreferences } = window().options
    for (const name of [
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'plugins',
      'navigateOnDragDrop',
      'enableDeprecatedPaste',
    ]) {
      expect(webPreferences).not.toHaveProperty(name)
    }
    expect(found('main', /no-sandbox|disable-web-security|ignore-certificate-errors|bypassCSP/)).toEqual([])
  })

  test('from a scheme of its own, registered in time, which no policy is lifted for', () => {
    launch()
    expect(state.schemes).toEqual([
      {
        scheme: 'dailies',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
        beforeReady: true,
      },
    ])
  })

  test('from nothing else: no file and no remote address is ever loaded', async () => {
    const { window } = await runProgram()
    expect(window().webContents.url).toBe(own)
    expect(found('main/desktop', /\.loadFile|\.loadURL\((?!pageAddress\))/)).toEqual([])
    expect(found('renderer', /(src|href)=["'{`]+(https?:)?\/\//)).toEqual([])
  })

  test('under a policy that comes as a header, without inline or evaluated code', async () => {
    const program = await runProgram()
    const { headers } = await program.fetch('/')
    const policy = headers.get('content-security-policy') ?? ''
    const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]))
    expect(policy).not.toMatch(/unsafe-|http:|https:|\*/)
    expect(rules.get('default-src')).toEqual(["'self'"])
    // Where there is no rule of their own, scripts keep to the one above.
    expect(policy).not.toContain('script-src')
    expect(rules.get('connect-src')).toEqual(["'self'"])
    expect(rules.get('style-src')).toEqual(["'self'"])
    for (const name of ['object-src', 'frame-src', 'frame-ancestors', 'base-uri', 'form-action']) {
      expect([name, rules.get(name)]).toEqual([name, ["'none'"]])
    }
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-dns-prefetch-control')).toBe('off')
  })
})

describe('the page cannot go', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('anywhere else: %s', async (event) => {
    const { webContents } = (await runProgram()).window()
    for (const url of foreign) expect([url, webContents.mayGo(event, url)]).toEqual([url, false])
    expect(webContents.mayGo(event, own)).toBe(true)
  })

  test('into a second window', async () => {
    const { webContents } = (await runProgram()).window()
    for (const url of [...foreign, own])
      expect(webContents.openHandler?.({ url })).toEqual({ action: 'deny' })
    expect(state.windows).toHaveLength(1)
  })

  test('into an embedded view', async () => {
    const { webContents } = (await runProgram()).window()
    expect(webContents.mayGo('will-attach-webview', own)).toBe(false)
  })

  test('out of this computer, whatever its policy says', async () => {
    const { window } = await runProgram()
    const passes = (url: string, from: object) => {
      let cancelled = false
      session.defaultSession.beforeRequest?.({ url, ...from }, ({ cancel = false }) => (cancelled = cancel))
      return !cancelled
    }
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1:9/',
      'wss://evil.example/',
      'file:///etc/passwd',
    ]) {
      expect([url, passes(url, { webContentsId: 1 })]).toEqual([url, false])
      expect([url, passes(url, { initiatorOrigin: 'dailies://studio' })]).toEqual([url, false])
    }
    expect(passes(`${own}main.js`, { webContentsId: 1 })).toBe(true)
    expect(passes('blob:dailies://studio/1', { webContentsId: 1 })).toBe(true)
    // What belongs to no page is Chromium's own, such as a dictionary.
    expect(passes('https://dictionaries.example/en.bdic', {})).toBe(true)
    expect(window().webContents.peers).toBe('disable_non_proxied_udp')
  })
})

describe('the page is given', () => {
  const asked = (permission: string, requestingUrl = own, isMainFrame = true) => {
    let answer: boolean | null = null
    const [window] = state.windows
    if (!window) throw new Error('There is no window.')
    const details = { isMainFrame, requestingUrl }
    session.defaultSession.request?.(window.webContents, permission, (yes) => (answer = yes), details)
    return answer
  }
  const held = (permission: string, origin = 'dailies://studio', isMainFrame = true) =>
    session.defaultSession.check?.(null, permission, origin, { isMainFrame })

  test('no permission when it asks, but copying and full screen, and these to its top frame alone', async () => {
    const { window } = await runProgram()
    for (const name of [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'openExternal',
      'fileSystem',
      'hid',
      'display-capture',
    ]) {
      expect([name, asked(name)]).toEqual([name, false])
    }
    for (const name of ['clipboard-sanitized-write', 'fullscreen']) {
      expect(asked(name)).toBe(true)
      expect(asked(name, own, false)).toBe(false)
      for (const url of foreign) expect([url, asked(name, url)]).toEqual([url, false])
    }
    window().webContents.url = 'https://evil.example/'
    expect(asked('fullscreen')).toBe(false)
  })

  test('no permission when it looks, but the same', async () => {
    await runProgram()
    for (const name of ['media', 'geolocation', 'notifications', 'midi', 'clipboard-read', 'usb', 'serial']) {
      expect([name, held(name)]).toEqual([name, false])
    }
    expect(held('fullscreen')).toBe(true)
    expect(held('fullscreen', 'dailies://studio', false)).toBe(false)
    expect(held('fullscreen', 'https://evil.example')).toBe(false)
  })

  test('no device', async () => {
    await runProgram()
    expect(session.defaultSession.device?.()).toBe(false)
  })

  test('no message channel of Electron’s: one port, to the top frame of the studio’s own page, and nothing to listen to others', async () => {
    const { window } = await runProgram()
    const { webContents } = window()
    for (const url of foreign) {
      webContents.url = url
      webContents.emit('did-finish-load')
    }
    expect(webContents.posted).toEqual([])
    webContents.url = own
    webContents.emit('did-finish-load')
    expect(webContents.posted.map(({ channel }) => channel)).toEqual(['dailies:port'])
    // Were there a listener, it would have to check its sender: top frame, exact origin, none at all.
    expect(found('main', /\bipcMain\b|\.ipc\b|ipc-message/)).toEqual([])
    expect(
      found('preload', /ipcRenderer\.(send|invoke|postMessage)|exposeInMainWorld/).map(({ line }) =>
        line.trim(),
      ),
    ).toEqual(["contextBridge.exposeInMainWorld('dailies', {"])
  })
})

describe('the system is asked', () => {
  test('to open https addresses of hosts on the list, and no others', async () => {
    const { webContents } = (await runProgram()).window()
    const open = (url: string) => webContents.openHandler?.({ url })
    const allowed = 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-luma.html'
    for (const url of [
      ...foreign,
      allowed.replace('https:', 'http:'),
      allowed.replace('docs.aws', 'docs.aws.evil.example'),
      allowed.replace('https://', 'https://user@'),
      allowed.replace('.com/', '.com:8443/'),
      'mailto:a@example.com',
      'smb://docs.aws.amazon.com/x',
    ]) {
      open(url)
    }
    expect(state.opened).toEqual([])
    open(allowed)
    expect(state.opened).toEqual([{ how: 'external', what: allowed }])
    expect(found('main/desktop', /openExternal/).map(({ file }) => file.split('/').at(-1))).toEqual([
      'guard.ts',
    ])
  })

  test('for no powers of Node or of an inspector: the fuses are burnt', () => {
    expect(builder.electronFuses).toMatchObject({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('to keep what Chromium stores below the data folder', () => {
    const { dataDir } = launch()
    expect(state.paths.get('userData')).toBe(join(dataDir, 'chromium'))
    expect(app.listenerCount('certificate-error') + app.listenerCount('login')).toBe(0)
  })
})
