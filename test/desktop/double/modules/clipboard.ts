import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'

/** The system's clipboard, of which the double holds text only. */
export const clipboard = strict('clipboard', {
  async readText() {
    return record.clipboard
  },
  async writeText(text) {
    record.clipboard = text
  },
  async has(type) {
    return type === 'text/plain' && record.clipboard !== ''
  },
  clear() {
    record.clipboard = ''
  },
} satisfies Pick<Electron.Clipboard, 'readText' | 'writeText' | 'has' | 'clear'>)
