import type Electron from 'electron'
import type { DialogAnswer } from '../desktop/double/modules/dialog'
import type { Heard } from '../desktop/driver'

// What runs in Electron's own main process: the system's side of it is put aside, so that no dialog, browser or file
// manager opens, and is written down for the test. Each function is sent as source text and reaches nothing outside itself.

/** What is kept in the main process between two calls of the test. */
interface Kept {
  heard: Heard
  answers: DialogAnswer[]
}

type Module = typeof Electron
type Scope = { dailiesTest?: Kept }

/** Puts the system aside; once, as early as the test can. */
export function putSystemAside({ app, dialog, powerSaveBlocker, shell, webContents }: Module): void {
  const kept: Kept = {
    heard: { drags: [], dialogs: [], opened: [], aboutShown: 0, relaunches: [], awake: [] },
    answers: [],
  }
  ;(globalThis as Scope).dailiesTest = kept
  const { heard, answers } = kept

  function ask(kind: 'open' | 'save' | 'message', args: unknown[]) {
    const options = args.at(-1) as Record<string, unknown>
    const plain = JSON.parse(JSON.stringify(options)) as Record<string, unknown>
    heard.dialogs.push({ kind, options: plain, parent: null })
    return { options, answer: answers.shift() ?? null }
  }
  Object.assign(dialog, {
    showErrorBox: () => undefined,
    showOpenDialog: async (...args: unknown[]) => {
      const { answer } = ask('open', args)
      return { canceled: answer === null, filePaths: answer?.paths ?? [] }
    },
    showSaveDialog: async (...args: unknown[]) => {
      const { answer } = ask('save', args)
      return { canceled: answer === null, filePath: answer?.paths?.[0] ?? '' }
    },
    showMessageBox: async (...args: unknown[]) => {
      const { options, answer } = ask('message', args)
      return { response: answer?.button ?? Number(options['cancelId'] ?? 0), checkboxChecked: false }
    },
  })
  Object.assign(shell, {
    openExternal: async (what: string) => void heard.opened.push({ how: 'external', what }),
    openPath: async (what: string) => {
      heard.opened.push({ how: 'path', what })
      return ''
    },
    showItemInFolder: (what: string) => void heard.opened.push({ how: 'reveal', what }),
    trashItem: async (what: string) => void heard.opened.push({ how: 'trash', what }),
  })
  Object.assign(app, {
    showAboutPanel: () => void (heard.aboutShown += 1),
    relaunch: (options?: { args?: string[] }) => void heard.relaunches.push(options?.args ?? []),
  })
  const start = powerSaveBlocker.start.bind(powerSaveBlocker)
  const stop = powerSaveBlocker.stop.bind(powerSaveBlocker)
  const held = new Map<number, string>()
  Object.assign(powerSaveBlocker, {
    start(type: 'prevent-app-suspension' | 'prevent-display-sleep') {
      const id = start(type)
      held.set(id, type)
      heard.awake = [...held.values()]
      return id
    },
    stop(id: number) {
      held.delete(id)
      heard.awake = [...held.values()]
      return stop(id)
    },
  })
  const catchDrags = (contents: Electron.WebContents) =>
    Object.assign(contents, {
      startDrag: ({ file, files, icon }: Electron.Item) => {
        const size = typeof icon === 'string' ? { width: 1, height: 1 } : icon.getSize()
        heard.drags.push({ file, files: files ?? [file], icon: { ...size, empty: size.width === 0 } })
      },
    })
  for (const contents of webContents.getAllWebContents()) catchDrags(contents)
  app.on('web-contents-created', (_event, contents) => catchDrags(contents))
}

/** What was written down so far. */
export function heardSoFar(): Heard | null {
  return (globalThis as Scope).dailiesTest?.heard ?? null
}

/** What the person will answer to the next dialog. */
export function answerNext(_electron: Module, answer: DialogAnswer): void {
  ;(globalThis as Scope).dailiesTest?.answers.push(answer)
}

/** The windows as the double tells of them. */
export function windows({ BrowserWindow }: Module) {
  return BrowserWindow.getAllWindows().map((one) => ({
    id: one.id,
    url: one.webContents.getURL(),
    visible: one.isVisible(),
    focused: one.isFocused(),
    minimized: one.isMinimized(),
    maximized: one.isMaximized(),
    fullScreen: one.isFullScreen(),
    bounds: one.getNormalBounds(),
    crashed: one.webContents.isCrashed(),
    zoomLevel: one.webContents.getZoomLevel(),
    devTools: one.webContents.isDevToolsOpened(),
    preferences: {},
  }))
}

/** The application menu as the double tells of it. */
export function menu({ Menu }: Module) {
  interface Shown {
    id: string
    label: string
    role: string | null
    type: string
    enabled: boolean
    visible: boolean
    checked: boolean
    accelerator: string | null
    submenu: Shown[]
  }
  const shown = (menu: Electron.Menu | null | undefined): Shown[] =>
    (menu?.items ?? []).map((item) => ({
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
  return shown(Menu.getApplicationMenu())
}

/** Clicks an item of the application menu as a person does. */
export function clickMenu({ BrowserWindow, Menu }: Module, path: string[]): void {
  let at: Electron.Menu | null | undefined = Menu.getApplicationMenu()
  let item: Electron.MenuItem | undefined
  for (const name of path) {
    item = at?.items.find((one) => one.label === name && one.visible)
    if (!item) throw new Error(`The menu has no ${path.join(' > ')}.`)
    at = item.submenu
  }
  const [window] = BrowserWindow.getAllWindows()
  item?.click({}, window, window?.webContents)
}
