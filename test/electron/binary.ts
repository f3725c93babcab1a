import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron')

/** Path of Electron's program, as the package `electron` finds it; null where it was never downloaded. */
export function findElectron(): string | null {
  const told = join(folder, 'path.txt')
  const name = existsSync(told) ? readFileSync(told, 'utf8').trim() : usualName()
  const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
  return existsSync(path) ? path : null
}

function usualName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
