import type { MenuItemConstructorOptions } from 'electron'
import type { Settings } from '@shared/contract'
import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import type { MenuCommand } from '@shared/words'

export type MenuLanguage = 'en' | 'zh-CN'

export interface MenuOptions {
  language: MenuLanguage
  platform: NodeJS.Platform
  /** Asks the page to run one of its commands. */
  run: (command: MenuCommand) => void
  openLibrary: () => void
  openLogs: () => void
  /** The program can update itself. */
  updates: boolean
  /** Whether this run is a safe one, and how to begin another. */
  safeMode: boolean
  restart: (safeMode: boolean) => void
}

/** The language of the menu: the one chosen, or the system's where it is one of ours. */
export function menuLanguage(chosen: Settings['language'], locale: string): MenuLanguage {
  if (chosen !== 'system') return chosen
  return /^zh\b/i.test(locale) ? 'zh-CN' : 'en'
}

/** What stands in the system's own menus. */
export function menuWords(language: MenuLanguage): typeof en.menu {
  return language === 'zh-CN' ? zh.menu : en.menu
}

/** The application menu. Keys the page listens to itself are only shown here, so that nothing runs twice. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { language, platform, run } = options
  const text = menuWords(language)
  const mac = platform === 'darwin'
  const command = (label: string, name: MenuCommand, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => run(name),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const settings = command(text.settings, 'view.settings', 'CmdOrCtrl+,')
  const quit: MenuItemConstructorOptions = { role: 'quit', label: text.quit }
  const about: MenuItemConstructorOptions = { role: 'about', label: text.about }
  const updates: MenuItemConstructorOptions[] = options.updates
    ? [{ label: text.updates, click: () => run('updates.check') }]
    : []

  const appMenu: MenuItemConstructorOptions = {
    label: 'Dailies',
    submenu: [
      about,
      ...updates,
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      quit,
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: text.file,
    submenu: [
      command(text.newPrompt, 'composer.focus', 'CmdOrCtrl+N'),
      command(text.generate, 'composer.generate', 'CmdOrCtrl+Enter'),
      separator,
      { label: text.openLibrary, click: options.openLibrary },
      separator,
      ...(mac ? [] : [settings, separator]),
      { role: 'close', label: text.close },
      ...(mac ? [] : [quit]),
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: text.edit,
    submenu: [
      { role: 'undo', label: text.undo },
      { role: 'redo', label: text.redo },
      separator,
      { role: 'cut', label: text.cut },
      { role: 'copy', label: text.copy },
      { role: 'paste', label: text.paste },
      { role: 'selectAll', label: text.selectAll },
      separator,
      command(text.search, 'gallery.search', 'CmdOrCtrl+F'),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: text.view,
    submenu: [
      command(text.gallery, 'view.gallery', 'CmdOrCtrl+1'),
      command(text.queue, 'view.queue', 'CmdOrCtrl+2'),
      command(text.connections, 'view.connections', 'CmdOrCtrl+3'),
      command(text.usage, 'view.usage', 'CmdOrCtrl+4'),
      command(text.inspector, 'view.inspector', 'CmdOrCtrl+I'),
      command(text.palette, 'palette.open', 'CmdOrCtrl+K'),
      separator,
      { role: 'resetZoom', label: text.actualSize },
      { role: 'zoomIn', label: text.zoomIn },
      { role: 'zoomOut', label: text.zoomOut },
      separator,
      { role: 'togglefullscreen', label: text.fullScreen },
    ],
  }
  const window: MenuItemConstructorOptions = {
    label: text.window,
    role: 'window',
    submenu: [
      { role: 'minimize', label: text.minimize },
      ...(mac ? [{ role: 'zoom' } as const, separator, { role: 'front' } as const] : []),
    ],
  }
  const help: MenuItemConstructorOptions = {
    label: text.help,
    role: 'help',
    submenu: [
      { label: text.keys, click: () => run('app.keys') },
      { label: text.logs, click: options.openLogs },
      {
        label: options.safeMode ? text.normally : text.safeMode,
        click: () => options.restart(!options.safeMode),
      },
      ...(mac ? [] : [separator, ...updates, about]),
    ],
  }
  return [...(mac ? [appMenu] : []), file, edit, view, window, help]
}
