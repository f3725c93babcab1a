import { record } from '../record'
import { app } from './app'
import { focusedWindow } from './focus'

/** Electron's own words, in English as it has them. */
export const roleLabels: Record<string, string> = {
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteAndMatchStyle: 'Paste and Match Style',
  delete: 'Delete',
  selectAll: 'Select All',
  reload: 'Reload',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  togglefullscreen: 'Toggle Full Screen',
  toggleDevTools: 'Toggle Developer Tools',
  minimize: 'Minimize',
  close: 'Close Window',
  quit: 'Quit',
  about: 'About',
}

/** Does what a role does; false where it has none but what `click` says. */
export function runRole(role: string): boolean {
  const window = focusedWindow()
  const contents = window?.webContents
  switch (role) {
    case 'quit':
      app.quit()
      return true
    case 'about':
      app.showAboutPanel()
      return true
    case 'close':
      window?.close()
      return true
    case 'minimize':
      window?.minimize()
      return true
    case 'togglefullscreen':
      window?.setFullScreen(!window.isFullScreen())
      return true
    case 'reload':
      contents?.reload()
      return true
    case 'toggleDevTools':
      contents?.openDevTools()
      return true
    case 'resetZoom':
      contents?.setZoomLevel(0)
      return true
    case 'zoomIn':
      contents?.setZoomLevel(contents.getZoomLevel() + 0.5)
      return true
    case 'zoomOut':
      contents?.setZoomLevel(contents.getZoomLevel() - 0.5)
      return true
    case 'undo':
    case 'redo':
    case 'cut':
    case 'copy':
    case 'paste':
    case 'delete':
    case 'selectAll':
      contents?.[role]()
      return true
    case 'hide':
    case 'hideOthers':
    case 'unhide':
    case 'front':
    case 'services':
      return true
    default:
      record.faults.push(`The double of electron does nothing for the role ${role}.`)
      return true
  }
}
