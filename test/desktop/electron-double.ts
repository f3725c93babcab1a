import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

// Stands for the module `electron` where its binary cannot run: it records what it is told and fires events when a
// test says so. Only what the desktop shell uses is here; anything else fails by being undefined.

type Handler = (request: Request) => Response | Promise<Response>
type Listener = (...args: unknown[]) => void

/** What a test reads and decides. */
export const state = {
  ready: false,
  schemes: [] as { scheme: string; privileges: Record<string, boolean>; beforeReady: boolean }[],
  handlers: new Map<string, Handler>(),
  windows: [] as BrowserWindow[],
  menu: null as MenuItem[] | null,
  displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  firstInstance: true,
  handover: null as unknown,
  exitCode: null as number | null,
  quits: 0,
  relaunches: [] as string[][],
  crashReporter: null as Record<string, unknown> | null,
  errorBoxes: [] as [string, string][],
  opened: [] as { how: 'external' | 'path' | 'reveal' | 'trash'; what: string }[],
  openPathAnswer: '',
  dialogAnswer: null as string | null,
  boxAnswer: 0,
  dialogs: [] as Record<string, unknown>[],
  notifications: [] as Notification[],
  paths: new Map<string, string>(),
  locale: 'en-GB',
  packaged: false,
  badge: 0,
  bounces: [] as string[],
  protocolClients: [] as string[],
  preferredLanguages: ['en-GB'],
  /** What the system has on its list of programs to open at login. */
  login: { openAtLogin: false, args: [] as string[] },
  loginRefuses: false,
  wasOpenedAtLogin: false,
  /** Blockers of sleep that hold, by their number. */
  blockers: new Map<number, string>(),
  trays: [] as Tray[],
  trayFails: false,
  popups: [] as MenuItem[][],
}

export interface MenuItem {
  label?: string
  role?: string
  type?: string
  accelerator?: string
  registerAccelerator?: boolean
  enabled?: boolean
  submenu?: MenuItem[]
  click?: () => void
}

/** As before the program started. */
export function reset(): void {
  Object.assign(state, {
    ready: false,
    schemes: [],
    handlers: new Map(),
    windows: [],
    menu: null,
    displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
    firstInstance: true,
    handover: null,
    exitCode: null,
    quits: 0,
    relaunches: [],
    crashReporter: null,
    errorBoxes: [],
    opened: [],
    openPathAnswer: '',
    dialogAnswer: null,
    boxAnswer: 0,
    dialogs: [],
    notifications: [],
    paths: new Map([
      ['videos', '/nowhere/videos'],
      ['downloads', '/nowhere/downloads'],
    ]),
    locale: 'en-GB',
    packaged: false,
    badge: 0,
    bounces: [],
    protocolClients: [],
    preferredLanguages: ['en-GB'],
    login: { openAtLogin: false, args: [] },
    loginRefuses: false,
    wasOpenedAtLogin: false,
    blockers: new Map(),
    trays: [],
    trayFails: false,
    popups: [],
  })
  app.removeAllListeners()
  nativeTheme.themeSource = 'system'
  session.defaultSession.reset()
  powerMonitor.removeAllListeners()
  screen.removeAllListeners()
}

