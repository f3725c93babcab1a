import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'
import { app } from './app'
import { WebContents } from './contents'
import { preventable } from './event'
import { tellFront } from './focus'
import type { NativeImage } from './image'
import { nextId, openWindows } from './registry'
import { screen } from './screen'

type Api = Pick<
  Electron.BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'isVisible'
  | 'focus'
  | 'blur'
  | 'isFocused'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'setFullScreen'
  | 'isFullScreen'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'
  | 'getContentBounds'
  | 'getSize'
  | 'setSize'
  | 'getPosition'
  | 'setPosition'
  | 'center'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'getTitle'
  | 'setTitle'
  | 'setProgressBar'
  | 'flashFrame'
  | 'setBackgroundColor'
  | 'setMenuBarVisibility'
  | 'setAutoHideMenuBar'
  | 'removeMenu'
  | 'setSkipTaskbar'
  | 'setAlwaysOnTop'
  | 'setThumbarButtons'
  | 'moveTop'
  | 'setDocumentEdited'
  | 'setRepresentedFilename'
>

const all = openWindows as BrowserWindow[]
tellFront(() => BrowserWindow.getFocusedWindow())

export class BrowserWindow extends EventEmitter implements Api {
  readonly id = nextId()
  readonly options: Electron.BrowserWindowConstructorOptions
  readonly webContents: WebContents
  private visible = false
  private focused = false
  private minimized = false
  private maximized = false
  private full = false
  private destroyed = false
  private title: string
  private bounds: Electron.Rectangle

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const { width = 800, height = 600, x = 100, y = 100 } = options
    this.options = options
    this.title = options.title ?? ''
    this.bounds = { x, y, width, height }
    this.webContents = new WebContents(options.webPreferences ?? {}, { width, height })
    const proxied = strict('BrowserWindow', this)
    all.push(proxied)
    this.webContents.once('ready-to-show', () => proxied.emit('ready-to-show'))
    this.webContents.on('destroyed', () => proxied.gone())
    app.emit('web-contents-created', preventable({}), this.webContents)
    app.emit('browser-window-created', preventable({}), proxied)
    this.fitPage()
    if (options.show !== false) proxied.show()
    return proxied
  }
  static getAllWindows(): BrowserWindow[] {
    return [...all]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return all.find((one) => one.isFocused()) ?? null
  }
  static fromWebContents(contents: unknown): BrowserWindow | null {
    return all.find((one) => one.webContents === contents) ?? null
  }
  static fromId(id: number): BrowserWindow | null {
    return all.find((one) => one.id === id) ?? null
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  show(): void {
    this.showInactive()
    this.focus()
  }
  showInactive(): void {
    const was = this.visible
    this.visible = true
    if (!was) this.emit('show')
  }
  hide(): void {
    this.visible = false
    this.blur()
    this.emit('hide')
  }
  isVisible(): boolean {
    return this.visible && !this.destroyed
  }
  focus(): void {
    if (this.focused) return
    this.focused = true
    this.emit('focus')
    app.emit('browser-window-focus', preventable({}), this)
  }
  blur(): void {
    if (!this.focused) return
    this.focused = false
    this.emit('blur')
    app.emit('browser-window-blur', preventable({}), this)
  }
  isFocused(): boolean {
    return this.focused && !this.destroyed
  }
  minimize(): void {
    this.minimized = true
    this.blur()
    this.emit('minimize')
  }
  restore(): void {
    this.minimized = false
    this.emit('restore')
  }
  isMinimized(): boolean {
    return this.minimized
  }
  maximize(): void {
    this.maximized = true
    this.visible = true
    this.emit('maximize')
    this.emit('resize')
  }
  unmaximize(): void {
    this.maximized = false
    this.emit('unmaximize')
    this.emit('resize')
  }
  isMaximized(): boolean {
    return this.maximized
  }
  setFullScreen(on: boolean): void {
    this.full = on
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen')
  }
  isFullScreen(): boolean {
    return this.full
  }
  getBounds(): Electron.Rectangle {
    return this.maximized ? screen.getDisplayMatching(this.bounds).workArea : { ...this.bounds }
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.bounds }
  }
  getContentBounds(): Electron.Rectangle {
    return this.getBounds()
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const was = this.bounds
    this.bounds = { ...was, ...bounds }
    if (was.x !== this.bounds.x || was.y !== this.bounds.y) this.emit('move')
    if (was.width === this.bounds.width && was.height === this.bounds.height) return
    this.fitPage()
    this.emit('resize')
  }
  getSize(): number[] {
    return [this.bounds.width, this.bounds.height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  getPosition(): number[] {
    return [this.bounds.x, this.bounds.y]
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }
  center(): void {}
  close(): void {
    if (this.destroyed) return
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    this.webContents.destroy()
    this.gone()
  }
  private gone(): void {
    if (this.destroyed) return
    this.destroyed = true
    all.splice(
      all.findIndex((one) => one.id === this.id),
      1,
    )
    this.emit('closed')
    app.windowClosed()
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  getTitle(): string {
    return this.title
  }
  setTitle(title: string): void {
    this.title = title
  }
  setProgressBar(value: number, options?: Electron.ProgressBarOptions): void {
    record.progress = { value, mode: options?.mode ?? null }
  }
  setOverlayIcon(overlay: NativeImage | null, description: string): void {
    record.overlay = overlay === null ? null : { description, empty: overlay.isEmpty() }
  }
  flashFrame(flag: boolean): void {
    record.flashing = flag
  }
  setIcon(): void {}
  setMenu(): void {}
  setBackgroundColor(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  removeMenu(): void {}
  setSkipTaskbar(): void {}
  setAlwaysOnTop(): void {}
  setThumbarButtons(): boolean {
    return true
  }
  moveTop(): void {}
  setDocumentEdited(): void {}
  setRepresentedFilename(): void {}
  private fitPage(): void {
    const { width, height } = this.bounds
    const metrics = { width, height, deviceScaleFactor: 0, mobile: false }
    this.webContents.page
      .then((page) => page.session.send('Emulation.setDeviceMetricsOverride', metrics))
      .catch(() => undefined)
  }
}
