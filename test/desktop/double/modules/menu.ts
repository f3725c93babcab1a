import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'
import { nextId } from './registry'
import { roleLabels, runRole } from './roles'

type Template = Electron.MenuItemConstructorOptions
type Api = Pick<
  Electron.MenuItem,
  | 'id'
  | 'label'
  | 'type'
  | 'enabled'
  | 'visible'
  | 'checked'
  | 'accelerator'
  | 'registerAccelerator'
  | 'sublabel'
  | 'toolTip'
>

export class MenuItem implements Api {
  id: string
  label: string
  sublabel: string
  toolTip: string
  type: Electron.MenuItem['type']
  role: Template['role']
  enabled: boolean
  visible: boolean
  checked: boolean
  accelerator: string | null
  registerAccelerator: boolean
  submenu: Menu | undefined
  commandId = nextId()
  click: (event: Electron.KeyboardEvent) => void
  constructor(options: Template) {
    const { role, submenu, click } = options
    this.id = options.id ?? ''
    this.role = role
    this.type = options.type ?? (submenu ? 'submenu' : 'normal')
    this.label = options.label ?? (role === undefined ? '' : (roleLabels[role] ?? role))
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.accelerator = options.accelerator ?? null
    this.registerAccelerator = options.registerAccelerator ?? true
    this.submenu = Array.isArray(submenu)
      ? Menu.buildFromTemplate(submenu)
      : submenu === undefined
        ? undefined
        : (submenu as unknown as Menu)
    this.click = (event) => {
      if (this.type === 'checkbox') this.checked = !this.checked
      if (this.type === 'radio') this.checked = true
      if (role !== undefined && runRole(role)) return
      click?.(this as unknown as Electron.MenuItem, undefined, event)
    }
    return strict('MenuItem', this)
  }
}

/** The menu that the last popup shows, or null. */
export const popped: { menu: Menu | null; closed: (() => void) | null } = { menu: null, closed: null }

export class Menu extends EventEmitter implements Pick<Electron.Menu, 'popup' | 'closePopup'> {
  items: MenuItem[] = []
  private static application: Menu | null = null
  constructor() {
    super()
    return strict('Menu', this)
  }
  static buildFromTemplate(template: (Template | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const one of template) menu.append(one instanceof MenuItem ? one : new MenuItem(one))
    return menu
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.application
  }
  append(item: MenuItem): void {
    this.items.push(item)
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item)
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
  popup(options: Electron.PopupOptions = {}): void {
    record.popups += 1
    popped.menu = this
    popped.closed = options.callback ?? null
    this.emit('menu-will-show', {})
  }
  closePopup(): void {
    if (popped.menu !== this) return
    popped.menu = null
    this.emit('menu-will-close', {})
    popped.closed?.()
  }
}

/** What a menu shows, for a test to read. */
export interface MenuShown {
  id: string
  label: string
  role: string | null
  type: string
  enabled: boolean
  visible: boolean
  checked: boolean
  accelerator: string | null
  submenu: MenuShown[]
}

export function shown(menu: Menu | null | undefined): MenuShown[] {
  return (menu?.items ?? []).map((item) => ({
    id: item.id,
    label: item.label,
    role: item.role ?? null,
    type: item.type,
    enabled: item.enabled,
    visible: item.visible,
    checked: item.checked,
    accelerator: item.accelerator,
    submenu: shown(item.submenu),
  }))
}

/** Clicks an item as a person does, by the labels, ids or roles on the way to it; what is grey refuses. */
export function clickIn(menu: Menu | null, path: readonly string[]): void {
  let at = menu
  for (const [index, name] of path.entries()) {
    const item: MenuItem | undefined = at?.items.find(
      (one) => one.visible && [one.label, one.id, one.role].includes(name),
    )
    if (!item) throw new Error(`The menu has no ${path.slice(0, index + 1).join(' > ')}.`)
    if (!item.enabled) throw new Error(`${path.join(' > ')} is disabled.`)
    if (index === path.length - 1) return item.click({ triggeredByAccelerator: false })
    at = item.submenu ?? null
  }
}
