import type Electron from 'electron'
import { strict } from '../strict'
import { BrowserWindow } from './window'

const all = () => BrowserWindow.getAllWindows().map((window) => window.webContents)

/** The contents of all windows: the double has no others. */
export const webContents = strict('webContents', {
  getAllWebContents: all,
  getFocusedWebContents: () => BrowserWindow.getFocusedWindow()?.webContents ?? null,
  fromId: (id: number) => all().find((one) => one.id === id),
} satisfies Partial<Record<keyof typeof Electron.webContents, unknown>>)