class App extends EventEmitter {
  #ready: (() => void) | null = null
  #whenReady = Promise.resolve()
  get isPackaged() {
    return state.packaged
  }
  setName() {}
  setAppUserModelId() {}
  getAppPath() {
    return process.cwd()
  }
  getLocale() {
    return state.locale
  }
  setPath(name: string, path: string) {
    if (state.ready) throw new Error('too late for setPath')
    state.paths.set(name, path)
  }
  getPath(name: string) {
    return state.paths.get(name) ?? ''
  }
  requestSingleInstanceLock(handover: unknown) {
    state.handover = handover
    return state.firstInstance
  }
  whenReady() {
    this.#whenReady = new Promise((resolve) => (this.#ready = resolve))
    return this.#whenReady
  }
  /** A test says that the application is ready. */
  becomeReady() {
    state.ready = true
    this.#ready?.()
  }
  relaunch({ args }: { args: string[] }) {
    state.relaunches.push(args)
  }
  getPreferredSystemLanguages() {
    return state.preferredLanguages
  }
  setBadgeCount(count: number) {
    state.badge = count
    return true
  }
  dock = { bounce: (kind: string) => state.bounces.push(kind) }
  setAsDefaultProtocolClient(scheme: string) {
    state.protocolClients.push(scheme)
    return true
  }
  getLoginItemSettings() {
    const { openAtLogin } = state.login
    const { wasOpenedAtLogin } = state
    return { openAtLogin, executableWillLaunchAtLogin: openAtLogin, wasOpenedAtLogin }
  }
  setLoginItemSettings({ openAtLogin, args = [] }: { openAtLogin: boolean; args?: string[] }) {
    if (!state.loginRefuses) state.login = { openAtLogin, args }
  }
  quit() {
    state.quits += 1
    let stays = false
    this.emit('before-quit', { preventDefault: () => (stays = true) })
    if (stays) return
    for (const window of state.windows) if (!window.isDestroyed() && !window.close()) return
    let stopped = false
    this.emit('will-quit', { preventDefault: () => (stopped = true) })
    if (!stopped) this.exit(0)
  }
  exit(code: number) {
    state.exitCode = code
    this.emit('test-exit')
  }
}
export const app = new App()

export const crashReporter = {
  start(options: Record<string, unknown>) {
    if (state.ready) throw new Error('too late for crashReporter')
    state.crashReporter = options
  },
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]) {
    state.schemes.push(...schemes.map((one) => ({ ...one, beforeReady: !state.ready })))
  },
  handle(scheme: string, handler: Handler) {
    state.handlers.set(scheme, handler)
  },
}

interface PermissionDetails {
  isMainFrame: boolean
  requestingUrl: string
}

type RequestListener = (
  details: { url: string; webContentsId?: number; initiatorOrigin?: string },
  answer: (response: { cancel?: boolean }) => void,
) => void

class DefaultSession {
  request:
    | ((
        contents: WebContents,
        permission: string,
        answer: (yes: boolean) => void,
        details: PermissionDetails,
      ) => void)
    | null = null
  check:
    | ((
        contents: WebContents | null,
        permission: string,
        origin: string,
        details: Pick<PermissionDetails, 'isMainFrame'>,
      ) => boolean)
    | null = null
  beforeRequest: RequestListener | null = null
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener) => void (this.beforeRequest = listener),
  }
  device: (() => boolean) | null = null
  /** As Chromium writes it: `DIRECT`, or `PROXY host:port; …`. */
  resolveProxy(_url: string): Promise<string> {
    return Promise.resolve(this.pac)
  }
  pac = 'DIRECT'
  proxy: unknown = null
  async setProxy(proxy: unknown) {
    this.proxy = proxy
  }
  availableSpellCheckerLanguages = ['de', 'en-GB', 'en-US', 'fr', 'pt-BR']
  spelling = { enabled: true, languages: [] as string[], from: '', learnt: [] as string[] }
  setSpellCheckerEnabled(enabled: boolean) {
    this.spelling.enabled = enabled
  }
  setSpellCheckerLanguages(languages: string[]) {
    const unknown = languages.find((code) => !this.availableSpellCheckerLanguages.includes(code))
    if (unknown !== undefined) throw new Error(`Invalid language code provided: "${unknown}"`)
    this.spelling.languages = languages
  }
  setSpellCheckerDictionaryDownloadURL(url: string) {
    this.spelling.from = url
  }
  addWordToSpellCheckerDictionary(word: string) {
    this.spelling.learnt.push(word)
    return true
  }
  reset() {
    this.pac = 'DIRECT'
    this.proxy = null
    this.spelling = { enabled: true, languages: [], from: '', learnt: [] }
    this.request = null
    this.check = null
    this.beforeRequest = null
    this.device = null
  }
  setPermissionRequestHandler(handler: DefaultSession['request']) {
    this.request = handler
  }
  setPermissionCheckHandler(handler: DefaultSession['check']) {
    this.check = handler
  }
  setDevicePermissionHandler(handler: DefaultSession['device']) {
    this.device = handler
  }
}
const defaultSession = new DefaultSession()
export const session = {
  defaultSession,
  /** Another session, which only knows what the system has. */
  fromPartition: () => ({ resolveProxy: (url: string) => defaultSession.resolveProxy(url) }),
}

