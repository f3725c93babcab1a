import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type Electron from 'electron'
import { codec } from '../engine/clone'
import { openPage, type Page, type PageHooks } from '../engine/page'
import { runningChromium } from '../engine/runtime'
import { record } from '../record'
import { strict } from '../strict'
import { CarriedPorts } from './carried'
import { contextMenuParams } from './contextMenu'
import { preventable } from './event'
import type { NativeImage } from './image'
import { ipcMain } from './ipc'
import { grantPermissions } from './permissions'
import { nextId } from './registry'
import { session } from './session'
import { nativeTheme } from './theme'

type Api = Pick<
  Electron.WebContents,
  | 'id'
  | 'getURL'
  | 'getTitle'
  | 'loadURL'
  | 'reload'
  | 'reloadIgnoringCache'
  | 'stop'
  | 'send'
  | 'postMessage'
  | 'executeJavaScript'
  | 'setWindowOpenHandler'
  | 'isDestroyed'
  | 'isCrashed'
  | 'isLoading'
  | 'isFocused'
  | 'focus'
  | 'getZoomLevel'
  | 'setZoomLevel'
  | 'getZoomFactor'
  | 'setZoomFactor'
  | 'setVisualZoomLevelLimits'
  | 'setBackgroundThrottling'
  | 'setWebRTCIPHandlingPolicy'
  | 'openDevTools'
  | 'isDevToolsOpened'
  | 'forcefullyCrashRenderer'
  | 'insertText'
  | 'replaceMisspelling'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'delete'
  | 'selectAll'
>

export class WebContents extends EventEmitter implements Api {
  readonly id = nextId()
  readonly session = session.defaultSession
  readonly ipc: undefined = undefined
  readonly preferences: Electron.WebPreferences
  /** Settles when the page stands, with nothing in it yet. */
  readonly page: Promise<Page>
  private url = ''
  private title = ''
  private crashed = false
  private loading = false
  private destroyed = false
  private zoom = 0
  private devTools = false
  private openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null =
    null
  private opened: Page | null = null
  private loaded: { resolve: () => void; reject: (error: Error) => void } | null = null
  private readonly ports = new CarriedPorts((message) => this.opened?.tell(message))

  constructor(preferences: Electron.WebPreferences, size: Electron.Size) {
    super()
    this.preferences = preferences
    const preload = preferences.preload === undefined ? '' : readFileSync(preferences.preload, 'utf8')
    const proxied = strict('webContents', this)
    this.page = openPage(runningChromium().cdp, { ...size, preload }, this.hooks(proxied)).then(
      async (page) => {
        this.opened = page
        nativeTheme.on('updated', () => void this.followTheme().catch(() => undefined))
        await this.followTheme()
        return page
      },
    )
    this.page.catch((error: unknown) => record.faults.push(`No page: ${String(error)}`))
    return proxied
  }

