import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'

/** What the system answers next; a test may say otherwise. */
export const shellAnswers = { openPath: '' }

export const shell = strict('shell', {
  async openExternal(url) {
    record.opened.push({ how: 'external', what: url })
  },
  async openPath(path) {
    record.opened.push({ how: 'path', what: path })
    return shellAnswers.openPath
  },
  showItemInFolder(path) {
    record.opened.push({ how: 'reveal', what: path })
  },
  async trashItem(path) {
    record.opened.push({ how: 'trash', what: path })
  },
  beep() {},
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'trashItem' | 'beep'>)