/** Sleep and waking, as the system tells of them. */
export const powerMonitor = new EventEmitter()

/** Electron's own ports are event emitters whose messages carry `data`. */
export class MessagePortMain extends EventEmitter {
  constructor(readonly wire: MessagePort) {
    super()
    wire.on('close', () => this.emit('close'))
  }
  start() {
    this.wire.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }
  postMessage(data: unknown) {
    this.wire.postMessage(data)
  }
  close() {
    this.wire.close()
  }
}
export class MessageChannelMain {
  port1: MessagePortMain
  port2: MessagePortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}

export class WebContents extends EventEmitter {
  url = 'about:blank'
  posted: { channel: string; message: unknown; ports: MessagePortMain[] }[] = []
  drags: { file: string; files: string[]; icon: NativeImage }[] = []
  reloads = 0
  peers = 'default'
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  getURL() {
    return this.url
  }
  postMessage(channel: string, message: unknown, ports: MessagePortMain[]) {
    this.posted.push({ channel, message, ports })
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler
  }
  startDrag(item: { file: string; files: string[]; icon: NativeImage }) {
    this.drags.push(item)
  }
  isDestroyed() {
    return false
  }
  setWebRTCIPHandlingPolicy(policy: string) {
    this.peers = policy
  }
  reload() {
    this.reloads += 1
  }
  replaced: string[] = []
  replaceMisspelling(word: string) {
    this.replaced.push(word)
  }
  /** A test tries to lead the page elsewhere; true when that was let be. */
  mayGo(event: string, url: string): boolean {
    let stopped = false
    this.emit(event, { url, preventDefault: () => (stopped = true) })
    return !stopped
  }
}

export interface WindowOptions {
  x?: number
  y?: number
  width: number
  height: number
  webPreferences: Record<string, unknown>
  [name: string]: unknown
}
export class BrowserWindow extends EventEmitter {
  webContents = new WebContents()
  shown = false
  focused = false
  maximized = false
  minimized = false
  bounds: { x: number; y: number; width: number; height: number }
  constructor(readonly options: WindowOptions) {
    super()
    this.bounds = { x: options.x ?? 100, y: options.y ?? 100, width: options.width, height: options.height }
    state.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string) {
    this.webContents.url = url
  }
  progress: { value: number; mode: string | undefined } = { value: -1, mode: undefined }
  overlay: { image: NativeImage | null; description: string } | null = null
  flashing = false
  destroyed = false
  show() {
    this.shown = true
    this.emit('show')
  }
  showInactive() {
    this.shown = true
  }
  hide() {
    this.shown = false
    this.focused = false
  }
  focus() {
    this.focused = true
    this.emit('focus')
  }
  minimize() {
    this.minimized = true
  }
  isDestroyed() {
    return this.destroyed
  }
  setProgressBar(value: number, options?: { mode?: string }) {
    this.progress = { value, mode: options?.mode }
  }
  setOverlayIcon(image: NativeImage | null, description: string) {
    this.overlay = { image, description }
  }
  flashFrame(flashing: boolean) {
    this.flashing = flashing
  }
  getBounds() {
    return this.bounds
  }
  setBounds(bounds: BrowserWindow['bounds']) {
    this.bounds = bounds
  }
  isVisible() {
    return this.shown
  }
  isFocused() {
    return this.focused
  }
  isMinimized() {
    return this.minimized
  }
  restore() {
    this.minimized = false
    this.emit('restore')
  }
  maximize() {
    this.maximized = true
  }
  isMaximized() {
    return this.maximized
  }
  getNormalBounds() {
    return this.bounds
  }
  /** As a person closes it; false where the program kept it. */
  close(): boolean {
    let kept = false
    this.emit('close', { preventDefault: () => (kept = true) })
    if (kept) return false
    this.destroyed = true
    this.emit('closed')
    return true
  }
}

