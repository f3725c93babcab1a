import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'
import type { Menu } from './menu'
import type { NativeImage } from './image'

type Api = Pick<
  Electron.Tray,
  'setToolTip' | 'destroy' | 'isDestroyed' | 'setTitle' | 'getTitle' | 'setIgnoreDoubleClickEvents'
>

/** The icons beside the clock, oldest first. */
export const trays: Tray[] = []

export class Tray extends EventEmitter implements Api {
  menu: Menu | null = null
  private title = ''
  private readonly entry: { tip: string; destroyed: boolean; icon: boolean }
  constructor(image: NativeImage | string) {
    super()
    this.entry = { tip: '', destroyed: false, icon: typeof image === 'string' || !image.isEmpty() }
    record.tray.push(this.entry)
    const proxied = strict('Tray', this)
    trays.push(proxied)
    return proxied
  }
  setImage(image: NativeImage | string): void {
    this.entry.icon = typeof image === 'string' || !image.isEmpty()
  }
  setPressedImage(): void {}
  setToolTip(tip: string): void {
    this.entry.tip = tip
  }
  setTitle(title: string): void {
    this.title = title
  }
  getTitle(): string {
    return this.title
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu
  }
  popUpContextMenu(menu?: Menu): void {
    ;(menu ?? this.menu)?.popup()
  }
  setIgnoreDoubleClickEvents(): void {}
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 16, height: 16 }
  }
  destroy(): void {
    this.entry.destroyed = true
    this.removeAllListeners()
  }
  isDestroyed(): boolean {
    return this.entry.destroyed
  }
}