  private hooks(self: WebContents): PageHooks {
    return {
      navigated: (url, inPage) => {
        this.url = url
        self.emit(inPage ? 'did-navigate-in-page' : 'did-navigate', preventable({}), url, inPage)
      },
      domReady: () => void self.emit('dom-ready', preventable({})),
      finished: () => {
        this.loading = false
        self.emit('ready-to-show')
        self.emit('did-finish-load', preventable({}))
        self.emit('did-stop-loading', preventable({}))
        this.loaded?.resolve()
        this.loaded = null
      },
      failed: (url, reason) => {
        this.loading = false
        self.emit('did-fail-load', preventable({}), -2, reason, url, true)
        this.loaded?.reject(new Error(`${reason} loading '${url}'`))
        this.loaded = null
      },
      mayGo: (url, how) => {
        const names = {
          navigate: 'will-navigate',
          frame: 'will-frame-navigate',
          redirect: 'will-redirect',
        } as const
        const isMainFrame = how !== 'frame'
        const details = { url, isMainFrame, isSameDocument: false, frame: null, initiator: null }
        const event = preventable(details)
        self.emit(names[how], event, url)
        // Electron tells of each navigation of the main frame under both names.
        if (how === 'navigate') self.emit('will-frame-navigate', event)
        return !event.defaultPrevented
      },
      popup: (url) => {
        const details = {
          url,
          frameName: '',
          features: '',
          disposition: 'foreground-tab',
          referrer: { url: this.url, policy: 'default' },
          postBody: undefined,
        }
        const answer = this.openHandler?.(details as unknown as Electron.HandlerDetails)
        if (answer?.action === 'allow')
          record.faults.push(`The double of electron opens no second window: ${url}`)
      },
      said: (message) => {
        switch (message.kind) {
          case 'port':
            this.ports.said(message.port, message.data)
            return
          case 'closed':
            this.ports.closed(message.port)
            return
          case 'fault':
            record.faults.push(message.message)
            return
          case 'menu':
            self.emit('context-menu', preventable({}), contextMenuParams(message.params))
            return
          case 'send':
          case 'invoke':
            this.hear(self, message)
        }
      },
      left: () => this.ports.drop(),
      crashed: () => {
        this.crashed = true
        self.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 11 })
      },
      closed: () => {
        this.ports.drop()
        this.destroyed = true
        self.emit('destroyed')
      },
    }
  }

  private hear(
    self: WebContents,
    message: { kind: 'send' | 'invoke'; channel: string; args: string; id: number },
  ): void {
    const args = codec.decode(message.args) as unknown[]
    const event = {
      sender: self,
      senderFrame: { url: this.url, parent: null },
      frameId: 1,
      processId: 1,
      ports: [],
    }
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...args)
      return
    }
    const { id } = message
    ipcMain.answer(message.channel, event as unknown as Electron.IpcMainInvokeEvent, args).then(
      (value) => this.opened?.tell({ kind: 'answer', id, value: codec.encode(value), error: null }),
      (error: unknown) => this.opened?.tell({ kind: 'answer', id, value: '', error: String(error) }),
    )
  }

  private async followTheme(): Promise<void> {
    const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light'
    await this.opened?.session.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value }],
    })
  }

  get mainFrame(): { url: string; origin: string; parent: null } {
    const { url } = this
    return { url, origin: /^[a-z]+:\/\/[^/]*/.exec(url)?.[0] ?? 'null', parent: null }
  }
  getURL(): string {
    return this.url
  }
  getTitle(): string {
    return this.title
  }
  async loadURL(url: string): Promise<void> {
    const page = await this.page
    this.loading = true
    const done = new Promise<void>((resolve, reject) => (this.loaded = { resolve, reject }))
    await grantPermissions(page.session, this as unknown as Electron.WebContents, url)
    await Promise.all([page.load(url), done])
    this.title = String(await page.run('document.title'))
  }
  reload(): void {
    this.crashed = false
    this.loading = true
    this.use((page) => page.reload(false))
  }
  reloadIgnoringCache(): void {
    this.crashed = false
    this.use((page) => page.reload(true))
  }
  stop(): void {
    this.use((page) => page.session.send('Page.stopLoading'))
  }
  send(channel: string, ...args: unknown[]): void {
    this.opened?.tell({ kind: 'message', channel, args: codec.encode(args), ports: [] })
  }
  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.ports.give(port))
    this.opened?.tell({ kind: 'message', channel, args: codec.encode([message]), ports })
    for (const port of ports) this.ports.open(port)
  }
  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.page).run(code)
  }
  setWindowOpenHandler(
    handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse,
  ): void {
    this.openHandler = handler
  }
  startDrag({ file, files, icon }: { file: string; files?: string[]; icon: NativeImage | string }): void {
    const size = typeof icon === 'string' ? { width: 1, height: 1 } : icon.getSize()
    if (size.width === 0) throw new Error('startDrag: the icon is empty')
    record.drags.push({ file, files: files ?? [file], icon: { ...size, empty: size.width === 0 } })
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  isCrashed(): boolean {
    return this.crashed
  }
  isLoading(): boolean {
    return this.loading
  }
  isFocused(): boolean {
    return !this.destroyed
  }
  focus(): void {}
  getZoomLevel(): number {
    return this.zoom
  }
  setZoomLevel(level: number): void {
    this.zoom = level
    this.use((page) =>
      page.session.send('Emulation.setPageScaleFactor', { pageScaleFactor: this.getZoomFactor() }),
    )
  }
  getZoomFactor(): number {
    return 1.2 ** this.zoom
  }
  setZoomFactor(factor: number): void {
    this.setZoomLevel(Math.log(factor) / Math.log(1.2))
  }
  async setVisualZoomLevelLimits(): Promise<void> {}
  setWebRTCIPHandlingPolicy(): void {}
  setBackgroundThrottling(): void {}
  openDevTools(): void {
    this.devTools = true
  }
  isDevToolsOpened(): boolean {
    return this.devTools
  }
  /** The page's process ends as from a fault of its own. */
  forcefullyCrashRenderer(): void {
    this.use((page) => page.session.send('Page.crash'))
  }
  async insertText(text: string): Promise<void> {
    await (await this.page).session.send('Input.insertText', { text })
  }
  replaceMisspelling(text: string): void {
    record.replaced.push(text)
    void this.insertText(text).catch(() => undefined)
  }
  undo(): void {
    this.edit('undo')
  }
  redo(): void {
    this.edit('redo')
  }
  cut(): void {
    this.edit('cut')
  }
  copy(): void {
    this.edit('copy')
  }
  paste(): void {
    this.edit('paste')
  }
  delete(): void {
    this.edit('delete')
  }
  selectAll(): void {
    this.edit('selectAll')
  }
  /** Chromium's own editing commands, as its menu sends them. */
  private edit(command: string): void {
    this.use(async ({ session }) => {
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [command] })
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp' })
    })
  }
  private use(work: (page: Page) => Promise<unknown>): void {
    this.page.then(work).catch((error: unknown) => {
      if (!this.destroyed) record.faults.push(String(error))
    })
  }
  /** The window is gone, and the page with it. */
  destroy(): void {
    this.page.then((page) => page.close()).catch(() => undefined)
  }
}
