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
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  firstInstance: true,
  handover: null as unknown,
  exitCode: null as number | null,
  quits: 0,
  relaunches: [] as string[][],
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
}

export interface MenuItem {
  label?: string
  role?: string
  type?: string
  accelerator?: string
  registerAccelerator?: boolean
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
    displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
    firstInstance: true,
    handover: null,
    exitCode: null,
    quits: 0,
    relaunches: [],
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
  })
  app.removeAllListeners()
  nativeTheme.themeSource = 'system'
  session.defaultSession.reset()
  powerMonitor.removeAllListeners()
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
  quit() {
    state.quits += 1
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

export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]) {
    state.schemes.push(...schemes.map((one) => ({ ...one, beforeReady: !state.ready })))
  },
  handle(scheme: string, handler: Handler) {
    state.handlers.set(scheme, handler)
  },
}

class DefaultSession {
  request: ((contents: WebContents, permission: string, answer: (yes: boolean) => void) => void) | null = null
  check: ((contents: WebContents | null, permission: string, origin: string) => boolean) | null = null
  device: (() => boolean) | null = null
  /** As Chromium writes it: `DIRECT`, or `PROXY host:port; …`. */
  resolveProxy(_url: string): Promise<string> {
    return Promise.resolve('DIRECT')
  }
  reset() {
    this.request = null
    this.check = null
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
export const session = { defaultSession: new DefaultSession() }

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
  reload() {
    this.reloads += 1
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
  show() {
    this.shown = true
  }
  focus() {
    this.focused = true
  }
  isFocused() {
    return this.focused
  }
  isMinimized() {
    return this.minimized
  }
  restore() {
    this.minimized = false
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
  close() {
    this.emit('close')
    this.emit('closed')
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
}
export const nativeImage = {
  createFromPath: (path: string) => new NativeImage(path, 1),
  createFromBuffer: (buffer: Buffer) => new NativeImage('buffer', buffer.byteLength),
}

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: true }
export const screen = { getAllDisplays: () => state.displays }

export const Menu = {
  buildFromTemplate: (template: MenuItem[]) => template,
  setApplicationMenu: (menu: MenuItem[]) => void (state.menu = menu),
}

export const dialog = {
  async showMessageBox(options: Record<string, unknown>) {
    state.dialogs.push(options)
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
  constructor(readonly options: { title: string; body: string }) {
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
