import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Electron from 'electron'
import { config } from '../config'
import { chromium, endChromium } from '../engine/runtime'
import { record } from '../record'
import { strict } from '../strict'
import { commandLine } from './commandLine'
import { preventable } from './event'
import { takeLock } from './lock'
import { openWindows } from './registry'

type Api = Pick<
  Electron.App,
  | 'isPackaged'
  | 'name'
  | 'badgeCount'
  | 'setName'
  | 'getName'
  | 'getVersion'
  | 'setAppUserModelId'
  | 'getAppPath'
  | 'getLocale'
  | 'getSystemLocale'
  | 'getPreferredSystemLanguages'
  | 'setPath'
  | 'getPath'
  | 'setAppLogsPath'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'isReady'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'focus'
  | 'hide'
  | 'show'
  | 'setBadgeCount'
  | 'getBadgeCount'
  | 'setAsDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
  | 'isDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
  | 'addRecentDocument'
  | 'clearRecentDocuments'
  | 'disableHardwareAcceleration'
  | 'showAboutPanel'
  | 'setAboutPanelOptions'
  | 'setUserTasks'
  | 'setJumpList'
  | 'enableSandbox'
>

class App extends EventEmitter implements Api {
  isPackaged = config().packaged
  name = 'Electron'
  commandLine = commandLine
  readonly dock: undefined = undefined
  private readonly paths = new Map<string, string>()
  private ready = false
  private quitting = false
  private gone = false
  private release: (() => void) | null = null
  private readonly readiness = Promise.withResolvers<void>()

  get badgeCount(): number {
    return record.badge
  }
  setName(name: string): void {
    this.name = name
    record.names.name = name
  }
  getName(): string {
    return this.name
  }
  getVersion(): string {
    return '0.0.0'
  }
  setAppUserModelId(id: string): void {
    record.names.userModelId = id
  }
  getAppPath(): string {
    return config().appPath
  }
  getLocale(): string {
    return config().locale
  }
  getSystemLocale(): string {
    return config().locale
  }
  getPreferredSystemLanguages(): string[] {
    return [config().locale]
  }
  setPath(name: string, path: string): void {
    if (this.ready && name === 'userData')
      throw new Error('userData was set after the application was ready.')
    this.paths.set(name, path)
  }
  getPath(name: string): string {
    const { home } = config()
    const known: Record<string, string> = {
      home,
      appData: join(home, '.config'),
      userData: join(home, '.config', this.name),
      sessionData: join(home, '.config', this.name),
      temp: join(home, 'tmp'),
      exe: process.execPath,
      module: process.execPath,
      desktop: join(home, 'Desktop'),
      documents: join(home, 'Documents'),
      downloads: join(home, 'Downloads'),
      music: join(home, 'Music'),
      pictures: join(home, 'Pictures'),
      videos: join(home, 'Videos'),
      logs: join(home, '.config', this.name, 'logs'),
    }
    const path = this.paths.get(name) ?? known[name]
    if (path !== undefined) return path
    if (name === 'crashDumps') return join(this.getPath('userData'), 'Crashpad')
    throw new Error(`Failed to get '${name}' path`)
  }
  setAppLogsPath(path?: string): void {
    this.paths.set('logs', path ?? this.getPath('logs'))
  }
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    if (this.release) return true
    const { userData } = { userData: this.getPath('userData') }
    mkdirSync(userData, { recursive: true })
    this.release = takeLock(userData, data ?? {}, ({ argv, cwd, data }) => {
      this.emit('second-instance', preventable({}), argv, cwd, data)
    })
    return this.release !== null
  }
  hasSingleInstanceLock(): boolean {
    return this.release !== null
  }
  releaseSingleInstanceLock(): void {
    this.release?.()
    this.release = null
  }
  isReady(): boolean {
    return this.ready
  }
  whenReady(): Promise<void> {
    return this.readiness.promise
  }
  /** The system has started the program: from the next turn on it becomes ready. */
  async start(): Promise<void> {
    if (this.gone) return
    await chromium(this.getPath('userData'), commandLine.forChromium())
    if (this.gone) return endChromium()
    this.ready = true
    this.emit('will-finish-launching')
    this.emit('ready', preventable({}), {})
    this.readiness.resolve()
  }
  quit(): void {
    if (this.quitting || this.gone) return
    this.quitting = true
    const event = preventable({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) {
      this.quitting = false
      return
    }
    for (const window of openWindows.slice()) window.close()
    if (openWindows.length > 0) {
      // A window that did not want to close keeps the application.
      this.quitting = false
      return
    }
    this.leave()
  }
  /** The last window has closed. */
  windowClosed(): void {
    if (openWindows.length > 0 || this.quitting || this.gone) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }
  private leave(): void {
    const event = preventable({})
    this.emit('will-quit', event)
    this.quitting = false
    if (!event.defaultPrevented) this.exit(0)
  }
  exit(code = 0): void {
    if (this.gone) return
    this.gone = true
    this.quitting = true
    for (const window of openWindows.slice()) window.destroy()
    this.emit('quit', preventable({}), code)
    this.release?.()
    endChromium()
    if (process.connected) tellLast(() => process.exit(code))
    else process.exit(code)
  }
  relaunch(options?: Electron.RelaunchOptions): void {
    record.relaunches.push(options?.args ?? process.argv.slice(1))
  }
  focus(): void {}
  hide(): void {}
  show(): void {}
  setBadgeCount(count = 0): boolean {
    record.badge = count
    return true
  }
  getBadgeCount(): number {
    return record.badge
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    if (!record.protocolClients.includes(scheme)) record.protocolClients.push(scheme)
    return true
  }
  removeAsDefaultProtocolClient(scheme: string): boolean {
    record.protocolClients = record.protocolClients.filter((one) => one !== scheme)
    return true
  }
  isDefaultProtocolClient(scheme: string): boolean {
    return record.protocolClients.includes(scheme)
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    record.loginItem = { ...settings }
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    const openAtLogin = record.loginItem?.['openAtLogin'] === true
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    }
  }
  addRecentDocument(path: string): void {
    record.recentDocuments.push(path)
  }
  clearRecentDocuments(): void {
    record.recentDocuments = []
  }
  disableHardwareAcceleration(): void {
    commandLine.appendSwitch('disable-gpu')
  }
  showAboutPanel(): void {
    record.aboutShown += 1
  }
  setAboutPanelOptions(): void {}
  setUserTasks(): boolean {
    return true
  }
  setJumpList(): 'ok' {
    return 'ok'
  }
  enableSandbox(): void {}
}

/** The test learns what was recorded up to the end. */
function tellLast(then: () => void): void {
  process.send?.({ id: 0, value: record }, undefined, undefined, then)
}

export const app = strict('app', new App())