export class NativeImage {
  constructor(
    readonly source: string,
    readonly bytes: number,
  ) {}
  isEmpty() {
    return this.bytes === 0
  }
  resize() {
    return this
  }
  template = false
  scales = [1]
  setTemplateImage(template: boolean) {
    this.template = template
  }
  addRepresentation({ scaleFactor }: { scaleFactor: number; buffer: Buffer }) {
    this.scales.push(scaleFactor)
  }
}
export const nativeImage = {
  createFromPath: (path: string) => new NativeImage(path, 1),
  createFromBuffer: (buffer: Buffer) => new NativeImage('buffer', buffer.byteLength),
}

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: true }
class Screen extends EventEmitter {
  getAllDisplays() {
    return state.displays
  }
  /** Not the first of all, as on many systems. */
  getPrimaryDisplay() {
    return state.displays.find(({ id }) => id === 1) ?? state.displays[0]
  }
}
export const screen = new Screen()

let blockers = 0
export const powerSaveBlocker = {
  start(kind: string) {
    blockers += 1
    state.blockers.set(blockers, kind)
    return blockers
  },
  stop: (blocker: number) => state.blockers.delete(blocker),
}

export const Menu = {
  buildFromTemplate: (template: MenuItem[]) =>
    Object.assign(template, { popup: () => void state.popups.push(template) }),
  setApplicationMenu: (menu: MenuItem[]) => void (state.menu = menu),
}

export class Tray extends EventEmitter {
  menu: MenuItem[] = []
  tip = ''
  destroyed = false
  constructor(readonly image: NativeImage) {
    super()
    if (state.trayFails) throw new Error('There is no tray.')
    state.trays.push(this)
  }
  setContextMenu(menu: MenuItem[]) {
    this.menu = menu
  }
  setToolTip(tip: string) {
    this.tip = tip
  }
  destroy() {
    this.destroyed = true
  }
}

export const dialog = {
  async showMessageBox(...args: unknown[]) {
    state.dialogs.push(args.at(-1) as Record<string, unknown>)
    return { response: state.boxAnswer }
  },
  showErrorBox: (title: string, text: string) => void state.errorBoxes.push([title, text]),
  async showOpenDialog(...args: unknown[]) {
    state.dialogs.push(args.at(-1) as Record<string, unknown>)
    return { filePaths: state.dialogAnswer === null ? [] : [state.dialogAnswer] }
  },
  async showSaveDialog(...args: unknown[]) {
    state.dialogs.push(args.at(-1) as Record<string, unknown>)
    return { filePath: state.dialogAnswer ?? '' }
  },
}

export const shell = {
  async openExternal(what: string) {
    state.opened.push({ how: 'external', what })
  },
  async openPath(what: string) {
    state.opened.push({ how: 'path', what })
    return state.openPathAnswer
  },
  showItemInFolder(what: string) {
    state.opened.push({ how: 'reveal', what })
  },
  async trashItem(what: string) {
    state.opened.push({ how: 'trash', what })
  },
}

export class Notification extends EventEmitter {
  shown = false
  constructor(readonly options: { title: string; body: string; icon?: NativeImage }) {
    super()
    state.notifications.push(this)
  }
  static isSupported() {
    return true
  }
  show() {
    this.shown = true
  }
}

// The page's side, for the preload script.
export const exposed = new Map<string, Record<string, Listener>>()
export const contextBridge = {
  exposeInMainWorld: (name: string, value: Record<string, Listener>) => void exposed.set(name, value),
}
export const ipcRenderer = new EventEmitter()
export const webUtils = { getPathForFile: (file: File) => `/dropped/${file.name}` }
