import { listen } from './control'
import { MessageChannelMain } from './engine/ports'
import { app } from './modules/app'
import { missing } from './strict'

// The module `electron` as the built program gets it. Started by being imported: the application becomes ready once the
// program's own first module has run, as in Electron.
export { MessageChannelMain, app }
export { BrowserWindow } from './modules/window'
export { clipboard } from './modules/clipboard'
export { crashReporter } from './modules/crash'
export { dialog } from './modules/dialog'
export { nativeImage } from './modules/image'
export { ipcMain } from './modules/ipc'
export { Menu, MenuItem } from './modules/menu'
export { net } from './modules/net'
export { Notification } from './modules/notification'
export { powerMonitor, powerSaveBlocker } from './modules/power'
export { protocol } from './modules/protocol'
export { screen } from './modules/screen'
export { session } from './modules/session'
export { shell } from './modules/shell'
export { nativeTheme } from './modules/theme'
export { Tray } from './modules/tray'
export { autoUpdater } from './modules/updater'
export { webContents } from './modules/allContents'

export const BaseWindow = missing('BaseWindow')
export const BrowserView = missing('BrowserView')
export const contentTracing = missing('contentTracing')
export const contextBridge = missing('contextBridge')
export const desktopCapturer = missing('desktopCapturer')
export const globalShortcut = missing('globalShortcut')
export const inAppPurchase = missing('inAppPurchase')
export const ipcRenderer = missing('ipcRenderer')
export const netLog = missing('netLog')
export const pushNotifications = missing('pushNotifications')
export const safeStorage = missing('safeStorage')
export const ShareMenu = missing('ShareMenu')
export const systemPreferences = missing('systemPreferences')
export const TouchBar = missing('TouchBar')
export const utilityProcess = missing('utilityProcess')
export const View = missing('View')
export const WebContentsView = missing('WebContentsView')
export const webFrame = missing('webFrame')
export const webFrameMain = missing('webFrameMain')
export const webUtils = missing('webUtils')
export const ClipboardItem = missing('ClipboardItem')
export const ImageView = missing('ImageView')
export const IpcMainServiceWorker = missing('IpcMainServiceWorker')
export const LanguageModelUtility = missing('LanguageModelUtility')
export const localAIHandler = missing('localAIHandler')
export const parentPort = missing('parentPort')
export const sharedTexture = missing('sharedTexture')
export const WebSocket = missing('WebSocket')

listen()
setImmediate(() => {
  app.start().catch((error: unknown) => {
    console.error(error)
    process.exit(70)
  })
})
