import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type Electron from 'electron'
import { openPage, type Page } from '../engine/page'
import { runningChromium } from '../engine/runtime'
import type { PeerPolicy } from '../engine/settings'
import { record } from '../record'
import { strict } from '../strict'
import { enforced } from './enforce'
import type { NativeImage } from './image'
import { newPageState, pageEvents, type PageState } from './pageEvents'
import { forgetPeers, holdPeers } from './peers'
import { grantPermissions } from './permissions'
import { nextId } from './registry'
import { session } from './session'
import { Talk, type Contents } from './talk'
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
  private readonly state = newPageState()
  private readonly talk = new Talk(() => this.opened)
  private title = ''
  private zoom = 0
  private devTools = false
  private peers: PeerPolicy = 'default'
  private opened: Page | null = null

  constructor(preferences: Electron.WebPreferences, size: Electron.Size) {
    super()
    this.preferences = preferences
    const proxied = strict('webContents', this)
    this.page = this.open(proxied, size)
    this.once('destroyed', () => forgetPeers(this.id))
    this.page.catch((error: unknown) => record.faults.push(`No page: ${String(error)}`))
    return proxied
  }

  private async open(self: Contents, size: Electron.Size): Promise<Page> {
    const { preload } = this.preferences
    const source = preload === undefined ? '' : readFileSync(preload, 'utf8')
    // Whoever listens for new contents has said by the next turn how far their peers may go.
    await Promise.resolve()
    await holdPeers(this.id, this.peers)
    await enforced()
    const hooks = pageEvents(self, this.state, this.talk)
    const page = await openPage(runningChromium().cdp, { ...size, preload: source }, hooks)
    this.opened = page
    nativeTheme.on('updated', () => void this.followTheme().catch(() => undefined))
    await this.followTheme()
    return page
  }

  private async followTheme(): Promise<void> {
    const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light'
    await this.opened?.session.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value }],
    })
  }

  get mainFrame(): { url: string; origin: string; parent: null } {
    const { url } = this.state
    return { url, origin: /^[a-z]+:\/\/[^/]*/.exec(url)?.[0] ?? 'null', parent: null }
  }
  getURL(): string {
    return this.state.url
  }
  getTitle(): string {
    return this.title
  }
  async loadURL(url: string): Promise<void> {
    const page = await this.page
    this.state.loading = true
    const done = new Promise<void>((resolve, reject) => (this.state.loaded = { resolve, reject }))
    await grantPermissions(page.session, this as unknown as Electron.WebContents, url)
    await Promise.all([page.load(url), done])
    this.title = String(await page.run('document.title'))
  }
  reload(): void {
    this.state.crashed = false
    this.state.loading = true
    this.use((page) => page.reload(false))
  }
  reloadIgnoringCache(): void {
    this.state.crashed = false
    this.use((page) => page.reload(true))
  }
  stop(): void {
    this.use((page) => page.session.send('Page.stopLoading'))
  }
  send(channel: string, ...args: unknown[]): void {
    this.talk.send(channel, args)
  }
  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    this.talk.post(channel, message, transfer)
  }
  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.page).run(code)
  }
  setWindowOpenHandler(handler: NonNullable<PageState['openHandler']>): void {
    this.state.openHandler = handler
  }
  startDrag({ file, files, icon }: { file: string; files?: string[]; icon: NativeImage | string }): void {
    const size = typeof icon === 'string' ? { width: 1, height: 1 } : icon.getSize()
    if (size.width === 0) throw new Error('startDrag: the icon is empty')
    record.drags.push({ file, files: files ?? [file], icon: { ...size, empty: size.width === 0 } })
  }
  isDestroyed(): boolean {
    return this.state.destroyed
  }
  isCrashed(): boolean {
    return this.state.crashed
  }
  isLoading(): boolean {
    return this.state.loading
  }
  isFocused(): boolean {
    return !this.state.destroyed
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
  setWebRTCIPHandlingPolicy(policy: PeerPolicy): void {
    this.peers = policy
    // A page that does not stand yet is opened under it.
    if (this.opened) void holdPeers(this.id, policy).catch(() => undefined)
  }
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
      if (!this.state.destroyed) record.faults.push(String(error))
    })
  }
  /** The window is gone, and the page with it. */
  destroy(): void {
    forgetPeers(this.id)
    this.page.then((page) => page.close()).catch(() => undefined)
  }
}
